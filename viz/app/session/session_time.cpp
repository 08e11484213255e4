// Playing and stepping.

#include "app/session/session.hpp"

#include <algorithm>
#include <chrono>

namespace tcpsm::viz {
namespace {

double to_seconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

Duration to_duration(double seconds)
{
    constexpr double most = 1e9; // keeps the nanoseconds in their 64 bits
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(std::min(seconds, most)));
}

} // namespace

void Session::apply_one(const command::Play& c)
{
    if (empty()) return;
    if (c.on && here().at_end()) move_to(std::size_t{0}); // again
    playing_ = c.on && !held();
}

void Session::apply_one(const command::Speed& c)
{
    speed_ = std::clamp(c.factor, 0.001, 1000.0);
}

/// Plays on by so much of real time. Each stretch between two stops takes at most a moment where long ones are folded.
void Session::advance(double seconds)
{
    if (here().in_numbers()) return advance_in_numbers(seconds);
    while (seconds > 0 && playing_) {
        Future& future = here();
        if (future.position() == future.stops()) {
            playing_ = !future.over(); // else it waits for what is being run
            return;
        }
        const Time next = future.time_at(future.position() + 1);
        const double stretch = to_seconds(next - future.time_at(future.position()));
        double rate = speed_;
        if (look_.mode == TimeMode::compressed) rate = std::max(rate, stretch / fold_seconds);
        const double left = to_seconds(next - future.now());
        if (left > seconds * rate) {
            future.go_to(future.now() + to_duration(seconds * rate));
            break;
        }
        seconds -= left / rate;
        if (ask_before(future.position() + 1)) break;
        future.go_to(future.position() + 1);
    }
    take_along();
}

/// Nothing is folded in numbers: as much happens in one second as in another.
void Session::advance_in_numbers(double seconds)
{
    Future& future = here();
    const Time to = future.now() + to_duration(seconds * pace());
    if (to < future.end()) {
        future.go_to(to);
    } else {
        future.go_to(future.stops());
        playing_ = !future.over();
    }
    take_along();
}

double Session::pace() const
{
    if (empty() || !current().in_numbers() || look_.mode == TimeMode::exact) return speed_;
    return std::max(speed_, to_seconds(current().end() - Time{}) / numbers_seconds);
}

void Session::move_to(std::size_t position)
{
    if (position > here().position() && ask_before(position)) return;
    question_.reset();
    here().go_to(position);
    take_along();
}

void Session::move_to(Time time)
{
    here().run_to(time);
    const std::size_t position = here().position_at(time);
    if (position > here().position() && ask_before(position)) return;
    question_.reset();
    here().go_to(time);
    take_along();
}

void Session::take_along()
{
    if (compared_) futures_[*compared_]->go_to(here().now());
}

namespace {

bool is_stop_for(Unit unit, const Future& future, std::size_t position)
{
    if (future.in_numbers()) return true;
    const auto& records = future.history().records();
    for (std::size_t i = future.timeline().records_at(position - 1); i < future.timeline().records_at(position); ++i) {
        const RecordKind kind = records[i].kind;
        switch (unit) {
        case Unit::event: return true;
        case Unit::segment:
            if (kind == RecordKind::sent || kind == RecordKind::arrived) return true;
            break;
        case Unit::state:
            if (kind == RecordKind::state) return true;
            break;
        case Unit::timer:
            if (kind == RecordKind::timer_fired) return true;
            break;
        }
    }
    return false;
}

std::size_t step_from(Unit unit, bool back, const Future& future)
{
    const std::size_t position = future.position();
    if (back) {
        // Between two stops, the one behind is a step away.
        if (future.now() > future.time_at(position) && position > 0 && is_stop_for(unit, future, position))
            return position;
        for (std::size_t p = position; p > 1; --p)
            if (is_stop_for(unit, future, p - 1)) return p - 1;
        return 0;
    }
    for (std::size_t p = position + 1; p <= future.stops(); ++p)
        if (is_stop_for(unit, future, p)) return p;
    return future.stops();
}

} // namespace

void Session::apply_one(const command::StepBy& c)
{
    if (empty()) return;
    playing_ = false;
    if (!c.back && held()) return;
    if (!c.back && question_) return apply_one(command::Continue{});
    move_to(step_from(c.unit, c.back, here()));
}

void Session::apply_one(const command::GoTo& c)
{
    if (empty()) return;
    move_to(c.time);
}

void Session::apply_one(const command::GoToPosition& c)
{
    if (empty()) return;
    move_to(c.position);
}

void Session::apply_one(const command::GoToStart&)
{
    if (empty()) return;
    playing_ = false;
    move_to(std::size_t{0});
}

void Session::apply_one(const command::GoToEnd&)
{
    if (empty()) return;
    playing_ = false;
    if (here().in_numbers()) here().run_ahead(steps_to_end); // its end comes soon, or is far away
    move_to(here().stops());
}

} // namespace tcpsm::viz
