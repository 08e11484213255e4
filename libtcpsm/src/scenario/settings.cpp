// The switches of a host: each is called after the knob that people know.

#include <array>

#include "scenario/reading.hpp"

namespace tcpsm::reading {
namespace {

enum class Type : std::uint8_t { duration, number, yes_no };

struct Switch {
    std::string_view key;
    Type type;
    std::int64_t least; // of a duration, in nanoseconds
    std::int64_t most;
    void (*apply)(const Setting&, ConnectionOptions&);
};

Duration duration(const Setting& setting)
{
    return std::get<Duration>(setting.value);
}

template <class Number>
Number number(const Setting& setting)
{
    return static_cast<Number>(std::get<std::int64_t>(setting.value));
}

using Options = ConnectionOptions;
constexpr std::int64_t no_limit = INT64_MAX;
constexpr std::int64_t a_millisecond = 1'000'000; // an RTO of zero would be doubled for ever

constexpr std::array<Switch, 19> switches{{
    {"msl", Type::duration, 0, no_limit, [](const Setting& s, Options& o) { o.msl = duration(s); }},
    {"time_wait", Type::duration, 0, no_limit, [](const Setting& s, Options& o) { o.time_wait = duration(s); }},
    {"rto_initial", Type::duration, a_millisecond, no_limit,
     [](const Setting& s, Options& o) { o.rto_initial = duration(s); }},
    {"rto_min", Type::duration, a_millisecond, no_limit, [](const Setting& s, Options& o) { o.rto_min = duration(s); }},
    {"rto_max", Type::duration, a_millisecond, no_limit, [](const Setting& s, Options& o) { o.rto_max = duration(s); }},
    {"rto_after_lost_syn", Type::duration, 0, no_limit,
     [](const Setting& s, Options& o) { o.rto_after_lost_syn = duration(s); }},
    // Where R2 is given as a time, it is not counted in retransmissions.
    {"r2", Type::duration, 0, no_limit,
     [](const Setting& s, Options& o) {
         o.r2 = duration(s);
         o.retries = -1;
     }},
    {"r2_syn", Type::duration, 0, no_limit,
     [](const Setting& s, Options& o) {
         o.r2_syn = duration(s);
         o.syn_retries = o.synack_retries = -1;
     }},
    {"user_timeout", Type::duration, 0, no_limit, [](const Setting& s, Options& o) { o.user_timeout = duration(s); }},
    {"send_buffer", Type::number, 1, 1 << 30,
     [](const Setting& s, Options& o) { o.send_buffer = number<std::uint32_t>(s); }},
    {"receive_buffer", Type::number, 1, 65535,
     [](const Setting& s, Options& o) { o.receive_buffer = number<std::uint32_t>(s); }},
    {"mss", Type::number, 1, 65495, [](const Setting& s, Options& o) { o.mss = number<std::uint16_t>(s); }},
    {"half_duplex_close", Type::yes_no, 0, 0,
     [](const Setting& s, Options& o) { o.half_duplex_close = std::get<bool>(s.value); }},
    {"tcp_fin_timeout", Type::duration, 0, no_limit, [](const Setting& s, Options& o) { o.fin_timeout = duration(s); }},
    {"tcp_retries2", Type::number, 0, 127, [](const Setting& s, Options& o) { o.retries = number<std::int16_t>(s); }},
    {"tcp_syn_retries", Type::number, 0, 127,
     [](const Setting& s, Options& o) { o.syn_retries = number<std::int16_t>(s); }},
    {"tcp_synack_retries", Type::number, 0, 127,
     [](const Setting& s, Options& o) { o.synack_retries = number<std::int16_t>(s); }},
    {"tcp_syn_linear_timeouts", Type::number, 0, 127,
     [](const Setting& s, Options& o) { o.syn_linear_timeouts = number<std::int16_t>(s); }},
    {"tcp_rfc1337", Type::yes_no, 0, 0, [](const Setting& s, Options& o) { o.rfc1337 = std::get<bool>(s.value); }},
}};

const Switch* find(std::string_view key)
{
    for (const Switch& known : switches)
        if (known.key == key) return &known;
    return nullptr;
}

} // namespace

const Known& setting_keys()
{
    static const Known keys = [] {
        Known all;
        for (const Switch& known : switches) all.emplace_back(known.key);
        return all;
    }();
    return keys;
}

std::optional<Setting> read_setting(Reading& r, std::string_view key, const Text& value)
{
    const Switch* const known = find(key);
    if (known == nullptr) return {};
    Setting setting{std::string(key), false};
    switch (known->type) {
    case Type::duration: {
        const auto read = read_duration(r, value);
        if (!read) return {};
        if (read->count() < known->least) {
            unexpected(r, value, "at least 1ms");
            return {};
        }
        setting.value = *read;
        return setting;
    }
    case Type::number: {
        const auto read = read_number(r, value, known->least, known->most);
        if (!read) return {};
        setting.value = *read;
        return setting;
    }
    case Type::yes_no: {
        const auto read = read_yes_no(r, value);
        if (!read) return {};
        setting.value = *read;
        return setting;
    }
    }
    return {};
}

bool apply_setting(const Setting& setting, ConnectionOptions& options)
{
    const Switch* const known = find(setting.key);
    if (known == nullptr) return false;
    known->apply(setting, options);
    return true;
}

} // namespace tcpsm::reading
