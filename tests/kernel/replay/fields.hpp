#pragma once
// The fields of one line of a recording, each asked for by name and type. What nobody asked for is unknown.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace tcpsm::kernel {

/// Where a line stands, for messages.
struct Place {
    const std::string& path;
    std::size_t line = 0;
    std::string_view text{}; ///< the whole line
};

class Fields {
public:
    Fields(const nlohmann::json& object, const Place& place) : object_(object), place_(place) {}

    [[nodiscard]] bool has(const char* key) const { return object_.contains(key); }
    /// @throws ReadError, as all below, where the field is missing or has another type
    std::string text(const char* key);
    /// The same, but a number is taken as text, too.
    std::string text_or_number(const char* key);
    /// The field where it is a text; empty where it says something else.
    std::string remark(const char* key);
    std::int64_t integer(const char* key, std::int64_t least, std::int64_t most);
    double seconds(const char* key);
    bool truth(const char* key); ///< false where it is missing
    std::vector<std::string> texts(const char* key);
    std::vector<std::pair<std::string, std::string>> pairs(const char* key);
    const nlohmann::json& list(const char* key);
    /// Notes that a field is known, and is of no use here.
    void pass(const char* key) { asked_.emplace_back(key); }

    /// The names of the fields that nobody asked for.
    [[nodiscard]] std::vector<std::string> unknown() const;
    [[noreturn]] void refuse(const char* key, const std::string& expected) const;

private:
    const nlohmann::json& at(const char* key, const char* expected);

    const nlohmann::json& object_;
    const Place& place_;
    std::vector<std::string> asked_;
};

} // namespace tcpsm::kernel
