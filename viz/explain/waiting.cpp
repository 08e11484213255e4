// What each connection waits for, and what happens if it does not come.

#include <algorithm>
#include <optional>

#include "explain/explain.hpp"
#include "explain/scene.hpp"

namespace tcpsm::viz {
namespace {

struct Waiter {
    const Standing& connection;
    std::string who;
    std::string peer;
    Time now;
    Language language;
    int repetitions = 0;         ///< of segments or probes, since it last heard something new
    int questions = 0;           ///< keep-alive probes that are not answered
    bool probed = false;         ///< the timer has fired since it began to run
    std::optional<Time> since{}; ///< since when; nothing where the history began later

    [[nodiscard]] State state() const { return connection.state(); }
    [[nodiscard]] Duration left(TimerKind kind) const { return connection.timers()[kind].deadline - now; }
    [[nodiscard]] bool runs(TimerKind kind) const { return connection.timers()[kind].running(); }
    /// Sequence numbers that were sent and not acknowledged.
    [[nodiscard]] std::uint32_t outstanding() const
    {
        const SendVariables& snd = connection.tcb().snd;
        return static_cast<std::uint32_t>(snd.nxt - snd.una);
    }
    [[nodiscard]] bool syn_outstanding() const
    {
        return state() == State::SynSent || state() == State::SynReceived ||
               (outstanding() > 0 && connection.tcb().snd.una == connection.tcb().snd.iss);
    }
    /// Octets of text among them.
    [[nodiscard]] std::uint32_t text() const
    {
        const std::uint32_t flags = (connection.tcb().fin_sent ? 1U : 0U) + (syn_outstanding() ? 1U : 0U);
        return outstanding() > flags ? outstanding() - flags : 0;
    }

    /// Octets of text that have not been sent.
    [[nodiscard]] std::uint32_t unsent() const { return static_cast<std::uint32_t>(connection.queued()) - text(); }

    [[nodiscard]] std::string say(Phrase what, Duration wait, std::uint64_t count) const
    {
        return viz::say(language, what, who, peer, in_words(wait), octets(language, count), connection.local().port);
    }
};

// ---- while something is not acknowledged ----------------------------------------------------------------------------

struct Awaited {
    Phrase else_again; ///< what happens if it does not come: it is sent again
    Phrase else_over;  ///< it gives up
};

Awaited awaited_ack(const Waiter& w)
{
    if (w.state() == State::SynSent) return {Phrase::waits_syn_ack, Phrase::waits_syn_ack_last};
    if (w.syn_outstanding()) return {Phrase::waits_ack_of_syn, Phrase::waits_ack_of_syn_last};
    if (!w.connection.tcb().fin_sent) return {Phrase::waits_text, Phrase::waits_text_last};
    if (w.text() > 0) return {Phrase::waits_text_and_fin, Phrase::waits_text_and_fin_last};
    return {Phrase::waits_fin_ack, Phrase::waits_fin_ack_last};
}

/// RFC 9293, 3.8.3: when a connection gives up. Some systems count instead.
struct Limit {
    int count = -1; ///< repetitions; -1 where it is a time
    Duration time{};
};

Limit limit_of(const Waiter& w)
{
    const ConnectionOptions& o = w.connection.options();
    constexpr int orphan_retries_of_zero = 8;       // as Linux has it
    const bool lingers = w.runs(TimerKind::linger); // it is still its application's
    const bool orphan = w.connection.tcb().reading_over && !lingers && o.orphan_retries >= 0;
    if (!w.syn_outstanding() && orphan) return {o.orphan_retries > 0 ? o.orphan_retries : orphan_retries_of_zero, o.r2};
    if (!w.syn_outstanding()) return {o.retries, o.r2};
    if (w.state() != State::SynSent) return {o.synack_retries, o.r2_syn};
    return {o.syn_retries < 0 ? -1 : o.syn_retries + o.syn_linear_timeouts, o.r2_syn};
}

/// Whether the next thing to happen is that it gives up.
bool is_last(const Waiter& w, const Limit& limit, TimerKind kind)
{
    const Time again = w.connection.timers()[kind].deadline;
    if (w.connection.timers()[TimerKind::user_timeout].deadline <= again) return true;
    if (limit.count >= 0) return w.repetitions >= limit.count;
    return w.since && again - *w.since >= limit.time;
}

std::string in_the_end(const Waiter& w, const Limit& limit)
{
    if (limit.count >= 0) return say(w.language, Phrase::waits_gives_up_after, limit.count);
    if (w.runs(TimerKind::user_timeout) && w.connection.options().user_timeout < limit.time)
        return say(w.language, Phrase::waits_user_timeout, in_words(w.left(TimerKind::user_timeout)));
    return say(w.language, Phrase::waits_gives_up, to_string(limit.time));
}

std::string for_an_ack(const Waiter& w)
{
    const Awaited awaited = awaited_ack(w);
    const Limit limit = limit_of(w);
    const Duration again = w.left(TimerKind::retransmission);
    if (is_last(w, limit, TimerKind::retransmission)) {
        const bool user = w.runs(TimerKind::user_timeout);
        return w.say(awaited.else_over, user ? std::min(again, w.left(TimerKind::user_timeout)) : again, w.text());
    }
    return then(w.language, w.say(awaited.else_again, again, w.text()), in_the_end(w, limit));
}

// ---- text that is held back -----------------------------------------------------------------------------------------

/// What keeps it from leaving, in the order in which the library asks (3.8.6.2.1, 3.7.4, 3.8.2).
Phrase hindrance(const Waiter& w)
{
    const ConnectionOptions& o = w.connection.options();
    const Tcb& tcb = w.connection.tcb();
    constexpr std::uint32_t timestamps_octets = 12;
    const std::uint32_t spared = tcb.timestamps ? timestamps_octets : 0;
    const std::uint32_t mss = tcb.send_mss > spared ? tcb.send_mss - spared : 1;
    const std::uint32_t room = tcb.snd.wnd > w.text() ? tcb.snd.wnd - w.text() : 0;
    if (room == 0) return Phrase::waits_more_window;
    if (o.nagle && w.unsent() < mss && !tcb.fin_queued) return Phrase::waits_more_nagle;
    const std::uint32_t length = std::min({w.unsent(), room, mss});
    const bool last = length == w.unsent();
    if (length >= mss || (last && (tcb.fin_queued || !o.nagle))) return Phrase::waits_more_congestion;
    if (o.nagle) return Phrase::waits_more_nagle;
    const bool worth = !o.silly_window_avoidance || length >= tcb.snd.max_wnd / 2;
    return worth ? Phrase::waits_more_congestion : Phrase::waits_more_silly;
}

std::string with_what_waits(const Waiter& w)
{
    std::string told = for_an_ack(w);
    if (!synchronized(w.state()) || w.syn_outstanding() || w.unsent() == 0) return told;
    return then(w.language, told, w.say(hindrance(w), Duration(0), w.unsent()));
}

// 3.8.6.1 and 3.8.6.2.1
std::string for_the_window(const Waiter& w)
{
    const SendVariables& snd = w.connection.tcb().snd;
    const Duration again = w.left(TimerKind::persist);
    const std::size_t queued = w.connection.queued();
    if (snd.wnd > 0 && w.text() == 0) return w.say(Phrase::waits_override, again, queued);
    if (is_last(w, limit_of(w), TimerKind::persist)) return w.say(Phrase::waits_window_probe_last, again, queued);
    return w.say(w.probed ? Phrase::waits_window_probe_again : Phrase::waits_window_probe, again, queued);
}

// ---- while nothing is outstanding -----------------------------------------------------------------------------------

std::string for_the_peers_fin(const Waiter& w)
{
    if (!w.runs(TimerKind::fin_wait_2)) return w.say(Phrase::waits_fin, Duration(0), 0);
    return w.say(Phrase::waits_fin_for, w.left(TimerKind::fin_wait_2), 0);
}

// 3.8.4
std::string keepalive(const Waiter& w)
{
    const ConnectionOptions& o = w.connection.options();
    if (w.questions == 0) return w.say(Phrase::waits_keepalive, o.keepalive_time, 0);
    const Phrase what =
        w.questions < o.keepalive_probes ? Phrase::waits_keepalive_probing : Phrase::waits_keepalive_last;
    return viz::say(w.language, what, w.who, w.peer, in_words(w.left(TimerKind::keepalive)), "", w.questions,
                    o.keepalive_probes);
}

std::string what_is_awaited(const Waiter& w)
{
    if (w.runs(TimerKind::retransmission)) return with_what_waits(w);
    if (w.runs(TimerKind::persist)) return for_the_window(w);
    if (w.state() == State::TimeWait) return w.say(Phrase::waits_2msl, w.left(TimerKind::time_wait), 0);
    if (w.connection.queued() > 0) return w.say(Phrase::waits_window, Duration(0), w.connection.queued());
    switch (w.state()) {
    case State::FinWait2: return for_the_peers_fin(w);
    case State::CloseWait: return w.say(Phrase::waits_close, Duration(0), 0);
    default: break;
    }
    const bool more = w.runs(TimerKind::delayed_ack) || w.runs(TimerKind::keepalive);
    return w.say(more ? Phrase::waits_idle : Phrase::waits_established, Duration(0), 0);
}

std::string sentence(const Waiter& w)
{
    std::string told = what_is_awaited(w);
    if (w.runs(TimerKind::delayed_ack))
        told = then(w.language, told, w.say(Phrase::waits_ack_delayed, w.left(TimerKind::delayed_ack), 0));
    if (w.runs(TimerKind::linger))
        told = then(w.language, told, w.say(Phrase::waits_linger, w.left(TimerKind::linger), 0));
    // A probe asks nothing that is not asked already while something is outstanding (MUST-26).
    const bool asks = w.runs(TimerKind::retransmission) || w.runs(TimerKind::persist);
    if (w.runs(TimerKind::keepalive) && !asks) told = then(w.language, told, keepalive(w));
    return told;
}

// ---- what the history tells of it -----------------------------------------------------------------------------------

/// The peer answers, and its window is closed: what was repeated before does not count (MUST-37).
bool tells_of_closed_window(const History& history, const Record& r)
{
    if (r.kind != RecordKind::arrived || r.segment >= history.segments().size()) return false;
    const Segment& seg = history.segments()[r.segment].segment;
    return r.why.check == Check::none && seg.has(Flag::ACK) && !seg.has(Flag::RST) && seg.wnd == 0;
}

/// How often a connection has repeated itself, and since when it waits: back to where the timer was set without having
/// fired.
void look_back(const History& history, HostId host, std::uint32_t number, TimerKind kind, Waiter& waiter)
{
    const Log<Record>& records = history.records();
    const Record* set = nullptr;
    bool counted = false;
    for (std::size_t i = records.size(); i > 0; --i) {
        const Record& r = records[i - 1];
        if (r.host != host || r.connection != number) continue;
        if (set != nullptr && r.event != set->event) break;
        if (tells_of_closed_window(history, r) && !counted) {
            waiter.since = r.time;
            counted = true;
        }
        if (r.timer != kind) continue;
        if (r.kind == RecordKind::timer_set) set = &r;
        if (r.kind == RecordKind::timer_fired && set != nullptr) {
            if (!counted) ++waiter.repetitions;
            waiter.probed = true;
            set = nullptr;
        }
    }
    if (set != nullptr && !counted) waiter.since = set->time;
}

/// Keep-alive probes since something came last.
int questions(const History& history, HostId host, std::uint32_t number)
{
    const Log<Record>& records = history.records();
    int count = 0;
    for (std::size_t i = records.size(); i > 0; --i) {
        const Record& r = records[i - 1];
        if (r.host != host || r.connection != number) continue;
        if (r.kind == RecordKind::arrived) break;
        if (r.kind == RecordKind::sent && history.segments()[r.segment].why.event == Event::KeepaliveTimeout) ++count;
    }
    return count;
}

// ---- a host ---------------------------------------------------------------------------------------------------------

std::string name_of(std::vector<Host>& hosts, Endpoint remote, Language language)
{
    for (const Host& host : hosts)
        if (host.address() == remote.address) return std::string(host.name());
    return say(language, Phrase::why_its_peer);
}

std::string name_of(const Host& host, std::uint32_t connection)
{
    return connection > 1 ? fmt::format("{}#{}", host.name(), connection) : std::string(host.name());
}

} // namespace

std::vector<Waiting> explain_waiting(Network& world, Time now, Language language)
{
    std::vector<Host> hosts = world.hosts();
    std::vector<Waiting> all;
    for (const Host& host : hosts) {
        if (!host.up()) {
            all.push_back({host.id(), 0, say(language, Phrase::waits_down, host.name())});
            continue;
        }
        for (const NetstatLine& line : host.netstat()) {
            if (line.state == State::Listen) {
                all.push_back(
                    {host.id(), 0, say(language, Phrase::waits_listen, host.name(), "", "", "", line.local.port)});
            } else if (line.state != State::Closed) {
                const Standing connection = host.connection(line.connection).standing();
                Waiter waiter{connection, name_of(host, line.connection), name_of(hosts, line.remote, language), now,
                              language};
                // Else what it waits for says nothing of repetitions, and looking back would be long.
                for (const TimerKind kind : {TimerKind::retransmission, TimerKind::persist})
                    if (waiter.runs(kind)) look_back(world.history(), host.id(), line.connection, kind, waiter);
                if (waiter.runs(TimerKind::keepalive))
                    waiter.questions = questions(world.history(), host.id(), line.connection);
                all.push_back({host.id(), line.connection, sentence(waiter)});
            }
        }
    }
    return all;
}

} // namespace tcpsm::viz
