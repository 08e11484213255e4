#include "tcpsm/trace/ladder.hpp"

#include <doctest/doctest.h>

#include "support/text.hpp"
#include "tcpsm/tcpsm.hpp"

using namespace tcpsm;
using test::lines;

namespace {

struct Established : Network {
    Established() : Network({.seed = 1, .delay = 10ms}) {}
    Pair pair = established(*this, "A", "B");
    Socket a = pair.a;
    Socket b = pair.b;
};

std::size_t longest_line(const std::string& text)
{
    std::size_t longest = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        longest = std::max(longest, end - begin);
        begin = end + 1;
    }
    return longest;
}

} // namespace

TEST_CASE_FIXTURE(Established,
                  "two segments in flight at once: each has a line for its departure and one for its arrival")
{
    a.send("one");
    a.send("two");
    run();
    CHECK(ladder(*this) == lines(R"(
        TCP Peer A                                               TCP Peer B
        ESTABLISHED                                              ESTABLISHED
    A3  ESTABLISHED --> <SEQ=100><ACK=300><DATA=3><CTL=ACK>  ...
    A4  ESTABLISHED --> <SEQ=103><ACK=300><DATA=3><CTL=ACK>  ...
    A3              ... <SEQ=100><ACK=300><DATA=3><CTL=ACK>  --> ESTABLISHED
    B2              ... <SEQ=300><ACK=103><CTL=ACK>          <-- ESTABLISHED
    A4              ... <SEQ=103><ACK=300><DATA=3><CTL=ACK>  --> ESTABLISHED
    B3              ... <SEQ=300><ACK=106><CTL=ACK>          <-- ESTABLISHED
    B2  ESTABLISHED <-- <SEQ=300><ACK=103><CTL=ACK>          ...
    B3  ESTABLISHED <-- <SEQ=300><ACK=106><CTL=ACK>          ...
    )"));
}

TEST_CASE_FIXTURE(Established, "with times, events and reasons: every line says when and why")
{
    a.close();
    run();
    CHECK(ladder(*this, {.times = true, .events = true, .why = true}) == lines(R"(
              TCP Peer A                                           TCP Peer B
              ESTABLISHED                                          ESTABLISHED
    0.03      (close)
    0.03  A3  FIN-WAIT-1  --> <SEQ=100><ACK=300><CTL=FIN,ACK>  --> CLOSE-WAIT
              CLOSE (RFC 9293, 3.10.4); then rcv FIN (RFC 9293, 3.10.7.4)
    0.04  B2  FIN-WAIT-2  <-- <SEQ=300><ACK=101><CTL=ACK>      <-- CLOSE-WAIT
              rcv FIN (RFC 9293, 3.10.7.4); then rcv ACK of FIN (RFC 9293, 3.10.7.4)
    )"));
}

TEST_CASE_FIXTURE(Established, "a refused segment: it arrives, and the line names the check")
{
    inject(at(host("A")), a.local().port, host("B"), 80, parse_notation("<SEQ=5><ACK=300><CTL=ACK>").segment.value());
    run();
    CHECK(ladder(*this, {.why = true}) == lines(R"(
              TCP Peer A                                       TCP Peer B
              ESTABLISHED                                      ESTABLISHED
    inject.1              ... <SEQ=5><ACK=300><CTL=ACK>    --> ESTABLISHED  (injected) (refused: sequence number)
              it lies outside the receive window (RFC 9293, 3.10.7.4)
    B2        ESTABLISHED <-- <SEQ=300><ACK=100><CTL=ACK>  <-- ESTABLISHED
              refused: sequence number (RFC 9293, 3.10.7.4); then rcv ACK (RFC 9293, 3.10.7.4)
    )"));
}

TEST_CASE_FIXTURE(Established, "a duplicate made by the network: it bears the name of its segment with a prime")
{
    duplicate("A3");
    a.send("x");
    run();
    CHECK(ladder(*this) == lines(R"(
         TCP Peer A                                               TCP Peer B
         ESTABLISHED                                              ESTABLISHED
    A3   ESTABLISHED --> <SEQ=100><ACK=300><DATA=1><CTL=ACK>  ...
    A3'              ... <SEQ=100><ACK=300><DATA=1><CTL=ACK>  ...              (duplicate)
    A3               ... <SEQ=100><ACK=300><DATA=1><CTL=ACK>  --> ESTABLISHED
    B2               ... <SEQ=300><ACK=101><CTL=ACK>          <-- ESTABLISHED
    A3'              ... <SEQ=100><ACK=300><DATA=1><CTL=ACK>  --> ESTABLISHED  (refused: sequence number)
    B3               ... <SEQ=300><ACK=101><CTL=ACK>          <-- ESTABLISHED
    B2   ESTABLISHED <-- <SEQ=300><ACK=101><CTL=ACK>          ...
    B3   ESTABLISHED <-- <SEQ=300><ACK=101><CTL=ACK>          ...
    )"));
}

TEST_CASE("a narrow terminal: segments are written shorter, and no line is wider than it")
{
    Network net;
    auto [a, b] = established(net, "client", "server");
    a.send("some text");
    net.lose("client.4");
    net.run();
    b.close();
    net.run();
    const std::string text = ladder(net, {.times = true, .events = true, .width = 80});
    CHECK(longest_line(text) <= 80);
    CHECK(text.find("seq=100 ack=300 len=9") != std::string::npos);
}

TEST_CASE("in colour: the text without its escape sequences is the plain ladder")
{
    Network net;
    auto [a, b] = established(net, "A", "B");
    net.lose("A3");
    a.close();
    net.run();
    std::string text = ladder(net, {.colour = true});
    CHECK(text.find("\x1b[31m") != std::string::npos); // a loss is red
    for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b'))
        text.erase(at, text.find('m', at) - at + 1);
    CHECK(text == ladder(net));
}

TEST_CASE("a history in which nothing happened: only the titles and the states")
{
    Network net;
    net.host("A");
    net.host("B");
    CHECK(ladder(net) == "    TCP Peer A            TCP Peer B\n    CLOSED                CLOSED\n");
}

TEST_CASE("a third host injects in the name of A: the segment comes from where A is, and the ladder says by whom")
{
    Network net({.seed = 1, .delay = 10ms});
    auto [a, b] = established(net, "A", "B");
    const Host eve = net.host("eve");
    a.send("x");
    net.run();
    net.inject(eve, a.local(), net.host("B"), 80, parse_notation("<SEQ=200><CTL=RST>").segment.value());
    net.run();
    CHECK(ladder(net) == lines(R"(
              TCP Peer A                                               TCP Peer B
              ESTABLISHED                                              ESTABLISHED
    A3        ESTABLISHED --> <SEQ=100><ACK=300><DATA=1><CTL=ACK>  --> ESTABLISHED
    B2        ESTABLISHED <-- <SEQ=300><ACK=101><CTL=ACK>          <-- ESTABLISHED
    inject.1              ... <SEQ=200><CTL=RST>                   --> ESTABLISHED  (injected by eve) (refused: RST bit)
    B3        ESTABLISHED <-- <SEQ=300><ACK=101><CTL=ACK>          <-- ESTABLISHED
    )"));
}
