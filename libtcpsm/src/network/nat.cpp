#include "network/nat.hpp"

#include <algorithm>
#include <limits>

namespace tcpsm {
namespace {

constexpr std::size_t ports_of_a_box = std::numeric_limits<Port>::max() - NatBoxes::first_port + 1;

} // namespace

void NatBoxes::put_behind(Address outer, Address inner)
{
    auto box = std::find_if(boxes_.begin(), boxes_.end(), [&](const Box& b) { return b.outer == outer; });
    if (box == boxes_.end()) box = boxes_.insert(box, Box{.outer = outer, .inner = {}, .ports = {}});
    behind_[inner.value] = static_cast<std::uint32_t>(box - boxes_.begin());
}

bool NatBoxes::is_box(Address address) const
{
    return std::any_of(boxes_.begin(), boxes_.end(), [&](const Box& box) { return box.outer == address; });
}

NatBoxes::Passage NatBoxes::pass(Endpoint from, Endpoint to)
{
    Passage passage{from, to};
    const auto own = behind_.find(from.address.value);
    const auto hidden = behind_.find(to.address.value);
    const bool leaves = own != behind_.end();
    if (hidden != behind_.end()) {
        if (leaves && own->second == hidden->second) return passage; // they are on the same side
        passage.dropped = true;                                      // outside, that address is nobody's
    }
    if (leaves) {
        Box& box = boxes_[own->second];
        const auto port = port_for(box, from);
        passage.dropped = passage.dropped || !port;
        if (port) passage.from = {box.outer, *port};
    }
    for (const Box& box : boxes_) {
        if (box.outer != to.address) continue;
        const auto inner = inner_of(box, to.port);
        passage.dropped = passage.dropped || !inner;
        if (inner) passage.to = *inner;
    }
    return passage;
}

std::optional<Port> NatBoxes::port_for(Box& box, Endpoint inner)
{
    const std::uint64_t key = (std::uint64_t{inner.address.value} << 16) | inner.port;
    const auto found = box.ports.find(key);
    if (found != box.ports.end()) return found->second;
    if (box.inner.size() == ports_of_a_box) return {};
    const auto port = static_cast<Port>(first_port + box.inner.size());
    box.inner.push_back(inner);
    box.ports[key] = port;
    return port;
}

std::optional<Endpoint> NatBoxes::inner_of(const Box& box, Port port)
{
    const std::size_t place = static_cast<std::size_t>(port) - first_port; // huge for a port below the first
    if (place >= box.inner.size()) return {};
    return box.inner[place];
}

} // namespace tcpsm
