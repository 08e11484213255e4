// What segments tell beside their headlines, and their checks where options were agreed on.

#include <doctest/doctest.h>

#include "explain/alone.hpp"
#include "explain/sayings.hpp"
#include "support/text.hpp"

using namespace tcpsm;
using namespace tcpsm::test;
using viz::Explanation;
using viz::Language;

namespace {

struct WithOptions : Alone {
    WithOptions(const ConnectionOptions& options, std::string_view agreed) : Alone(with(options))
    {
        opens();
        gets("<SEQ=300><ACK=101><CTL=SYN,ACK>" + std::string(agreed));
    }
};

Explanation last(const Network& world)
{
    const Told told(world);
    return explain_moment(told.history, told.story, static_cast<std::uint32_t>(told.story.moments().size() - 1),
                          Language::english);
}

std::string first_check(const Network& world, std::string_view segment)
{
    const std::string all = Told(world).checks(segment);
    return all.substr(0, all.find('\n'));
}

/// A history of one connection, which ends with a record.
Explanation after(const Record& record)
{
    History history;
    history.add_host({"A", Address{1}});
    Record initial;
    initial.kind = RecordKind::initial;
    initial.host = 0;
    initial.connection = 1;
    initial.to = State::Established;
    initial.event = 1;
    history.add(initial);
    Record end = record;
    end.host = 0;
    end.connection = 1;
    end.event = 2;
    history.add(end);
    viz::Story story;
    story.read(history);
    return explain_moment(history, story, 1, Language::english);
}

} // namespace

TEST_CASE("an ACK with SACK blocks: tells what the peer has beyond the hole")
{
    WithOptions world({.sack = true}, "<SACKOK>");
    world.socket.send(std::string(2000, 'x'));
    world.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=1173-1709,637-700>");
    CHECK(last(world).detail == "In truth nobody sent inject.2: it was injected. B says that it also has the octets "
                                "from 1173 to 1708 and from 637 to 699 (SACK).");
    WithOptions without({}, "<SACKOK>");
    without.socket.send(std::string(2000, 'x'));
    without.gets("<SEQ=301><ACK=101><CTL=ACK><SACK=1173-1709>");
    CHECK(last(without).detail == "In truth nobody sent inject.2: it was injected.");
}

TEST_CASE("an ACK of a probe's octet that opens the window: says both")
{
    WithOptions world({}, "");
    world.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
    world.socket.send("hello");
    world.waits();
    world.gets("<SEQ=301><ACK=102><CTL=ACK><WND=2000>");
    const Explanation told = last(world);
    CHECK(told.headline == "A got B's ACK in ESTABLISHED: all that it has sent is acknowledged.");
    CHECK(told.detail.find("B's window has opened: A may send 2000 octets now.") != std::string::npos);
}

TEST_CASE("reading that makes room: the ACK that leaves tells of the larger window")
{
    WithOptions world({.receive_buffer = 4000}, "");
    for (const std::string_view segment :
         {"<SEQ=301><ACK=101><DATA=2000><CTL=ACK>", "<SEQ=2301><ACK=101><DATA=2000><CTL=ACK>"})
        world.gets(segment);
    world.socket.receive();
    CHECK(last(world).detail ==
          "A5 (ACK) leaves: it tells B of the larger window. A5 is lost on the way; nobody knows yet.");
}

TEST_CASE("timers of probes and of ACKs that wait: are named where they start")
{
    WithOptions world({.delayed_ack = 200ms}, "");
    world.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK><WND=0>");
    CHECK(last(world).detail.find("Delayed-ACK timer starts: 0.2 s, until 0.22 s.") != std::string::npos);
    world.socket.send("hello");
    CHECK(last(world).detail.find("Persist timer starts: 1 s, until 1.02 s.") != std::string::npos);
}

TEST_CASE("timestamps that were agreed on: their check stands before the first")
{
    WithOptions world({.timestamps = true}, "<TS=1000,0>");
    world.gets("<SEQ=301><ACK=101><CTL=ACK><TS=1007,0>");
    CHECK(first_check(world, "inject.2") == "+ before, timestamp (RFC 7323): TSval 1007 >= TS.Recent 1000");
    world.gets("<SEQ=301><ACK=101><CTL=ACK><TS=1006,0>");
    CHECK(Told(world).checks("inject.3") == lines(R"(
        x before, timestamp (RFC 7323): TSval 1006 < TS.Recent 1007: older than one that came before
        . first, sequence number
        . second, RST bit
        . third, security
        . fourth, SYN bit
        . fifth, ACK field
        . sixth, URG bit
        . seventh, segment text
        . eighth, FIN bit
    )"));
    world.gets("<SEQ=301><ACK=101><CTL=ACK>");
    CHECK(first_check(world, "inject.4") == "x before, timestamp (RFC 7323): none, though both sides agreed on them");
    world.gets("<SEQ=301><CTL=RST>");
    CHECK(first_check(world, "inject.5") == "+ before, timestamp (RFC 7323): not asked of a RST");
}

TEST_CASE("timestamps that are older and pass all the same: the check says so")
{
    WithOptions world({.timestamps = true, .paws = false, .accepts_without_timestamp = true}, "<TS=1000,0>");
    world.gets("<SEQ=301><ACK=101><CTL=ACK><TS=999,0>");
    CHECK(first_check(world, "inject.2") ==
          "+ before, timestamp (RFC 7323): TSval 999 < TS.Recent 1000, which does not count here");
    world.gets("<SEQ=301><ACK=101><CTL=ACK>");
    CHECK(first_check(world, "inject.3") == "+ before, timestamp (RFC 7323): none, and it may pass without");
}

TEST_CASE("timestamps that one side alone offered: no check asks for them")
{
    WithOptions world({.timestamps = true}, "");
    world.gets("<SEQ=301><ACK=101><CTL=ACK><TS=999,0>");
    CHECK(first_check(world, "inject.2") == "+ first, sequence number: SEG.SEQ 301 = RCV.NXT");
}

TEST_CASE("windows that are scaled: the first check compares with the window that is meant")
{
    WithOptions world({.receive_buffer = 200'000, .window_scaling = true}, "<WS=0>");
    world.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    world.gets("<SEQ=100311><ACK=101><CTL=ACK>");
    CHECK(first_check(world, "inject.3").find("< RCV.NXT+RCV.WND 200") != std::string::npos);
}

TEST_CASE("a SYN in TIME-WAIT: stands before the other checks, and opens anew or not")
{
    Alone world;
    world.is_in(State::SynReceived);
    world.gets("<SEQ=301><ACK=101><CTL=ACK>");
    world.accepts();
    world.socket.close();
    world.gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
    world.gets("<SEQ=200><CTL=SYN>");
    CHECK(first_check(world, "inject.4") ==
          "+ before, SYN that opens anew (MAY-2): not newer than the old connection, or nobody listens");
    world.gets("<SEQ=5000><CTL=SYN>");
    CHECK(first_check(world, "inject.5") == "= before, SYN that opens anew (MAY-2): newer than the old connection, and "
                                            "somebody listens: it opens a new one");
    CHECK(last(world).detail.find("goes from TIME-WAIT") == std::string::npos); // the headline has said it
}

TEST_CASE("urgent data: the sixth check says where it ends, and the application is told")
{
    WithOptions world({}, "");
    world.gets("<SEQ=301><ACK=101><DATA=10><CTL=URG,ACK><UP=5>");
    CHECK(
        Told(world).checks("inject.2").find("+ sixth, URG bit: on: what lies before SEG.SEQ+SEG.UP=306 is urgent\n") !=
        std::string::npos);
    CHECK(last(world).detail.find("A's application learns that B has urgent data for it.") != std::string::npos);
    Alone later;
    later.is_in(State::CloseWait);
    later.gets("<SEQ=302><ACK=101><CTL=URG,ACK><UP=5>");
    CHECK(Told(later).checks("inject.3").find("sixth, URG bit") != std::string::npos);
}

TEST_CASE("R1: the application learns that nobody answers, and the connection goes on")
{
    WithOptions world({.retries1 = 2}, "");
    world.socket.send("hello");
    world.waits();
    CHECK(last(world).detail.find("application") == std::string::npos);
    world.waits();
    CHECK(
        last(world).detail.find("A's application learns that B has not answered for a while (R1); nothing ends yet.") !=
        std::string::npos);
}

TEST_CASE("ICMP: ends the connection where it says that nothing will change, and else is only told")
{
    Record hard;
    hard.kind = RecordKind::state;
    hard.from = State::Established;
    hard.to = State::Closed;
    hard.why.event = Event::IcmpHardError;
    CHECK(after(hard).headline == "A hears from ICMP that its peer cannot be reached, and that this will last: it "
                                  "gives up, and the connection is CLOSED.");
    Record soft;
    soft.kind = RecordKind::signal;
    soft.error = Error::unreachable;
    CHECK(after(soft).headline == "A hears from ICMP that its peer cannot be reached: that may pass, so nothing ends.");
    CHECK(after(soft).detail == "A's application learns that its peer cannot be reached.");
}
