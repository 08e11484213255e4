// RFC 9293, 3.8.6.3. Delayed Acknowledgments; RFC 5961, 7. ACK Throttling Mitigation.

#include "connection/context.hpp"

namespace tcpsm {

namespace {
constexpr Duration longest_delay = 500ms - 1ns; // MUST-40
} // namespace

void Context::settle_ack()
{
    connection.ack_why_ = why;
    if (!ack_may_wait || connection.ack_ == Connection::Ack::now) {
        connection.ack_ = Connection::Ack::now;
        return;
    }
    connection.ack_ = Connection::Ack::delayed;
    if (!runs(TimerKind::delayed_ack))
        set_timer(TimerKind::delayed_ack, std::min(options().delayed_ack, longest_delay));
}

void Context::consider_waiting(std::uint32_t octets)
{
    const std::uint32_t least = options().linux_checks ? 536 : 0; // what linux takes for a full segment at first
    const bool first = connection.largest_seen_ == 0;
    connection.largest_seen_ = std::max({connection.largest_seen_, octets, least});
    if (first) leave_waiting();
    connection.unacknowledged_ += octets;
    if (options().delayed_ack <= Duration(0)) return;
    connection.text_heard_ = timestamp();
    if (!connection.conversing_ && connection.quick_acks_ > 0) {
        --connection.quick_acks_;
        return;
    }
    // At least every second full-sized segment (SHLD-19); how large those are shows in what has come.
    ack_may_wait = connection.unacknowledged_ <= connection.largest_seen_;
}

void Context::consider_waiting_with_fin()
{
    if (!options().linux_checks || options().delayed_ack <= Duration(0)) return;
    const bool answers = tcb().state == State::Established || tcb().state == State::SynReceived;
    if (!answers || connection.largest_seen_ == 0 || connection.unacknowledged_ > connection.largest_seen_) return;
    connection.conversing_ = true;
    connection.ack_ = Connection::Ack::none; // that of the text before the FIN waits with it
    ack_may_wait = true;
}

void Context::leave_waiting()
{
    connection.conversing_ = false;
    connection.quick_acks_ = static_cast<std::uint8_t>(std::clamp<std::int16_t>(options().quick_acks, 0, 255));
    if (!options().linux_checks) return;
    // No more than half the segments that the window holds, so that a small one fills without a burst of ACKs.
    const std::uint32_t half = tcb().rcv.wnd / (2 * std::max(connection.largest_seen_, 1U));
    if (half < connection.quick_acks_) connection.quick_acks_ = static_cast<std::uint8_t>(half > 0 ? half : 2);
}

void Context::note_conversation()
{
    if (!options().linux_checks || connection.largest_seen_ == 0) return;
    const std::chrono::milliseconds since(timestamp() - connection.text_heard_);
    if (since < options().delayed_ack) connection.conversing_ = true;
}

bool Context::may_challenge()
{
    if (options().challenge_period <= Duration(0)) return true;
    const std::uint32_t passed = timestamp() - connection.challenge_since_;
    if (connection.challenges_ == 0 || std::chrono::milliseconds(passed) >= options().challenge_period) {
        connection.challenges_ = 0;
        connection.challenge_since_ = timestamp();
    }
    if (connection.challenges_ >= options().challenge_acks) return false;
    ++connection.challenges_;
    return true;
}

} // namespace tcpsm
