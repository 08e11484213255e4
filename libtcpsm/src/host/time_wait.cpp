// TIME-WAIT as a host sees it: how many there are, and who may have their four-tuples.

#include "host/stack.hpp"

namespace tcpsm {

namespace {

constexpr std::uint32_t trusted_for = 60; // seconds: the MSL, as Linux takes it

std::uint32_t seconds_of(Time now)
{
    return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
}

} // namespace

void Stack::count_time_wait(std::uint32_t index, Time now, Output& out)
{
    Slot& slot = slots_[index];
    if (!slot.in_time_wait) remember_peer(connection(index));
    if (slot.in_time_wait) {
        --time_wait_count_;
        slot.in_time_wait = false;
    } else if (time_wait_count_ < profile_.max_tw_buckets) {
        ++time_wait_count_;
        slot.in_time_wait = true;
    } else {
        ++overflows_.time_waits;
        log({now, LogLine::time_wait_overflow, 0}, out);
        connection(index).timeout(now, out); // no place to wait in: 2 MSL are over
    }
}

bool Stack::make_compact(Slot& slot)
{
    const Whole& socket = sockets_[slot.place];
    const std::uint64_t order = socket.connection.timers()[TimerKind::time_wait].order;
    std::uint32_t place = socket.time_wait;
    bool waits = false; // for a wake-up that it has asked for before
    if (place == nobody) {
        place = time_waits_.add(socket.connection);
        waits = socket.wake.order == order;
    } else {
        waits = time_waits_[place].timer().order == order;
        if (!waits) time_waits_.leave(place);
        time_waits_.set(place, socket.connection);
    }
    sockets_.destroy(slot.place);
    slot.place = place;
    slot.compact = true;
    return waits || time_waits_.join(place);
}

void Stack::time_wait_is_over(std::uint32_t index, Time now, Output& out)
{
    const std::uint32_t place = slots_[index].place;
    time_waits_.fires(time_waits_[place].timer().order);
    Connection connection = time_waits_.connection(place);
    connection.timeout(now, out); // to CLOSED, by the row of 2 MSL
    release(index);
}

bool Stack::gives_way(const Connection& old, bool chosen, Time now) const
{
    // Only the peer's timestamps tell an old segment from a new one.
    if (old.state() != State::TimeWait || !old.tcb().timestamps) return false;
    if (chosen) return profile_.connection.linux_checks; // measured: at once, whatever tcp_tw_reuse says
    const bool loopback = old.remote().address == address_;
    if (profile_.tw_reuse == 0 || (profile_.tw_reuse == 2 && !loopback)) return false;
    return seconds_of(now) - old.tcb().ts.recent_age >= 1;
}

void Stack::remember_peer(const Connection& connection)
{
    const Tcb& tcb = connection.tcb();
    if (!connection.options().tw_recycle || !tcb.timestamps) return;
    TimestampVariables& last = peers_.try_emplace(connection.remote().address.value, tcb.ts).first->second;
    const bool newer = static_cast<std::int32_t>(tcb.ts.recent - last.recent) >= 0;
    if (newer || tcb.ts.recent_age - last.recent_age > trusted_for) last = tcb.ts;
}

bool Stack::older_than_its_address(const Segment& syn, Endpoint from, Time now) const
{
    if (!options_->tw_recycle || !options_->timestamps) return false;
    const auto last = peers_.find(from.address.value);
    if (last == peers_.end() || seconds_of(now) - last->second.recent_age >= trusted_for) return false;
    const auto stamps = syn.options.timestamps();
    // Linux let a SYN without one pass until 3.17, and then no more: it could have come around the check.
    return !stamps || static_cast<std::int32_t>(last->second.recent - stamps->value) > 1;
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
