#pragma once
// A stretch of the octet stream: what SEND has queued, or what has been received and not yet read.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <utility>

#pragma GCC visibility push(default)
namespace tcpsm {

/// Two spans that together are one stretch of octets: a ring's contents where they wrap, else the second is empty.
struct Octets {
    std::span<const std::uint8_t> first;
    std::span<const std::uint8_t> second;
    [[nodiscard]] std::size_t size() const { return first.size() + second.size(); }
    /// Copies all of them to `out`.
    void copy_to(std::uint8_t* out) const
    {
        if (!first.empty()) std::memcpy(out, first.data(), first.size());
        if (!second.empty()) std::memcpy(out + first.size(), second.data(), second.size());
    }
};

/// Octets at offsets from a moving beginning. It holds no memory before its first octet, and keeps what it grew to.
class OctetRing {
public:
    OctetRing() = default;
    OctetRing(const OctetRing& other);
    OctetRing(OctetRing&& other) noexcept { swap(other); }
    OctetRing& operator=(OctetRing other) noexcept
    {
        swap(other);
        return *this;
    }
    ~OctetRing() = default;

    [[nodiscard]] std::size_t size() const { return size_; } ///< octets up to the last one written in order

    /// Adds octets at the end.
    void append(std::span<const std::uint8_t> octets)
    {
        write(size_, octets);
        extend(octets.size());
    }
    /// Writes octets at an offset, beyond the end too; the end moves only with `extend`.
    void write(std::size_t offset, std::span<const std::uint8_t> octets);
    /// Counts `octets`, written before, as contents.
    void extend(std::size_t octets) { size_ += static_cast<std::uint32_t>(octets); }
    /// The octets from `offset` on; they must be there.
    [[nodiscard]] Octets read(std::size_t offset, std::size_t length) const;
    /// Drops octets at the beginning.
    void discard(std::size_t octets)
    {
        head_ = static_cast<std::uint32_t>((head_ + octets) & mask());
        size_ -= static_cast<std::uint32_t>(octets);
    }
    /// Empties it and gives its memory back.
    void release()
    {
        store_.reset();
        capacity_ = head_ = size_ = 0;
    }

private:
    [[nodiscard]] std::size_t mask() const { return capacity_ - std::size_t{1}; }
    void reserve(std::size_t octets);
    void swap(OctetRing& other) noexcept
    {
        std::swap(store_, other.store_);
        std::swap(capacity_, other.capacity_);
        std::swap(head_, other.head_);
        std::swap(size_, other.size_);
    }

    // A vector is three words, in each endpoint. NOLINTNEXTLINE(modernize-avoid-c-arrays)
    std::unique_ptr<std::uint8_t[]> store_;
    std::uint32_t capacity_ = 0; // a power of two, or nothing
    std::uint32_t head_ = 0;     // 1 GB is the most that a buffer can be
    std::uint32_t size_ = 0;
};

} // namespace tcpsm
#pragma GCC visibility pop
