#include "replay/host.hpp"

#include <algorithm>

#include "replay/option_text.hpp"
#include "replay/profile_of.hpp"

namespace tcpsm::kernel {
namespace {

std::string_view state_name(State state)
{
    switch (state) {
    case State::Closed: return "UNCONN";
    case State::Listen: return "LISTEN";
    case State::SynSent: return "SYN-SENT";
    case State::SynReceived: return "SYN-RECV";
    case State::Established: return "ESTAB";
    case State::FinWait1: return "FIN-WAIT-1";
    case State::FinWait2: return "FIN-WAIT-2";
    case State::CloseWait: return "CLOSE-WAIT";
    case State::Closing: return "CLOSING";
    case State::LastAck: return "LAST-ACK";
    case State::TimeWait: return "TIME-WAIT";
    }
    return "?";
}

/// The timer that `ss` would show, by its rank: a delayed ACK and the user timeout are shown by none.
std::string_view timer_name(const Timers& timers)
{
    if (timers[TimerKind::time_wait].running() || timers[TimerKind::fin_wait_2].running()) return "timewait";
    if (timers[TimerKind::retransmission].running()) return "on";
    if (timers[TimerKind::persist].running()) return "persist";
    if (timers[TimerKind::keepalive].running()) return "keepalive";
    return "";
}

} // namespace

Host::Host(const Recording& recording, const OwnNumbers& numbers)
    : peer_(recording.peer), stack_(recording.host, profile_of(recording), numbers.iss, 1)
{
    for (const Incarnation& one : find_incarnations(recording, numbers.peer_isn))
        known_.push_back({.incarnation = one});
}

// ---- what the kernel was sent ---------------------------------------------------------------------------------------

void Host::arrives(const Seg& seg, Time now)
{
    Known* const known = at(seg.incarnation);
    if (known == nullptr) throw Unsupported{"a segment of no incarnation"};
    known->begun = true;

    Segment segment;
    segment.flags = seg.flags;
    const auto seq = static_cast<std::uint32_t>(seg.seq);
    segment.seq = Seq(seg.seq_literal ? seq : known->incarnation.peer_isn + seq);
    segment.ack = ack_of(*known, seg);
    segment.text_len = seg.length;
    segment.wnd = seg.window.value_or(65535);
    const OptionNumbers numbers{.timestamp = [&](std::uint32_t kernels) { return timestamp(*known, kernels); },
                                .sacked = known->iss};
    const auto options = to_options(seg.options.value_or(std::vector<std::string>{}), numbers);
    if (!options) throw Unsupported{"options that no header holds"};
    segment.options = *options;

    const std::vector<std::uint8_t> text(seg.length, std::uint8_t{'x'});
    const Endpoint to{stack_.address(), known->incarnation.local};
    stack_.segment_arrives(segment, text, {peer_, known->incarnation.remote}, to, now, out_);
    if (seg.flags.has(Flag::ACK))
        if (const auto counts = counts_.find(stack_.connection_of(to.port, {peer_, known->incarnation.remote}));
            counts != counts_.end())
            counts->second.probes = 0;
    finish(now, std::nullopt);
}

Seq Host::ack_of(const Known& known, const Seg& seg) const
{
    const Seq number(static_cast<std::uint32_t>(seg.ack));
    if (seg.ack_literal || !seg.flags.has(Flag::ACK)) return number;
    return known.iss + number.value();
}

/// What the host's clock said when it sent what the kernel sent at `kernels`; where the host sent nothing then, so many
/// milliseconds after its first.
std::uint32_t Host::timestamp(const Known& known, std::uint32_t kernels) const
{
    if (known.timestamps.empty()) return kernels;
    for (const auto& [theirs, ours] : known.timestamps)
        if (theirs == kernels) return ours;
    const auto& [theirs, ours] = known.timestamps.front();
    return ours + (kernels - theirs);
}

void Host::note_pair(const Seg& seg, const Sent& sent)
{
    Known* const known = at(seg.incarnation);
    const auto ours = sent.segment.options.timestamps();
    if (known == nullptr || !ours || !seg.options) return;
    for (const std::string& option : *seg.options)
        if (const auto theirs = timestamp_of(option)) known->timestamps.emplace_back(*theirs, ours->value);
}

// ---- timers ---------------------------------------------------------------------------------------------------------

std::vector<DueTimer> Host::due()
{
    std::vector<Wake> real;
    const auto arm = [&](std::uint32_t slot, TimerKind, const Timer& timer) {
        wakes_.push_back({slot, timer.order, timer.deadline});
    };
    while (!wakes_.empty()) {
        const Wake wake = wakes_.back();
        wakes_.pop_back();
        if (stack_.due(wake.slot, wake.order, arm)) real.push_back(wake);
    }
    wakes_ = real;

    std::vector<DueTimer> timers;
    for (const Wake& wake : real) {
        DueTimer timer{.slot = wake.slot, .order = wake.order, .deadline = wake.deadline, .incarnation = -1};
        if (const auto set = set_at_.find(wake.order); set != set_at_.end())
            timer.interval = wake.deadline - set->second;
        stack_.for_each_connection([&](const Connection& c) {
            if (c.next_timer().order != wake.order) return;
            if (const Known* known = between(c.local().port, c.remote().port))
                timer.incarnation = known->incarnation.number;
        });
        timers.push_back(timer);
    }
    std::sort(timers.begin(), timers.end(), [](const DueTimer& a, const DueTimer& b) {
        return a.deadline != b.deadline ? a.deadline < b.deadline : a.order < b.order;
    });
    return timers;
}

void Host::fire(const DueTimer& timer, Time now)
{
    std::erase_if(wakes_, [&](const Wake& wake) { return wake.order == timer.order; });
    std::uint32_t number = 0;
    bool probes = false;
    stack_.for_each_connection([&](const Connection& c) {
        if (c.next_timer().order != timer.order) return;
        number = c.number;
        probes = c.timers().next() == TimerKind::keepalive || c.timers().next() == TimerKind::persist;
    });
    if (probes) ++counts_[number].probes;
    stack_.timeout(timer.slot, now, out_);
    finish(now, timer.interval);
}

// ---- what comes out of an event -------------------------------------------------------------------------------------

void Host::finish(Time now, std::optional<Duration> interval)
{
    stack_.finish(now, out_, [&](std::uint32_t slot, TimerKind, const Timer& timer) {
        wakes_.push_back({slot, timer.order, timer.deadline});
    });
    for (const Departure& departure : out_.segments) depart(departure, now, interval);
    for (const Report& report : out_.reports)
        if (report.kind == ReportKind::returned && lingered_) lingered_->second = now;
    stack_.for_each_connection([&](const Connection& c) {
        Counts& counts = counts_[c.number];
        if (counts.una != c.tcb().snd.una) counts.retransmissions = 0;
        counts.una = c.tcb().snd.una;
        for (std::size_t kind = 0; kind < timer_count; ++kind) {
            const Timer& timer = c.timers()[static_cast<TimerKind>(kind)];
            if (timer.running()) set_at_.try_emplace(timer.order, now);
        }
    });
    out_.clear();
}

void Host::depart(const Departure& departure, Time now, std::optional<Duration> interval)
{
    Sent sent{.incarnation = -1, .segment = departure.segment, .time = now, .interval = interval};
    if (departure.retransmission && (interval || departure.state == State::SynSent))
        ++counts_[departure.connection].retransmissions;
    Known* const known = between(departure.from.port, departure.to.port);
    if (known != nullptr) {
        const bool opens = departure.segment.has(Flag::SYN);
        if (opens && (departure.connection == 0 || known->connection != departure.connection)) { // has a new ISS, once
            known->connection = departure.connection;
            known->iss = departure.segment.seq;
        }
        sent.incarnation = known->incarnation.number;
        sent.iss = known->iss;
        sent.peer_isn = Seq(known->incarnation.peer_isn);
    }
    sent_.push_back(sent);
}

std::vector<SocketLine> Host::sockets() const
{
    std::vector<SocketLine> lines;
    stack_.for_each_connection([&](const Connection& c) {
        if (!c.in_progress()) return;
        SocketLine line{.state = std::string(state_name(c.state())), .timer = std::string(timer_name(c.timers()))};
        line.local = c.local().port;
        line.remote = c.remote().port;
        if (const auto counts = counts_.find(c.number); counts != counts_.end()) {
            if (line.timer == "on") line.retransmissions = counts->second.retransmissions;
            if (line.timer == "keepalive" || line.timer == "persist") line.retransmissions = counts->second.probes;
        }
        lines.push_back(std::move(line));
    });
    return lines;
}

// ---- incarnations ---------------------------------------------------------------------------------------------------

Host::Known* Host::at(int incarnation)
{
    const auto found =
        std::find_if(known_.begin(), known_.end(), [&](const Known& k) { return k.incarnation.number == incarnation; });
    return found == known_.end() ? nullptr : &*found;
}

/// The last that has begun between two ports.
Host::Known* Host::between(Port local, Port remote)
{
    const auto found = std::find_if(known_.rbegin(), known_.rend(), [&](const Known& k) {
        return k.begun && k.incarnation.local == local && k.incarnation.remote == remote;
    });
    return found == known_.rend() ? nullptr : &*found;
}

} // namespace tcpsm::kernel
