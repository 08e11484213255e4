#include "replay/fields.hpp"

#include <algorithm>
#include <cmath>

#include "replay/reader.hpp"

namespace tcpsm::kernel {

void Fields::refuse(const char* key, const std::string& expected) const
{
    const std::size_t found = place_.text.find("\"" + std::string(key) + "\"");
    const std::size_t column = found == std::string_view::npos ? 1 : found + 1;
    const auto value = object_.is_object() ? object_.find(key) : object_.end();
    const std::string what = object_.is_object() && value != object_.end() ? value->dump() : "nothing";
    throw ReadError(place_.path, place_.line, column,
                    "found " + what + " as \"" + std::string(key) + "\", expected " + expected);
}

const nlohmann::json& Fields::at(const char* key, const char* expected)
{
    asked_.emplace_back(key);
    if (!has(key)) refuse(key, expected);
    return object_.at(key);
}

std::string Fields::text(const char* key)
{
    const nlohmann::json& value = at(key, "a text");
    if (!value.is_string()) refuse(key, "a text");
    return value.get<std::string>();
}

std::string Fields::text_or_number(const char* key)
{
    const nlohmann::json& value = at(key, "a text or a number");
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_number_integer()) refuse(key, "a text or a number");
    return std::to_string(value.get<std::int64_t>());
}

std::string Fields::remark(const char* key)
{
    const nlohmann::json& value = at(key, "a remark");
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::int64_t Fields::integer(const char* key, std::int64_t least, std::int64_t most)
{
    const std::string expected = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    const nlohmann::json& value = at(key, expected.c_str());
    if (!value.is_number_integer()) refuse(key, expected);
    const auto number = value.get<std::int64_t>();
    if (number < least || number > most) refuse(key, expected);
    return number;
}

double Fields::seconds(const char* key)
{
    constexpr double most = 1e9; // 30 years: what has fewer nanoseconds than a Time holds
    constexpr const char* expected = "seconds, not negative";
    const nlohmann::json& value = at(key, expected);
    if (!value.is_number()) refuse(key, expected);
    const auto number = value.get<double>();
    if (!(number >= 0 && number <= most)) refuse(key, expected);
    return number;
}

bool Fields::truth(const char* key)
{
    if (!has(key)) return false;
    const nlohmann::json& value = at(key, "true or false");
    if (!value.is_boolean()) refuse(key, "true or false");
    return value.get<bool>();
}

std::vector<std::string> Fields::texts(const char* key)
{
    std::vector<std::string> all;
    for (const nlohmann::json& one : list(key)) {
        if (!one.is_string()) refuse(key, "a list of texts");
        all.push_back(one.get<std::string>());
    }
    return all;
}

std::vector<std::pair<std::string, std::string>> Fields::pairs(const char* key)
{
    const nlohmann::json& value = at(key, "names with values");
    if (!value.is_object()) refuse(key, "names with values");
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& [name, one] : value.items()) {
        if (!one.is_string() && !one.is_number_integer()) refuse(key, "names with values");
        all.emplace_back(name, one.is_string() ? one.get<std::string>() : one.dump());
    }
    return all;
}

const nlohmann::json& Fields::list(const char* key)
{
    const nlohmann::json& value = at(key, "a list");
    if (!value.is_array()) refuse(key, "a list");
    return value;
}

std::vector<std::string> Fields::unknown() const
{
    std::vector<std::string> names;
    for (const auto& [name, value] : object_.items())
        if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) names.push_back(name);
    return names;
}

} // namespace tcpsm::kernel
