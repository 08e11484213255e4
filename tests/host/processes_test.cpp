// Processes: who owns which socket, by which descriptor, and what becomes of it when one ends (RFC 9293, 3.6.1).

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/two_hosts.hpp"
#include "support/chance.hpp"
#include "tcpsm/trace/ladder.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;
using test::Chance;
using test::last_sent_by;
using test::sent_by;
using test::TwoHosts;

namespace {

Profile with_descriptors(std::int32_t limit)
{
    Profile profile = linux_profile();
    profile.rlimit_nofile = limit;
    return profile;
}

std::vector<Record> calls(const History& history, Host host, Call call)
{
    std::vector<Record> all;
    for (std::size_t i = 0; i < history.records().size(); ++i) {
        const Record& record = history.records()[i];
        if (record.kind == RecordKind::call && record.host == host.id() && record.call == call) all.push_back(record);
    }
    return all;
}

/// B is a server whose process has descriptors for its listener and `left` more.
struct Poor : Network {
    explicit Poor(std::int32_t left, bool accepts = false) : Network({.seed = 1, .delay = 10ms})
    {
        B = host("B", {.profile = with_descriptors(4 + left), .accepts = accepts});
        web = B.process("web");
        listener = web->listen(80);
    }
    /// A's connections, all of them ESTABLISHED there.
    void connect(int count)
    {
        for (int i = 0; i < count; ++i) clients.push_back(A.connect(B, 80));
        run_for(50ms);
    }
    Host A = host("A", {.profile = linux_profile()});
    Host B;
    std::optional<Process> web;
    Socket listener;
    std::vector<Socket> clients;
};

struct RoomForTwo : Poor {
    RoomForTwo() : Poor(2) {}
};
struct RoomForOne : Poor {
    RoomForOne() : Poor(1) {}
};
struct AcceptsOne : Poor {
    AcceptsOne() : Poor(1, true) {}
};

/// Three processes of a host make, connect, accept, close and lose sockets by chance; beside them stands which
/// descriptors each should have.
class Usage : public TwoHosts {
public:
    explicit Usage(std::uint64_t seed) : TwoHosts(with_descriptors(limit)), chance_(seed)
    {
        A.process("web").listen(80);
        expected_[0].insert(3);
    }
    void step()
    {
        const std::size_t which = chance_.between(0, 2);
        const Process process = A.process(names[which]);
        switch (chance_.between(0, 9)) {
        case 0:
        case 1: return made(which, process.socket());
        case 2: return made(which, process.connect(B, 80));
        case 3: B.connect(A, 80); break;
        case 4: return made(0, A.listener().valid() ? A.listener().accept() : Socket());
        case 5:
        case 6: return end(false);
        case 7: return end(true);
        case 8: B.listener().accept().close(); break;
        default: end_process();
        }
        run_for(20ms);
    }
    void check()
    {
        std::size_t all = 0;
        for (std::size_t i = 0; i < names.size(); ++i) {
            REQUIRE(A.process(names[i]).descriptors() == expected_[i].size());
            all += expected_[i].size();
        }
        REQUIRE(A.counts().descriptors == all);
        std::uint32_t held = A.counts().unconnected;
        for (const NetstatLine& line : A.netstat()) held += line.process ? 1 : 0;
        REQUIRE(held == all);
    }

private:
    static constexpr std::int32_t limit = 9;
    static constexpr std::array names{"web", "curl", "idle"};
    struct Open {
        std::size_t process;
        Socket socket;
    };

    void made(std::size_t process, const Socket& socket)
    {
        std::int32_t lowest = 3;
        while (expected_[process].contains(lowest)) ++lowest;
        if (!socket.valid()) return;
        REQUIRE(lowest < limit);
        REQUIRE(socket.descriptor() == lowest);
        expected_[process].insert(lowest);
        open_.push_back({process, socket});
    }
    void end(bool abort)
    {
        if (open_.empty()) return;
        const std::size_t at = chance_.between(0, static_cast<std::uint32_t>(open_.size() - 1));
        const Open ended = open_[at];
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at));
        expected_[ended.process].erase(ended.socket.descriptor());
        static_cast<void>(abort ? ended.socket.abort() : ended.socket.close());
    }
    void end_process()
    {
        const std::size_t which = chance_.between(1, 2); // web goes on listening
        static_cast<void>(A.process(names[which]).kill());
        expected_[which].clear();
        std::erase_if(open_, [&](const Open& open) { return open.process == which; });
    }

    Chance chance_;
    std::array<std::set<std::int32_t>, 3> expected_;
    std::vector<Open> open_;
};

} // namespace

// ---- descriptors ----------------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(TwoHosts, "a new descriptor: the lowest that is free, from 3 on")
{
    const std::vector<Socket> made = A.process("web").sockets(4);
    REQUIRE(made.size() == 4);
    for (int i = 0; i < 4; ++i) CHECK(made[static_cast<std::size_t>(i)].descriptor() == 3 + i);
    made[2].close();
    made[0].close();
    CHECK(made[0].descriptor() == -1);
    CHECK(A.process("web").socket().descriptor() == 3);
    CHECK(A.process("web").socket().descriptor() == 5);
    CHECK(A.process("web").socket().descriptor() == 7);
    CHECK(A.process("ssh").socket().descriptor() == 3); // each process has its own
    CHECK(A.process("web").descriptors() == 5);
}

TEST_CASE_FIXTURE(RoomForTwo, "RLIMIT_NOFILE is reached: socket() answers EMFILE, and a close makes room")
{
    const Socket one = web->socket();
    const Socket two = web->socket();
    CHECK(two.descriptor() == 5);
    CHECK_FALSE(web->socket().valid());
    CHECK(B.counts().failed(Error::too_many_open_files) == 1);
    const std::vector<Record> failed = calls(history(), B, Call::socket);
    REQUIRE(failed.size() == 1);
    CHECK(std::error_code(failed[0].error) == std::errc::too_many_files_open);
    CHECK(history().process(failed[0]) == "web");
    CHECK(B.socket().valid()); // another process has its own
    one.close();
    CHECK(web->socket().descriptor() == 4);
    CHECK(web->sockets(5).empty());
}

TEST_CASE_FIXTURE(RoomForOne, "no descriptor for a connection that waits: accept() answers EMFILE, and it waits on")
{
    connect(2);
    const Socket first = listener.accept();
    CHECK(first.descriptor() == 4);
    CHECK_FALSE(listener.accept().valid());
    CHECK(calls(history(), B, Call::accept).back().error == Error::too_many_open_files);
    run_for(1s);
    CHECK(B.connection(2).state() == State::Established);
    first.close();
    CHECK(listener.accept().number() == 2);
}

TEST_CASE_FIXTURE(AcceptsOne, "an application that accepts by itself has no descriptor: it accepts when one is free")
{
    connect(3);
    CHECK(B.connection(1).descriptor() == 4);
    CHECK(B.connection(2).descriptor() == -1);
    CHECK(B.connection(2).state() == State::Established);
    const std::vector<Record> failed = calls(history(), B, Call::accept);
    REQUIRE(failed.size() == 2); // one for each that waits
    CHECK(failed[0].error == Error::too_many_open_files);
    CHECK(B.counts().failed(Error::too_many_open_files) == 2);

    B.connection(1).close();
    CHECK(B.connection(2).descriptor() == 4);
    CHECK(B.connection(3).descriptor() == -1);
    B.connection(2).abort();
    CHECK(B.connection(3).descriptor() == 4);
}

TEST_CASE_FIXTURE(TwoHosts, "TIME-WAIT holds no descriptor: close() gave it back, and netstat shows nobody")
{
    const Socket a = A.process("curl").connect(B, 80);
    run_for(50ms);
    CHECK(a.descriptor() == 3);
    a.close();
    CHECK(a.descriptor() == -1);
    CHECK(A.process("curl").descriptors() == 0);
    run_for(50ms);
    listener.accept().close();
    run_for(50ms);
    REQUIRE(A.netstat().size() == 1);
    CHECK(A.netstat()[0].state == State::TimeWait);
    CHECK_FALSE(A.netstat()[0].process);
    REQUIRE(B.netstat().size() == 1); // the listener
    CHECK(B.netstat()[0].program == "user");
}

TEST_CASE_FIXTURE(TwoHosts, "sockets that are never connected: each takes a descriptor, and netstat lists none of them")
{
    CHECK(A.process("idle").sockets(1000).size() == 1000);
    CHECK(A.netstat().empty());
    CHECK(A.counts().descriptors == 1000);
    CHECK(A.counts().unconnected == 1000);
    A.process("idle").exit();
    CHECK(A.counts().descriptors == 0);
    CHECK(A.counts().unconnected == 0);
}

TEST_CASE_FIXTURE(TwoHosts, "what is counted as unconnected: neither a listener nor a connection, until its end")
{
    CHECK(B.counts().unconnected == 0);
    const Socket a = A.socket();
    CHECK(A.counts().unconnected == 1);
    a.bind(5000);
    CHECK(A.counts().unconnected == 1);
    a.connect(B, 80);
    CHECK(A.counts().unconnected == 0);
    run_for(50ms);
    B.crash();
    B.reboot();
    a.send("hello"); // draws a RST
    run_for(50ms);
    CHECK(a.state() == State::Closed);
    CHECK(A.counts().unconnected == 1); // its user still has it
    a.close();
    CHECK(A.counts().unconnected == 0);
    CHECK(B.counts().descriptors == 0);
}

TEST_CASE("processes by chance: each has the descriptors that it should, the lowest that were free")
{
    bool full = false;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Usage usage(seed);
        for (int i = 0; i < 300; ++i) {
            usage.step();
            usage.check();
        }
        full = full || usage.A.counts().failed(Error::too_many_open_files) > 0;
    }
    CHECK(full);
}

// ---- the end of a process -------------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(TwoHosts, "one process is killed: its listener and connections end, those of another go on")
{
    const Process web = B.process("web");
    const Socket web_listener = web.listen(8080);
    const Socket a_web = A.connect(B, 8080);
    const Socket a_user = A.connect(B, 80);
    run_for(50ms);
    CHECK(web_listener.accept().valid());
    const Socket b_user = listener.accept();
    CHECK_FALSE(web.kill());
    run_for(50ms);
    CHECK(a_web.state() == State::CloseWait);
    CHECK(a_user.state() == State::Established);
    CHECK(b_user.valid());
    CHECK(B.listener().local().port == 80);
    CHECK_FALSE(web.running());
    const Record killed = calls(history(), B, Call::kill).back();
    CHECK(history().process(killed) == "web");
}

TEST_CASE("exit, kill and crash of a process: to TCP they are one")
{
    std::vector<std::string> ladders;
    for (const Call how : {Call::exit, Call::kill, Call::crash}) {
        TwoHosts net;
        const Socket a = net.A.connect(net.B, 80);
        net.run_for(50ms);
        CHECK(net.listener.accept().valid());
        a.send("unread");
        net.run_for(50ms);
        const Process user = net.B.process();
        const std::error_code error = how == Call::exit ? user.exit() : how == Call::kill ? user.kill() : user.crash();
        CHECK_FALSE(error);
        net.run();
        CHECK(last_sent_by(net, net.B) == "<SEQ=301><CTL=RST>"); // what was unread is lost (SHLD-3)
        CHECK(a.receive().error == std::errc::connection_reset);
        CHECK(net.B.up());
        std::string text = ladder(net, {.events = true});
        const std::size_t at = text.find(std::string(name(how)) + " user");
        REQUIRE(at != std::string::npos);
        ladders.push_back(text.replace(at, name(how).size(), "end"));
    }
    CHECK(ladders[1] == ladders[0]);
    CHECK(ladders[2] == ladders[0]);
}

TEST_CASE_FIXTURE(TwoHosts, "a process is over: it answers no_such_process, and the next of its name is another")
{
    const Process first = A.process("web");
    first.sockets(2);
    first.exit();
    CHECK(first.kill() == std::errc::no_such_process);
    CHECK_FALSE(first.socket().valid());
    const Process second = A.process("web");
    CHECK(second.pid() != first.pid());
    CHECK(second.socket().descriptor() == 3);
    CHECK(A.processes().size() == 2);
    CHECK(A.process("web").pid() == second.pid());
}

TEST_CASE_FIXTURE(TwoHosts, "a process that never ran is to end: the call says so, and the machine runs on")
{
    const Socket a = A.connect(B, 80);
    run_for(50ms);
    for (const Call how : {Call::kill, Call::exit, Call::crash}) {
        CHECK(A.end("web", how) == std::errc::no_such_process);
        const Record told = calls(history(), A, how).back();
        CHECK(told.error == Error::no_such_process);
        CHECK_FALSE(stops_host(told));
        CHECK_FALSE(ends_process(told));
    }
    CHECK(a.state() == State::Established);
    CHECK_FALSE(A.end("user", Call::exit));
    CHECK(a.state() == State::FinWait1);
}

TEST_CASE_FIXTURE(TwoHosts, "every process is killed: the connections of all of them end")
{
    const Process web = B.process("web");
    web.listen(8080);
    const Socket a_web = A.connect(B, 8080);
    const Socket a_user = A.connect(B, 80);
    run_for(50ms);
    B.kill();
    run_for(50ms);
    // Nobody had accepted them.
    CHECK(a_web.receive().error == std::errc::connection_reset);
    CHECK(a_user.receive().error == std::errc::connection_reset);
    for (const Process& process : B.processes()) CHECK_FALSE(process.running());
}

TEST_CASE_FIXTURE(TwoHosts, "the machine loses power: its processes are gone, and nothing is said")
{
    const Process web = A.process("web");
    web.connect(B, 80);
    run_for(50ms);
    const int before = sent_by(*this, A);
    A.crash();
    CHECK_FALSE(web.running());
    CHECK_FALSE(A.socket().valid());
    A.reboot();
    CHECK(sent_by(*this, A) == before);
    CHECK(A.counts().descriptors == 0);
    CHECK(A.process("web").socket().descriptor() == 3);
}

TEST_CASE_FIXTURE(TwoHosts, "a world is copied: what ends in the copy runs on here")
{
    const Process web = A.process("web");
    const Socket socket = web.connect(B, 80);
    run_for(50ms);
    Network copy = *this;
    copy.at(web).kill();
    CHECK_FALSE(copy.at(web).running());
    CHECK(web.running());
    CHECK(socket.state() == State::Established);
    CHECK(copy.at(socket).state() == State::FinWait1);
    CHECK(copy.history().process(calls(copy.history(), A, Call::kill).back()) == "web");
}
