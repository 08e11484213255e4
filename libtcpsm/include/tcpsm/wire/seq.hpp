#pragma once
// RFC 9293, 3.4. Sequence Numbers.

#include <cstdint>

#pragma GCC visibility push(default)
namespace tcpsm {

/// A point on the ring of 2^32 sequence numbers. A length is a plain integer; a point is a Seq.
/// Two points compare as RFC 9293 3.4 does, modulo 2^32, and only make sense less than 2^31 apart; so there is no total
/// order here (no `<=>`) and no hash.
class Seq {
public:
    constexpr Seq() = default;
    constexpr explicit Seq(std::uint32_t value) : value_(value) {}

    /// The number as it stands in the header, 0 to 2^32 - 1.
    [[nodiscard]] constexpr std::uint32_t value() const { return value_; }

    friend constexpr Seq operator+(Seq point, std::uint32_t length) { return Seq(point.value_ + length); }
    friend constexpr Seq operator-(Seq point, std::uint32_t length) { return Seq(point.value_ - length); }
    constexpr Seq& operator+=(std::uint32_t length) { return *this = *this + length; }
    constexpr Seq& operator++() { return *this += 1; }

    /// The signed distance from `b` to `a`: negative where `a` comes before `b`.
    friend constexpr std::int32_t operator-(Seq a, Seq b) { return static_cast<std::int32_t>(a.value_ - b.value_); }

    friend constexpr bool operator==(Seq, Seq) = default;
    friend constexpr bool operator<(Seq a, Seq b) { return a - b < 0; }
    friend constexpr bool operator>(Seq a, Seq b) { return b < a; }
    friend constexpr bool operator<=(Seq a, Seq b) { return !(b < a); }
    friend constexpr bool operator>=(Seq a, Seq b) { return !(a < b); }

private:
    std::uint32_t value_ = 0;
};

} // namespace tcpsm
#pragma GCC visibility pop
