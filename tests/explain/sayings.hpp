#pragma once
// Small runs that lead to each sentence of the catalogue: what is done, and what is then said.

#include <functional>
#include <string_view>
#include <vector>

#include "explain/alone.hpp"

namespace tcpsm::test {

struct Saying {
    std::string_view headline; ///< of the last moment, or of the last but `back`
    std::function<void(Alone&)> run;
    HostOptions options{};
    std::size_t back = 0;
};

[[nodiscard]] std::vector<Saying> sayings_of_arrivals();
[[nodiscard]] std::vector<Saying> sayings_of_refusals();
[[nodiscard]] std::vector<Saying> sayings_of_calls();
[[nodiscard]] std::vector<Saying> sayings_of_timers();
// Of windows, probes and options: segments that are processed, those that are refused, calls, timers.
[[nodiscard]] std::vector<Saying> sayings_of_windows();
[[nodiscard]] std::vector<Saying> sayings_of_limits();
[[nodiscard]] std::vector<Saying> sayings_of_queues();
[[nodiscard]] std::vector<Saying> sayings_of_probes();
// Of options that the RFC does not know: refusals, a call, a timer.
[[nodiscard]] std::vector<Saying> sayings_of_sockets();

/// Runs one, and answers what was said.
[[nodiscard]] Told told_after(const Saying& saying);

[[nodiscard]] inline HostOptions with(const ConnectionOptions& connection)
{
    HostOptions options;
    options.profile.connection = connection;
    return options;
}

} // namespace tcpsm::test
