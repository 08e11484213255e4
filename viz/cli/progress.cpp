#include "cli/progress.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "cli/terminal.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::cli {
namespace {

using Clock = std::chrono::steady_clock; // the user's time: the simulation knows nothing of it

constexpr std::size_t events_between_looks = 64;
constexpr Clock::duration patience = std::chrono::seconds(1);
constexpr Clock::duration refresh = std::chrono::milliseconds(100);

double in_seconds(Time time)
{
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

/// "[#####...............]  25 %  900.0 s of 3600.0 s, 123456 events; Ctrl-C ends it", as much of it as fits.
std::string line(Time now, Time until, std::size_t events)
{
    constexpr std::size_t cells = 20;
    const double end = std::max(in_seconds(until), 1e-9);
    const double part = std::clamp(in_seconds(now) / end, 0.0, 1.0);
    const auto full = static_cast<std::size_t>(part * static_cast<double>(cells));
    std::string text = '[' + std::string(full, '#') + std::string(cells - full, '.') + ']';
    text += fmt::format(" {:3.0f} %  {:.1f} s of {:.1f} s, {} events; Ctrl-C ends it", part * 100, in_seconds(now), end,
                        events);
    return text.substr(0, std::max<std::size_t>(standard_error_width(), 1) - 1);
}

/// The line on standard error. It is gone when this is.
class Line {
public:
    explicit Line(Time until) : until_(until), enabled_(standard_error_width() > 0) {}
    ~Line()
    {
        if (shown_) write("");
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    void update(Time now, std::size_t events)
    {
        if (!enabled_) return;
        const Clock::time_point real = Clock::now();
        if (real < next_) return;
        next_ = real + refresh;
        write(line(now, until_, events));
        shown_ = true;
    }

private:
    // Back to the line's beginning, and nothing behind it.
    static void write(const std::string& text)
    {
        std::fprintf(stderr, "\r\x1b[K%s", text.c_str());
        std::fflush(stderr);
    }

    Time until_;
    Clock::time_point next_ = Clock::now() + patience;
    bool enabled_;
    bool shown_ = false;
};

} // namespace

Ran run_watched(Simulation& simulation, Time until)
{
    Ran ran;
    {
        const InterruptNoted interrupt;
        Line line(std::min(until, simulation.until()));
        while (!interrupt.seen() && simulation.network.next_event() <= until && simulation.step())
            if (++ran.events % events_between_looks == 0) line.update(simulation.network.now(), ran.events);
        ran.interrupted = interrupt.seen();
    }
    ran.last = simulation.network.now();
    if (ran.interrupted)
        std::fprintf(stderr, "tcpsm: interrupted at %s, after %zu events; this is what is known so far\n",
                     to_string(ran.last).c_str(), ran.events);
    return ran;
}

} // namespace tcpsm::cli
