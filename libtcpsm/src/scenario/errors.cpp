#include "scenario/errors.hpp"

namespace tcpsm {

const std::vector<std::string>& errc_names()
{
    static const std::vector<std::string> all = [] {
        std::vector<std::string> result{"ok"};
        for (const std::string_view name : names_of_errors()) result.emplace_back(name);
        result.emplace_back(in_progress);
        return result;
    }();
    return all;
}

} // namespace tcpsm
