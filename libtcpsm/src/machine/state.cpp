#include "tcpsm/machine/state.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace tcpsm {
namespace {

constexpr std::array<std::string_view, state_count> state_names{
    "CLOSED",     "LISTEN",     "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
    "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",  "LAST-ACK",     "TIME-WAIT",
};

// Spellings of netstat, ss and figure 5, in upper case and without separators.
constexpr std::array<std::pair<std::string_view, State>, 4> other_spellings{{
    {"CLOSE", State::Closed},
    {"SYNRCVD", State::SynReceived},
    {"SYNRECV", State::SynReceived},
    {"ESTAB", State::Established},
}};

std::string bare(std::string_view text)
{
    std::string result;
    for (char c : text)
        if (c != '-' && c != '_' && c != ' ') result += ('a' <= c && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
    return result;
}

} // namespace

std::string_view name(State state)
{
    return state_names[static_cast<std::size_t>(state)];
}

std::optional<State> parse_state(std::string_view text)
{
    const std::string wanted = bare(text);
    for (State state : all_states())
        if (wanted == bare(name(state))) return state;
    const auto* other = std::find_if(other_spellings.begin(), other_spellings.end(),
                                     [&](const auto& spelling) { return spelling.first == wanted; });
    if (other != other_spellings.end()) return other->second;
    return std::nullopt;
}

const std::array<State, state_count>& all_states()
{
    static constexpr auto all = [] {
        std::array<State, state_count> states{};
        for (std::size_t i = 0; i < state_count; ++i) states[i] = static_cast<State>(i);
        return states;
    }();
    return all;
}

} // namespace tcpsm
