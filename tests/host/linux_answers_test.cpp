// What calls of Linux answer where RFC 9293 has another error, or none. docs/errors.md has all of it; here is what does
// not show in a single answer.

#include <doctest/doctest.h>

#include "host/two_hosts.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::sent_by;
using test::TwoHosts;

namespace {

struct TwoLinuxes : TwoHosts {
    TwoLinuxes() : TwoHosts(linux_profile())
    {
        a = A.connect(B, 80);
        run_for(100ms);
        b = listener.accept();
    }
    Socket a, b;
};

} // namespace

TEST_CASE_FIXTURE(TwoLinuxes, "linux, listen() on a listener: another backlog from now on, and what waits is kept")
{
    const Socket first = A.connect(B, 80);
    run_for(100ms);
    CHECK_FALSE(listener.listen({.backlog = 0})); // room for one, and it waits
    const Socket second = A.connect(B, 80);
    run_for(100ms);
    CHECK(second.state() == State::SynSent);
    CHECK(listener.accept().remote() == first.local());
    run_for(10s);
    CHECK(second.state() == State::Established);
}

TEST_CASE_FIXTURE(TwoLinuxes, "linux, listen() on a socket without a port: an ephemeral one, where a peer can connect")
{
    const Socket other = B.socket();
    CHECK_FALSE(other.listen());
    CHECK(other.local().port >= 32768);
    CHECK(A.connect(B, other.local().port).valid());
    run_for(100ms);
    CHECK(other.accept().valid());
}

TEST_CASE_FIXTURE(TwoLinuxes,
                  "linux, a descriptor that was closed: calls answer EBADF, and the connection goes on to its end")
{
    CHECK_FALSE(a.close());
    run_for(100ms);
    const int sent = sent_by(*this, A);
    CHECK(a.state() == State::FinWait2);
    CHECK(a.send("x").error == std::errc::bad_file_descriptor);
    CHECK(a.abort() == std::errc::bad_file_descriptor);
    run_for(100ms);
    CHECK(sent_by(*this, A) == sent);
    CHECK_FALSE(b.close());
    run_for(100ms);
    CHECK(a.state() == State::TimeWait);
    CHECK(a.close() == std::errc::bad_file_descriptor);
}

TEST_CASE_FIXTURE(TwoLinuxes, "linux, shutdown() twice: the second is fine, and sends nothing")
{
    CHECK_FALSE(a.shutdown());
    run_for(100ms);
    const int sent = sent_by(*this, A);
    CHECK_FALSE(a.shutdown());
    run_for(100ms);
    CHECK(sent_by(*this, A) == sent);
    CHECK(a.state() == State::FinWait2);
}

TEST_CASE_FIXTURE(TwoLinuxes, "linux, shutdown() and connect() of a listener: it listens on")
{
    CHECK_FALSE(listener.shutdown());
    CHECK(listener.connect(A, 80) == std::errc::already_connected);
    CHECK(listener.state() == State::Listen);
    const Socket next = A.connect(B, 80);
    run_for(100ms);
    CHECK(next.state() == State::Established);
}

TEST_CASE_FIXTURE(TwoLinuxes,
                  "C11: linux, shutdown() after connect() was refused or reset: ENOTCONN, and who reads is told why")
{
    const Socket refused = A.connect(B, 81);
    run_for(100ms);
    CHECK(refused.shutdown() == std::errc::not_connected);
    CHECK(refused.receive().error == std::errc::connection_refused);
    CHECK_FALSE(refused.receive().error == std::errc::connection_refused); // once
    b.abort();
    run_for(100ms);
    CHECK(a.shutdown() == std::errc::not_connected);
    CHECK(a.shutdown() == std::errc::not_connected);
    CHECK(a.receive().error == std::errc::connection_reset);
}
