#pragma once
// Decisions out of octets: the fuzzer finds out which lead somewhere.

#include <array>
#include <cstddef>

#include "fuzz/target/targets.hpp"

namespace tcpsm::fuzz {

class Bytes {
public:
    explicit Bytes(Octets octets) : octets_(octets) {}

    [[nodiscard]] bool over() const { return octets_.empty(); }
    std::uint32_t octet() { return take(1); }
    std::uint32_t word() { return take(2); }
    std::uint32_t number() { return take(4); }
    /// From 0 to `count` - 1.
    std::uint32_t below(std::uint32_t count) { return octet() % count; }
    bool flip() { return (octet() & 1) != 0; }
    /// Mostly small, of either sign.
    std::uint32_t step()
    {
        const std::uint32_t at = octet();
        if (at < 0xE0) return at - 0x70;
        return at < 0xF8 ? word() - 0x8000 : number();
    }
    template <class T, std::size_t Count>
    T one_of(const std::array<T, Count>& values)
    {
        return values[octet() % Count];
    }
    Octets some(std::size_t most)
    {
        const Octets result = octets_.first(std::min(most, octets_.size()));
        octets_ = octets_.subspan(result.size());
        return result;
    }

private:
    std::uint32_t take(std::size_t count)
    {
        std::uint32_t result = 0;
        for (const std::uint8_t octet : some(count)) result = result << 8 | octet;
        return result;
    }

    Octets octets_;
};

} // namespace tcpsm::fuzz
