// Every table of a host, run full: what comes then is told by an error or a record, the host counts it and its kernel
// logs it in its own words, and there is room again when something has gone.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "host/two_hosts.hpp"
#include "tcpsm/trace/counts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

/// Small in everything.
Profile small()
{
    Profile profile = linux_profile();
    profile.somaxconn = 2;
    profile.max_syn_backlog = 4;
    profile.syncookies = 0;
    profile.max_tw_buckets = 3;
    profile.rlimit_nofile = 10;
    profile.ephemeral_first = 41000;
    profile.ephemeral_last = 41003;
    return profile;
}

struct Small : Network {
    explicit Small(const Profile& of_b = small()) : Network({.seed = 1, .delay = 10ms}), B(host("B", {.profile = of_b}))
    {
    }
    /// SYNs for B that nobody has sent.
    void flood(int count, Port first = 1000)
    {
        for (int i = 0; i < count; ++i)
            inject(A, static_cast<Port>(first + i), B, 80, test::segment("<SEQ=1><CTL=SYN>"));
        run_for(15ms);
    }
    /// Opens and closes one connection from A, which closes first.
    void one_more()
    {
        const Socket a = A.connect(B, 80);
        run_for(30ms);
        const Socket b = B.accept();
        a.close();
        run_for(30ms);
        b.close();
        run_for(30ms);
    }
    std::vector<std::string> logged(Host host)
    {
        std::vector<std::string> words;
        for (const LogEntry& entry : host.log()) words.push_back(kernel_words(entry.line, entry.port));
        return words;
    }
    bool lacks(Host host, Shortage what)
    {
        const std::vector<FirstShortage> all = first_shortages(history());
        return std::any_of(all.begin(), all.end(),
                           [&](const FirstShortage& f) { return f.host == host.id() && f.what == what; });
    }

    Host A = host("A", {.profile = small()});
    Host B;
    using Words = std::vector<std::string>;
};

} // namespace

TEST_CASE_FIXTURE(Small, "the SYN queue: SYNs are dropped, and the listener is asked about once in the log")
{
    B.listen(80, {.backlog = 2});
    flood(10);
    CHECK(B.counts().in(State::SynReceived) == 3); // backlog and one, as Linux counts
    CHECK(B.counts().overflows.syn_queue == 7);
    CHECK(logged(B) == Words{"TCP: request_sock_TCP: Possible SYN flooding on port 80. Dropping request."});
    CHECK(lacks(B, Shortage::queue));
    const Socket honest = A.connect(B, 80);
    run_for(500ms);
    CHECK(honest.state() == State::SynSent);
    run_for(10min); // what nobody answered for is given up
    CHECK(B.counts().in(State::SynReceived) == 0);
    flood(3, 2000);
    CHECK(B.counts().in(State::SynReceived) == 3);
}

TEST_CASE("the SYN queue, with cookies: every SYN is answered, and the log says since when")
{
    Profile profile = small();
    profile.syncookies = 1;
    Small net(profile);
    net.B.listen(80, {.backlog = 2});
    net.flood(10);
    CHECK(net.B.counts().in(State::SynReceived) == 3);
    CHECK(net.B.counts().overflows.syn_cookies == 7);
    CHECK(net.logged(net.B) ==
          Small::Words{"TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies."});
    CHECK(net.B.log()[0].time == Time{} + 10ms);
    CHECK(net.lacks(net.B, Shortage::syn_cookies));

    profile.syncookies = 2; // always: there is nothing to warn of
    Small always(profile);
    always.B.listen(80, {.backlog = 2});
    always.flood(10);
    CHECK(always.B.counts().overflows.syn_cookies == 10);
    CHECK(always.B.log().empty());
}

TEST_CASE_FIXTURE(Small, "the accept queue: SYNs and the ACKs of handshakes are dropped, and counted")
{
    const Socket listener = B.listen(80, {.backlog = 100}); // somaxconn makes 2 of it, and Linux one more
    for (int i = 0; i < 3; ++i) A.connect(B, 80);
    run_for(50ms);
    CHECK(B.counts().overflows.accept_queue == 0);
    A.connect(B, 80);
    run_for(500ms);
    CHECK(B.counts().overflows.accept_queue == 1);
    CHECK(lacks(B, Shortage::queue));
    CHECK(listener.accept().valid());
    run_for(1s); // the SYN is sent again
    CHECK(B.counts().in(State::Established) == 4);
}

TEST_CASE_FIXTURE(Small, "ephemeral ports: OPEN answers EADDRNOTAVAIL, and a port comes back with its four-tuple")
{
    const Socket listener = B.listen(80, {.backlog = 100});
    std::vector<Socket> sockets;
    for (int i = 0; i < 4; ++i) {
        sockets.push_back(A.connect(B, 80));
        run_for(50ms);
        CHECK(listener.accept().valid());
    }
    CHECK(A.socket().connect(B, 80) == std::errc::address_not_available);
    CHECK(lacks(A, Shortage::ports));
    CHECK(A.counts().failed(Error::address_not_available) == 1);
    CHECK_FALSE(A.socket().connect(B, 81)); // another four-tuple
    sockets[1].abort();
    CHECK_FALSE(A.socket().connect(B, 80));
}

TEST_CASE_FIXTURE(Small, "TIME-WAIT: the next connection skips it, in the kernel's own words")
{
    B.listen(80);
    for (int i = 0; i < 4; ++i) one_more();
    CHECK(A.counts().in(State::TimeWait) == 3);
    CHECK(A.counts().overflows.time_waits == 1);
    CHECK(logged(A) == Words{"TCP: time wait bucket table overflow"});
    CHECK(lacks(A, Shortage::time_waits));
    run_for(1min);
    one_more();
    CHECK(A.counts().overflows.time_waits == 1);
}

TEST_CASE_FIXTURE(Small, "descriptors: socket() and accept() answer EMFILE, and a close makes room")
{
    const Socket listener = B.listen(80);
    CHECK(B.process().sockets(100).size() == 6); // of 10, three standard ones and the listener
    CHECK(lacks(B, Shortage::descriptors));
    A.connect(B, 80);
    run_for(50ms);
    CHECK_FALSE(listener.accept().valid());
    CHECK(B.counts().failed(Error::too_many_open_files) == 2);
    CHECK(B.connection(1).state() == State::Established);
    B.process().exit();
    run_for(50ms);
    CHECK(B.netstat().empty());
}

TEST_CASE_FIXTURE(Small, "a send buffer: SEND takes what there is room for")
{
    B.listen(80);
    const Socket a = A.connect(B, 80);
    run_for(50ms);
    const std::size_t room = a.connection().options().send_buffer;
    CHECK(a.send(std::string(room + 1, 'x')).octets == room);
    const Sent more = a.send("y");
    CHECK(more.octets == 0);
    CHECK(more.error); // and says why
}

TEST_CASE("a log in a storm: ten lines in five seconds, all of it counted")
{
    Profile profile = small();
    profile.max_tw_buckets = 0;
    profile.ephemeral_last = 42000;
    Small net;
    net.A.set_profile(profile);
    net.B.listen(80);
    for (int i = 0; i < 20; ++i) net.one_more(); // 90 ms each
    CHECK(net.A.counts().overflows.time_waits == 20);
    CHECK(net.A.log().size() == 10);
    net.run_for(5s);
    net.one_more();
    CHECK(net.A.log().size() == 11);
}

TEST_CASE("what the kernel logs: a record from the level of states on")
{
    for (const Recording level : {Recording::counts, Recording::states, Recording::everything}) {
        Network net({.seed = 1, .delay = 10ms, .recording = level});
        Profile profile = small();
        profile.max_tw_buckets = 0;
        const Host A = net.host("A", {.profile = profile});
        const Host B = net.host("B");
        B.listen(80, {.accepts = true});
        const Socket a = A.connect(B, 80);
        net.run_for(50ms);
        a.close();
        net.run_for(50ms);
        B.connection(1).close();
        net.run_for(50ms);
        std::size_t records = 0;
        for (std::size_t i = 0; i < net.history().records().size(); ++i) {
            const Record& record = net.history().records()[i];
            if (record.kind != RecordKind::logged) continue;
            ++records;
            CHECK(record.log == LogLine::time_wait_overflow);
            CHECK(record.host == A.id());
        }
        CHECK(records == (level == Recording::counts ? 0 : 1));
        CHECK(A.log().size() == 1);
        CHECK(A.counts().overflows.time_waits == 1);
    }
}
