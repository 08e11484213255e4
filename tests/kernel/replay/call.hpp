#pragma once
// The text of a recording's user call: "listen(port=8080, backlog=5)", "write 100", "close (SO_LINGER 0)".

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tcpsm/wire/address.hpp"

namespace tcpsm::kernel {

enum class Verb : std::uint8_t {
    unknown,
    listen,
    bind,
    connect,
    accept,
    read,
    write,
    shutdown,
    close,
    close_listener,
    close_returned, ///< one that lingered
    get_error,      ///< getsockopt(SO_ERROR)
    set_option,
};

struct Call {
    Verb verb = Verb::unknown;
    Port port = 0;             ///< of listen and bind; of connect where it says "bound port"
    std::uint32_t backlog = 0; ///< of listen
    std::size_t count = 0;     ///< of write
    bool counted = false;      ///< write says how many
    /// Of set_option, and of close with an option of its own: the switch that has the same meaning, and its value.
    std::vector<std::pair<std::string, std::string>> switches{};
    std::string unsupported{}; ///< where the verb is unknown: what is missing
};

/// Reads a call. What it does not understand gives Verb::unknown and the reason; it never guesses.
[[nodiscard]] Call parse_call(std::string_view text);

/// The same for a remark that tells of a call, "keepalive on: idle 2 intvl 1 cnt 3"; Verb::unknown, with an empty
/// reason, where it tells of none.
[[nodiscard]] Call parse_call_in_note(std::string_view text);

/// The socket options that a text names: "TCP_DEFER_ACCEPT", "SO_LINGER".
[[nodiscard]] std::vector<std::string> socket_options_in(std::string_view text);

} // namespace tcpsm::kernel
