// Hosts that crash and reboot, and processes that are killed (RFC 9293, 3.5.1 and 3.6.1).

#include <doctest/doctest.h>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::Connected;
using test::last_sent_by;
using test::sent_by;
using test::TwoHosts;

// ---- kill -----------------------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Connected, "kill with everything read: FIN, and an orderly end")
{
    B.kill();
    CHECK(last_sent_by(*this, B) == "<SEQ=301><ACK=101><CTL=FIN,ACK>");
    run_for(50ms);
    CHECK(a.receive().error == Error::closing);
    CHECK(a.state() == State::CloseWait);
    a.close();
    run();
    CHECK(A.netstat().empty());
    CHECK(B.netstat().empty());
}

TEST_CASE_FIXTURE(Connected, "kill with text unread: RST (SHLD-3)")
{
    a.send("hello");
    run();
    B.kill();
    CHECK(last_sent_by(*this, B) == "<SEQ=301><CTL=RST>");
    run();
    CHECK(a.receive().error == std::errc::connection_reset);
    CHECK(B.netstat().empty());
}

TEST_CASE_FIXTURE(Connected, "kill, and text comes later: RST (SHLD-3)")
{
    B.kill();
    run_for(50ms);
    a.send("hello");
    run();
    CHECK(last_sent_by(*this, B) == "<SEQ=302><CTL=RST>");
    CHECK(a.receive().error == std::errc::connection_reset);
    CHECK(B.netstat().empty());
}

TEST_CASE_FIXTURE(
    Connected,
    "kill with connections that nobody has accepted and a listener: the peers are told and the port is closed")
{
    const Socket waiting = A.connect(B, 80);
    run();
    B.kill();
    run();
    CHECK(waiting.receive().error == std::errc::connection_reset);
    CHECK_FALSE(listener.valid());
    const Socket late = A.connect(B, 80);
    run();
    CHECK(late.send("x").error == std::errc::connection_refused);
}

TEST_CASE_FIXTURE(Connected, "kill: the host goes on and another process can listen")
{
    B.kill();
    CHECK(B.up());
    const Socket again = B.listen(80);
    CHECK(again.valid());
    const Socket next = A.connect(B, 80);
    run();
    CHECK(again.accept().remote() == next.local());
}

// ---- crash and reboot -----------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Connected, "crash: nothing is said and nothing is heard")
{
    const int before = sent_by(*this, B);
    B.crash();
    CHECK_FALSE(B.up());
    CHECK(B.netstat().empty());
    CHECK_FALSE(b.valid());
    CHECK_FALSE(listener.valid());
    a.send("hello");
    run_for(10s);
    CHECK(sent_by(*this, B) == before);
    CHECK(a.state() == State::Established); // half-open, and it does not know
    bool heard = false;
    for (std::size_t i = 0; i < history().records().size(); ++i) {
        const Record& record = history().records()[i];
        if (record.kind == RecordKind::arrived && record.host == B.id() && record.why.check == Check::host_down)
            heard = true;
    }
    CHECK(heard);
}

TEST_CASE_FIXTURE(Connected, "crash: calls on that host answer that it is down")
{
    B.crash();
    CHECK(b.send("x").error == std::errc::network_down);
    CHECK_FALSE(B.socket().valid());
    CHECK_FALSE(B.listen(81).valid());
    CHECK_FALSE(B.connect(A, 80).valid());
    CHECK_FALSE(B.accept().valid());
}

TEST_CASE_FIXTURE(Connected, "crash with timers running: none of them fires")
{
    cut(A, B);
    b.send("hello");
    B.crash();
    B.reboot();
    const int before = sent_by(*this, B);
    run();
    CHECK(sent_by(*this, B) == before);
}

TEST_CASE_FIXTURE(Connected, "reboot: old text draws a RST, and the half-open connection is over (figure 10)")
{
    B.crash();
    run_for(1s);
    B.reboot();
    CHECK(B.up());
    a.send("hello");
    run();
    CHECK(last_sent_by(*this, B) == "<SEQ=301><CTL=RST>");
    CHECK(a.receive().error == std::errc::connection_reset);
}

TEST_CASE_FIXTURE(Connected, "reboot: the host has no listener, and gets one by listening")
{
    B.crash();
    B.reboot();
    const Socket refused = A.connect(B, 80);
    run();
    CHECK(refused.send("x").error == std::errc::connection_refused);
    CHECK(B.listen(80).valid());
    const Socket again = A.connect(B, 80);
    run();
    CHECK(again.state() == State::Established);
}

TEST_CASE_FIXTURE(Connected, "reboot without a crash: everything is forgotten likewise")
{
    B.reboot();
    CHECK(B.up());
    CHECK(B.netstat().empty());
    CHECK_FALSE(b.valid());
    CHECK(b.send("x").error == Error::no_such_socket);
}

TEST_CASE_FIXTURE(Connected, "reboot: connections that then end before anyone accepts them give their places back")
{
    B.crash();
    B.reboot();
    B.listen(80);
    for (int i = 0; i < 5; ++i) {
        const Socket next = A.connect(B, 80);
        run();
        next.abort();
        run();
        CHECK(B.netstat().size() == 1); // the listener
        CHECK_FALSE(B.connection(B.connections()).valid());
    }
}

TEST_CASE_FIXTURE(Connected, "reboot: handles from before stay dead although their places are used again")
{
    const Socket old_listener = listener;
    B.crash();
    B.reboot();
    const Socket again = B.listen(80);
    const Socket next = A.connect(B, 80);
    run();
    const Socket accepted = again.accept();
    CHECK(accepted.valid());
    CHECK_FALSE(b.valid());
    CHECK_FALSE(old_listener.valid());
    CHECK(b.close() == Error::no_such_socket);
    CHECK(old_listener.close() == Error::no_such_socket);
    CHECK(next.state() == State::Established);
}
