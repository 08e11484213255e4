// RFC 9293, 3.5.1. Half-Open Connections and Other Anomalies: figures 9 to 11.

#include <doctest/doctest.h>

#include "support/text.hpp"
#include "tcpsm/tcpsm.hpp"

using namespace tcpsm;
using test::lines;

namespace {

/// A has sent up to 99 and B up to 299; then A's machine crashes and comes up again.
struct Rebooted : Network {
    Rebooted() : Network({.seed = 1, .delay = 10ms})
    {
        B.listen(80);
        const Socket a = A.socket();
        REQUIRE_FALSE(a.bind(1000));
        REQUIRE_FALSE(a.connect(B, 80));
        run();
        b = B.accept();
        clear_history();
        A.crash();
        A.reboot();
    }
    Host A = host("A", {.iss = {99, 400}});
    Host B = host("B", {.iss = {299, 500}});
    Socket b;
};

} // namespace

TEST_CASE_FIXTURE(
    Rebooted, "figure 9, half-open connection discovery: the peer's ACK draws a RST, and the SYN sent again succeeds")
{
    const Socket again = A.socket();
    REQUIRE_FALSE(again.bind(1000));
    REQUIRE_FALSE(again.connect(B, 80));
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                           TCP Peer B
        ESTABLISHED                                          ESTABLISHED
        (crash)
        (reboot)
    A3  SYN-SENT    --> <SEQ=400><CTL=SYN>               --> ESTABLISHED  (refused: SYN bit)
    B2  SYN-SENT    <-- <SEQ=300><ACK=100><CTL=ACK>      <-- ESTABLISHED  (refused: ACK in SYN-SENT)
    A4  SYN-SENT    --> <SEQ=100><CTL=RST>               --> CLOSED
    A5  SYN-SENT    --> <SEQ=400><CTL=SYN>               --> SYN-RECEIVED (RTO)
    B3  ESTABLISHED <-- <SEQ=500><ACK=401><CTL=SYN,ACK>  <-- SYN-RECEIVED
    A6  ESTABLISHED --> <SEQ=401><ACK=501><CTL=ACK>      --> ESTABLISHED
    )"));
    CHECK(b.send("more").error == std::errc::connection_reset);
}

TEST_CASE_FIXTURE(Rebooted, "figure 10, the active side discovers a half-open connection: its data draws a RST")
{
    b.send("ten octets");
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                                TCP Peer B
        ESTABLISHED                                               ESTABLISHED
        (crash)
        (reboot)
    B2  CLOSED      <-- <SEQ=300><ACK=100><DATA=10><CTL=ACK>  <-- ESTABLISHED  (refused: no connection)
    A3  CLOSED      --> <SEQ=100><CTL=RST>                    --> CLOSED
    )"));
    CHECK(b.receive().error == std::errc::connection_reset);
}

TEST_CASE("figure 11, an old duplicate SYN meets two passive sockets: RST, and both are in LISTEN")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host A = net.host("A", {.iss = {100}});
    const Host B = net.host("B", {.iss = {300}});
    A.listen(80);
    B.listen(80);
    net.inject(A, 80, B, 80, parse_notation("<SEQ=90><CTL=SYN>").segment.value());
    net.run();
    CHECK(ladder(net) == lines(R"(
              TCP Peer A                                          TCP Peer B
              LISTEN                                              LISTEN
    inject.1              ... <SEQ=90><CTL=SYN>               --> SYN-RECEIVED (injected)
    B1        LISTEN      <-- <SEQ=300><ACK=91><CTL=SYN,ACK>  <-- SYN-RECEIVED (refused: ACK in LISTEN)
    A1        LISTEN      --> <SEQ=91><CTL=RST>               --> LISTEN
    )"));
    CHECK(B.netstat().size() == 1);
}
