#if __has_include(<nlohmann/json.hpp>)

#include <doctest/doctest.h>

#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <variant>

#include <nlohmann/json.hpp>

#include "scenario/errors.hpp"
#include "scenario/reading.hpp"
#include "support/places.hpp"

using namespace tcpsm;

namespace {

nlohmann::json schema()
{
    std::ifstream file(tcpsm::test::in_source("docs/scenario.schema.json"));
    return nlohmann::json::parse(file);
}

std::set<std::string> keys(const nlohmann::json& object)
{
    std::set<std::string> all;
    for (const auto& [key, value] : object.items()) all.insert(key);
    return all;
}

void check_described(const nlohmann::json& properties)
{
    for (const std::string& key : keys(properties)) {
        CAPTURE(key);
        CHECK(properties[key].contains("description"));
    }
}

/// The words that a message lists behind "expected one of".
std::set<std::string> listed(const std::string& text)
{
    const auto read = read_scenario(text, "t.yaml");
    const std::string expected = std::get<ScenarioError>(read).expected;
    std::istringstream words(expected.substr(expected.find("one of ") + 7));
    std::set<std::string> all;
    for (std::string word; std::getline(words >> std::ws, word, ',');) all.insert(word);
    return all;
}

std::optional<ScenarioError> error_of_host(const std::string& key)
{
    const auto read = read_scenario("hosts: { a: { " + key + ": {} } }\nsteps: []\n", "t.yaml");
    const auto* const error = std::get_if<ScenarioError>(&read);
    return error == nullptr ? std::nullopt : std::optional(*error);
}

/// A host's keys are too many for a message: it names five and counts the rest. The reader knows those of the schema,
/// and as many.
void check_known_to_hosts(const std::set<std::string>& of_schema)
{
    for (const std::string& key : of_schema) {
        CAPTURE(key);
        const auto error = error_of_host(key);
        CHECK((!error || error->found != "'" + key + "'"));
    }
    const auto unknown = error_of_host("x");
    REQUIRE(unknown);
    CHECK(unknown->found == "'x'");
    CHECK(unknown->expected.ends_with(" and " + std::to_string(of_schema.size() - 5) + " more (docs/profiles.md)"));
}

} // namespace

TEST_CASE("the schema and the reader know the same keys")
{
    const auto properties = schema()["properties"];
    CHECK(listed("x: 1\n") == keys(properties));
    const auto host = keys(properties["hosts"]["additionalProperties"]["properties"]);
    check_known_to_hosts(host);

    const std::string good = "hosts: { zz: {} }\nsteps: [{ at: 0s, zz: close }]\n";
    const auto definitions = schema()["definitions"];
    std::set<std::string> faults;
    for (const auto& fault : definitions["fault"]["oneOf"]) faults.merge(keys(fault["properties"]));
    CHECK(listed(good + "faults: [{ x: 1 }]\n") == faults);

    CHECK(listed(good + "changes: [{ x: 1 }]\n") == keys(definitions["change"]["properties"]));
    const auto expectations = definitions["expectation"]["properties"];
    auto known = keys(expectations);
    known.insert("zz");
    CHECK(listed(good + "expect: [{ x: 1 }]\n") == known);
    CHECK(listed(good + "claim: { x: 1 }\n") == keys(properties["claim"]["properties"]));
    CHECK(listed(good + "expect: [{ segment: { x: 1 } }]\n") == keys(expectations["segment"]["properties"]));
    CHECK(listed(good + "expect: [{ call: { x: 1 } }]\n") == keys(expectations["call"]["properties"]));
}

TEST_CASE("the schema and the reader know the same results and calls")
{
    const auto definitions = schema()["definitions"];
    CHECK(definitions["result"]["enum"].get<std::vector<std::string>>() == errc_names());
    const std::string good = "hosts: { zz: {} }\nsteps: [{ at: 0s, zz: close }]\n";
    std::set<std::string> calls;
    for (const auto& call : definitions["expectation"]["properties"]["call"]["properties"]["call"]["enum"])
        calls.insert(call.get<std::string>());
    CHECK(listed(good + "expect: [{ call: { host: zz, call: x, result: ok } }]\n") == calls);
}

TEST_CASE("every key of the schema says what it is for, so that an editor can show it")
{
    const auto all = schema();
    check_described(all["properties"]);
    check_described(all["properties"]["hosts"]["additionalProperties"]["properties"]);
    check_described(all["properties"]["claim"]["properties"]);
    check_described(all["definitions"]["change"]["properties"]);
    check_described(all["definitions"]["expectation"]["properties"]);
}

#endif
