// RFC 9293, 3.3.2, figure 5: TCP Connection State Diagram. Its arrows and notes, each of which is a row of the table.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/machine/transitions.hpp"

using namespace tcpsm;

namespace {

struct Arrow {
    std::string_view from, event; // above the line
    std::string_view action;      // below it
    std::string_view to;
};

// From top to bottom. "x" is the figure's "nothing is sent".
constexpr std::array<Arrow, 20> figure_5{{
    {"CLOSED", "passive OPEN", "create TCB", "LISTEN"},
    {"CLOSED", "active OPEN", "create TCB, snd SYN", "SYN SENT"},
    {"LISTEN", "CLOSE", "delete TCB", "CLOSED"},
    {"LISTEN", "SEND", "snd SYN", "SYN SENT"},
    {"LISTEN", "rcv SYN", "snd SYN,ACK", "SYN RCVD"},
    {"SYN SENT", "CLOSE", "delete TCB", "CLOSED"},
    {"SYN SENT", "rcv SYN", "snd SYN,ACK", "SYN RCVD"},
    {"SYN SENT", "rcv SYN,ACK", "snd ACK", "ESTAB"},
    {"SYN RCVD", "rcv ACK of SYN", "x", "ESTAB"},
    {"SYN RCVD", "CLOSE", "snd FIN", "FIN WAIT-1"},
    {"SYN RCVD", "rcv RST", "x", "LISTEN"}, // note 1
    {"ESTAB", "CLOSE", "snd FIN", "FIN WAIT-1"},
    {"ESTAB", "rcv FIN", "snd ACK", "CLOSE WAIT"},
    {"FIN WAIT-1", "rcv ACK of FIN", "x", "FINWAIT-2"},
    {"FIN WAIT-1", "rcv FIN", "snd ACK", "CLOSING"},
    {"FINWAIT-2", "rcv FIN", "snd ACK", "TIME-WAIT"},
    {"CLOSE WAIT", "CLOSE", "snd FIN", "LAST-ACK"},
    {"CLOSING", "rcv ACK of FIN", "x", "TIME-WAIT"},
    {"LAST-ACK", "rcv ACK of FIN", "x", "CLOSED"},
    {"TIME-WAIT", "2 MSL timeout", "delete TCB", "CLOSED"}, // "Timeout=2MSL"
}};

// A row's actions, of those that the figure writes below its lines.
std::string drawn(const Transition& row)
{
    constexpr std::array<std::string_view, 2> others{"create TCB", "delete TCB"};
    std::string text;
    for (const std::string_view action : row.actions)
        if (action.starts_with("snd ") || std::find(others.begin(), others.end(), action) != others.end())
            text += (text.empty() ? "" : ", ") + std::string(action);
    return text.empty() ? "x" : text;
}

std::vector<Transition> rows(State from, std::string_view event)
{
    std::vector<Transition> found;
    std::copy_if(transitions().begin(), transitions().end(), std::back_inserter(found),
                 [&](const Transition& row) { return row.from == from && name(row.event) == event; });
    return found;
}

} // namespace

TEST_CASE("each of the twenty arrows of figure 5: a row of the table in the figure's words")
{
    for (const Arrow& arrow : figure_5) {
        CAPTURE(arrow.from);
        CAPTURE(arrow.event);
        const auto from = parse_state(arrow.from);
        const auto to = parse_state(arrow.to);
        REQUIRE(from);
        REQUIRE(to);
        const std::vector<Transition> found = rows(*from, arrow.event);
        const auto row = std::find_if(found.begin(), found.end(),
                                      [&](const Transition& one) { return one.to == *to && !one.stays; });
        REQUIRE(row != found.end());
        // The figure deletes the TCB in LAST-ACK too, as the text has it, but draws an x there.
        const bool last_ack = *from == State::LastAck;
        CHECK(drawn(*row) == (last_ack ? "delete TCB" : arrow.action));
    }
}

TEST_CASE("the first twenty rows of the table: the arrows of figure 5 from top to bottom")
{
    REQUIRE(transitions().size() > figure_5.size());
    for (std::size_t i = 0; i < figure_5.size(); ++i) {
        const Transition& row = transitions()[i];
        CAPTURE(i);
        CHECK(row.from == parse_state(figure_5[i].from));
        CHECK(name(row.event) == figure_5[i].event);
        CHECK(row.to == parse_state(figure_5[i].to));
    }
}

TEST_CASE("figure 5, note 1, a RST in SYN-RECEIVED: to LISTEN after a passive OPEN only, else to CLOSED")
{
    const std::vector<Transition> found = rows(State::SynReceived, "rcv RST");
    REQUIRE(found.size() == 2);
    CHECK(found[0].guard == "from LISTEN");
    CHECK(found[0].to == State::Listen);
    CHECK(found[1].guard == "not from LISTEN");
    CHECK(found[1].to == State::Closed);
}

TEST_CASE("figure 5, note 2, a FIN that also acknowledges ours in FIN-WAIT-1: straight to TIME-WAIT")
{
    const std::vector<Transition> found = rows(State::FinWait1, "rcv FIN, ACK of FIN");
    REQUIRE(found.size() == 1);
    CHECK(found[0].to == State::TimeWait);
    CHECK(drawn(found[0]) == "snd ACK");
}

TEST_CASE("figure 5, note 3, a RST that arrives where there is a connection: LISTEN or CLOSED")
{
    for (const State state : all_states()) {
        CAPTURE(name(state));
        const std::vector<Transition> found = rows(state, "rcv RST");
        if (state == State::Closed || state == State::Listen) { // "an incoming RST should be ignored"
            CHECK(found.empty());
            continue;
        }
        REQUIRE_FALSE(found.empty());
        for (const Transition& row : found)
            if (row.rfc != "linux tcp_rfc1337") CHECK((row.to == State::Listen || row.to == State::Closed));
    }
}

TEST_CASE("figure 5, note 3, a RST that is sent: the connection is CLOSED, as the text of 3.10.5 has it")
{
    std::size_t sent = 0;
    for (const Transition& row : transitions()) {
        if (std::find(row.actions.begin(), row.actions.end(), "snd RST") == row.actions.end()) continue;
        ++sent;
        CHECK(row.to == State::Closed);
    }
    CHECK(sent > 0);
}
