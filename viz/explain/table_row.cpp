#include "explain/table_row.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace tcpsm::viz {
namespace {

std::optional<Event> event_of(Call call)
{
    switch (call) {
    case Call::listen: return Event::PassiveOpen;
    case Call::connect: return Event::ActiveOpen;
    case Call::send: return Event::Send;
    case Call::receive: return Event::Receive;
    case Call::shutdown:
    case Call::close: return Event::Close;
    case Call::abort: return Event::Abort;
    default: return std::nullopt;
    }
}

bool answers(const Transition& row, Error error)
{
    const auto is_error = [](std::string_view action) { return action.starts_with("error: "); };
    const auto found = std::find_if(row.actions.begin(), row.actions.end(), is_error);
    const bool has_error = found != row.actions.end();
    // The first call after a failure is answered with what ended the connection (3.10).
    return has_error == (error != Error::none && error != Error::would_block && error != Error::insufficient_resources);
}

/// A call that changed no state left no row behind; but there is only one that it can have fired.
std::int16_t row_of_call(const Scene& scene, std::uint32_t index)
{
    const Record& call = scene.record(index);
    const std::optional<Event> event = event_of(call.call);
    if (!event || call.connection == 0) return no_row;
    const State state = scene.state_at(call.host, call.connection, index);
    const auto rows = transitions();
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].from == state && rows[i].event == *event && rows[i].stays && answers(rows[i], call.error))
            return static_cast<std::int16_t>(i);
    return no_row;
}

} // namespace

Why why_of(const Scene& scene, std::uint32_t index)
{
    const Record& begun = scene.record(index);
    Why why = begun.kind == RecordKind::arrived ? begun.why : Why{};
    const Record* moved = nullptr;
    const SentSegment* left = nullptr;
    for (std::uint32_t i = index + 1; i < scene.now().end && scene.record(i).kind != RecordKind::call; ++i) {
        const Record& r = scene.record(i);
        if (r.host != begun.host || r.connection != begun.connection) continue;
        if (r.kind == RecordKind::state) moved = &r;
        if (r.kind == RecordKind::sent && left == nullptr) left = &scene.segment(r);
    }
    if (moved != nullptr) return moved->why;
    if (why.row != no_row) return why;
    // What was refused may have been answered by a row, with a RST or a challenge ACK.
    const bool answer = left != nullptr && (begun.kind != RecordKind::arrived || left->why.check == why.check);
    if (answer && left->why.row != no_row) return {left->why.event, why.check, left->why.row};
    if (begun.kind == RecordKind::call) why.row = row_of_call(scene, index);
    return why;
}

std::string row_in_words(std::int16_t row)
{
    if (row == no_row) return {};
    const Transition& t = transitions()[static_cast<std::size_t>(row)];
    std::string text = fmt::format("{}, {}", name(t.from), name(t.event));
    text += " ->";
    // Beside a new state, figure 5 says what is sent; what is noted down goes without saying.
    constexpr std::array<std::string_view, 4> seen{"snd ", "reply ", "start ", "signal "};
    const auto is_seen = [&](std::string_view action) {
        return std::any_of(seen.begin(), seen.end(), [&](std::string_view word) { return action.starts_with(word); });
    };
    if (!t.stays) text += fmt::format(" {}", name(t.to));
    std::string_view separator = t.stays ? " " : ": ";
    for (const std::string_view action : t.actions) {
        if (!t.stays && !is_seen(action)) continue;
        text += fmt::format("{}{}", separator, action);
        separator = ", ";
    }
    return t.stays && t.actions.empty() ? text + " -" : text;
}

} // namespace tcpsm::viz
