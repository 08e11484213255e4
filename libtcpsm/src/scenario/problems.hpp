#pragma once
// What is wrong with a file: many things may be noted, the first one in the file is told.

#include <optional>
#include <string>

#include "tcpsm/scenario/error.hpp"

namespace tcpsm::reading {

class Problems {
public:
    void add(Place place, std::string found, std::string expected, std::string suggestion = {})
    {
        if (first_ && !(place < first_->place)) return;
        first_ = {{}, place, std::move(found), std::move(expected), std::move(suggestion)};
    }
    [[nodiscard]] bool none() const { return !first_; }
    [[nodiscard]] ScenarioError first(std::string file) const
    {
        ScenarioError error = *first_;
        error.file = std::move(file);
        return error;
    }

private:
    std::optional<ScenarioError> first_;
};

} // namespace tcpsm::reading
