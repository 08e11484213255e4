// TIME-WAIT as a host sees it: how many there are, and who may have their four-tuples.

#include "host/stack.hpp"

namespace tcpsm {

void Stack::count_time_wait(Slot& slot, Time now, Output& out)
{
    if (slot.in_time_wait) {
        --time_waits_;
        slot.in_time_wait = false;
    } else if (time_waits_ < profile_.max_tw_buckets) {
        ++time_waits_;
        slot.in_time_wait = true;
    } else {
        slot.connection.timeout(now, out); // no place to wait in: 2 MSL are over
    }
}

bool Stack::gives_way(const Connection& old, bool chosen, Time now) const
{
    // Only the peer's timestamps tell an old segment from a new one.
    if (old.state() != State::TimeWait || !old.tcb().timestamps) return false;
    if (chosen) return profile_.connection.linux_checks; // measured: at once, whatever tcp_tw_reuse says
    const bool loopback = old.remote().address == address_;
    if (profile_.tw_reuse == 0 || (profile_.tw_reuse == 2 && !loopback)) return false;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    return static_cast<std::uint32_t>(seconds) - old.tcb().ts.recent_age >= 1;
}

Tcb Stack::take_over(std::uint32_t index, Time now, Output& out)
{
    Connection& old = touch(index).connection;
    const Tcb last = old.tcb();
    old.timeout(now, out);
    release_if_over(index);
    return last;
}

} // namespace tcpsm
