#pragma once
// RFC 4987, 3.6 and appendix A: a SYN,ACK whose sequence number says all that must be known of the SYN it answers.

#include <cstdint>
#include <optional>

#include "tcpsm/time/time.hpp"
#include "tcpsm/wire/address.hpp"
#include "tcpsm/wire/options.hpp"
#include "tcpsm/wire/segment.hpp"

namespace tcpsm {

/// A cookie is the time in units of 64 s (5 bits), the peer's MSS (3 bits, rounded down to one of four), and a keyed
/// hash of both sockets, the peer's ISS and the rest (24 bits).
class SynCookies {
public:
    explicit SynCookies(std::uint64_t secret) : secret_(secret) {}

    /// The ISS of the SYN,ACK that answers `syn`.
    [[nodiscard]] Seq cookie(const Segment& syn, Endpoint local, Endpoint remote, Time now) const;
    /// The SYN that `ack` completes, with the options that could be kept: nothing where it brings no cookie of the last
    /// two minutes back.
    [[nodiscard]] std::optional<Segment> syn_of(const Segment& ack, Endpoint local, Endpoint remote, Time now) const;

    /// Options beyond the MSS are kept in the lowest bits of the TSval that the peer will echo; without it, not at all.
    /// What is added to the clock for that.
    [[nodiscard]] static std::uint32_t timestamp_offset(const Segment& syn, std::uint32_t offset, Time now);
    /// The SYN as far as a cookie keeps it.
    [[nodiscard]] static Segment what_is_kept(Segment syn, bool timestamps);

private:
    [[nodiscard]] std::uint32_t hash(Endpoint local, Endpoint remote, Seq iss, std::uint32_t top) const;

    std::uint64_t secret_;
};

} // namespace tcpsm
