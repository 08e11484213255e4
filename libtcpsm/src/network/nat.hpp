#pragma once
// NAT boxes: they rewrite the addresses and ports of the segments that pass them, and nothing else.

#include <cstdint>
#include <optional>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "tcpsm/wire/address.hpp"

namespace tcpsm {

/// Each box knows which addresses stand behind it, and which of its ports stands for which endpoint there: one for
/// each, whomever it talks to (RFC 5382, REQ-1), in the order in which they first send. No port is ever given back.
class NatBoxes {
public:
    static constexpr Port first_port = 1024;

    [[nodiscard]] bool empty() const { return boxes_.empty(); }
    /// The address `inner` stands behind the box with the address `outer` from now on.
    void put_behind(Address outer, Address inner);
    [[nodiscard]] bool is_box(Address address) const;

    /// Where a segment comes from and goes to when it has passed the boxes on its way.
    struct Passage {
        Endpoint from;
        Endpoint to;
        bool dropped = false; ///< by a box that knows nobody to give it to, or has no port left for the sender
    };
    Passage pass(Endpoint from, Endpoint to);

private:
    struct Box {
        Address outer;
        std::vector<Endpoint> inner;                          // what its ports stand for, from first_port on
        boost::unordered_flat_map<std::uint64_t, Port> ports; // the way back; never iterated
    };
    [[nodiscard]] static std::optional<Port> port_for(Box& box, Endpoint inner);
    [[nodiscard]] static std::optional<Endpoint> inner_of(const Box& box, Port port);

    std::vector<Box> boxes_;
    boost::unordered_flat_map<std::uint32_t, std::uint32_t> behind_; // an address, and the place of its box; likewise
};

} // namespace tcpsm
