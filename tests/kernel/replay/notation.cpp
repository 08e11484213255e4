#include "replay/notation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "replay/option_text.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::kernel {

std::string notation(const Seg& seg)
{
    std::string text = fmt::format("{} <SEQ={}>", seg.sent ? "-->" : "<--", seg.seq);
    if (seg.flags.has(Flag::ACK)) text += fmt::format("<ACK={}>", seg.ack);
    if (seg.length > 0) text += fmt::format("<DATA={}>", seg.length);
    if (const std::string bits = to_string(seg.flags); !bits.empty()) text += fmt::format("<CTL={}>", bits);
    if (seg.window) text += fmt::format("<WND={}>", *seg.window);
    if (!seg.options || seg.options->empty()) return text;
    std::vector<std::string> kinds;
    for (const std::string& option : *seg.options) kinds.push_back(kind_of(option));
    return text + fmt::format("<OPT={}>", fmt::join(kinds, ","));
}

Seg as_recorded(const Sent& sent, const Seg* like)
{
    const Segment& s = sent.segment;
    Seg seg{.sent = true, .incarnation = sent.incarnation, .flags = s.flags, .length = s.text_len, .window = s.wnd};
    seg.seq_literal = like != nullptr && like->seq_literal;
    seg.ack_literal = like != nullptr && like->ack_literal;
    seg.seq = seg.seq_literal ? std::int64_t{s.seq.value()} : s.seq - sent.iss;
    if (s.has(Flag::ACK)) seg.ack = seg.ack_literal ? std::int64_t{s.ack.value()} : s.ack - sent.peer_isn;
    seg.options = kinds_of(s.options);
    return seg;
}

std::string notation(const std::vector<SocketLine>& sockets)
{
    if (sockets.empty()) return "CLOSED";
    std::vector<std::string> texts;
    for (const SocketLine& socket : sockets) {
        std::string text = socket.state;
        if (!socket.timer.empty()) text += fmt::format(" {} {}", socket.timer, socket.retransmissions);
        texts.push_back(text);
    }
    return fmt::format("{}", fmt::join(texts, ", "));
}

std::string seconds(Time time)
{
    const auto microseconds = time.time_since_epoch().count() / 1000;
    return fmt::format("{}.{:06} s", microseconds / 1'000'000, microseconds % 1'000'000);
}

} // namespace tcpsm::kernel
