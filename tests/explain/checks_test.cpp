// The ordered checks of RFC 9293, 3.10.7, with the numbers that they compare.

#include <doctest/doctest.h>

#include <map>

#include "explain/sayings.hpp"
#include "network/rich_world.hpp"
#include "support/text.hpp"

using namespace tcpsm;
using namespace tcpsm::test;
using viz::Language;

namespace {

/// The checks of the segment that was injected last.
std::string checks_of_last(Alone& world)
{
    const Told told(world);
    std::string last;
    for (std::size_t i = 0; i < told.history.segments().size(); ++i)
        if (told.history.segments()[i].name.host == no_host) last = told.history.name(told.history.segments()[i]);
    return told.checks(last);
}

/// The line of the check that decided.
std::string decided(Alone& world)
{
    const std::string all = checks_of_last(world);
    for (std::size_t at = 0; at < all.size(); at = all.find('\n', at) + 1)
        if (all[at] == '=' || all[at] == 'x') return all.substr(at, all.find('\n', at) - at);
    return "";
}

struct Case {
    std::string_view expected;
    State state;
    std::string_view segment;
};

void check(const std::vector<Case>& cases)
{
    for (const Case& each : cases) {
        CAPTURE(each.segment);
        CAPTURE(name(each.state));
        Alone world;
        world.is_in(each.state);
        if (each.state == State::Closed) world.port = 80;
        world.gets(each.segment);
        CHECK(decided(world) == each.expected);
    }
}

} // namespace

TEST_CASE("the ACK of a FIN in LAST-ACK: four checks let it pass, and the fifth finds what it is")
{
    CHECK(Told("lost-final-ack").checks("client.5") == lines(R"(
        + first, sequence number: SEG.SEQ 102 = RCV.NXT
        + second, RST bit: off
        + third, security: not part of this simulation
        + fourth, SYN bit: off
        = fifth, ACK field: SEG.ACK 302 = SND.NXT: our FIN is acknowledged
        . sixth, URG bit
        . seventh, segment text
        . eighth, FIN bit
    )"));
}

TEST_CASE("the same in Chinese: the variables keep their names")
{
    CHECK(Told("lost-final-ack").checks("client.5", Language::chinese) == lines(R"(
        + 第一, 序号: SEG.SEQ 102 = RCV.NXT
        + 第二, RST 位: 没有置位
        + 第三, 安全性: 本仿真不涉及
        + 第四, SYN 位: 没有置位
        = 第五, 确认号: SEG.ACK 302 = SND.NXT：我们的 FIN 已被确认
        . 第六, URG 位
        . 第七, 数据
        . 第八, FIN 位
    )"));
}

TEST_CASE("a FIN that comes again in TIME-WAIT: is taken before the first check, which would refuse it")
{
    CHECK(Told("lost-final-ack").checks("server.4") == unfolded(R"(
        = before, FIN repeated (decision 0001): FIN at 301 = RCV.NXT-1: it has come before, and the peer may not
            have our ACK
        . first, sequence number
        . second, RST bit
        . third, security
        . fourth, SYN bit
        . fifth, ACK field
        . sixth, URG bit
        . seventh, segment text
        . eighth, FIN bit
    )"));
}

TEST_CASE("the SYN,ACK of a simultaneous open: is taken before the first check, which would refuse it")
{
    const std::string checks = Told("simultaneous-open").checks("B2");
    CHECK(checks.starts_with(
        "= before, SYN,ACK of figure 7 (decision 0007): SEG.SEQ 300 = IRS and SEG.ACK 101 = SND.NXT: "
        "it completes the simultaneous open\n. first, sequence number\n"));
}

TEST_CASE("a FIN that comes too early: passes the first check, for it lies in the window, and is kept by the eighth")
{
    CHECK(Told("reordered-fin").checks("client.4") == lines(R"(
        + first, sequence number: RCV.NXT 101 =< SEG.SEQ 201 < RCV.NXT+RCV.WND 65636
        + second, RST bit: off
        + third, security: not part of this simulation
        + fourth, SYN bit: off
        + fifth, ACK field: SEG.ACK 301 = SND.UNA: nothing new
        + sixth, URG bit: off
        + seventh, segment text: none
        = eighth, FIN bit: on, but octets before it are missing: kept
    )"));
}

TEST_CASE("a SYN to a closed port: two questions, and the answer's numbers")
{
    CHECK(Told("connection-refused").checks("client.1") == lines(R"(
        + first, RST bit: off
        x second, ACK bit: off: the RST that answers has SEQ=0, ACK=SEG.SEQ+SEG.LEN=101
    )"));
    CHECK(Told("connection-refused").checks("server.1") == lines(R"(
        + first, ACK bit: SND.UNA 100 < SEG.ACK 101 =< SND.NXT 101: our SYN is acknowledged
        = second, RST bit: on, and our SYN is acknowledged: the connection is refused
        . third, security
        . fourth, SYN bit
        . fifth, anything else
    )"));
}

TEST_CASE("a segment that was lost, or is still under way: has met no check")
{
    CHECK(Told("lost-final-ack").checks("client.4").empty());
    Network world;
    world.host("A").connect(world.host("B"), 80);
    CHECK(Told(world).checks("A1").empty());
}

TEST_CASE("in CLOSED and LISTEN: the check that decides, and why")
{
    check({
        {"x first, RST bit: on: a RST is not answered", State::Closed, "<SEQ=300><CTL=RST>"},
        {"x second, ACK bit: on: the RST that answers takes SEQ from it, 101", State::Closed,
         "<SEQ=300><ACK=101><CTL=ACK>"},
        {"x first, RST bit: on: there is nothing that it could reset", State::Listen, "<SEQ=300><CTL=RST>"},
        {"x second, ACK bit: on: nothing was sent that SEG.ACK 101 could acknowledge", State::Listen,
         "<SEQ=300><ACK=101><CTL=ACK>"},
        {"= third, SYN bit: on: RCV.NXT becomes SEG.SEQ+1=301", State::Listen, "<SEQ=300><CTL=SYN>"},
        {"x fourth, anything else: neither opens a connection nor belongs to one", State::Listen, "<SEQ=300><DATA=5>"},
    });
}

TEST_CASE("in SYN-SENT: the check that decides, and why")
{
    check({
        {"x first, ACK bit: SEG.ACK 99 is not SND.NXT 101: our SYN is not acknowledged", State::SynSent,
         "<SEQ=300><ACK=99><CTL=ACK>"},
        {"x second, RST bit: on, but without an ACK of our SYN", State::SynSent, "<SEQ=300><CTL=RST>"},
        {"= fourth, SYN bit: on, and our SYN is acknowledged: RCV.NXT becomes 301", State::SynSent,
         "<SEQ=300><ACK=101><CTL=SYN,ACK>"},
        {"= fourth, SYN bit: on, and our SYN is not acknowledged yet: both open at once", State::SynSent,
         "<SEQ=300><CTL=SYN>"},
        {"x fifth, anything else: neither SYN nor RST", State::SynSent, "<SEQ=300><ACK=101><CTL=ACK>"},
    });
}

TEST_CASE("in the other states: the check that decides, and why")
{
    check({
        {"x first, sequence number: SEG.SEQ 300 with SEG.LEN 1 lies before RCV.NXT 301: nothing in it is new",
         State::Established, "<SEQ=300><CTL=SYN>"},
        {"x first, sequence number: SEG.SEQ 300 lies outside the receive window", State::Established,
         "<SEQ=300><ACK=101><CTL=ACK>"},
        {"x first, sequence number: SEG.SEQ 65836 lies beyond the window, which ends before 65836", State::Established,
         "<SEQ=65836><ACK=101><CTL=ACK>"},
        {"= second, RST bit: on, and SEG.SEQ 301 = RCV.NXT: it counts", State::Established, "<SEQ=301><CTL=RST>"},
        {"x second, RST bit: on, but SEG.SEQ 302 is not RCV.NXT", State::Established, "<SEQ=302><CTL=RST>"},
        {"x fourth, SYN bit: on: it cannot belong to this connection", State::CloseWait, "<SEQ=310><CTL=SYN>"},
        {"= fourth, SYN bit: on, after a passive OPEN: back to LISTEN", State::SynReceived, "<SEQ=310><CTL=SYN>"},
        {"x fifth, ACK field: off", State::Established, "<SEQ=301><DATA=5>"},
        {"x fifth, ACK field: SEG.ACK 102 > SND.NXT 101: that was never sent", State::Established,
         "<SEQ=301><ACK=102><CTL=ACK>"},
        {"x fifth, ACK field: SEG.ACK 100 does not acknowledge our SYN", State::SynReceived,
         "<SEQ=301><ACK=100><CTL=ACK>"},
        {"x fifth, ACK field: SEG.ACK 4294900000 < SND.UNA-MAX.SND.WND: too old", State::Established,
         "<SEQ=301><ACK=4294900000><CTL=ACK>"},
        {"= fifth, ACK field: SEG.ACK 100 < SND.UNA 101: an old ACK", State::Established,
         "<SEQ=301><ACK=100><CTL=ACK>"},
        {"= fifth, ACK field: SND.UNA 100 < SEG.ACK 101 =< SND.NXT 101: our SYN is acknowledged", State::SynReceived,
         "<SEQ=301><ACK=101><CTL=ACK>"},
        {"= seventh, segment text: 5 octets from 301 on", State::Established, "<SEQ=301><ACK=101><DATA=5><CTL=ACK>"},
        {"= seventh, segment text: 5 octets from 311 on, but those from 301 on are missing: kept", State::Established,
         "<SEQ=311><ACK=101><DATA=5><CTL=ACK>"},
        {"= seventh, segment text: ignored: nothing can follow a FIN", State::LastAck,
         "<SEQ=302><ACK=101><DATA=5><CTL=ACK>"},
        {"= eighth, FIN bit: on, and nothing before it is missing", State::FinWait2, "<SEQ=301><ACK=102><CTL=FIN,ACK>"},
    });
}

TEST_CASE("a window of zero: the first check says that nothing fits")
{
    Alone world(with({.receive_buffer = 10}));
    world.is_in(State::Established);
    world.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    world.gets("<SEQ=311><ACK=101><DATA=5><CTL=ACK>");
    CHECK(decided(world) == "x first, sequence number: RCV.WND = 0: nothing fits");
}

TEST_CASE("a segment of which only the end is new: the first check says where it ends")
{
    Alone world;
    world.is_in(State::Established);
    world.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    world.gets("<SEQ=306><ACK=101><DATA=10><CTL=ACK>");
    CHECK(checks_of_last(world).starts_with(
        "+ first, sequence number: SEG.SEQ 306 < RCV.NXT 311, but its end 315 lies in "
        "the window\n"));
}

TEST_CASE("a RST in TIME-WAIT where RFC 1337 is followed: the second check says that it is ignored")
{
    Alone world(with({.rfc1337 = true}));
    world.is_in(State::TimeWait);
    world.gets("<SEQ=302><CTL=RST>");
    CHECK(decided(world) == "= second, RST bit: on, and SEG.SEQ 302 = RCV.NXT, but tcp_rfc1337 is on: ignored");
}

TEST_CASE("a listener whose queue is full: its third check refuses the SYN")
{
    Alone world;
    world.port = 80;
    world.a.listen(80, {.backlog = 0});
    world.gets("<SEQ=300><CTL=SYN>");
    CHECK(decided(world) == "x third, SYN bit: on, but the queue of connections is full");
}

TEST_CASE("a history that began later: the checks say without numbers what they found")
{
    Network world;
    auto [a, b] = established(world, "A", "B");
    a.send("hello");
    world.run();
    CHECK(Told(world).checks("A3").starts_with("+ first, sequence number: SEG.SEQ 100 lies in the receive window\n"));
}

TEST_CASE("a check that refused: is the one that the history names, in its place")
{
    const std::map<Check, std::string_view> places{{Check::no_connection, "first second"},
                                                   {Check::listen_rst, "first"},
                                                   {Check::listen_ack, "second"},
                                                   {Check::listen_other, "fourth"},
                                                   {Check::syn_sent_ack, "first"},
                                                   {Check::syn_sent_rst, "second"},
                                                   {Check::syn_sent_other, "fifth"},
                                                   {Check::sequence_number, "first"},
                                                   {Check::rst_bit, "second"},
                                                   {Check::syn_bit, "fourth"},
                                                   {Check::ack_bit, "fifth"},
                                                   {Check::ack_range, "fifth"},
                                                   {Check::ack_field, "fifth"},
                                                   {Check::peer_timestamp, "third"},
                                                   {Check::deferred_accept, "fifth"},
                                                   {Check::backlog, "third"}};
    int refused = 0;
    const auto compare = [&](const Told& told) {
        for (std::uint32_t s = 0; s < told.story.flights().size(); ++s) {
            const Check check = told.story.flights()[s].check;
            if (check == Check::none || !reaches_tcp(check)) continue;
            for (const viz::CheckLine& line : explain_checks(told.history, told.story, s, Language::english)) {
                if (line.result != viz::CheckResult::decided) continue;
                CHECK(places.at(check).find(line.ordinal) != std::string_view::npos);
                ++refused;
            }
        }
    };
    for (const Saying& saying : sayings_of_refusals()) compare(told_after(saying));
    for (const Saying& saying : sayings_of_sockets()) compare(told_after(saying));
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Network world = rich_world(seed);
        world.run_for(20s);
        compare(Told(world));
    }
    CHECK(refused > 50);
}
