#include "explain/consequences.hpp"

#include <array>
#include <optional>

#include "explain/arrival.hpp"
#include "explain/headlines.hpp"
#include "tcpsm/host/kernel_log.hpp"

namespace tcpsm::viz {
namespace {

/// Sentences, one behind the other.
class Text {
public:
    explicit Text(const Scene& scene) : scene_(scene) {}

    template <class... Args>
    void say(Phrase what, const Args&... args)
    {
        text_ = then(scene_.language, text_, scene_.say(what, args...));
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    const Scene& scene_;
    std::string text_;
};

template <class See>
void each_record(const Scene& scene, See&& see)
{
    for (std::uint32_t i = scene.now().first; i < scene.now().end; ++i) see(i, scene.record(i));
}

bool sent_by_host(const SentSegment& segment)
{
    return segment.name.host != no_host && segment.name.copy == 0;
}

// ---- segments -------------------------------------------------------------------------------------------------------

std::string list(const Scene& scene, const std::vector<const SentSegment*>& segments)
{
    std::string all;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::string one = scene.with_contents(*segments[i]);
        if (i == 0)
            all = one;
        else
            all = scene.say(i + 1 == segments.size() ? Phrase::why_and : Phrase::why_comma, all, one);
    }
    return all;
}

void say_departures(const Scene& scene, const std::vector<const SentSegment*>& segments, Text& text)
{
    constexpr std::size_t few = 3;
    if (segments.empty()) return;
    const SentSegment& first = *segments.front();
    const bool window_update = first.why.event == Event::Receive && first.segment.len() == 0;
    const bool answer_in_time_wait = first.state == State::TimeWait && first.segment.len() == 0;
    if (segments.size() > few)
        text.say(Phrase::then_many_leave, scene.history.name(first), scene.history.name(*segments.back()),
                 segments.size());
    else if (segments.size() > 1)
        text.say(Phrase::then_leave, list(scene, segments));
    else if (answer_in_time_wait)
        text.say(Phrase::then_last_ack_leaves, scene.with_contents(first),
                 scene.who(first.from_host, first.connection));
    else if (window_update)
        text.say(Phrase::then_window_update, scene.with_contents(first),
                 scene.peer_of(first.from_host, first.connection));
    else
        text.say(Phrase::then_leaves, scene.with_contents(first));
}

// ---- timers ---------------------------------------------------------------------------------------------------------

struct TimerChange {
    const Record* set = nullptr; ///< null: it stops
    bool anew = false;
};
using TimerChanges = std::array<std::optional<TimerChange>, timer_count>;

bool set_anew(const Scene& scene, const Record& record)
{
    bool anew = false;
    scene.story.brackets_between(scene.moment, scene.moment, [&](std::uint32_t i) {
        const Bracket& bracket = scene.story.brackets()[i];
        if (bracket.begin_moment == scene.moment && bracket.host == record.host &&
            bracket.connection == record.connection && bracket.timer == record.timer)
            anew = bracket.anew;
    });
    return anew;
}

TimerChanges timer_changes(const Scene& scene, HostId host, std::uint32_t connection)
{
    TimerChanges changes;
    each_record(scene, [&](std::uint32_t, const Record& r) {
        if (r.host != host || r.connection != connection) return;
        std::optional<TimerChange>& change = changes[static_cast<std::size_t>(r.timer)];
        if (r.kind == RecordKind::timer_set) change = TimerChange{&r, set_anew(scene, r)};
        if (r.kind == RecordKind::timer_cancelled) change = TimerChange{};
    });
    return changes;
}

Phrase name_of(TimerKind kind)
{
    switch (kind) {
    case TimerKind::retransmission: return Phrase::why_timer_rto;
    case TimerKind::user_timeout: return Phrase::why_timer_user;
    case TimerKind::time_wait: return Phrase::why_timer_2msl;
    case TimerKind::fin_wait_2: return Phrase::why_timer_fin_wait_2;
    case TimerKind::persist: return Phrase::why_timer_persist;
    case TimerKind::keepalive: return Phrase::why_timer_keepalive;
    case TimerKind::delayed_ack: return Phrase::why_timer_delayed_ack;
    case TimerKind::linger: return Phrase::why_timer_linger;
    }
    return Phrase::why_timer_rto;
}

void say_timer(const Scene& scene, TimerKind kind, const TimerChange& change, Text& text)
{
    const std::string_view timer = phrase(scene.language, name_of(kind));
    if (change.set == nullptr)
        text.say(Phrase::then_stops, timer);
    else
        text.say(change.anew ? Phrase::then_starts_anew : Phrase::then_starts, timer,
                 to_string(change.set->deadline - change.set->time), to_string(change.set->deadline));
}

/// The retransmission timer and the user timeout mostly go together, and so does what is said of them.
bool say_both(const TimerChange& rto, const TimerChange& user, Text& text)
{
    if ((rto.set == nullptr) != (user.set == nullptr) || rto.anew != user.anew) return false;
    if (rto.set == nullptr)
        text.say(Phrase::then_both_stop);
    else
        text.say(rto.anew ? Phrase::then_both_start_anew : Phrase::then_both_start,
                 to_string(rto.set->deadline - rto.set->time), to_string(rto.set->deadline),
                 to_string(user.set->deadline - user.set->time), to_string(user.set->deadline));
    return true;
}

// ---- applications ---------------------------------------------------------------------------------------------------

Phrase news(Error error)
{
    switch (error) {
    case Error::closing: return Phrase::told_closing;
    case Error::reset: return Phrase::told_reset;
    case Error::open_reset:
    case Error::refused: return Phrase::told_refused;
    case Error::unreachable: return Phrase::told_unreachable;
    case Error::not_answering: return Phrase::told_not_answering;
    case Error::urgent_data: return Phrase::told_urgent_data;
    default: return Phrase::told_timeout;
    }
}

// ---- what a segment tells beside its headline -----------------------------------------------------------------------

/// "from 300 to 399 and from 500 to 599"
std::string list(const Scene& scene, const Options::SackBlocks& blocks)
{
    std::string all;
    for (std::size_t i = 0; i < blocks.count; ++i) {
        const SackBlock& block = blocks.blocks[i];
        const std::string one = scene.say(Phrase::then_sack_block, block.left.value(), (block.right - 1).value());
        if (i == 0)
            all = one;
        else
            all = scene.say(i + 1 == blocks.count ? Phrase::why_and : Phrase::why_comma, all, one);
    }
    return all;
}

void say_what_peer_tells(const Scene& scene, std::uint32_t index, Text& text)
{
    const Arrival a = arrival(scene, index);
    if (!synchronized(a.before) || !a.seg.has(Flag::ACK) || a.seg.has(Flag::RST)) return;
    const Options::SackBlocks blocks = a.seg.options.sack();
    if (a.numbers.agreed.sack && blocks.count > 0)
        text.say(Phrase::then_sack, scene.who(a.sent.from_host), list(scene, blocks));
    const bool opens = a.numbers.snd_wnd == 0U && a.window() > 0;
    if (opens && what_arrived(a) != Phrase::got_window)
        text.say(Phrase::then_window_opens, scene.who(a.record), scene.who(a.sent.from_host),
                 octets(scene.language, a.window()));
}

} // namespace

bool begins_something(const Scene& scene, std::uint32_t index)
{
    const Record& r = scene.record(index);
    switch (r.kind) {
    case RecordKind::call:
    case RecordKind::arrived:
    case RecordKind::timer_fired: return true;
    case RecordKind::sent: return scene.segment(r).name.host == no_host;
    default: return false;
    }
}

std::string truth_about_arrival(const Scene& scene, std::uint32_t index)
{
    Text text(scene);
    const Record& r = scene.record(index);
    if (!scene.knows_segment(r)) return {};
    const SentSegment& segment = scene.segment(r);
    const std::string segment_name = scene.history.name(segment);
    if (segment.name.host == no_host) text.say(Phrase::then_it_was_injected, segment_name);
    if (segment.name.copy > 0) text.say(Phrase::then_it_was_a_copy, segment_name);
    const Moment& left = scene.story.moments()[scene.story.flights()[r.segment].sent_moment];
    for (std::uint32_t i = left.first; i < left.end; ++i)
        if (scene.record(i).kind == RecordKind::held && scene.record(i).segment == r.segment)
            text.say(Phrase::then_it_was_held, segment_name);
    if (r.why.check == Check::none) say_what_peer_tells(scene, index, text);
    if (segment.segment.wnd == 0 && !segment.segment.has(Flag::RST) && r.why.check == Check::none &&
        synchronized(scene.state_at(r.host, r.connection, scene.now().end)))
        text.say(Phrase::then_window_is_zero, scene.who(r), scene.who(segment.from_host));
    return text.take();
}

std::string other_states(const Scene& scene)
{
    Text text(scene);
    const Record* begun_by = nullptr;
    each_record(scene, [&](std::uint32_t i, const Record& r) {
        if (begins_something(scene, i)) begun_by = &r;
        if (r.kind != RecordKind::state) return;
        if (r.why.event == Event::RcvNewSyn) return; // the headline of the SYN tells it
        if (begun_by != nullptr && begun_by->host == r.host && begun_by->connection == r.connection) return;
        text.say(Phrase::then_state, scene.who(r), name(r.from), name(r.to));
    });
    return text.take();
}

std::string departures(const Scene& scene)
{
    Text text(scene);
    std::vector<const SentSegment*> left;
    each_record(scene, [&](std::uint32_t, const Record& r) {
        if (r.kind == RecordKind::sent && sent_by_host(scene.segment(r))) left.push_back(&scene.segment(r));
    });
    say_departures(scene, left, text);
    each_record(scene, [&](std::uint32_t, const Record& r) {
        const auto segment_name = [&] { return scene.history.name(scene.segment(r)); };
        if (r.kind == RecordKind::sent && scene.segment(r).name.copy > 0) text.say(Phrase::then_copied, segment_name());
        if (r.kind == RecordKind::held) text.say(Phrase::then_held, segment_name());
        if (r.kind == RecordKind::lost)
            text.say(r.host == no_host ? Phrase::then_unreachable : Phrase::then_lost, segment_name());
    });
    return text.take();
}

std::string timers(const Scene& scene, HostId host, std::uint32_t connection)
{
    Text text(scene);
    const TimerChanges changes = timer_changes(scene, host, connection);
    const auto& rto = changes[static_cast<std::size_t>(TimerKind::retransmission)];
    const auto& user = changes[static_cast<std::size_t>(TimerKind::user_timeout)];
    const bool told = rto && user && say_both(*rto, *user, text);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const auto kind = static_cast<TimerKind>(i);
        if (told && (kind == TimerKind::retransmission || kind == TimerKind::user_timeout)) continue;
        if (changes[i]) say_timer(scene, kind, *changes[i], text);
    }
    return text.take();
}

std::string news_for_applications(const Scene& scene)
{
    Text text(scene);
    bool reading = false; // RECEIVE was called, which says itself what it gets
    each_record(scene, [&](std::uint32_t, const Record& r) {
        if (r.kind == RecordKind::call) reading = r.call == Call::receive;
        if (r.kind == RecordKind::call && r.deadline != Time{})
            text.say(Phrase::then_close_waits, scene.who(r), scene.peer_of(r.host, r.connection),
                     to_string(r.deadline - r.time));
        if (r.kind == RecordKind::logged) text.say(Phrase::then_kernel_logs, scene.who(r), kernel_words(r.log, r.port));
        if (r.kind == RecordKind::returned) text.say(Phrase::then_close_returns, scene.who(r));
        if (r.kind == RecordKind::deliver && !reading)
            text.say(Phrase::then_delivered, scene.who(r), octets(scene.language, r.count));
        if (r.kind == RecordKind::signal) text.say(news(r.error), scene.who(r), scene.peer_of(r.host, r.connection));
    });
    return text.take();
}

} // namespace tcpsm::viz
