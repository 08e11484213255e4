#include "connection/time_wait.hpp"

namespace tcpsm {
namespace {

/// Sequence numbers that follow SND.NXT or RCV.NXT: as differences, or back.
void move_sequence_numbers(Tcb& tcb, std::uint32_t sent, std::uint32_t received)
{
    tcb.snd.una = tcb.snd.una + sent;
    tcb.snd.nxt = tcb.snd.nxt + sent;
    tcb.snd.wl2 = tcb.snd.wl2 + sent;
    tcb.snd.wl1 = tcb.snd.wl1 + received;
    tcb.rcv.nxt = tcb.rcv.nxt + received;
    tcb.ts.last_ack_sent = tcb.ts.last_ack_sent + received;
}

/// The octets that were received before the FIN, where they are fewer than the ring has numbers.
std::uint32_t octets_before(Seq rcv_nxt, Seq irs)
{
    return static_cast<std::uint32_t>(rcv_nxt - irs) - 2; // the SYN and the FIN
}

std::uint64_t delivered_beyond(std::uint64_t delivered, const Tcb& tcb)
{
    return delivered - octets_before(tcb.rcv.nxt, tcb.rcv.irs);
}

/// Without what a TimeWait holds.
Tcb in_common(Tcb tcb)
{
    move_sequence_numbers(tcb, -tcb.snd.nxt.value(), -tcb.rcv.nxt.value());
    tcb.snd.iss = tcb.rcv.irs = Seq{};
    tcb.ts.recent = tcb.ts.recent_age = 0;
    return tcb;
}

} // namespace

bool TimeWait::can_hold(const Connection& c)
{
    if (c.state() != State::TimeWait || c.ack_ != Connection::Ack::none || c.lingers_) return false;
    if (c.queued() > 0 || c.unread() > 0 || !c.held_.empty() || !c.recovery_.sacked().empty()) return false;
    return c.timers_.only(TimerKind::time_wait);
}

bool TimeWait::shares(const Connection& c, const TimeWaitCommon& common)
{
    return common.options == c.options_ && common.rto == c.rto_ && common.congestion == c.congestion_ &&
           common.local == c.local_.address && common.signal == c.signal_ &&
           common.delivered == delivered_beyond(c.delivered_, c.tcb_) && common.tcb == in_common(c.tcb_);
}

TimeWaitCommon TimeWait::common_of(const Connection& c)
{
    return {.options = c.options_,
            .tcb = in_common(c.tcb_),
            .rto = c.rto_,
            .congestion = c.congestion_,
            .local = c.local_.address,
            .signal = c.signal_,
            .delivered = delivered_beyond(c.delivered_, c.tcb_)};
}

TimeWait::TimeWait(const Connection& c, std::uint32_t common)
    : remote_(c.remote_.address),
      remote_port_(c.remote_.port),
      local_port_(c.local_.port),
      snd_nxt_(c.tcb_.snd.nxt),
      iss_(c.tcb_.snd.iss),
      rcv_nxt_(c.tcb_.rcv.nxt),
      irs_(c.tcb_.rcv.irs),
      ts_recent_(c.tcb_.ts.recent),
      ts_recent_age_(c.tcb_.ts.recent_age),
      timestamp_offset_(c.timestamp_offset),
      challenge_since_(c.challenge_since_),
      number_(c.number),
      common_(common),
      deadline_(c.timers_[TimerKind::time_wait].deadline),
      order_and_challenges_((c.timers_[TimerKind::time_wait].order << 8) | c.challenges_)
{
}

Connection TimeWait::connection(const TimeWaitCommon& common) const
{
    Connection c(common.options);
    c.tcb_ = common.tcb;
    move_sequence_numbers(c.tcb_, snd_nxt_.value(), rcv_nxt_.value());
    c.tcb_.snd.iss = iss_;
    c.tcb_.rcv.irs = irs_;
    c.tcb_.ts.recent = ts_recent_;
    c.tcb_.ts.recent_age = ts_recent_age_;
    c.local_ = {common.local, local_port_};
    c.remote_ = remote();
    c.rto_ = common.rto;
    c.congestion_ = common.congestion;
    c.signal_ = common.signal;
    c.delivered_ = common.delivered + octets_before(rcv_nxt_, irs_);
    c.challenge_since_ = challenge_since_;
    c.challenges_ = static_cast<std::uint8_t>(order_and_challenges_ & 0xff);
    c.timers_.set(TimerKind::time_wait, timer());
    c.timestamp_offset = timestamp_offset_;
    c.number = number_;
    return c;
}

} // namespace tcpsm
