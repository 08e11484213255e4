// Each claim of examples/claims: its verdict, and that the verdict turns when the behaviour does.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "support/places.hpp"
#include "tcpsm/scenario/simulation.hpp"
#include "tcpsm/trace/ladder.hpp"

using namespace tcpsm;

namespace {

const std::string claims_folder = tcpsm::test::in_source("examples/claims");

std::string contents(const std::string& path)
{
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

class ClaimFile {
public:
    explicit ClaimFile(const std::string& name) : text_(contents(claims_folder + '/' + name + ".yaml"))
    {
        INFO(name);
        REQUIRE(!text_.empty());
    }

    /// What the run comes to, after a check that it is what the file says.
    std::string verdict() const
    {
        const Scenario scenario = read(text_);
        Simulation simulation(scenario);
        simulation.run();
        for (const Failure& failure : check(scenario, simulation)) {
            CAPTURE(ladder(simulation.network, {.times = true, .events = true}));
            FAIL_CHECK("line ", failure.place.line, ": expected ", failure.expectation, ", found ", failure.found);
        }
        return decided(scenario);
    }
    /// What it comes to with other switches.
    std::string with(const std::vector<std::string>& switches) const
    {
        Scenario scenario = read(text_);
        const auto error = apply({.set = switches}, scenario);
        REQUIRE(!error);
        return decided(scenario);
    }
    /// What it comes to where something else stands in the file, wherever it stands.
    std::string with(const std::string& instead, const std::string& of) const
    {
        std::string text = text_;
        REQUIRE(text.find(of) != std::string::npos);
        for (std::size_t at = 0; (at = text.find(of, at)) != std::string::npos; at += instead.size())
            text.replace(at, of.size(), instead);
        return decided(read(text));
    }

private:
    static Scenario read(const std::string& text)
    {
        auto result = read_scenario(text, "claim.yaml");
        if (const auto* const error = std::get_if<ScenarioError>(&result)) FAIL(error->message());
        REQUIRE(std::get<Scenario>(result).claim);
        return std::get<Scenario>(result);
    }
    static std::string decided(const Scenario& scenario)
    {
        Simulation simulation(scenario);
        simulation.run();
        return std::string(name(decide(*scenario.claim, simulation).verdict));
    }

    std::string text_;
};

std::vector<std::string> all_claims()
{
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(claims_folder))
        all.push_back(entry.path().stem().string());
    std::ranges::sort(all);
    return all;
}

} // namespace

TEST_CASE("tcp_fin_timeout shortens TIME-WAIT: false, unless TIME-WAIT is as short")
{
    const ClaimFile claim("fin-timeout-shortens-time-wait");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with({"client.time_wait=10s"}) == "true");
}

TEST_CASE("TIME-WAIT lasts 30 s on Linux: false, unless the constant were another")
{
    const ClaimFile claim("time-wait-lasts-30-s-on-linux");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with({"linux.time_wait=30s"}) == "true");
}

TEST_CASE("a server runs out of ports by TIME-WAIT: false, unless the four-tuple is the same")
{
    const ClaimFile claim("a-server-runs-out-of-ports");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with("from 5001", "from 5004") == "true");
}

TEST_CASE("a socket in TIME-WAIT holds a descriptor: false, unless its program has kept it")
{
    const ClaimFile claim("a-socket-in-time-wait-holds-a-descriptor");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with("client: shutdown", "client: close") == "true");
}

TEST_CASE("unconnected sockets cause CLOSE-WAIT: false, unless one is connected and its peer closes")
{
    const ClaimFile claim("unconnected-sockets-cause-close-wait");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with("idle: connect", "forgetful: connect") == "true");
}

TEST_CASE("FIN-WAIT-2 means data to send: false, unless no FIN was sent")
{
    const ClaimFile claim("fin-wait-2-means-data-to-send");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with("", "  - { at: 2s, client: shutdown }\n") == "true");
}

TEST_CASE("the client ends up in TIME-WAIT: it depends, unless each connection is closed by one side first")
{
    const ClaimFile claim("the-client-ends-up-in-time-wait");
    CHECK(claim.verdict() == "depends");
    CHECK(claim.with("2s, server: close", "2s, client: close") == "false");
    CHECK(claim.with("3s, client#2: close", "3s, server#2: close") == "true");
}

TEST_CASE("killing a process closes its connections normally: it depends, unless all has been read")
{
    const ClaimFile claim("killing-a-process-closes-normally");
    CHECK(claim.verdict() == "depends");
    CHECK(claim.with({"server.reads=yes"}) == "true");
    CHECK(claim.with("client: send 100", "client#2: send 100") == "undecided");
}

TEST_CASE("FIN-WAIT-1 goes straight to TIME-WAIT: true, unless the FIN comes behind the ACK")
{
    const ClaimFile claim("fin-wait-1-goes-straight-to-time-wait");
    CHECK(claim.verdict() == "true");
    CHECK(claim.with("", "same_event: yes, ") == "false");
}

TEST_CASE("8 retransmissions, then ETIMEDOUT: false, unless tcp_retries2 says so")
{
    const ClaimFile claim("eight-retransmissions-then-etimedout");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with({"tcp_retries2=8"}) == "true");
    CHECK(claim.with({"tcp_orphan_retries=7"}) == "undecided");
}

TEST_CASE("tcp_tw_reuse is about incoming SYNs: false, unless none opened a connection without it")
{
    const ClaimFile claim("tw-reuse-is-about-incoming-syns");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with({"web.time_wait_reopen=no"}) == "true");
    CHECK(claim.with({"client.tcp_tw_reuse=0"}) == "undecided");
}

TEST_CASE("tcp_tw_recycle is good tuning: false, unless it is off")
{
    const ClaimFile claim("tw-recycle-is-good-tuning");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with({"server.tcp_tw_recycle=no"}) == "true");
}

TEST_CASE("tcp_tw_recycle answers with RST: false, unless nobody listens there")
{
    const ClaimFile claim("tw-recycle-answers-with-rst");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with("bob: connect server:81", "bob: connect server:80") == "true");
    CHECK(claim.with({"server.tcp_tw_recycle=no"}) == "undecided");
}

TEST_CASE("SO_LINGER with no time closes normally: false, unless it has some")
{
    const ClaimFile claim("so-linger-zero-closes-normally");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with({"client.so_linger=10s"}) == "true");
}

TEST_CASE("a port in TIME-WAIT cannot be used: it depends, unless SO_REUSEADDR or tcp_tw_reuse is on")
{
    const ClaimFile claim("a-port-in-time-wait-cannot-be-used");
    CHECK(claim.verdict() == "depends");
    CHECK(claim.with({"server.so_reuseaddr=yes"}) == "false");
    CHECK(claim.with({"client.tcp_tw_reuse=1"}) == "true");
}

TEST_CASE("TIME-WAIT needs 100 octets: true, unless sockets are kept beside it")
{
    const ClaimFile claim("time-wait-needs-100-octets");
    CHECK(claim.verdict() == "true");
    CHECK(claim.with("closes: nobody", "closes: client") == "false"); // then they are ESTABLISHED
}

TEST_CASE("a RST in TIME-WAIT is harmless: false, unless tcp_rfc1337 is on")
{
    const ClaimFile claim("a-rst-in-time-wait-is-harmless");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with({"tcp_rfc1337=yes"}) == "true");
}

TEST_CASE("SYN cookies are off unless switched on: false, unless they were")
{
    const ClaimFile claim("syn-cookies-are-off-by-default");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with({"server.tcp_syncookies=0"}) == "true");
}

TEST_CASE("SYN_RCVD, SYN_RECV and SYN-RECEIVED are different states: false, unless one were")
{
    const ClaimFile claim("syn-rcvd-syn-recv-and-syn-received-differ");
    CHECK(claim.verdict() == "false");
    CHECK(claim.with("server: LAST_ACK }", "server: SYN_RECV }") == "true");
}

TEST_CASE("every claim: a test here, a title, a question, both languages, and a source")
{
    const std::string tests = contents(tcpsm::test::in_source("tests/scenario/claims_test.cpp"));
    for (const std::string& name : all_claims()) {
        CAPTURE(name);
        CHECK(tests.find("(\"" + name + "\")") != std::string::npos);
        const auto read = read_scenario_file(claims_folder + '/' + name + ".yaml");
        REQUIRE(std::holds_alternative<Scenario>(read));
        const auto& scenario = std::get<Scenario>(read);
        CHECK_FALSE(scenario.title.empty());
        CHECK(scenario.asks.ends_with('?'));
        CHECK(scenario.remarks().empty());
        CHECK_FALSE(std::filesystem::exists(claims_folder + "/../scenarios/" + name + ".yaml"));
    }
}
