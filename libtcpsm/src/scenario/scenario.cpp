#include "tcpsm/scenario/scenario.hpp"

#include <algorithm>

#include "scenario/reading.hpp"

namespace tcpsm {

std::string HostName::text() const
{
    return connection == 0 ? host : host + '#' + std::to_string(connection);
}

HostOptions Scenario::options(const ScenarioHost& host) const
{
    HostOptions options;
    options.profile = tcpsm::profile(host.profile.value_or(profile)).value_or(Profile{});
    options.iss = host.iss;
    options.accepts = host.accepts;
    options.reads = host.reads;
    if (msl) options.profile.connection.msl = *msl;
    for (const Setting& setting : host.settings) reading::apply_setting(setting, options.profile.connection);
    return options;
}

std::vector<std::string> Scenario::remarks() const
{
    std::vector<std::string> all;
    for (const ScenarioHost& host : hosts) {
        const bool own_msl = std::ranges::any_of(host.settings, [](const Setting& s) { return s.key == "msl"; });
        const HostOptions used = options(host);
        const ConnectionOptions& connection = used.profile.connection;
        if ((!msl && !own_msl) || connection.time_wait < 0ns) continue;
        const bool fixed_by_profile =
            std::ranges::none_of(host.settings, [](const Setting& s) { return s.key == "time_wait"; });
        if (fixed_by_profile)
            all.push_back("msl does not apply to " + host.name + ": the profile " + std::string(used.profile.name) +
                          " fixes TIME-WAIT at " + to_string(connection.time_wait) + "; time_wait changes it");
    }
    return all;
}

bool Selector::fits(const Flight& flight) const
{
    if (!name.empty() && name != flight.name) return false;
    if (!from.empty() && from != flight.from) return false;
    if (!to.empty() && to != flight.to) return false;
    if (state && *state != flight.state) return false;
    const Segment& seg = flight.segment;
    const bool plain = !seg.has(Flag::SYN) && !seg.has(Flag::FIN) && !seg.has(Flag::RST);
    switch (kind) {
    case Kind::any: return true;
    case Kind::ack: return plain && seg.has(Flag::ACK);
    case Kind::pure_ack: return plain && seg.has(Flag::ACK) && seg.text_len == 0;
    case Kind::syn: return seg.has(Flag::SYN) && !seg.has(Flag::ACK);
    case Kind::syn_ack: return seg.has(Flag::SYN) && seg.has(Flag::ACK);
    case Kind::fin: return seg.has(Flag::FIN);
    case Kind::rst: return seg.has(Flag::RST);
    case Kind::text: return seg.text_len > 0;
    case Kind::retransmission: return flight.retransmission;
    }
    return false;
}

} // namespace tcpsm
