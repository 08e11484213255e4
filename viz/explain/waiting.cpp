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
    int repetitions = 0;         ///< since it last heard something new
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
    if (!w.syn_outstanding()) return {o.retries, o.r2};
    if (w.state() != State::SynSent) return {o.synack_retries, o.r2_syn};
    return {o.syn_retries < 0 ? -1 : o.syn_retries + o.syn_linear_timeouts, o.r2_syn};
}

/// Whether the next thing to happen is that it gives up.
bool is_last(const Waiter& w, const Limit& limit)
{
    const Time again = w.connection.timers()[TimerKind::retransmission].deadline;
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
    if (is_last(w, limit)) {
        const bool user = w.runs(TimerKind::user_timeout);
        return w.say(awaited.else_over, user ? std::min(again, w.left(TimerKind::user_timeout)) : again, w.text());
    }
    return then(w.language, w.say(awaited.else_again, again, w.text()), in_the_end(w, limit));
}

// ---- while nothing is outstanding -----------------------------------------------------------------------------------

std::string for_the_peers_fin(const Waiter& w)
{
    if (!w.runs(TimerKind::fin_wait_2)) return w.say(Phrase::waits_fin, Duration(0), 0);
    return w.say(Phrase::waits_fin_for, w.left(TimerKind::fin_wait_2), 0);
}

std::string sentence(const Waiter& w)
{
    if (w.runs(TimerKind::retransmission)) return for_an_ack(w);
    if (w.state() == State::TimeWait) return w.say(Phrase::waits_2msl, w.left(TimerKind::time_wait), 0);
    if (w.connection.queued() > 0) return w.say(Phrase::waits_window, Duration(0), w.connection.queued());
    switch (w.state()) {
    case State::FinWait2: return for_the_peers_fin(w);
    case State::CloseWait: return w.say(Phrase::waits_close, Duration(0), 0);
    default: return w.say(Phrase::waits_established, Duration(0), 0);
    }
}

// ---- what the history tells of it -----------------------------------------------------------------------------------

/// How often a connection has repeated itself, and since when it waits: back to where its retransmission timer was set
/// without having fired.
void look_back(const History& history, HostId host, std::uint32_t number, Waiter& waiter)
{
    const Log<Record>& records = history.records();
    const Record* set = nullptr;
    for (std::size_t i = records.size(); i > 0; --i) {
        const Record& r = records[i - 1];
        if (r.host != host || r.connection != number) continue;
        if (set != nullptr && r.event != set->event) break;
        if (r.timer != TimerKind::retransmission) continue;
        if (r.kind == RecordKind::timer_set) set = &r;
        if (r.kind == RecordKind::timer_fired && set != nullptr) {
            ++waiter.repetitions;
            set = nullptr;
        }
    }
    if (set != nullptr) waiter.since = set->time;
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
                if (waiter.runs(TimerKind::retransmission))
                    look_back(world.history(), host.id(), line.connection, waiter);
                all.push_back({host.id(), line.connection, sentence(waiter)});
            }
        }
    }
    return all;
}

} // namespace tcpsm::viz
