#pragma once
// A condition at work.

#include <cstdint>
#include <vector>

#include "tcpsm/network/network.hpp"
#include "tcpsm/scenario/step.hpp"

namespace tcpsm {

/// Answers whether a condition holds now. It remembers how far it has read the history, so that asking after every
/// event costs what the event wrote; a copy of the world copies that too.
class Watch {
public:
    Watch(const Network& network, const Condition& condition);

    bool operator()(const Network& network);

private:
    struct Watched {
        Clause clause;
        HostId host = no_host;
        SegmentName segment;
        bool seen = false;        // was, left, arrived; is: the connection has been
        State listener{};         // is: of connection 0
        std::uint64_t octets = 0; // received
    };
    static void read(Watched& watched, const History& history, const Record& record);
    static bool holds(const Watched& watched, const Network& network);

    std::vector<Watched> clauses_;
    std::size_t records_read_ = 0;
};

} // namespace tcpsm
