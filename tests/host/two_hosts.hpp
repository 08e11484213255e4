#pragma once
// Two hosts, A and B; B listens on port 80.

#include "tcpsm/network/network.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::test {

using namespace std::chrono_literals;

struct TwoHosts : Network {
    explicit TwoHosts(const Profile& profile = {}) : Network({.seed = 1, .delay = 10ms}), profile_of_both(profile) {}

    Profile profile_of_both;
    Host A = host("A", {.profile = profile_of_both, .iss = {100, 1000}});
    Host B = host("B", {.profile = profile_of_both, .iss = {300, 3000}});
    Socket listener = B.listen(80);
};

/// The same with a connection: `a` opened it to B's port 80, `b` accepted it.
struct Connected : TwoHosts {
    Connected()
    {
        a = A.connect(B, 80);
        run();
        b = listener.accept();
    }
    Socket a, b;
};

inline Segment segment(std::string_view notation)
{
    const ParsedNotation parsed = parse_notation(notation);
    return parsed.segment.value();
}

/// The last segment that a host sent, in the RFC's notation; empty where it has sent none.
inline std::string last_sent_by(const Network& net, Host host)
{
    const auto& segments = net.history().segments();
    for (std::size_t i = segments.size(); i > 0; --i)
        if (segments[i - 1].name.host == host.id()) return to_notation(segments[i - 1].segment);
    return {};
}

/// How many segments a host has sent.
inline int sent_by(const Network& net, Host host)
{
    int count = 0;
    for (std::size_t i = 0; i < net.history().segments().size(); ++i)
        if (net.history().segments()[i].name.host == host.id()) ++count;
    return count;
}

} // namespace tcpsm::test
