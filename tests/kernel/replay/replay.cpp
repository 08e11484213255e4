#include "replay/replay.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "replay/compare.hpp"
#include "replay/notation.hpp"
#include "replay/profile_of.hpp"

namespace tcpsm::kernel {
namespace {

class Replay {
public:
    Replay(const Recording& recording, const OwnNumbers& numbers) : recording_(recording), host_(recording, numbers)
    {
        for (std::size_t i = 0; i < recording.lines.size(); ++i)
            if (const auto* seg = std::get_if<Seg>(&recording.lines[i].what); seg != nullptr && seg->sent)
                expected_[seg->incarnation].push_back(i);
    }

    Result run()
    {
        try {
            replay_lines();
        } catch (const Unsupported& unsupported) { // what it is needed for may be owed to an earlier difference
            if (result_.verdict == Verdict::agrees) {
                result_.verdict = Verdict::unsupported;
                result_.text = unsupported.feature;
            }
        }
        return std::move(result_);
    }

private:
    // ---- lines ------------------------------------------------------------------------------------------------------

    void replay_lines()
    {
        for (next_ = 0; next_ < recording_.lines.size(); ++next_) {
            const Line& line = recording_.lines[next_];
            fire_timers(line);
            now_ = std::max(now_, line.time);
            look_for_missing();
            step_line_ = line.number;
            if (const auto* seg = std::get_if<Seg>(&line.what)) take(line, *seg);
            if (const auto* call = std::get_if<CallLine>(&line.what)) take(line, *call);
            if (const auto* state = std::get_if<StateLine>(&line.what)) take(line, *state);
        }
        now_ = Time::max();
        look_for_missing();
    }

    void take(const Line& line, const Seg& seg)
    {
        tell(line.time, notation(seg), {});
        if (seg.sent) return; // awaited in expected_
        host_.arrives(seg, now_);
        take_what_was_sent();
    }

    void take(const Line& line, const CallLine& call)
    {
        const std::string result = host_.call(call.call, call.result, now_);
        tell(line.time, fmt::format("{}: {}", call.text, call.result), result);
        if (result != call.result) differ(line, fmt::format("{}: expected {}, got {}", call.text, call.result, result));
        take_what_was_sent();
    }

    void take(const Line& line, const StateLine& state)
    {
        const std::vector<SocketLine> sockets = host_.sockets();
        tell(line.time, notation(state.sockets), notation(sockets));
        if (!agree(state.sockets, sockets))
            differ(line, fmt::format("expected {}, got {}", notation(state.sockets), notation(sockets)));
    }

    // ---- what was sent ----------------------------------------------------------------------------------------------

    /// The line of the next segment that the kernel sent in an incarnation; nothing where it sent no more.
    [[nodiscard]] const Line* awaited(int incarnation) const
    {
        const auto found = expected_.find(incarnation);
        if (found == expected_.end() || found->second.empty()) return nullptr;
        return &recording_.lines[found->second.front()];
    }

    void take_what_was_sent()
    {
        for (const Sent& sent : host_.take_sent()) compare(sent);
    }

    void compare(const Sent& sent)
    {
        const Line* const line = awaited(sent.incarnation);
        const Seg* const expected = line == nullptr ? nullptr : &std::get<Seg>(line->what);
        const Seg got = as_recorded(sent, expected);
        tell(sent.time, {}, notation(got));
        const Duration late = sent.interval ? Tolerance::late(*sent.interval) : Tolerance::of_answer;
        const bool in_time = line != nullptr && line->time <= sent.time + late;
        if (!in_time && (line == nullptr || !difference(*expected, got, false).empty())) {
            const std::string then = line == nullptr ? "nothing" : notation(*expected) + " at " + seconds(line->time);
            return differ_at(sent.time, step_line_, fmt::format("expected {}, got {}", then, notation(got)));
        }
        const bool first = first_.insert(sent.incarnation).second;
        std::string fields = difference(*expected, got, first);
        if (!in_time) fields = fmt::format("the time, {}", seconds(sent.time));
        if (!fields.empty())
            differ(*line, fmt::format("expected {}, got {}: {}", notation(*expected), notation(got), fields));
        host_.note_pair(*expected, sent);
        auto& rest = expected_[sent.incarnation];
        rest.erase(rest.begin());
    }

    /// A segment that the kernel sent, and that the host has not sent and cannot any more.
    void look_for_missing()
    {
        const Line* missing = nullptr;
        for (auto& [incarnation, rest] : expected_) {
            if (rest.empty()) continue;
            const Line& line = recording_.lines[rest.front()];
            if (now_ == Time::max() || line.time + Tolerance::early < now_)
                if (missing == nullptr || line.number < missing->number) missing = &line;
        }
        if (missing == nullptr) return;
        const auto& seg = std::get<Seg>(missing->what);
        differ(*missing, fmt::format("expected {}, got nothing", notation(seg)));
        auto& rest = expected_[seg.incarnation]; // one is told; the ladder goes on
        rest.erase(rest.begin());
        look_for_missing();
    }

    // ---- timers -----------------------------------------------------------------------------------------------------

    /// When a timer is to fire, and whether that is for a segment of the recording.
    [[nodiscard]] Time when(const DueTimer& timer) const
    {
        const Time from = timer.deadline - Tolerance::early;
        const Time to = timer.deadline + Tolerance::late(timer.interval);
        if (const Line* const line = awaited(timer.incarnation)) {
            const Time at = std::max(line->time, now_);
            if (line->time >= from && line->time <= to && sends(timer, std::get<Seg>(line->what), at)) return at;
        }
        for (std::size_t i = next_; i < recording_.lines.size() && recording_.lines[i].time <= to; ++i) {
            const Line& line = recording_.lines[i];
            const auto* state = std::get_if<StateLine>(&line.what);
            if (state == nullptr && !std::holds_alternative<Remark>(line.what)) break; // something else happens first
            if (state == nullptr || line.time < from) continue;
            Host fired = host_;
            fired.fire(timer, std::max(line.time, now_));
            const bool before = agree(state->sockets, host_.sockets());
            const bool after = agree(state->sockets, fired.sockets());
            if (before == after) break;
            if (after) return std::max(now_, std::min(timer.deadline, line.time));
            return std::max(now_, line.time + Duration(1));
        }
        return std::max(now_, timer.deadline);
    }

    /// Whether a timer, fired at a moment, sends what the kernel sent then.
    [[nodiscard]] bool sends(const DueTimer& timer, const Seg& expected, Time at) const
    {
        Host trial = host_;
        trial.take_sent();
        trial.fire(timer, at);
        for (const Sent& sent : trial.take_sent())
            if (sent.incarnation == expected.incarnation)
                return difference(expected, as_recorded(sent, &expected), false).empty();
        return false;
    }

    /// All timers that fire before a line, or at the same time as what the kernel sent.
    void fire_timers(const Line& line)
    {
        const auto* seg = std::get_if<Seg>(&line.what);
        const bool input = std::holds_alternative<CallLine>(line.what) || (seg != nullptr && !seg->sent);
        for (;;) {
            std::optional<std::pair<Time, DueTimer>> first;
            for (const DueTimer& timer : host_.due()) {
                if (timer.deadline > line.time + Tolerance::early) break; // they come by their deadlines
                const Time at = when(timer);
                if (!first || at < first->first) first = {at, timer};
            }
            if (!first || first->first > line.time || (input && first->first == line.time)) return;
            now_ = std::max(now_, first->first);
            look_for_missing();
            step_line_ = line.number;
            host_.fire(first->second, now_);
            take_what_was_sent();
        }
    }

    // ---- what is told -----------------------------------------------------------------------------------------------

    void differ(const Line& line, const std::string& what) { differ_at(line.time, line.number, what); }

    void differ_at(Time time, std::size_t line, const std::string& what)
    {
        tell(time, "", "    ^ " + what);
        if (result_.verdict != Verdict::agrees) return;
        result_.verdict = Verdict::differs;
        result_.line = line;
        result_.text = fmt::format("{}: {}", seconds(time), what);
    }

    void tell(Time time, std::string recorded, std::string replayed)
    {
        result_.steps.push_back({time, std::move(recorded), std::move(replayed)});
    }

    const Recording& recording_;
    Host host_;
    std::map<int, std::vector<std::size_t>> expected_; // by incarnation: lines of what the kernel sent and we did not
    std::set<int> first_;                              // incarnations of which one segment was compared
    Time now_{};
    std::size_t next_ = 0;
    std::size_t step_line_ = 0;
    Result result_;
};

} // namespace

Result replay(const Recording& recording, const OwnNumbers& numbers)
{
    std::vector<std::string> missing = recording.unsupported;
    const std::vector<std::string> sysctls = unsupported_sysctls(recording);
    missing.insert(missing.end(), sysctls.begin(), sysctls.end());
    if (!missing.empty()) return {.verdict = Verdict::unsupported, .text = fmt::format("{}", fmt::join(missing, ", "))};
    try {
        return Replay(recording, numbers).run();
    } catch (const Unsupported& unsupported) {
        return {.verdict = Verdict::unsupported, .text = unsupported.feature};
    }
}

} // namespace tcpsm::kernel
