// What tcpsm costs, as ratios to the bare loop measured in the same run. `./run bench` prints the table.

#include <benchmark/benchmark.h>

#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/bare_loop.hpp"
#include "bench/footprint.hpp"
#include "bench/million.hpp"
#include "bench/switch_machine.hpp"
#include "machine/dispatch.hpp"
#include "tcpsm/tcpsm.hpp"

namespace {

using namespace tcpsm;

// ---- a whole life ---------------------------------------------------------------------------------------------------

void bare_life(benchmark::State& state)
{
    const auto at_once = static_cast<std::uint32_t>(state.range(0));
    bare::Life life(at_once);
    for (auto _ : state) {
        for (std::uint32_t i = 0; i < at_once; ++i) life.open(2 * i);
        while (life.step()) {
        }
    }
    state.SetItemsProcessed(state.iterations() * at_once);
}

/// Connect, close on both sides, 2 MSL; 10 ms of delay.
void tcpsm_life(benchmark::State& state)
{
    const auto at_once = static_cast<std::size_t>(state.range(0));
    bench::Lives lives(at_once, static_cast<Recording>(state.range(1)));
    for (auto _ : state) lives.run();
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

// ---- dispatch -------------------------------------------------------------------------------------------------------

struct Given {
    Event event;
    State state;
};
// Pairs whose actions do next to nothing: what is left is the dispatch.
constexpr std::array<Given, 8> given{{
    {Event::RcvAckOfFin, State::FinWait1},
    {Event::Status, State::Established},
    {Event::Close, State::CloseWait},
    {Event::RcvFin, State::CloseWait},
    {Event::Send, State::FinWait1},
    {Event::RcvRst, State::SynReceived},
    {Event::Close, State::TimeWait},
    {Event::RcvText, State::LastAck},
}};

template <class Dispatch>
void dispatch_all(benchmark::State& state, Dispatch&& dispatch_one)
{
    Connection connection = Connection::child_of(Connection(), Seq(1)); // SYN-RECEIVED would return to LISTEN
    Output out;
    out.recording = Recording::nothing;
    Context context{.connection = connection, .now = Time{}, .out = out};
    for (auto _ : state)
        for (const Given& g : given) benchmark::DoNotOptimize(dispatch_one(g.event, g.state, context));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(given.size()));
}
void switch_dispatch(benchmark::State& state)
{
    dispatch_all(state, bench::switch_dispatch);
}
void msm_dispatch(benchmark::State& state)
{
    dispatch_all(state, [](Event event, State s, Context& context) { return dispatch(event, s, context).state; });
}

// ---- 100 MB ---------------------------------------------------------------------------------------------------------

constexpr std::uint64_t bulk_octets = 100'000'000;

void bare_bulk(benchmark::State& state)
{
    for (auto _ : state) benchmark::DoNotOptimize(bare::bulk(bulk_octets));
    state.SetItemsProcessed(state.iterations());
}
void tcpsm_bulk(benchmark::State& state)
{
    for (auto _ : state) benchmark::DoNotOptimize(bench::send_all(bulk_octets));
    state.SetItemsProcessed(state.iterations());
}

/// The same with congestion control, SACK and timestamps.
void tcpsm_bulk_reno(benchmark::State& state)
{
    const ConnectionOptions options{.congestion = CongestionControl::reno, .timestamps = true, .sack = true};
    for (auto _ : state) benchmark::DoNotOptimize(bench::send_all(bulk_octets, options));
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(bare_life)->Arg(1)->Arg(1000);
BENCHMARK(tcpsm_life)->ArgsProduct({{1, 1000}, {0, 1, 2, 3}}); // by Recording: nothing, counts, states, everything
BENCHMARK(switch_dispatch);
BENCHMARK(msm_dispatch);
BENCHMARK(bare_bulk)->Unit(benchmark::kMillisecond);
BENCHMARK(tcpsm_bulk)->Unit(benchmark::kMillisecond);
BENCHMARK(tcpsm_bulk_reno)->Unit(benchmark::kMillisecond);

// ---- the table ------------------------------------------------------------------------------------------------------

/// Keeps the best of the repetitions: what disturbs a run only ever makes it slower.
class Best : public benchmark::ConsoleReporter {
public:
    Best() : ConsoleReporter(OO_Tabular) {}
    void ReportRuns(const std::vector<Run>& runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
            const double each = 1e9 / run.counters.at("items_per_second").value;
            const std::string name =
                run.run_name.function_name + (run.run_name.args.empty() ? "" : "/") + run.run_name.args;
            const auto [at, first] = nanoseconds_.try_emplace(name, each);
            if (!first) at->second = std::min(at->second, each);
        }
    }
    [[nodiscard]] double operator[](const std::string& name) const
    {
        const auto found = nanoseconds_.find(name);
        return found == nanoseconds_.end() ? 0 : found->second;
    }

private:
    std::map<std::string, double> nanoseconds_;
};

void row(std::string_view what, std::string_view measured, double value, double bound)
{
    std::printf("%-58s %14s %9.2f  <= %-8g %s\n", what.data(), measured.data(), value, bound,
                value <= bound ? "yes" : "NO");
}

void ratio(const Best& best, std::string_view what, const std::string& ours, const std::string& theirs, double bound)
{
    if (best[ours] == 0 || best[theirs] == 0) return; // filtered out
    std::array<char, 32> measured{};
    std::snprintf(measured.data(), measured.size(), "%.3g / %.3g ns", best[ours], best[theirs]);
    row(what, measured.data(), best[ours] / best[theirs], bound);
}

/// These take some seconds each, so they run once.
void print_million()
{
    constexpr std::uint32_t million = 1'000'000;
    const auto measured = [](const bench::Cost& cost) {
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%.3g / %.3g ns", cost.ours, cost.bare);
        return std::string(text.data());
    };
    row("1,000,000 in TIME-WAIT: octets each, tables included", "", bench::octets_in_time_wait(million), 100);
    const bench::Established pairs = bench::established_pairs(million);
    row("1,000,000 ESTABLISHED pairs: octets an endpoint", "", pairs.octets, 600);
    row("1,000,000 pairs opened and closed, all at once", measured(pairs.cost), pairs.cost.ratio(), 4);
    const bench::Cost lives = bench::short_lives(million);
    row("1,000,000 lives through port reuse, recording counts", measured(lives), lives.ratio(), 5);
    const bench::Cost events = bench::events_waiting(million);
    row("an event out of turn, 1,000,000 waiting to 1,000", measured(events), events.ratio(), 4);
}

void print_table(const Best& best, const bench::Process& process)
{
    std::printf("\n%-58s %14s %9s  %-11s %s\n", "what", "measured", "", "bound", "met");
    ratio(best, "life, one at a time, to the bare loop", "tcpsm_life/1/0", "bare_life/1", 4);
    ratio(best, "life, 1,000 at once", "tcpsm_life/1000/0", "bare_life/1000", 4);
    ratio(best, "life, one at a time, recording counts", "tcpsm_life/1/1", "bare_life/1", 5);
    ratio(best, "life, 1,000 at once, recording counts", "tcpsm_life/1000/1", "bare_life/1000", 5);
    ratio(best, "life, one at a time, recording states", "tcpsm_life/1/2", "bare_life/1", 6);
    ratio(best, "life, 1,000 at once, recording states", "tcpsm_life/1000/2", "bare_life/1000", 6);
    ratio(best, "life, one at a time, recording everything", "tcpsm_life/1/3", "bare_life/1", 8);
    ratio(best, "life, 1,000 at once, recording everything", "tcpsm_life/1000/3", "bare_life/1000", 8);
    ratio(best, "dispatch by Boost.MSM, to a switch", "msm_dispatch", "switch_dispatch", 2);
    ratio(best, "100 MB, to the bare loop", "tcpsm_bulk", "bare_bulk", 4);
    ratio(best, "100 MB with reno, SACK and timestamps, to without", "tcpsm_bulk_reno", "tcpsm_bulk", 1.5);
    row("octets an ESTABLISHED endpoint, tables included", "", bench::octets_an_endpoint(), 600);
    print_million();
    row("allocations a life, when warm", "", bench::allocations_a_life(), 0.001);
    row("a program with one life: milliseconds", "", process.milliseconds, 5);
    row("a program with one life: megabytes", "", process.megabytes, 8);
    row("compiling #include <tcpsm/tcpsm.hpp>: seconds", "", bench::seconds_to_compile_the_header(), 1.5);
}

} // namespace

int main(int argc, char** argv)
{
    // Repetitions in turn, so that a machine that slows down slows both sides of a ratio.
    std::vector<char*> arguments(argv, argv + argc);
    std::string repetitions = "--benchmark_repetitions=7";
    std::string interleaved = "--benchmark_enable_random_interleaving=true";
    std::string least_time = "--benchmark_min_time=0.05";
    arguments.insert(arguments.begin() + 1, {repetitions.data(), interleaved.data(), least_time.data()});
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
    // First, while this program is small: a child begins with its parent's size.
    const bench::Process process = bench::one_life_as_a_process();
    Best best;
    benchmark::RunSpecifiedBenchmarks(&best);
    print_table(best, process);
    return 0;
}
