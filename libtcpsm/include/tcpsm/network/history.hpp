#pragma once
// Everything that happened in a simulation: append-only, and shared by the copies of a world.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tcpsm/network/log.hpp"
#include "tcpsm/network/record.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// A host as a history names it.
struct HostInfo {
    std::string name;
    Address address;
    std::vector<std::string> processes{}; ///< all that ever ran there, in the order in which they began
};

/// The records of a simulation, in the order in which things happened, and the segments that they name.
class History {
public:
    [[nodiscard]] const Log<Record>& records() const { return records_; }
    [[nodiscard]] const Log<SentSegment>& segments() const { return segments_; }
    [[nodiscard]] const std::vector<HostInfo>& hosts() const { return hosts_; }

    /// "client.4", or "A4" where the host's name is one letter; "inject.1"; "client.4'" for a copy.
    [[nodiscard]] std::string name(const SegmentName& segment) const;
    [[nodiscard]] std::string name(const SentSegment& segment) const { return name(segment.name); }
    /// The process that a record is about; empty where it names none.
    [[nodiscard]] std::string_view process(const Record& record) const;
    /// The text of a segment, or of a delivery: `count` octets from `at` on.
    [[nodiscard]] std::vector<std::uint8_t> octets(std::uint64_t at, std::uint32_t count) const;

    // ---- for the simulation that writes it ----
    void add_host(HostInfo host) { hosts_.push_back(std::move(host)); }
    void add_process(HostId host, std::string_view name) { hosts_[host].processes.emplace_back(name); }
    void add(const Record& record) { records_.push_back(record); }
    std::uint32_t add(const SentSegment& segment)
    {
        segments_.push_back(segment);
        return static_cast<std::uint32_t>(segments_.size() - 1);
    }
    std::uint64_t add_octets(std::span<const std::uint8_t> octets);
    /// Forgets all records and segments, and keeps the hosts.
    void clear();

private:
    std::vector<HostInfo> hosts_;
    Log<Record> records_;
    Log<SentSegment> segments_;
    Log<std::uint8_t, 1 << 16> octets_;
};

} // namespace tcpsm
#pragma GCC visibility pop
