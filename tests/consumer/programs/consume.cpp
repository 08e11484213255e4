// What a program does with tcpsm::tcpsm.

#include <iostream>
#include <system_error>
#include <tcpsm/tcpsm.hpp>

using namespace tcpsm;

// Names that the library uses inside are free to be used.
struct World {};
struct Applications {};
struct Context {};
struct TimeWait {};
[[maybe_unused]] constexpr World world{};
[[maybe_unused]] constexpr Applications applications{};
[[maybe_unused]] constexpr Context context{};
[[maybe_unused]] constexpr TimeWait time_wait{};

extern "C" [[gnu::visibility("default")]] int consume();

int consume()
{
    Network network;
    auto [a, b] = established(network, "A", "B");
    network.lose("A4");
    a.close();
    network.run();
    b.close();
    network.run();
    std::cout << TCPSM_VERSION << "\n" << ladder(network);
    const std::error_code again = a.close();
    const bool as_expected = again.category() == category() && again == std::errc::bad_file_descriptor;
    std::cout << again.message() << "\n";
    return as_expected && network.history().records().size() > 0 ? 0 : 1;
}
