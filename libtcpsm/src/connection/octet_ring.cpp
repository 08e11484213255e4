#include "tcpsm/connection/octet_ring.hpp"

#include <algorithm>
#include <bit>

namespace tcpsm {

void OctetRing::reserve(std::size_t octets)
{
    if (octets <= store_.size()) return;
    std::vector<std::uint8_t> larger(std::bit_ceil(std::max<std::size_t>(octets, 64)));
    // Everything moves, held octets beyond the end too.
    const std::size_t until_wrap = store_.size() - head_;
    if (!store_.empty()) {
        std::memcpy(larger.data(), store_.data() + head_, until_wrap);
        std::memcpy(larger.data() + until_wrap, store_.data(), head_);
    }
    store_ = std::move(larger);
    head_ = 0;
}

void OctetRing::write(std::size_t offset, std::span<const std::uint8_t> octets)
{
    if (octets.empty()) return;
    reserve(offset + octets.size());
    const std::size_t at = (head_ + offset) & mask();
    const std::size_t until_wrap = std::min(octets.size(), store_.size() - at);
    std::memcpy(store_.data() + at, octets.data(), until_wrap);
    std::memcpy(store_.data(), octets.data() + until_wrap, octets.size() - until_wrap);
}

Octets OctetRing::read(std::size_t offset, std::size_t length) const
{
    if (length == 0) return {};
    const std::size_t at = (head_ + offset) & mask();
    const std::size_t until_wrap = std::min(length, store_.size() - at);
    return {{store_.data() + at, until_wrap}, {store_.data(), length - until_wrap}};
}

} // namespace tcpsm
