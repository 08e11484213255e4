// RFC 4987, 3.6. SYN cookies: a SYN that is answered and forgotten.

#include <doctest/doctest.h>

#include "host/syn_cookies.hpp"
#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::last_sent_by;
using test::segment;
using test::sent_by;

namespace {

Profile with_cookies(std::uint8_t when)
{
    Profile profile = linux_profile();
    profile.syncookies = when;
    return profile;
}

/// B answers every SYN with a cookie.
struct Always : Network {
    explicit Always(const Profile& of_b = with_cookies(2))
        : Network({.seed = 1, .delay = 10ms}), B(host("B", {.profile = of_b})), listener(B.listen(80))
    {
    }
    Host A = host("A", {.profile = linux_profile()});
    Host B;
    Socket listener;
};

const Endpoint here{Address{0x0a000001}, 80};
const Endpoint there{Address{0x0a000002}, 4000};

} // namespace

TEST_CASE_FIXTURE(Always, "a SYN is answered with a cookie: nothing is kept of it (RFC 4987, 3.6 cookies)")
{
    A.connect(B, 80);
    run_for(15ms);
    CHECK(sent_by(*this, B) == 1);
    CHECK(B.netstat().size() == 1); // the listener
    CHECK(B.connections() == 0);
}

TEST_CASE_FIXTURE(
    Always, "the ACK brings the cookie back: the connection opens, and text goes both ways (RFC 4987, 3.6 cookies)")
{
    const Socket a = A.connect(B, 80);
    run_for(30ms);
    const Socket b = listener.accept();
    REQUIRE(b.valid());
    CHECK(b.state() == State::Established);
    a.send("question");
    run_for(1s);
    CHECK(b.receive().octets == "question");
    b.send("answer");
    run_for(1s);
    CHECK(a.receive().octets == "answer");
}

TEST_CASE_FIXTURE(Always, "the SYN had timestamps: window scale and SACK come back with the cookie")
{
    A.connect(B, 80);
    run_for(30ms);
    const Tcb tcb = listener.accept().standing().tcb();
    CHECK(tcb.timestamps);
    CHECK(tcb.sack);
    CHECK(tcb.window_scaling);
    CHECK(tcb.snd.shift == 10);
}

TEST_CASE("the SYN had no timestamps: what it offered besides the MSS is forgotten with it")
{
    Profile plain = linux_profile();
    plain.connection.timestamps = false;
    Always net;
    const Host C = net.host("C", {.profile = plain});
    C.connect(net.B, 80);
    net.run_for(30ms);
    const Tcb tcb = net.listener.accept().standing().tcb();
    CHECK_FALSE(tcb.sack);
    CHECK_FALSE(tcb.window_scaling);
    CHECK(tcb.send_mss == 1460);
}

TEST_CASE_FIXTURE(Always, "an ACK with a forged cookie: a RST answers it")
{
    A.connect(B, 80);
    run_for(15ms); // the listener has sent a cookie lately
    inject(A, 4000, B, 80, segment("<SEQ=501><ACK=12345><CTL=ACK>"));
    run_for(15ms);
    CHECK(last_sent_by(*this, B) == "<SEQ=12345><CTL=RST>");
}

TEST_CASE("a flood of SYNs: the queue fills, cookies answer the rest, and an honest client connects")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host flood = net.host("flood"), A = net.host("A", {.profile = linux_profile()});
    const Host B = net.host("B", {.profile = with_cookies(1)});
    const Socket listener = B.listen(80, {.backlog = 3});
    net.cut(flood, B); // nobody is there to answer
    for (Port port = 1; port <= 100; ++port) net.inject(flood, port, B, 80, segment("<SEQ=100><CTL=SYN>"));
    net.run_for(15ms);
    CHECK(sent_by(net, B) == 100);
    CHECK(B.netstat().size() == 1 + 4); // linux takes one more than it was told
    const Socket a = A.connect(B, 80);
    net.run_for(30ms);
    CHECK(a.state() == State::Established);
    CHECK(listener.accept().valid());
}

TEST_CASE("a flood of SYNs without cookies: the honest client's SYN is dropped")
{
    Network net({.seed = 1, .delay = 10ms});
    const Host flood = net.host("flood"), A = net.host("A", {.profile = linux_profile()});
    const Host B = net.host("B", {.profile = with_cookies(0)});
    B.listen(80, {.backlog = 3});
    net.cut(flood, B);
    for (Port port = 1; port <= 100; ++port) net.inject(flood, port, B, 80, segment("<SEQ=100><CTL=SYN>"));
    net.run_for(15ms);
    const Socket a = A.connect(B, 80);
    net.run_for(500ms);
    CHECK(a.state() == State::SynSent);
}

TEST_CASE("a cookie: good for two minutes, for the same sockets and the same ISS")
{
    const SynCookies cookies(7);
    Segment syn = segment("<SEQ=500><CTL=SYN>");
    syn.options.add_mss(1400);
    const Time now{};
    Segment ack = segment("<SEQ=501><ACK=1><CTL=ACK>");
    ack.ack = cookies.cookie(syn, here, there, now) + 1;

    REQUIRE(cookies.syn_of(ack, here, there, now).has_value());
    CHECK(cookies.syn_of(ack, here, there, now)->options.mss() == 1300); // the next smaller of four
    CHECK(cookies.syn_of(ack, here, there, now)->seq == Seq(500));
    CHECK(cookies.syn_of(ack, here, there, now + 120s).has_value());
    CHECK_FALSE(cookies.syn_of(ack, here, there, now + 192s).has_value());
    CHECK_FALSE(cookies.syn_of(ack, there, here, now).has_value());
    ack.seq = Seq(502);
    CHECK_FALSE(cookies.syn_of(ack, here, there, now).has_value());
    CHECK_FALSE(SynCookies(8).syn_of(segment("<SEQ=501><ACK=1><CTL=ACK>"), here, there, now).has_value());
}
