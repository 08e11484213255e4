#include "tcpsm/connection/octet_ring.hpp"

#include <algorithm>
#include <bit>

namespace tcpsm {

OctetRing::OctetRing(const OctetRing& other) : capacity_(other.capacity_), head_(other.head_), size_(other.size_)
{
    if (capacity_ == 0) return;
    store_ = std::make_unique<std::uint8_t[]>(capacity_); // NOLINT(modernize-avoid-c-arrays)
    std::memcpy(store_.get(), other.store_.get(), capacity_);
}

void OctetRing::reserve(std::size_t octets)
{
    if (octets <= capacity_) return;
    const std::size_t capacity = std::bit_ceil(std::max<std::size_t>(octets, 64));
    auto larger = std::make_unique<std::uint8_t[]>(capacity); // NOLINT(modernize-avoid-c-arrays)
    // Everything moves, held octets beyond the end too.
    if (capacity_ > 0) {
        const std::size_t until_wrap = capacity_ - head_;
        std::memcpy(larger.get(), store_.get() + head_, until_wrap);
        std::memcpy(larger.get() + until_wrap, store_.get(), head_);
    }
    store_ = std::move(larger);
    capacity_ = static_cast<std::uint32_t>(capacity);
    head_ = 0;
}

void OctetRing::write(std::size_t offset, std::span<const std::uint8_t> octets)
{
    if (octets.empty()) return;
    reserve(offset + octets.size());
    const std::size_t at = (head_ + offset) & mask();
    const std::size_t until_wrap = std::min<std::size_t>(octets.size(), capacity_ - at);
    std::memcpy(store_.get() + at, octets.data(), until_wrap);
    std::memcpy(store_.get(), octets.data() + until_wrap, octets.size() - until_wrap);
}

Octets OctetRing::read(std::size_t offset, std::size_t length) const
{
    if (length == 0) return {};
    const std::size_t at = (head_ + offset) & mask();
    const std::size_t until_wrap = std::min<std::size_t>(length, capacity_ - at);
    return {{store_.get() + at, until_wrap}, {store_.get(), length - until_wrap}};
}

} // namespace tcpsm
