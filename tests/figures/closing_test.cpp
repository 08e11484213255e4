// RFC 9293, 3.6. Closing a Connection: figures 12 and 13, and the close that figure 12 is there to make safe.

#include <doctest/doctest.h>

#include "support/text.hpp"
#include "tcpsm/tcpsm.hpp"

using namespace tcpsm;
using test::lines;

namespace {

struct Established : Network {
    Established() : Network({.seed = 1, .delay = 10ms}) {}
    Pair pair = established(*this, "A", "B"); // A1, B1, A2: the ladder starts after these
    Socket a = pair.a;
    Socket b = pair.b;
};

} // namespace

TEST_CASE_FIXTURE(Established, "figure 12, normal close: the side that closes first waits 2 MSL in TIME-WAIT (MUST-13)")
{
    a.close();
    run();
    b.close();
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                           TCP Peer B
        ESTABLISHED                                          ESTABLISHED
    A3  FIN-WAIT-1  --> <SEQ=100><ACK=300><CTL=FIN,ACK>  --> CLOSE-WAIT
    B2  FIN-WAIT-2  <-- <SEQ=300><ACK=101><CTL=ACK>      <-- CLOSE-WAIT
    B3  TIME-WAIT   <-- <SEQ=300><ACK=101><CTL=FIN,ACK>  <-- LAST-ACK
    A4  TIME-WAIT   --> <SEQ=101><ACK=301><CTL=ACK>      --> CLOSED
        CLOSED                                                            (2 MSL)
    )"));
}

TEST_CASE_FIXTURE(Established, "figure 13, simultaneous close: crossing FINs lead both through CLOSING to TIME-WAIT")
{
    a.close();
    b.close();
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                           TCP Peer B
        ESTABLISHED                                          ESTABLISHED
    A3  FIN-WAIT-1  --> <SEQ=100><ACK=300><CTL=FIN,ACK>  ...
    B2              ... <SEQ=300><ACK=100><CTL=FIN,ACK>  <-- FIN-WAIT-1
    A3              ... <SEQ=100><ACK=300><CTL=FIN,ACK>  --> CLOSING
    B3              ... <SEQ=301><ACK=101><CTL=ACK>      <-- CLOSING
    B2  CLOSING     <-- <SEQ=300><ACK=100><CTL=FIN,ACK>  ...
    A4  CLOSING     --> <SEQ=101><ACK=301><CTL=ACK>      ...
    B3  TIME-WAIT   <-- <SEQ=301><ACK=101><CTL=ACK>      ...
    A4              ... <SEQ=101><ACK=301><CTL=ACK>      --> TIME-WAIT
        CLOSED                                                            (2 MSL)
                                                             CLOSED       (2 MSL)
    )"));
}

TEST_CASE_FIXTURE(Established, "normal close, final ACK lost: TIME-WAIT answers the FIN again and restarts 2 MSL")
{
    lose("A4");
    a.close();
    run();
    b.close();
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                           TCP Peer B
        ESTABLISHED                                          ESTABLISHED
    A3  FIN-WAIT-1  --> <SEQ=100><ACK=300><CTL=FIN,ACK>  --> CLOSE-WAIT
    B2  FIN-WAIT-2  <-- <SEQ=300><ACK=101><CTL=ACK>      <-- CLOSE-WAIT
    B3  TIME-WAIT   <-- <SEQ=300><ACK=101><CTL=FIN,ACK>  <-- LAST-ACK
    A4  TIME-WAIT   --> <SEQ=101><ACK=301><CTL=ACK>      XXX LAST-ACK
    B4  TIME-WAIT   <-- <SEQ=300><ACK=101><CTL=FIN,ACK>  <-- LAST-ACK     (RTO)
    A5  TIME-WAIT   --> <SEQ=101><ACK=301><CTL=ACK>      --> CLOSED
        CLOSED                                                            (2 MSL)
    )"));
    const Time last_fin = history().segments()[history().segments().size() - 1].sent;
    CHECK(now() == last_fin + 240s);
}

TEST_CASE_FIXTURE(Established,
                  "three-segment close: the FIN rides on the ACK, and FIN-WAIT-1 goes straight to TIME-WAIT")
{
    when([this](const Network& net) { return net.state(b) == State::CloseWait; },
         [this](Network& net) { net.at(b).close(); }, true);
    a.close();
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                           TCP Peer B
        ESTABLISHED                                          ESTABLISHED
    A3  FIN-WAIT-1  --> <SEQ=100><ACK=300><CTL=FIN,ACK>  --> LAST-ACK
    B2  TIME-WAIT   <-- <SEQ=300><ACK=101><CTL=FIN,ACK>  <-- LAST-ACK
    A4  TIME-WAIT   --> <SEQ=101><ACK=301><CTL=ACK>      --> CLOSED
        CLOSED                                                            (2 MSL)
    )"));
}
