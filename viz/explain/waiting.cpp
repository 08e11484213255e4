// What each connection waits for, and what happens if it does not come.

#include "explain/explain.hpp"
#include "explain/scene.hpp"

namespace tcpsm::viz {
namespace {

struct Waiter {
    const Connection& connection;
    std::string who;
    std::string peer;
    Time now;
    Language language;

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
        return viz::say(language, what, who, peer, in_words(wait), octets(language, count),
                        connection.local().port);
    }
};

// ---- while something is not acknowledged ----------------------------------------------------------------------------

Phrase awaited_ack(const Waiter& w)
{
    if (w.state() == State::SynSent) return Phrase::waits_syn_ack;
    if (w.syn_outstanding()) return Phrase::waits_ack_of_syn;
    if (!w.connection.tcb().fin_sent) return Phrase::waits_text;
    return w.text() > 0 ? Phrase::waits_text_and_fin : Phrase::waits_fin_ack;
}

/// RFC 9293, 3.8.3: when it gives up. Where a system counts instead, the count.
std::string limit(const Waiter& w)
{
    const ConnectionOptions& o = w.connection.options();
    const bool syn = w.syn_outstanding();
    const bool active = w.state() == State::SynSent;
    const int count = syn ? (active ? o.syn_retries : o.synack_retries) : o.retries;
    if (count >= 0)
        return say(w.language, Phrase::waits_gives_up_after, count + (active ? o.syn_linear_timeouts : 0));
    const Duration r2 = syn ? o.r2_syn : o.r2;
    if (w.runs(TimerKind::user_timeout) && o.user_timeout < r2)
        return say(w.language, Phrase::waits_user_timeout, in_words(w.left(TimerKind::user_timeout)));
    return say(w.language, Phrase::waits_gives_up, to_string(r2));
}

std::string for_an_ack(const Waiter& w)
{
    const std::string sentence = w.say(awaited_ack(w), w.left(TimerKind::retransmission), w.text());
    return then(w.language, sentence, limit(w));
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

std::vector<Waiting> explain_waiting(const Network& world, Time now, Language language)
{
    Network copy = world; // handles of hosts can change their world
    std::vector<Host> hosts = copy.hosts();
    std::vector<Waiting> all;
    for (const Host& host : hosts) {
        if (!host.up()) {
            all.push_back({host.id(), 0, say(language, Phrase::waits_down, host.name())});
            continue;
        }
        for (const NetstatLine& line : host.netstat()) {
            if (line.state == State::Listen) {
                all.push_back({host.id(), 0,
                               say(language, Phrase::waits_listen, host.name(), "", "", "", line.local.port)});
            } else if (line.state != State::Closed) {
                const Connection connection = host.connection(line.connection).connection();
                const Waiter waiter{connection, name_of(host, line.connection), name_of(hosts, line.remote, language),
                                    now, language};
                all.push_back({host.id(), line.connection, sentence(waiter)});
            }
        }
    }
    return all;
}

} // namespace tcpsm::viz
