// What is said of the options of sockets that RFC 9293 does not know: SO_LINGER, TCP_DEFER_ACCEPT, tcp_tw_recycle.

#include <doctest/doctest.h>

#include "explain/explain.hpp"
#include "explain/sayings.hpp"
#include "support/text.hpp"

using namespace tcpsm;
using namespace tcpsm::test;
using viz::Language;

namespace tcpsm::test {

std::vector<Saying> sayings_of_sockets()
{
    using enum State;
    return {
        {"A got B's SYN in LISTEN, but less than a minute ago its address had a later timestamp, or this SYN has none "
         "(tcp_tw_recycle): A takes it for an old duplicate, drops it and says nothing.",
         [](Alone& w) {
             w.listens();
             w.gets("<SEQ=299><CTL=SYN><TS=1000,0>");
             w.gets("<SEQ=300><ACK=101><CTL=ACK><TS=1000,0>");
             w.accepts();
             w.socket.close();
             w.gets("<SEQ=300><ACK=102><CTL=FIN,ACK><TS=1000,0>");
             w.peer_port = 5001;
             w.gets("<SEQ=900><CTL=SYN><TS=10,0>");
         },
         with({.timestamps = true, .tw_recycle = true})},
        {"inject.2 (ACK) would end the handshake, but the listener of A wants text first (TCP_DEFER_ACCEPT): A stays "
         "in "
         "SYN-RECEIVED.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.gets("<SEQ=301><ACK=101><CTL=ACK>");
         },
         with({.defer_accept = 3s})},
        {"A calls close() in ESTABLISHED with an SO_LINGER of 0 s: it does not say goodbye but throws the connection "
         "away, as abort() does, and is CLOSED.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.close();
         },
         with({.linger = 0s})},
        {"A's linger timer fires in FIN-WAIT-1: B has not acknowledged everything, but close() waits no longer "
         "(SO_LINGER).",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.close();
             w.waits();
         },
         with({.linger = 500ms})},
    };
}

} // namespace tcpsm::test

namespace {

struct Lingering : Alone {
    Lingering() : Alone(with({.linger = 500ms}))
    {
        is_in(State::Established);
        socket.close();
    }
    [[nodiscard]] std::string detail() const
    {
        const Told told(*this);
        return explain_moment(told.history, told.story, static_cast<std::uint32_t>(told.story.moments().size() - 1),
                              Language::english)
            .detail;
    }
};

} // namespace

TEST_CASE_FIXTURE(Lingering, "close() lingers: it is said how long, and when it returns")
{
    CHECK(has(detail(), "A's close() does not return before B has acknowledged everything, or 0.5 s have passed."));
    waits();
    CHECK(has(detail(), "A's close() returns; what is left of the connection goes on by itself."));
}

TEST_CASE_FIXTURE(Lingering, "close() lingers, and the ACK comes: it returns")
{
    gets("<SEQ=301><ACK=102><CTL=ACK>");
    CHECK(has(detail(), "A's close() returns;"));
}

TEST_CASE_FIXTURE(Lingering, "close() lingers: what A waits for tells of it, until it has returned")
{
    const auto said = [&] { return explain_waiting(*this, now(), Language::english).front().sentence; };
    CHECK(has(said(), "Its close() returns when that is over, or in 0.5 s (SO_LINGER)."));
    waits();
    CHECK_FALSE(has(said(), "close()"));
}
