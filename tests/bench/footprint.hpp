#pragma once
// What the benchmarks run, and what is measured besides time: memory, allocations, a process, a compilation.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tcpsm/tcpsm.hpp"

namespace tcpsm::bench {

/// Whole lives, so many at once: connect, close on both sides, 2 MSL. The network is kept, as a long test would.
class Lives {
public:
    Lives(std::size_t at_once, Recording recording);
    void run();

private:
    Network network_;
    Host client_;
    Host server_;
    Socket listener_;
    std::vector<Socket> open_;
};

/// Sends octets from one host to another, copied in by SEND and out by RECEIVE; returns how many arrived.
std::uint64_t send_all(std::uint64_t octets, const ConnectionOptions& options = {});

/// Memory of 100,000 ESTABLISHED pairs with empty buffers, divided by their ends.
double octets_an_endpoint();
/// How many allocations one more life needs after a thousand.
double allocations_a_life();

struct Process {
    double milliseconds = 0; ///< of processor time
    double megabytes = 0;    ///< the largest resident set
};
/// A program that links the library and runs one life: the best of several runs.
Process one_life_as_a_process();

/// The compiler that built this program, on a file that only includes the header.
double seconds_to_compile_the_header();

} // namespace tcpsm::bench
