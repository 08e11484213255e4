#include "kernel/errors_cells.hpp"

#include <array>
#include <functional>
#include <utility>

#include "replay/errno_name.hpp"

namespace tcpsm::errors {
namespace {

using namespace std::chrono_literals;

constexpr Port own_port = 5000;

// ---- on the way in --------------------------------------------------------------------------------------------------

void unconnected(TwoEnds& /*net*/) {}

void bound(TwoEnds& net)
{
    static_cast<void>(net.a.bind(own_port));
}

void listen(TwoEnds& net)
{
    bound(net);
    static_cast<void>(net.a.listen());
}

void syn_sent(TwoEnds& net)
{
    net.B.crash();
    static_cast<void>(net.a.connect(net.B, 80));
}

/// Two SYNs cross, and neither SYN,ACK arrives.
void syn_received(TwoEnds& net)
{
    bound(net);
    const Socket peer = net.B.socket();
    static_cast<void>(peer.bind(own_port));
    net.lose([](const Flight& flight) { return flight.segment.has(Flag::SYN) && flight.segment.has(Flag::ACK); }, 100);
    static_cast<void>(net.a.connect(net.B, own_port));
    static_cast<void>(peer.connect(net.A, own_port));
    net.run_for(100ms);
}

void established(TwoEnds& net)
{
    net.connect();
}

void fin_wait_1(TwoEnds& net)
{
    net.connect();
    net.cut(net.A, net.B);
    static_cast<void>(net.a.shutdown());
    net.run_for(100ms);
}

void fin_wait_2(TwoEnds& net)
{
    net.connect();
    static_cast<void>(net.a.shutdown());
    net.run_for(100ms);
}

void close_wait(TwoEnds& net)
{
    net.connect();
    static_cast<void>(net.b.shutdown());
    net.run_for(100ms);
}

/// Two FINs cross, and neither ACK arrives.
void closing(TwoEnds& net)
{
    net.connect();
    net.lose([](const Flight& flight) { return !flight.segment.has(Flag::FIN); }, 100);
    static_cast<void>(net.a.shutdown());
    static_cast<void>(net.b.shutdown());
    net.run_for(100ms);
}

void last_ack(TwoEnds& net)
{
    close_wait(net);
    net.cut(net.A, net.B);
    static_cast<void>(net.a.shutdown());
    net.run_for(100ms);
}

void time_wait(TwoEnds& net)
{
    fin_wait_2(net);
    static_cast<void>(net.b.shutdown());
    net.run_for(100ms);
}

void closed_by_its_user(TwoEnds& net)
{
    net.connect();
    static_cast<void>(net.a.close());
    net.run_for(100ms);
}

constexpr std::array all_situations{
    Situation{"unconnected", State::Closed, unconnected},
    Situation{"bound", State::Closed, bound},
    Situation{"LISTEN", State::Listen, listen},
    Situation{"SYN-SENT", State::SynSent, syn_sent},
    Situation{"SYN-RECEIVED", State::SynReceived, syn_received},
    Situation{"ESTABLISHED", State::Established, established},
    Situation{"FIN-WAIT-1", State::FinWait1, fin_wait_1},
    Situation{"FIN-WAIT-2", State::FinWait2, fin_wait_2},
    Situation{"CLOSE-WAIT", State::CloseWait, close_wait},
    Situation{"CLOSING", State::Closing, closing},
    Situation{"LAST-ACK", State::LastAck, last_ack},
    Situation{"TIME-WAIT", State::TimeWait, time_wait},
    Situation{"closed by its user", State::FinWait2, closed_by_its_user},
};

// ---- on the way out -------------------------------------------------------------------------------------------------

void refused(TwoEnds& net)
{
    static_cast<void>(net.a.connect(net.B, 81)); // where nobody listens
    net.run_for(100ms);
}

void never_answered(TwoEnds& net)
{
    syn_sent(net);
    net.run_for(20min);
}

void reset(TwoEnds& net)
{
    net.connect();
    static_cast<void>(net.b.abort());
    net.run_for(100ms);
}

void reset_in_close_wait(TwoEnds& net)
{
    close_wait(net);
    static_cast<void>(net.b.abort());
    static_cast<void>(net.a.send("x")); // where b has not gone silent, it resets now
    net.run_for(100ms);
}

void timed_out(TwoEnds& net)
{
    net.connect();
    net.B.crash();
    static_cast<void>(net.a.send("x"));
    net.run_for(20min);
}

void peer_unreachable(TwoEnds& net)
{
    net.connect();
    net.A.icmp(net.a.local().port, net.B, 80, IcmpError::port_unreachable);
}

void closed_by_both(TwoEnds& net)
{
    close_wait(net);
    static_cast<void>(net.a.shutdown());
    net.run_for(100ms);
}

void closed_by_both_after_time_wait(TwoEnds& net)
{
    time_wait(net);
    net.run_for(10min);
}

constexpr std::array all_endings{
    Situation{"a RST answered its SYN", State::Closed, refused},
    Situation{"nothing answered its SYN", State::Closed, never_answered},
    Situation{"a RST came", State::Closed, reset},
    Situation{"a RST came in CLOSE-WAIT", State::Closed, reset_in_close_wait},
    Situation{"text was never acknowledged", State::Closed, timed_out},
    Situation{"ICMP: port unreachable", State::Closed, peer_unreachable},
    Situation{"both closed, the peer first", State::Closed, closed_by_both},
    Situation{"both closed, and TIME-WAIT is over", State::Closed, closed_by_both_after_time_wait},
};

// ---- the calls ------------------------------------------------------------------------------------------------------

std::string errno_of(const std::error_code& code)
{
    return errno_name(code ? static_cast<Error>(code.value()) : Error::none);
}

/// ACCEPT gives a socket; what it answered stands in the history.
std::string accept(TwoEnds& net)
{
    static_cast<void>(net.a.accept());
    const auto& records = net.history().records();
    for (std::size_t i = records.size(); i > 0; --i)
        if (records[i - 1].kind == RecordKind::call && records[i - 1].call == Call::accept)
            return errno_name(records[i - 1].error);
    return "?";
}

/// Where the peer has closed, a read() gives no octets and no error.
std::string receive(TwoEnds& net)
{
    const std::error_code error = net.a.receive().error;
    return error == Error::closing ? "EOF" : errno_of(error);
}

using Made = std::string (*)(TwoEnds&);
constexpr std::array<std::pair<std::string_view, Made>, 9> made{{
    {"bind", [](TwoEnds& net) { return errno_of(net.a.bind(7000)); }},
    {"connect", [](TwoEnds& net) { return errno_of(net.a.connect(net.B, 80)); }},
    {"listen", [](TwoEnds& net) { return errno_of(net.a.listen()); }},
    {"accept", accept},
    {"send", [](TwoEnds& net) { return errno_of(net.a.send("x").error); }},
    {"receive", receive},
    {"shutdown", [](TwoEnds& net) { return errno_of(net.a.shutdown()); }},
    {"close", [](TwoEnds& net) { return errno_of(net.a.close()); }},
    {"abort", [](TwoEnds& net) { return errno_of(net.a.abort()); }},
}};

} // namespace

TwoEnds::TwoEnds(const Profile& profile)
    : Network({.seed = 1, .delay = 10ms}),
      A(host("A", {.profile = profile})),
      B(host("B", {.profile = profile})),
      a(A.socket())
{
    static_cast<void>(B.listen(80));
}

void TwoEnds::connect()
{
    static_cast<void>(a.connect(B, 80));
    run_for(100ms);
    b = B.accept();
}

std::span<const Situation> situations()
{
    return all_situations;
}

std::span<const Situation> endings()
{
    return all_endings;
}

std::span<const std::string_view> calls()
{
    static constexpr auto names = [] {
        std::array<std::string_view, made.size()> all{};
        for (std::size_t i = 0; i < made.size(); ++i) all[i] = made[i].first;
        return all;
    }();
    return names;
}

std::string answer(TwoEnds& net, std::string_view call)
{
    const State before = net.a.state();
    for (const auto& [name, make] : made) {
        if (name != call) continue;
        std::string text = make(net);
        if (net.a.state() != before) text += " → " + std::string(tcpsm::name(net.a.state()));
        return text;
    }
    return "?";
}

std::string cell(const Profile& profile, const Situation& situation, std::string_view call)
{
    TwoEnds net(profile);
    situation.reach(net);
    return answer(net, call);
}

std::string answers(const Profile& profile, const Situation& situation, std::string_view call)
{
    TwoEnds net(profile);
    situation.reach(net);
    std::string all = answer(net, call);
    std::string last = all;
    for (std::string next = answer(net, call); next != last; next = answer(net, call)) {
        all += ", then " + next;
        last = next;
    }
    return all;
}

} // namespace tcpsm::errors
