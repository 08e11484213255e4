#include "bench/footprint.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <new>
#include <span>
#include <string>

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/places.hpp"

namespace {
std::atomic<std::size_t> allocations{0};
} // namespace

void* operator new(std::size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace tcpsm::bench {

Lives::Lives(std::size_t at_once, Recording recording)
    : network_({.seed = 1, .delay = 10ms, .recording = recording}),
      client_(network_.host("client")),
      server_(network_.host("server")),
      listener_(server_.listen(80, {.backlog = 1U << 20})),
      open_(at_once)
{
}

void Lives::run()
{
    for (Socket& socket : open_) socket = client_.connect(server_, 80);
    network_.run();
    for (const Socket& socket : open_) static_cast<void>(socket.close());
    network_.run();
    for (std::size_t i = 0; i < open_.size(); ++i) static_cast<void>(listener_.accept().close());
    network_.run();
    network_.clear_history();
}

std::uint64_t send_all(std::uint64_t octets, const ConnectionOptions& options)
{
    Network network({.seed = 1, .delay = 10ms, .recording = Recording::nothing});
    for (const char* const name : {"client", "server"}) network.host(name, {.profile = {.connection = options}});
    const auto [client, server] = established(network, "client", "server");
    const std::vector<std::uint8_t> source(65536, 'x');
    std::vector<std::uint8_t> target(65536);
    std::uint64_t queued = 0;
    std::uint64_t received = 0;
    while (received < octets) {
        while (queued < octets && queued - received < source.size()) {
            const auto want = std::min<std::uint64_t>(octets - queued, source.size() - (queued - received));
            const Sent sent = client.send(std::span(source).first(want));
            if (sent.octets == 0) break;
            queued += sent.octets;
        }
        if (!network.step()) break;
        received += server.receive(std::span(target)).octets;
    }
    return received;
}

double octets_an_endpoint()
{
    constexpr std::uint32_t pairs = 50'000; // as many as there are ephemeral ports, and some to spare
    constexpr std::uint32_t ports = 10'000;
    Network network({.seed = 1, .delay = 10ms, .recording = Recording::nothing});
    const Host client = network.host("client");
    const Host server = network.host("server", {.accepts = true});
    for (std::uint32_t i = 0; i < pairs; ++i) {
        const auto port = static_cast<Port>(1 + i / ports);
        if (i % ports == 0) server.listen(port);
        client.connect(server, port);
        if (i % 100 == 99) network.run();
    }
    network.run();
    return static_cast<double>(network.memory()) / (2.0 * pairs);
}

double allocations_a_life()
{
    constexpr int warm = 1000;
    constexpr int counted = 1000;
    Lives lives(1, Recording::everything);
    for (int i = 0; i < warm; ++i) lives.run();
    const std::size_t before = allocations;
    for (int i = 0; i < counted; ++i) lives.run();
    return static_cast<double>(allocations - before) / counted;
}

namespace {

/// Runs a program to its end; what it used, or nothing where it failed.
rusage run(std::vector<std::string> words)
{
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_t child = 0;
    rusage used{};
    int status = 0;
    if (posix_spawnp(&child, argv[0], nullptr, nullptr, argv.data(), environ) != 0 ||
        wait4(child, &status, 0, &used) < 0 || status != 0) {
        std::fprintf(stderr, "cannot run %s\n", words.front().c_str());
        return {};
    }
    return used;
}

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

} // namespace

Process one_life_as_a_process()
{
    Process best{1e9, 1e9};
    for (int i = 0; i < 10; ++i) {
        const rusage used = run({tcpsm::test::in_build("one_life")});
        best.milliseconds = std::min(best.milliseconds, 1e3 * (seconds(used.ru_utime) + seconds(used.ru_stime)));
        best.megabytes = std::min(best.megabytes, static_cast<double>(used.ru_maxrss) / 1024);
    }
    return best;
}

double seconds_to_compile_the_header()
{
    const std::string source = tcpsm::test::in_build("only_the_header.cpp");
    std::ofstream(source) << "#include <tcpsm/tcpsm.hpp>\n";
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        const rusage used = run({TCPSM_CXX, "-std=c++20", "-O0", "-fsyntax-only",
                                 "-I" + tcpsm::test::in_source("libtcpsm/include"), source});
        best = std::min(best, seconds(used.ru_utime) + seconds(used.ru_stime));
    }
    return best;
}

} // namespace tcpsm::bench
