#include "export/json_object.hpp"

#include <nlohmann/json.hpp>

namespace tcpsm {

std::string json_string(std::string_view text)
{
    using Json = nlohmann::json;
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

JsonObject& JsonObject::text(std::string_view key, std::string_view value)
{
    return token(key, json_string(value));
}

JsonObject& JsonObject::text_or_null(std::string_view key, std::string_view value)
{
    return value.empty() ? null(key) : text(key, value);
}

JsonObject& JsonObject::token(std::string_view key, std::string_view json)
{
    if (!members_.empty()) members_ += ',';
    members_ += json_string(key);
    members_ += ':';
    members_ += json;
    return *this;
}

} // namespace tcpsm
