#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/machine/event.hpp"
#include "tcpsm/machine/state.hpp"

using namespace tcpsm;

namespace {

struct Spellings {
    State state;
    std::string_view rfc;
    std::vector<std::string_view> others; // of figure 5, netstat, ss and the Linux kernel
};

const std::array<Spellings, state_count> eleven{{
    {State::Closed, "CLOSED", {"CLOSE", "closed", "Closed"}},
    {State::Listen, "LISTEN", {"listen", "Listen"}},
    {State::SynSent, "SYN-SENT", {"SYN SENT", "SYN_SENT", "syn-sent", "SynSent"}},
    {State::SynReceived,
     "SYN-RECEIVED",
     {"SYN_RECEIVED", "SYN RCVD", "SYN-RCVD", "SYN_RCVD", "SYN_RECV", "SYN-RECV", "syn-recv", "syn_rcvd",
      "SynReceived"}},
    {State::Established, "ESTABLISHED", {"ESTAB", "established", "estab", "Established"}},
    {State::FinWait1, "FIN-WAIT-1", {"FIN WAIT-1", "FIN_WAIT_1", "FIN_WAIT1", "FINWAIT-1", "fin-wait-1", "FinWait1"}},
    {State::FinWait2, "FIN-WAIT-2", {"FINWAIT-2", "FIN_WAIT_2", "FIN_WAIT2", "FIN WAIT-2", "fin-wait-2", "FinWait2"}},
    {State::CloseWait, "CLOSE-WAIT", {"CLOSE WAIT", "CLOSE_WAIT", "close-wait", "CloseWait"}},
    {State::Closing, "CLOSING", {"closing", "Closing"}},
    {State::LastAck, "LAST-ACK", {"LAST_ACK", "LAST ACK", "last-ack", "LastAck"}},
    {State::TimeWait, "TIME-WAIT", {"TIME_WAIT", "TIME WAIT", "time-wait", "TimeWait"}},
}};

} // namespace

TEST_CASE("a state: is printed as the RFC spells it")
{
    for (const Spellings& one : eleven) CHECK(name(one.state) == one.rfc);
}

TEST_CASE("a state in any spelling that people meet: is read")
{
    for (const Spellings& one : eleven) {
        CHECK(parse_state(one.rfc) == one.state);
        for (const std::string_view other : one.others) {
            CAPTURE(other);
            CHECK(parse_state(other) == one.state);
        }
    }
}

TEST_CASE("a word that is no state: is not read")
{
    for (const std::string_view word :
         {"", " ", "-", "OPEN", "SYN", "FIN-WAIT", "FIN-WAIT-3", "TIME", "CLOSED2", "ESTABLISH"}) {
        CAPTURE(word);
        CHECK_FALSE(parse_state(word));
    }
}

TEST_CASE("all states: eleven, each once, CLOSED first")
{
    CHECK(all_states().size() == 11);
    CHECK(all_states().front() == State::Closed);
    CHECK(std::set<State>(all_states().begin(), all_states().end()).size() == 11);
}

TEST_CASE("the synchronized states: ESTABLISHED and those after it")
{
    for (const State state : all_states()) {
        const bool opening =
            state == State::Closed || state == State::Listen || state == State::SynSent || state == State::SynReceived;
        CAPTURE(name(state));
        CHECK(synchronized(state) != opening);
    }
}

TEST_CASE("all events: each has a name of its own")
{
    CHECK(all_events().size() == 30);
    std::set<std::string_view> names;
    for (const Event event : all_events()) {
        CHECK_FALSE(name(event).empty());
        names.insert(name(event));
    }
    CHECK(names.size() == event_count);
}
