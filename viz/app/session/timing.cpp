#include "app/session/timing.hpp"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

#include "tcpsm/scenario/scenario.hpp"

namespace tcpsm::viz {

std::optional<Time> read_time(std::string_view text)
{
    Scenario scenario;
    RunOptions options;
    options.set = {"until=" + std::string(text)}; // the one reader of times that there is
    if (apply(options, scenario)) return std::nullopt;
    return scenario.until;
}

double playing_time(const Session& session)
{
    if (session.empty()) return 0;
    const Future& future = session.current();
    if (future.in_numbers()) return std::chrono::duration<double>(future.end() - future.now()).count() / session.pace();
    double seconds = 0;
    for (std::size_t p = future.position(); p < future.stops(); ++p) {
        const Duration stretch = future.time_at(p + 1) - future.time_at(p);
        const double whole = std::chrono::duration<double>(stretch).count() / session.speed();
        seconds += session.look().mode == TimeMode::compressed ? std::min(whole, Session::fold_seconds) : whole;
    }
    return seconds;
}

std::function<bool(int done, int all)> progress_bar(std::string what)
{
    if (isatty(STDERR_FILENO) == 0) return {};
    return [what = std::move(what)](int done, int all) {
        constexpr int width = 40;
        const int filled = all > 0 ? width * done / all : width;
        const std::string bar = std::string(static_cast<std::size_t>(filled), '#') +
                                std::string(static_cast<std::size_t>(width - filled), '.');
        std::fprintf(stderr, "\r%s [%s] %d of %d%s", what.c_str(), bar.c_str(), done, all, done >= all ? "\n" : "");
        return true;
    };
}

} // namespace tcpsm::viz
