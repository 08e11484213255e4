#include "export/csv.hpp"

#include <cstddef>
#include <string_view>

#include "tcpsm/trace/counts.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm {
namespace {

/// In quotes where it needs them.
std::string field(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string(2, c) : std::string(1, c);
    return quoted + '"';
}

} // namespace

std::string counts_csv(const History& history)
{
    std::string text = "time,host";
    for (const State state : all_states())
        if (state != State::Closed) text.append(1, ',').append(name(state));
    text += '\n';
    for (const CountsRow& row : counts_over_time(history)) {
        text.append(seconds(row.time)).append(1, ',').append(field(history.hosts()[row.host].name));
        for (const State state : all_states())
            if (state != State::Closed)
                text.append(1, ',').append(std::to_string(row.counts[static_cast<std::size_t>(state)]));
        text += '\n';
    }
    return text;
}

} // namespace tcpsm
