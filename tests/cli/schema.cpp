#include "cli/schema.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

using nlohmann::json;

namespace {

bool is_of(const json& value, const std::string& type)
{
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "boolean") return value.is_boolean();
    if (type == "null") return value.is_null();
    throw std::runtime_error("the schema names an unknown type: " + type);
}

std::string wrong_type(const json& value, const json& types)
{
    const json list = types.is_array() ? types : json::array({types});
    if (std::any_of(list.begin(), list.end(), [&](const json& type) { return is_of(value, type); })) return {};
    return value.dump() + " is not of type " + types.dump();
}

std::string wrong_range(const json& value, const json& schema)
{
    if (!value.is_number()) return {};
    if (schema.contains("minimum") && value < schema["minimum"]) return value.dump() + " is too small";
    if (schema.contains("maximum") && value > schema["maximum"]) return value.dump() + " is too large";
    return {};
}

std::string wrong_members(const json& value, const json& schema, const json& root)
{
    if (!value.is_object()) return {};
    const json none = json::object();
    const json& properties = schema.contains("properties") ? schema["properties"] : none;
    if (schema.contains("required"))
        for (const std::string key : schema["required"])
            if (!value.contains(key)) return "\"" + key + "\" is missing";
    for (const auto& [key, member] : value.items()) {
        if (properties.contains(key)) {
            std::string wrong = violation(member, properties[key], root);
            if (!wrong.empty()) return wrong.insert(0, key + ": ");
        } else if (schema.contains("additionalProperties")) {
            return "\"" + key + "\" is not in the schema";
        }
    }
    return {};
}

std::string wrong_items(const json& value, const json& schema, const json& root)
{
    if (!value.is_array()) return {};
    if (schema.contains("minItems") && value.size() < schema["minItems"].get<std::size_t>())
        return value.dump() + " has too few items";
    if (!schema.contains("items")) return {};
    for (const json& item : value)
        if (std::string wrong = violation(item, schema["items"], root); !wrong.empty()) return wrong;
    return {};
}

std::string wrong_choice(const json& value, const json& choices, const json& root)
{
    std::string all;
    std::size_t fitting = 0;
    for (const json& choice : choices) {
        const std::string wrong = violation(value, choice, root);
        if (wrong.empty()) ++fitting;
        all += "\n  " + choice.dump() + ": " + wrong;
    }
    return fitting == 1 ? std::string() : std::to_string(fitting) + " choices fit, not one:" + all;
}

void refuse_unknown_keywords(const json& schema)
{
    static constexpr std::array<std::string_view, 16> known{
        "$schema", "$defs",   "$ref",     "title",      "description",          "type",  "const",    "enum",
        "minimum", "maximum", "required", "properties", "additionalProperties", "items", "minItems", "oneOf"};
    for (const auto& [key, value] : schema.items())
        if (std::find(known.begin(), known.end(), key) == known.end())
            throw std::runtime_error("the schema has a keyword that this validator does not know: " + key);
}

} // namespace

std::string violation(const json& value, const json& schema, const json& root)
{
    refuse_unknown_keywords(schema);
    std::string wrong;
    if (schema.contains("$ref"))
        wrong = violation(value, root.at(json::json_pointer(schema["$ref"].get<std::string>().substr(1))), root);
    if (wrong.empty() && schema.contains("type")) wrong = wrong_type(value, schema["type"]);
    if (wrong.empty() && schema.contains("const") && value != schema["const"])
        wrong = value.dump() + " is not " + schema["const"].dump();
    if (wrong.empty() && schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
        wrong = value.dump() + " is not one of " + schema["enum"].dump();
    if (wrong.empty()) wrong = wrong_range(value, schema);
    if (wrong.empty()) wrong = wrong_members(value, schema, root);
    if (wrong.empty()) wrong = wrong_items(value, schema, root);
    if (wrong.empty() && schema.contains("oneOf")) wrong = wrong_choice(value, schema["oneOf"], root);
    return wrong;
}
