#pragma once
// One JSON object, written member by member.

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace tcpsm {

/// The text of a JSON object, its members in the order in which they are added. A number is written as the token that
/// it is given, so that a time is exact: JSON libraries print numbers from a `double`.
class JsonObject {
public:
    JsonObject& text(std::string_view key, std::string_view value);
    /// As `text`, and null where the value is empty.
    JsonObject& text_or_null(std::string_view key, std::string_view value);
    JsonObject& number(std::string_view key, std::integral auto value) { return token(key, std::to_string(value)); }
    JsonObject& boolean(std::string_view key, bool value) { return token(key, value ? "true" : "false"); }
    JsonObject& null(std::string_view key) { return token(key, "null"); }
    /// What is JSON already: a number, an array, an object.
    JsonObject& token(std::string_view key, std::string_view json);

    /// "{...}"
    [[nodiscard]] std::string str() const { return "{" + members_ + "}"; }

private:
    std::string members_;
};

/// A JSON string, quoted and escaped.
[[nodiscard]] std::string json_string(std::string_view text);

/// A JSON array of what `each` makes of every item.
template <class Items, class Each>
[[nodiscard]] std::string json_array(const Items& items, Each&& each)
{
    std::string list;
    for (const auto& item : items) {
        if (!list.empty()) list += ',';
        list += each(item);
    }
    return "[" + list + "]";
}

} // namespace tcpsm
