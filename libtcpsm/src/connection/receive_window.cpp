// RFC 9293, 3.8.6. Managing the Window: what the peer may send, and what the user gets of it.

#include <algorithm>

#include "connection/context.hpp"

namespace tcpsm {

std::uint32_t Context::receive_limit() const
{
    const std::uint32_t buffer = options().receive_buffer;
    return tcb().window_scaling ? buffer : std::min<std::uint32_t>(buffer, 65535);
}

std::uint16_t Context::offer_window(bool syn, bool again)
{
    ReceiveVariables& rcv = tcb().rcv;
    if (syn && !again && options().linux_checks) rcv.wnd = first_window_of_linux();
    std::uint32_t field = std::min<std::uint32_t>(rcv.wnd, 65535);
    if (rcv.shift > 0 && !syn) { // rounded up: rounding down would draw the right edge back (RFC 7323, 2.4)
        const std::uint32_t unit = 1U << rcv.shift;
        field = std::min<std::uint32_t>((rcv.wnd + unit - 1) >> rcv.shift, 65535);
        rcv.wnd = field << rcv.shift;
    }
    connection.right_edge_ = rcv.nxt + rcv.wnd;
    return static_cast<std::uint16_t>(field);
}

void Context::adjust_window()
{
    Tcb& t = tcb();
    const std::size_t limit = receive_limit();
    const std::size_t unread = receive_queue().size();
    const auto room = static_cast<std::uint32_t>(limit > unread ? limit - unread : 0);
    const std::int32_t known = connection.right_edge_ - t.rcv.nxt; // as the peer was last told
    const std::uint32_t promised = known > 0 ? static_cast<std::uint32_t>(known) : 0;
    if (options().linux_checks) {
        t.rcv.wnd = std::max(promised, window_of_linux(room, promised));
        return;
    }
    // 3.8.6.2.2: the edge moves by a good piece, or not at all.
    const auto piece = static_cast<std::uint32_t>(std::min<std::size_t>(limit / 2, options().mss));
    const bool worth_it = !options().silly_window_avoidance || room >= promised + piece;
    t.rcv.wnd = room > promised && worth_it ? room : promised;
}

/// What linux offers in a SYN, and no more than that until much text has come: whole segments.
std::uint32_t Context::first_window_of_linux() const
{
    const std::uint32_t limit = receive_limit();
    const std::uint32_t mss = tcb().passive || expects_timestamps() ? own_mss() : options().mss;
    return limit >= mss ? limit / mss * mss : limit;
}

/// What linux would offer: where windows are not scaled, whole segments of the size that comes, unless what was offered
/// last is near enough; nothing where there is hardly room for one.
std::uint32_t Context::window_of_linux(std::uint32_t room, std::uint32_t promised) const
{
    const std::uint32_t limit = receive_limit();
    const std::uint32_t mss = std::min(std::max(connection.largest_seen_, 536U), limit);
    if (connection.largest_seen_ == 0) room = std::min(room, first_window_of_linux());
    if (room < limit / 2 && (room < limit / 16 || room < mss)) return 0;
    if (tcb().rcv.shift > 0) return std::min(room, first_window_of_linux());
    const std::uint32_t offered_last = promised + connection.unacknowledged_;
    if (offered_last + mss <= room || offered_last > room) return room / mss * mss;
    // A buffer that holds no whole segment opens by halves, else it would stay closed for ever.
    return mss == limit && room > offered_last + limit / 2 ? room : offered_last;
}

bool Context::window_update_due() const
{
    const Tcb& t = tcb();
    if (t.state != State::Established && t.state != State::FinWait1 && t.state != State::FinWait2) return false;
    const auto known = static_cast<std::uint32_t>(connection.right_edge_ - t.rcv.nxt);
    const std::uint32_t gained = t.rcv.wnd - known;
    // Half the buffer; or, where the peer may be unable to send one full segment, as much as lets it.
    return gained >= receive_limit() / 2 || (known < options().mss && gained >= options().mss);
}

bool Context::take_held()
{
    if (held().empty()) return false;
    const std::uint32_t more = held().take(tcb().rcv.nxt);
    receive_queue().extend(more);
    tcb().rcv.nxt += more;
    if (more == 0) return false;
    satisfy_receive();
    adjust_window();
    return true;
}

// ---- what the user gets ---------------------------------------------------------------------------------------------

void Context::count_delivered(Octets octets)
{
    if (octets.size() == 0) return;
    if (reporting()) {
        report({.kind = ReportKind::deliver,
                .count = static_cast<std::uint32_t>(octets.size()),
                .offset = connection.delivered_});
        out.delivered.insert(out.delivered.end(), octets.first.begin(), octets.first.end());
        out.delivered.insert(out.delivered.end(), octets.second.begin(), octets.second.end());
    }
    connection.delivered_ += octets.size();
}

void Context::satisfy_receive()
{
    if (!options().reads) return;
    const std::size_t all = receive_queue().size();
    count_delivered(receive_queue().read(0, all));
    receive_queue().discard(all);
    leave_urgent_mode();
}

std::size_t Context::deliver(std::span<std::uint8_t> to_user)
{
    const std::size_t count = std::min(to_user.size(), receive_queue().size());
    const Octets text_read = receive_queue().read(0, count);
    text_read.copy_to(to_user.data());
    count_delivered(text_read);
    receive_queue().discard(count);
    leave_urgent_mode();
    adjust_window();
    return count;
}

void Context::leave_urgent_mode()
{
    ReceiveVariables& rcv = tcb().rcv;
    if (rcv.urgent && rcv.up <= rcv.nxt - static_cast<std::uint32_t>(receive_queue().size())) rcv.urgent = false;
}

std::size_t Connection::urgent_unread() const
{
    const ReceiveVariables& rcv = tcb_.rcv;
    if (!rcv.urgent) return 0;
    const Seq next = rcv.nxt - static_cast<std::uint32_t>(receive_queue_.size());
    return std::min(receive_queue_.size(), static_cast<std::size_t>(rcv.up - next));
}

} // namespace tcpsm
