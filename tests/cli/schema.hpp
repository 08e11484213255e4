#pragma once
// A small validator: as much of JSON Schema as docs/trace.schema.json uses.

#include <string>

#include <nlohmann/json.hpp>

/// What is wrong with a value, for a reader; empty where nothing is. `root` is the whole schema, for its $ref.
std::string violation(const nlohmann::json& value, const nlohmann::json& schema, const nlohmann::json& root);
