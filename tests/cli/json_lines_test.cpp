// The trace as JSON lines, and docs/trace.schema.json.

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <variant>

#include <nlohmann/json.hpp>

#include "cli/process.hpp"
#include "cli/scenarios.hpp"
#include "cli/schema.hpp"
#include "export/json_lines.hpp"
#include "support/places.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/scenario/scenario.hpp"

using namespace tcpsm;
using nlohmann::json;

namespace {

/// Every line, parsed and valid; how many there are of each kind.
std::map<std::string, std::size_t> validate(const std::string& trace)
{
    static const json schema = json::parse(contents(tcpsm::test::in_source("docs/trace.schema.json")));
    std::map<std::string, std::size_t> kinds;
    for (const std::string& line : lines(trace)) {
        CAPTURE(line);
        const json object = json::parse(line);
        CHECK(violation(object, schema, schema) == "");
        ++kinds[object.contains("record") ? object["record"].get<std::string>() : "header"];
    }
    return kinds;
}

/// The line of a segment.
json segment(const std::string& trace, std::string_view name)
{
    for (const std::string& line : lines(trace))
        if (json object = json::parse(line); object.value("name", "") == name) return object;
    return {};
}

/// Everything that a trace can tell: a loss, a copy, a refusal, a held segment, an injected one, a RST, data, errors.
struct Eventful : Network {
    Eventful() : Network({.seed = 7, .delay = 10'000'001ns})
    {
        const Host client = host("client", {.iss = {99}, .accepts = true, .reads = true});
        const Host server = host("server", {.iss = {299}, .accepts = true, .reads = true});
        server.listen(80);
        lose("client.1");
        duplicate("server.2", 5ms);
        hold("client.5");
        const Socket socket = client.connect(server, 80);
        run_for(5s);
        socket.send("hello");
        run_for(1s);
        Segment old;
        old.seq = Seq(5);
        old.ack = Seq(6);
        old.flags = Flag::ACK;
        inject(server, 80, client, socket.local().port, old);
        run_for(1s);
        socket.send("held");
        run_for(10ms);
        socket.abort();
        socket.send("too late");
        run_for(1s);
        server.crash();
        client.connect(server, 80);
        run_for(100ms);
    }
};

} // namespace

TEST_CASE_FIXTURE(Eventful, "a trace of everything: each line is as the schema says, and no kind is missing")
{
    const auto kinds = validate(json_lines(history(), {"a \"title\"", 7}));
    for (const char* kind : {"header", "segment", "state", "timer", "call", "deliver", "note"}) {
        CAPTURE(kind);
        CHECK(kinds.contains(kind));
    }
    CHECK(kinds.at("header") == 1);
}

TEST_CASE("the schema's validator: finds what is wrong")
{
    const json schema = json::parse(contents(tcpsm::test::in_source("docs/trace.schema.json")));
    const json state = json::parse(R"({"record":"state","time":1.1,"host":"client","connection":1,"from":"ESTABLISHED",
                                 "to":"FIN-WAIT-1","event":"CLOSE","rfc":"3.10.4"})");
    CHECK(violation(state, schema, schema) == "");
    const std::map<std::string, json> wrong_members{{"time", -1}, {"connection", "1"},  {"from", "ESTAB"},
                                                    {"rfc", 3},   {"record", "states"}, {"extra", 1}};
    for (const auto& wrong : wrong_members) {
        CAPTURE(wrong.first);
        json broken = state;
        broken[wrong.first] = wrong.second;
        CHECK(violation(broken, schema, schema) != "");
        broken = state;
        if (broken.erase(wrong.first) > 0) CHECK(violation(broken, schema, schema) != "");
    }
}

TEST_CASE_FIXTURE(Eventful, "the first line: format, version, title, seed, hosts")
{
    const json header = json::parse(lines(json_lines(history(), {"a \"title\"", 7})).front());
    CHECK(header == json::parse(R"({"format":"tcpsm-trace","version":1,"title":"a \"title\"","seed":7,"hosts":[
                                    {"name":"client","address":"192.0.2.1"},
                                    {"name":"server","address":"192.0.2.2"}]})"));
    CHECK(json::parse(lines(json_lines(history())).front())["title"].is_null());
}

TEST_CASE_FIXTURE(Eventful, "times: exact to the nanosecond, with no digit too many")
{
    const std::string trace = json_lines(history());
    CHECK(trace.find(R"("name":"client.1","from":"client","to":"server","sent":0,"arrives":null)") !=
          std::string::npos);
    CHECK(trace.find(R"("name":"client.2","from":"client","to":"server","sent":1,"arrives":1.010000001)") !=
          std::string::npos);
    CHECK(trace.find(R"("name":"client.3","from":"client","to":"server","sent":1.020000002,"arrives":1.030000003)") !=
          std::string::npos);
}

TEST_CASE_FIXTURE(Eventful, "a segment: tells what became of it, and why it was sent")
{
    const std::string trace = json_lines(history());
    CHECK(segment(trace, "client.1")["fate"] == "lost");
    CHECK(segment(trace, "client.1")["ack"].is_null());
    CHECK(segment(trace, "client.1")["len"] == 0); // a SYN has no text
    CHECK(segment(trace, "client.4")["len"] == 5);

    const json again = segment(trace, "client.2");
    CHECK(again["fate"] == "delivered");
    CHECK(again["retransmission"] == true);
    CHECK(again["because"] == "retransmission timeout");
    CHECK(again["rfc"] == "3.10.8");
    CHECK(again["flags"] == json({"SYN"}));

    CHECK(segment(trace, "client.5")["fate"] == "in flight");
    CHECK(segment(trace, "client.5")["arrives"].is_null());

    const json injected = segment(trace, "inject.1");
    CHECK(injected["fate"] == "refused");
    CHECK(injected["check"] == "sequence number");
    CHECK(injected["explanation"] == "it lies outside the receive window");
    CHECK_FALSE(injected.contains("because"));
    CHECK_FALSE(segment(trace, "server.2'").is_null());
}

TEST_CASE("run --format json: valid, and a line for every loss and change of state that the ladder shows")
{
    const Folder folder;
    const Finished run = command({"run", "--format", "json", folder.file("lost.yaml", lost_final_ack)});
    CHECK(run.status == 0);
    const auto kinds = validate(run.out);
    CHECK(kinds.at("segment") == 9);
    CHECK(kinds.at("state") == 12);
    CHECK(json::parse(lines(run.out).front())["title"] == "The last ACK of the teardown is lost");

    const json lost = segment(run.out, "client.4");
    CHECK(lost["sent"].dump() == "1.2");
    CHECK(lost["fate"] == "lost");
    CHECK(lost["flags"] == json({"ACK"}));
    CHECK(lost["seq"] == 102);
    CHECK(lost["ack"] == 302);
    CHECK(lost["len"] == 0);
}

TEST_CASE("run --format json of every example: valid")
{
    for (const auto& entry : std::filesystem::directory_iterator(tcpsm::test::in_source("examples/scenarios"))) {
        CAPTURE(entry.path().string());
        const auto scenario = std::get<Scenario>(read_scenario_file(entry.path().string()));
        if (scenario.recording != Recording::everything) continue; // of many connections: a trace of gigabytes
        const Finished run = command({"run", "--format", "json", entry.path().string()});
        CHECK(run.status == 0);
        CHECK(validate(run.out).at("state") > 0);
    }
}
