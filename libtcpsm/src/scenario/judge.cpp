// What a run says to an expectation: each is a question to its history.

#include <algorithm>

#include "scenario/errors.hpp"
#include "scenario/judgement.hpp"
#include "tcpsm/network/pattern.hpp"
#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm {
namespace {

class Judge {
public:
    explicit Judge(const Simulation& simulation)
        : simulation_(simulation), history_(simulation.network.history()), trace_(history_)
    {
    }

    Judgement operator()(const ExpectStates& expected) const;
    Judgement operator()(const ExpectSegment& expected) const;
    Judgement operator()(const ExpectSegments& expected) const;
    Judgement operator()(const ExpectCall& expected) const;
    Judgement operator()(const ExpectDelivered& expected) const;
    Judgement operator()(const ExpectAt& expected) const;
    Judgement operator()(const ExpectConnections& expected) const;
    Judgement operator()(const ExpectNever& expected) const;
    Judgement operator()(const ExpectTold& expected) const;
    Judgement operator()(const ExpectCount& expected) const { return judge(expected, simulation_); }
    Judgement operator()(const ExpectClients& expected) const { return judge(expected, simulation_); }

private:
    [[nodiscard]] HostId id(const std::string& host) const { return trace_.host(host).value_or(no_host); }
    [[nodiscard]] std::uint32_t connections(HostId host) const;
    [[nodiscard]] std::vector<State> states(const HostName& host) const;
    [[nodiscard]] std::optional<std::size_t> last_change(const HostName& host, Time time) const;
    [[nodiscard]] std::optional<std::size_t> end_of_call(std::size_t call) const;
    [[nodiscard]] std::size_t story_of(std::size_t segment, bool arrival) const;
    [[nodiscard]] std::uint32_t sender_of(HostId host, std::uint32_t connection) const;
    template <class Fits>
    [[nodiscard]] std::optional<std::size_t> find_record(std::size_t from, Fits&& fits) const;
    [[nodiscard]] const Record& record(std::size_t index) const { return history_.records()[index]; }

    const Simulation& simulation_;
    const History& history_;
    Trace trace_;
};

std::string list(const std::vector<State>& states)
{
    std::string text;
    for (const State state : states) text += (text.empty() ? "" : ", ") + std::string(name(state));
    return text.empty() ? "no connection" : '[' + text + ']';
}

/// As the ladder shows them: without PSH.
Flags without_push(Flags flags)
{
    return Flags(static_cast<std::uint8_t>(flags.bits() & ~static_cast<std::uint8_t>(Flag::PSH)));
}

bool same_flags(Flags expected, Flags found)
{
    return expected.has(Flag::PSH) ? expected == found : expected == without_push(found);
}

std::string flags_text(Flags flags)
{
    const std::string text = to_string(flags);
    return text.empty() ? "no flags" : text;
}

// ---- what the history says ------------------------------------------------------------------------------------------

template <class Fits>
std::optional<std::size_t> Judge::find_record(std::size_t from, Fits&& fits) const
{
    for (std::size_t i = from; i < history_.records().size(); ++i)
        if (fits(history_.records()[i])) return i;
    return {};
}

std::uint32_t Judge::connections(HostId host) const
{
    std::uint32_t most = 0;
    for (std::size_t i = 0; i < history_.records().size(); ++i)
        if (history_.records()[i].host == host) most = std::max(most, history_.records()[i].connection);
    return most;
}

/// "client" is the first connection, opening moves of its listener included; or the listener, where none came.
/// "client#2" is the second connection alone.
std::vector<State> Judge::states(const HostName& host) const
{
    const HostId host_id = id(host.host);
    if (host.connection > 0) return trace_.states(host_id, host.connection, false);
    return trace_.states(host_id, connections(host_id) > 0 ? 1 : 0);
}

/// The change that led to the state of a moment.
std::optional<std::size_t> Judge::last_change(const HostName& host, Time time) const
{
    const HostId host_id = id(host.host);
    std::optional<std::size_t> last;
    bool own = host.connection > 0; // no listener's states any more
    for (std::size_t i = 0; i < history_.records().size(); ++i) {
        const Record& one = record(i);
        if (one.time > time) break;
        if (one.kind != RecordKind::state || one.host != host_id) continue;
        if (one.connection == host.number()) own = true;
        if (one.connection == (own ? host.number() : 0)) last = i;
    }
    return last;
}

/// Where a call has its answer: of a connect, which answers at once that it has begun, where the user was told what
/// came of it; of a close that lingers, where it returns; or nowhere yet.
std::optional<std::size_t> Judge::end_of_call(std::size_t call) const
{
    const Record& begun = record(call);
    const bool lingers = begun.call == Call::close && begun.deadline != Time{};
    if ((begun.call != Call::connect || begun.error != Error::none) && !lingers) return call;
    return find_record(call, [&](const Record& one) {
        if (one.host != begun.host || one.connection != begun.connection) return false;
        if (lingers) return one.kind == RecordKind::returned;
        const bool opened = one.kind == RecordKind::state && synchronized(one.to);
        return opened || (one.kind == RecordKind::signal && !ends_nothing(one.error));
    });
}

/// Where a segment left, or what became of it.
std::size_t Judge::story_of(std::size_t segment, bool arrival) const
{
    std::size_t found = 0;
    for (std::size_t i = 0; i < history_.records().size(); ++i) {
        const RecordKind kind = record(i).kind;
        const bool end = kind == RecordKind::arrived || kind == RecordKind::lost || kind == RecordKind::held;
        if (record(i).segment == segment && (kind == RecordKind::sent || (arrival && end))) found = i;
    }
    return found;
}

/// The peer's number of a connection: of whoever sent it its SYN.
std::uint32_t Judge::sender_of(HostId host, std::uint32_t connection) const
{
    for (std::size_t i = 0; i < history_.segments().size(); ++i) {
        const SentSegment& sent = history_.segments()[i];
        if (sent.to_host != host || !sent.segment.has(Flag::SYN) || sent.name.host == no_host) continue;
        if (trace_.outcome(i).fate == Fate::delivered && trace_.outcome(i).connection == connection)
            return sent.connection;
    }
    return 0;
}

// ---- the expectations -----------------------------------------------------------------------------------------------

Judgement Judge::operator()(const ExpectStates& expected) const
{
    const std::vector<State> found = states(expected.host);
    return differs(found == expected.states, list(found), last_change(expected.host, never));
}

Judgement Judge::operator()(const ExpectSegment& expected) const
{
    const auto index = trace_.find(expected.name);
    if (!index) return "no segment of that name";
    const SentSegment& sent = history_.segments()[*index];
    const Segment& seg = sent.segment;
    const Outcome& outcome = trace_.outcome(*index);
    const std::string from = history_.hosts()[sent.from_host].name;
    const std::string check(name(outcome.why.check));
    const bool arrived = outcome.fate == Fate::delivered || outcome.fate == Fate::refused;

    std::string found;
    const auto compare = [&](bool asked, bool holds, const std::string& text) {
        if (asked && !holds) found += (found.empty() ? "" : ", ") + text;
    };
    compare(expected.flags.has_value(), expected.flags && same_flags(*expected.flags, seg.flags),
            "flags " +
                flags_text(expected.flags && expected.flags->has(Flag::PSH) ? seg.flags : without_push(seg.flags)));
    compare(expected.seq.has_value(), expected.seq == seg.seq.value(), "seq " + std::to_string(seg.seq.value()));
    compare(expected.ack.has_value(), seg.has(Flag::ACK) && expected.ack == seg.ack.value(),
            seg.has(Flag::ACK) ? "ack " + std::to_string(seg.ack.value()) : "no ack");
    compare(expected.len.has_value(), expected.len == seg.text_len, "len " + std::to_string(seg.text_len));
    compare(expected.wnd.has_value(), expected.wnd == seg.wnd, "wnd " + std::to_string(seg.wnd));
    compare(expected.from.has_value(), expected.from == from, "from " + from);
    compare(expected.because.has_value(), expected.because == because(sent.why), "because " + because(sent.why));
    compare(expected.fate.has_value(), expected.fate == outcome.fate, "fate " + std::string(name(outcome.fate)));
    compare(expected.check.has_value(), expected.check == check, check.empty() ? "no check" : "check " + check);
    compare(expected.sent.has_value(), expected.sent == sent.sent, "sent " + to_string(sent.sent));
    compare(expected.arrives.has_value(), arrived && expected.arrives == outcome.time,
            arrived ? "arrives " + to_string(outcome.time) : "it never arrives");
    return differs(found.empty(), found, story_of(*index, expected.fate || expected.check || expected.arrives));
}

Judgement Judge::operator()(const ExpectSegments& expected) const
{
    std::uint32_t count = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < history_.segments().size(); ++i) {
        const SentSegment& sent = history_.segments()[i];
        if (sent.name.host == no_host || sent.name.copy > 0) continue;
        if (!expected.from.empty() && id(expected.from) != sent.name.host) continue;
        if (expected.flags && !same_flags(*expected.flags, sent.segment.flags)) continue;
        ++count;
        last = i;
    }
    const auto decided = count == 0 ? std::nullopt : std::optional(story_of(last, false));
    return differs(count == expected.count, std::to_string(count), decided);
}

Judgement Judge::operator()(const ExpectCall& expected) const
{
    const HostId host = id(expected.host.host);
    std::uint32_t seen = 0;
    for (std::size_t i = 0; i < history_.records().size(); ++i) {
        const Record& call = record(i);
        if (call.kind != RecordKind::call || call.host != host || call.call != expected.call) continue;
        if (expected.host.connection > 0 && call.connection != expected.host.connection) continue;
        if (++seen < expected.nth) continue;
        const auto end = end_of_call(i);
        const std::string found(end ? errc_name(record(*end).error) : in_progress);
        if (end && found == expected.result && expected.returns)
            return differs(record(*end).time == *expected.returns, "it returned at " + to_string(record(*end).time),
                           *end);
        return differs(found == expected.result, found, end.value_or(i));
    }
    return seen == 0 ? "no such call" : "only " + std::to_string(seen) + " such calls";
}

Judgement Judge::operator()(const ExpectDelivered& expected) const
{
    const HostId host = id(expected.host.host);
    const std::vector<std::uint8_t> found = trace_.delivered(host, expected.host.number());
    const std::string sent = pattern(sender_of(host, expected.host.number()), 0, found.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i] != static_cast<std::uint8_t>(sent[i]))
            return std::to_string(found.size()) + " octets, and number " + std::to_string(i) + " is not what was sent";
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < history_.records().size(); ++i)
        if (record(i).kind == RecordKind::deliver && record(i).host == host &&
            record(i).connection == expected.host.number())
            last = i;
    return differs(found.size() == expected.octets, std::to_string(found.size()) + " octets", last);
}

Judgement Judge::operator()(const ExpectAt& expected) const
{
    if (!expected.enters) {
        const auto change = last_change(expected.host, expected.time);
        const State found = change ? record(*change).to : State::Closed;
        return differs(found == expected.state, expected.host.text() + " is " + std::string(name(found)), change);
    }
    const HostId host = id(expected.host.host);
    std::string times;
    for (std::size_t i = 0; i < history_.records().size(); ++i) {
        const Record& change = record(i);
        if (change.kind != RecordKind::state || change.host != host || change.to != expected.state) continue;
        const bool listener = change.connection == 0 && expected.host.connection == 0;
        if (change.connection != expected.host.number() && !listener) continue;
        if (change.time == expected.time) return differs(true, to_string(change.time), i);
        times += (times.empty() ? " at " : ", ") + to_string(change.time);
    }
    const std::string what = expected.host.text() + (times.empty() ? " never enters " : " enters ");
    return what + std::string(name(expected.state)) + times;
}

Judgement Judge::operator()(const ExpectConnections& expected) const
{
    const HostId host = id(expected.host);
    const std::uint32_t found = connections(host);
    const auto last = find_record(0, [&](const Record& one) { return one.host == host && one.connection == found; });
    return differs(found == expected.count, expected.host + " had " + std::to_string(found), last);
}

Judgement Judge::operator()(const ExpectNever& expected) const
{
    const std::vector<State> all = states(expected.host);
    return differs(std::ranges::find(all, expected.state) == all.end(), list(all));
}

Judgement Judge::operator()(const ExpectTold& expected) const
{
    const HostId host = id(expected.host.host);
    const auto told = find_record(0, [&](const Record& one) {
        return one.kind == RecordKind::signal && one.host == host && !ends_nothing(one.error) &&
               one.connection == expected.host.number();
    });
    const std::string found(told ? errc_name(record(*told).error) : "ok");
    return differs(found == expected.result, expected.host.text() + " was told " + found, told);
}

} // namespace

std::vector<Judgement> judge(const std::vector<Expectation>& expectations, const Simulation& simulation)
{
    const Judge judge(simulation);
    std::vector<Judgement> all;
    all.reserve(expectations.size());
    for (const Expectation& expectation : expectations) all.push_back(std::visit(judge, expectation.what));
    return all;
}

std::vector<Failure> failures(const std::vector<Expectation>& expectations, const std::vector<Judgement>& judgements)
{
    std::vector<Failure> all;
    for (std::size_t i = 0; i < expectations.size(); ++i)
        if (!judgements[i].holds) all.push_back({expectations[i].place, expectations[i].text, judgements[i].found});
    return all;
}

} // namespace tcpsm
