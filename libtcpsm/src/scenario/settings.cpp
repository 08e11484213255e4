// The switches of a host, as a scenario file gives them.

#include "scenario/reading.hpp"

namespace tcpsm::reading {
namespace {

std::optional<SwitchValue> read_value(Reading& r, const Switch& known, const Text& value)
{
    switch (known.type) {
    case SwitchType::duration: {
        if (known.knows(value.text)) return SwitchValue(Duration(-1));
        const auto read = read_duration(r, value);
        if (!read) return {};
        if (read->count() < known.least) {
            unexpected(r, value, "at least 1ms");
            return {};
        }
        if (read->count() > known.most) {
            unexpected(r, value, "less than 500ms");
            return {};
        }
        return *read;
    }
    case SwitchType::number: {
        const auto read = read_number(r, value, known.least, known.most);
        if (!read) return {};
        return *read;
    }
    case SwitchType::yes_no: {
        const auto read = read_yes_no(r, value);
        if (!read) return {};
        return *read;
    }
    case SwitchType::word:
        if (known.knows(value.text)) return std::string(value.text);
        unexpected(r, value, "one of " + std::string(known.words));
        return {};
    case SwitchType::ports:
        if (known.knows(value.text)) return std::string(value.text);
        unexpected(r, value, "the first and the last port, such as 32768 60999");
        return {};
    }
    return {};
}

} // namespace

const Known& setting_keys()
{
    static const Known keys = [] {
        Known all;
        for (const Switch& known : switches()) all.emplace_back(known.name);
        return all;
    }();
    return keys;
}

std::optional<Setting> read_setting(Reading& r, std::string_view key, const Text& value)
{
    const Switch* const known = find_switch(key);
    if (known == nullptr) return {};
    const auto read = read_value(r, *known, value);
    if (!read) return {};
    return Setting{std::string(key), *read};
}

} // namespace tcpsm::reading
