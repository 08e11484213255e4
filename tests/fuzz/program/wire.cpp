#include <cstddef>

#include "fuzz/target/targets.hpp"

// The name that libFuzzer calls. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t count)
{
    tcpsm::fuzz::wire({octets, count});
    return 0;
}
