#include "tcpsm/scenario/scenario.hpp"

#include <algorithm>

#include "scenario/reading.hpp"

namespace tcpsm {

std::string HostName::text() const
{
    return connection == 0 ? host : host + '#' + std::to_string(connection);
}

namespace {

/// A profile with what the scenario and the host set over it.
Profile with_settings(const Scenario& scenario, const ScenarioHost& host, const std::string& name)
{
    Profile profile = tcpsm::profile(name).value_or(Profile{});
    if (scenario.msl) profile.connection.msl = *scenario.msl;
    for (const Setting& setting : host.settings)
        if (const Switch* const known = find_switch(setting.key)) known->set(profile, setting.value);
    return profile;
}

/// The last change of a kind up to a moment; null where there is none. Of two at one moment the later one in the file
/// stands.
const Change* last_change(const Scenario& scenario, Change::Kind kind, Time time)
{
    const Change* last = nullptr;
    for (const Change& change : scenario.changes)
        if (change.kind == kind && change.at <= time && (last == nullptr || change.at >= last->at)) last = &change;
    return last;
}

bool has_setting(const ScenarioHost& host, std::string_view key)
{
    return std::ranges::any_of(host.settings, [&](const Setting& setting) { return setting.key == key; });
}

} // namespace

HostOptions Scenario::options(const ScenarioHost& host) const
{
    HostOptions options;
    options.profile = with_settings(*this, host, host.profile.value_or(profile));
    options.iss = host.iss;
    options.accepts = host.accepts;
    options.reads = host.reads;
    return options;
}

Profile Scenario::profile_at(const ScenarioHost& host, Time time) const
{
    const Change* const to_profile = last_change(*this, Change::Kind::profile, time);
    const Change* const to_msl = last_change(*this, Change::Kind::msl, time);
    Profile result =
        with_settings(*this, host, to_profile != nullptr ? to_profile->profile : host.profile.value_or(profile));
    if (to_msl != nullptr) result.connection.msl = to_msl->duration;
    return result;
}

std::vector<std::string> Scenario::remarks() const
{
    std::vector<Time> given_at;                // where an MSL stands, or is changed
    if (msl) given_at.push_back(Time{} - 1ns); // before the first change
    for (const Change& change : changes)
        if (change.kind == Change::Kind::msl) given_at.push_back(change.at);

    std::vector<std::string> all;
    for (const ScenarioHost& host : hosts) {
        if (has_setting(host, "time_wait")) continue;
        std::vector<Time> times = given_at;
        if (!msl && has_setting(host, "msl")) times.push_back(Time{} - 1ns);
        for (const Time time : times) {
            const Profile used = profile_at(host, time);
            if (used.connection.time_wait < 0ns) continue;
            all.push_back("msl does not apply to " + host.name + ": the profile " + std::string(used.name) +
                          " fixes TIME-WAIT at " + to_string(used.connection.time_wait) + "; time_wait changes it");
            break;
        }
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
