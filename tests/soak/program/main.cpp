// tcpsm-soak: runs worlds made from seeds until something is wrong, on all cores.

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "soak/world/soak.hpp"

namespace {

using namespace tcpsm::soak;

constexpr const char* help = R"(usage: tcpsm-soak [--seeds N] [--from SEED] [--seed SEED]

Makes a world from each seed: two hosts whose options are drawn, faults, applications. It checks after every event what
must hold. A seed that fails is printed with what was drawn from it and its ladder.

  --seeds N    how many (10000)
  --from SEED  the first one (1)
  --seed SEED  this one only

Exit status: 0 where all went well, 1 where a seed failed, 2 where the arguments are bad, 130 where it was interrupted.
)";

struct Arguments {
    std::uint64_t seeds = 10'000;
    std::uint64_t from = 1;
    bool help = false;
    std::string problem{};
};

bool read_number(std::string_view text, std::uint64_t& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

Arguments read_arguments(const std::vector<std::string>& words)
{
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "-h" || word == "--help") {
            arguments.help = true;
            continue;
        }
        std::uint64_t number = 0;
        if (word != "--seeds" && word != "--from" && word != "--seed")
            arguments.problem = "unknown option '" + word + "'";
        else if (i + 1 == words.size() || !read_number(words[++i], number))
            arguments.problem = "expected a number after " + word;
        else if (word == "--seeds")
            arguments.seeds = number;
        else
            arguments.from = number;
        if (word == "--seed") arguments.seeds = 1;
    }
    return arguments;
}

std::atomic<bool> interrupted = false;

void interrupt(int)
{
    interrupted = true;
}

/// The threads take the seeds one after the other and share what is here.
class Runs {
public:
    explicit Runs(const Arguments& arguments)
        : next_(arguments.from), end_(arguments.from + arguments.seeds), seeds_(arguments.seeds)
    {
    }

    void work()
    {
        while (!interrupted) {
            const std::uint64_t seed = next_++;
            if (seed >= end_) return;
            note(run_seed(seed));
        }
    }
    /// The last line, and what the program exits with.
    int conclude() const
    {
        std::printf("%llu seeds, %llu events: %llu failed; in %llu a connection failed as it should\n", as(done_),
                    as(events_), as(findings_), as(failed_));
        if (findings_ > 0) return 1;
        return interrupted ? 130 : 0;
    }

private:
    static unsigned long long as(std::uint64_t number) { return number; }
    void note(const Outcome& outcome)
    {
        const std::lock_guard lock(mutex_);
        ++done_;
        events_ += outcome.events;
        if (outcome.failed) ++failed_;
        if (outcome.finding) {
            ++findings_;
            std::printf("%s\n", outcome.finding->report.c_str());
            std::fflush(stdout);
        }
        if (done_ % 100 == 0) std::fprintf(stderr, "%llu of %llu seeds\n", as(done_), as(seeds_));
    }

    std::atomic<std::uint64_t> next_;
    std::uint64_t end_;
    std::uint64_t seeds_;
    std::mutex mutex_{};
    std::uint64_t done_ = 0;
    std::uint64_t events_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t findings_ = 0;
};

} // namespace

int main(int count, char** words)
{
    const Arguments arguments = read_arguments({words + 1, words + count});
    if (arguments.help) {
        std::fputs(help, stdout);
        return 0;
    }
    if (!arguments.problem.empty()) {
        std::fprintf(stderr, "tcpsm-soak: %s\n\n%s", arguments.problem.c_str(), help);
        return 2;
    }
    std::signal(SIGINT, interrupt);
    Runs runs(arguments);
    {
        std::vector<std::jthread> threads(std::max(1U, std::thread::hardware_concurrency()));
        for (std::jthread& thread : threads) thread = std::jthread([&runs] { runs.work(); });
    }
    return runs.conclude();
}
