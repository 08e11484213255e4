// A sentence about a host claims no more than that host can know.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "explain/told.hpp"

using namespace tcpsm;
using namespace tcpsm::test;
using viz::Language;

namespace {

/// What a host notices of a moment: everything but the fate of what it has sent.
using Noticed = std::vector<std::tuple<RecordKind, Time, std::uint32_t, State, State, Call, Error, std::string>>;

Noticed noticed(const Told& told, const viz::Moment& moment, HostId host)
{
    Noticed all;
    for (std::uint32_t i = moment.first; i < moment.end; ++i) {
        const Record& r = told.history.records()[i];
        if (r.host != host || r.kind == RecordKind::lost || r.kind == RecordKind::held) continue;
        const bool segment = r.kind == RecordKind::sent || r.kind == RecordKind::arrived;
        all.emplace_back(r.kind, r.time, r.connection, r.from, r.to, r.call, r.error,
                         segment ? told.history.name(told.history.segments()[r.segment]) : "");
    }
    return all;
}

/// What is said of a host, moment by moment, with what it noticed.
struct Lesson {
    Noticed noticed;
    std::array<std::string, 2> headline;
};

std::vector<Lesson> lessons_of(const Told& told, HostId host)
{
    std::vector<Lesson> all;
    for (std::uint32_t m = 0; m < told.story.moments().size(); ++m) {
        const viz::Moment& moment = told.story.moments()[m];
        if (told.history.records()[moment.first].host != host) continue;
        Lesson lesson{noticed(told, moment, host), {}};
        for (std::size_t l = 0; l < languages.size(); ++l)
            lesson.headline[l] = explain_moment(told.history, told.story, m, languages[l]).headline;
        all.push_back(std::move(lesson));
    }
    return all;
}

Told with_loss(const std::string& name, const std::string& segment)
{
    Scenario changed = scenario(name);
    REQUIRE(!apply({.lose = {segment}}, changed));
    Simulation simulation(changed);
    simulation.run();
    return Told(simulation.network);
}

/// How many moments a host could not tell the two worlds apart, and was told the same in both.
int compare(const Told& one, const Told& other)
{
    int alike = 0;
    for (std::size_t i = 0; i < one.history.hosts().size(); ++i) {
        const auto host = static_cast<HostId>(i);
        const auto a = lessons_of(one, host);
        const auto b = lessons_of(other, host);
        for (std::size_t m = 0; m < std::min(a.size(), b.size()) && a[m].noticed == b[m].noticed; ++m) {
            CHECK(a[m].headline == b[m].headline);
            ++alike;
        }
    }
    return alike;
}

} // namespace

TEST_CASE("any one segment lost: what is said of a host is the same until the host can notice it")
{
    int alike = 0;
    for (const std::string name : {"lost-final-ack", "simultaneous-close", "half-close", "reordered-fin"}) {
        const Told told(name);
        for (std::size_t i = 0; i < std::min<std::size_t>(told.history.segments().size(), 9); ++i) {
            const std::string segment = told.history.name(told.history.segments()[i]);
            CAPTURE(name);
            CAPTURE(segment);
            alike += compare(told, with_loss(name, segment));
        }
    }
    CHECK(alike > 200);
}

TEST_CASE("the last ACK is lost: until the FIN comes again, nothing about the client says so")
{
    const Told told("lost-final-ack");
    int moments = 0;
    for (std::uint32_t m = 0; m < told.story.moments().size(); ++m) {
        const Time time = told.story.moments()[m].time;
        if (time < Time{} + 1200ms || time > Time{} + 2200ms) continue;
        ++moments;
        const auto english = explain_moment(told.history, told.story, m, Language::english);
        const auto chinese = explain_moment(told.history, told.story, m, Language::chinese);
        CAPTURE(english.headline);
        CHECK(english.headline.find("lost") == std::string::npos);
        CHECK(chinese.headline.find("丢失") == std::string::npos);
        // The network's own moment, which speaks of the segment and of nobody's knowledge.
        const bool leaves = english.detail.find("client.4 (ACK) leaves") != std::string::npos;
        CHECK((english.detail.find("lost") != std::string::npos) == leaves);
        if (leaves) CHECK(english.detail.find("client.4 is lost on the way; nobody knows yet.") != std::string::npos);
    }
    CHECK(moments == 4);
}

TEST_CASE("the last ACK is lost: what the client and the server wait for does not tell")
{
    const auto said_at = [](const char* name, const std::vector<std::string>& lose, Time time, Language language) {
        Scenario changed = scenario(name);
        changed.faults.clear();
        REQUIRE(!apply({.lose = lose}, changed));
        Simulation simulation(changed);
        simulation.network.run_until(time);
        return waiting(simulation.network, time, language);
    };
    for (const Language language : languages) {
        for (const Duration at : {1210ms, 1230ms, 1249ms}) { // client.4 would arrive at 1.25 s
            const Time time = Time{} + at;
            CHECK(said_at("lost-final-ack", {"client.4"}, time, language) ==
                  said_at("lost-final-ack", {}, time, language));
        }
        const Time later = Time{} + 1300ms;
        CHECK(said_at("lost-final-ack", {"client.4"}, later, language) !=
              said_at("lost-final-ack", {}, later, language));
    }
}

TEST_CASE("a FIN in TIME-WAIT that the network has copied: the client cannot tell it from one that was sent again")
{
    Simulation copied(scenario_of(R"(
tcpsm: 1
title: A copy of the FIN
network: { delay: 50ms }
hosts:
  client: { iss: 100 }
  server: { iss: 300 }
steps:
  - { at: 0s, server: listen 80 }
  - { at: 1s, client: connect server:80 }
  - { when: client is ESTABLISHED, client: close }
  - { when: server is CLOSE-WAIT, server: close }
faults:
  - duplicate: { segment: server.3, after: 100ms }
)"));
    copied.run();
    const Told with_copy(copied.network);
    const viz::Explanation copy = with_copy.moment("again in TIME-WAIT");
    CHECK(copy.headline == Told("lost-final-ack").moment("again in TIME-WAIT").headline);
    CHECK(copy.detail.starts_with("server.3' is a copy that the network made."));
}
