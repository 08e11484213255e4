#pragma once
// What each user call answers in each state: two hosts are brought there, and the call is made.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/network/network.hpp"

namespace tcpsm::errors {

/// Two hosts, and the socket of A that the calls are made on.
struct TwoEnds : Network {
    explicit TwoEnds(const Profile& profile);

    Host A, B;
    Socket a; ///< at first neither bound nor connected
    Socket b; ///< its peer, where they are connected

    /// Connects them, and has B accept.
    void connect();
};

/// A way to bring `a` somewhere.
struct Situation {
    std::string_view name;
    State state; ///< that it ends in
    void (*reach)(TwoEnds& net);
};

/// A socket without a connection, then the eleven states but CLOSED, then one that was closed by its user.
[[nodiscard]] std::span<const Situation> situations();
/// How a connection can have ended whose socket the user still holds.
[[nodiscard]] std::span<const Situation> endings();

/// The calls of Socket, in the order of the page.
[[nodiscard]] std::span<const std::string_view> calls();

/// Makes a call on `a`: "EPIPE", "EOF", "ok", and "ok → FIN-WAIT-1" where the state becomes another.
[[nodiscard]] std::string answer(TwoEnds& net, std::string_view call);
/// The same in a world of its own, where the situation has been reached.
[[nodiscard]] std::string cell(const Profile& profile, const Situation& situation, std::string_view call);
/// What the same call answers again and again, up to the first answer that stays: "ECONNRESET, then EPIPE".
[[nodiscard]] std::string answers(const Profile& profile, const Situation& situation, std::string_view call);

} // namespace tcpsm::errors
