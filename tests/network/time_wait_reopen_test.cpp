// RFC 9293, 3.6.1, MAY-2, and RFC 6191: a SYN that comes to a connection in TIME-WAIT.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/wire/notation.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

enum class Answer : std::uint8_t { new_connection, stays };

/// What a SYN brings about where the old connection had timestamps (TS.Recent 1000) or none, and someone listens.
Answer syn_in_time_wait(std::string_view syn, bool old_had_timestamps, bool timestamps = true)
{
    Network net({.seed = 1, .delay = 10ms});
    Profile profile;
    profile.connection.timestamps = timestamps;
    const Host client = net.host("client", {.profile = profile, .iss = {299}});
    const Host server = net.host("server", {.profile = profile, .iss = {99}, .accepts = true});
    static_cast<void>(server.listen(80));
    // The client is played by hand: what it sends is injected, and what reaches it is lost.
    net.lose([](const Flight& flight) { return flight.to == "client"; }, 1000);
    const auto inject = [&](std::string text) {
        const ParsedNotation parsed =
            parse_notation(old_had_timestamps && text.find("TS=") == std::string::npos ? text + "<TS=1000,0>" : text);
        REQUIRE(parsed.segment);
        net.inject(client, 5000, server, 80, *parsed.segment);
        net.run_for(20ms);
    };
    inject("<SEQ=299><CTL=SYN><WND=9000>");
    inject("<SEQ=300><ACK=100><CTL=ACK><WND=9000>");
    const Socket socket = server.connection(1);
    static_cast<void>(socket.close());
    inject("<SEQ=300><ACK=101><CTL=FIN,ACK><WND=9000>");
    REQUIRE(socket.state() == State::TimeWait);

    const ParsedNotation parsed = parse_notation(syn);
    REQUIRE(parsed.segment);
    net.inject(client, 5000, server, 80, *parsed.segment);
    net.run_for(20ms);
    if (server.connections() == 1) return Answer::stays;
    CHECK(server.connection(2).state() == State::SynReceived);
    CHECK(server.connection(2).standing().tcb().snd.iss > Seq(102)); // above all that was used before (MAY-2)
    return Answer::new_connection;
}

} // namespace

TEST_CASE("TIME-WAIT, a SYN above all that came, no timestamps: a new connection (MAY-2, RFC 6191, 2 no-ts)")
{
    CHECK(syn_in_time_wait("<SEQ=302><CTL=SYN>", false) == Answer::new_connection);
    CHECK(syn_in_time_wait("<SEQ=302><CTL=SYN>", false, false) == Answer::new_connection);
}

TEST_CASE("TIME-WAIT, a SYN at or below what came: TIME-WAIT stays (MAY-2, RFC 6191, 2 no-ts)")
{
    CHECK(syn_in_time_wait("<SEQ=301><CTL=SYN>", false) == Answer::stays);
    CHECK(syn_in_time_wait("<SEQ=200><CTL=SYN>", false) == Answer::stays);
}

TEST_CASE("TIME-WAIT, a SYN with a newer timestamp: a new connection, whatever its number (SHLD-4, RFC 6191, 2 ts-new)")
{
    CHECK(syn_in_time_wait("<SEQ=200><CTL=SYN><TS=1001,0>", true) == Answer::new_connection);
}

TEST_CASE("TIME-WAIT, a SYN with the same timestamp: by its number (RFC 6191, 2 ts-same-isn)")
{
    CHECK(syn_in_time_wait("<SEQ=302><CTL=SYN><TS=1000,0>", true) == Answer::new_connection);
    CHECK(syn_in_time_wait("<SEQ=301><CTL=SYN><TS=1000,0>", true) == Answer::stays);
}

TEST_CASE("TIME-WAIT, a SYN with an older timestamp: TIME-WAIT stays (RFC 6191, 2 ts-old)")
{
    CHECK(syn_in_time_wait("<SEQ=400><CTL=SYN><TS=999,0>", true) == Answer::stays);
}

TEST_CASE("TIME-WAIT of a connection without timestamps, a SYN with one: a new connection "
          "(RFC 6191, 2 ts-none-prev)")
{
    CHECK(syn_in_time_wait("<SEQ=200><CTL=SYN><TS=1,0>", false) == Answer::new_connection);
}

TEST_CASE("TIME-WAIT and nobody listens: a new SYN is answered as any other there")
{
    test::Endpoint endpoint = test::in(State::TimeWait);
    endpoint.gets("<SEQ=900><CTL=SYN>");
    CHECK(endpoint.state() == "TIME-WAIT");
    CHECK(endpoint.sends() == "<SEQ=102><ACK=302><CTL=ACK>");
}
