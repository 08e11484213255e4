// RFC 9293, 3.5. Establishing a Connection: figures 6 to 8.

#include <doctest/doctest.h>

#include "support/text.hpp"
#include "tcpsm/tcpsm.hpp"

using namespace tcpsm;
using test::lines;

namespace {

struct TwoPeers : Network {
    TwoPeers() : Network({.seed = 1, .delay = 10ms}) {}
    Host A = host("A", {.iss = {100}});
    Host B = host("B", {.iss = {300, 400}});
};

Segment segment(std::string_view notation)
{
    return parse_notation(notation).segment.value();
}

} // namespace

TEST_CASE_FIXTURE(TwoPeers, "figure 6, basic three-way handshake: both ESTABLISHED after three segments")
{
    B.listen(80);
    const Socket a = A.connect(B, 80);
    run();
    a.send("data");
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                               TCP Peer B
        CLOSED                                                   LISTEN
    A1  SYN-SENT    --> <SEQ=100><CTL=SYN>                   --> SYN-RECEIVED
    B1  ESTABLISHED <-- <SEQ=300><ACK=101><CTL=SYN,ACK>      <-- SYN-RECEIVED
    A2  ESTABLISHED --> <SEQ=101><ACK=301><CTL=ACK>          --> ESTABLISHED
    A3  ESTABLISHED --> <SEQ=101><ACK=301><DATA=4><CTL=ACK>  --> ESTABLISHED
    B2  ESTABLISHED <-- <SEQ=301><ACK=105><CTL=ACK>          <-- ESTABLISHED
    )"));
}

TEST_CASE_FIXTURE(TwoPeers, "figure 7, simultaneous open: crossing SYNs make one connection (MUST-10)")
{
    set_delay(A, B, 20ms);
    set_delay(B, A, 5ms);
    const Socket a = A.socket();
    const Socket b = B.socket();
    REQUIRE_FALSE(a.bind(1000));
    REQUIRE_FALSE(b.bind(2000));
    REQUIRE_FALSE(a.connect(B, 2000));
    run_for(1ms);
    REQUIRE_FALSE(b.connect(A, 1000));
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                            TCP Peer B
        CLOSED                                                CLOSED
    A1  SYN-SENT     --> <SEQ=100><CTL=SYN>               ...
    B1  SYN-RECEIVED <-- <SEQ=300><CTL=SYN>               <-- SYN-SENT
    A2  SYN-RECEIVED --> <SEQ=100><ACK=301><CTL=SYN,ACK>  ...
    A1               ... <SEQ=100><CTL=SYN>               --> SYN-RECEIVED
    B2  ESTABLISHED  <-- <SEQ=300><ACK=101><CTL=SYN,ACK>  <-- SYN-RECEIVED
    A2               ... <SEQ=100><ACK=301><CTL=SYN,ACK>  --> ESTABLISHED
    )"));
    CHECK(A.connections() == 1);
    CHECK(B.connections() == 1);
}

TEST_CASE_FIXTURE(TwoPeers,
                  "figure 8, an old duplicate SYN comes first: RST, LISTEN again, and the real SYN succeeds (MUST-11)")
{
    B.listen(80);
    delay("A1", 40ms);
    const Socket a = A.connect(B, 80);
    inject(A, a.local().port, B, 80, segment("<SEQ=90><CTL=SYN>"));
    run();
    CHECK(ladder(*this) == lines(R"(
              TCP Peer A                                           TCP Peer B
              CLOSED                                               LISTEN
    A1        SYN-SENT    --> <SEQ=100><CTL=SYN>               ...
    inject.1              ... <SEQ=90><CTL=SYN>                --> SYN-RECEIVED (injected)
    B1        SYN-SENT    <-- <SEQ=300><ACK=91><CTL=SYN,ACK>   <-- SYN-RECEIVED (refused: ACK in SYN-SENT)
    A2        SYN-SENT    --> <SEQ=91><CTL=RST>                --> LISTEN
    A1                    ... <SEQ=100><CTL=SYN>               --> SYN-RECEIVED
    B2        ESTABLISHED <-- <SEQ=400><ACK=101><CTL=SYN,ACK>  <-- SYN-RECEIVED
    A3        ESTABLISHED --> <SEQ=101><ACK=401><CTL=ACK>      --> ESTABLISHED
    )"));
}
