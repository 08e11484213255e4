#include "host/time_waits.hpp"

#include <algorithm>

namespace tcpsm {

// ---- entries --------------------------------------------------------------------------------------------------------

TimeWaits::TimeWaits()
{
    recent_.fill(nobody);
}

std::uint32_t TimeWaits::add(const Connection& connection)
{
    const std::uint32_t common = common_of(connection);
    const std::uint32_t place = entries_.make(TimeWait(connection, common));
    entries_[place].before = place;
    return place;
}

void TimeWaits::set(std::uint32_t place, const Connection& connection)
{
    const std::uint32_t common = common_of(connection);
    drop(entries_[place].wait.common());
    entries_[place].wait = TimeWait(connection, common);
}

void TimeWaits::remove(std::uint32_t place)
{
    leave(place);
    drop(entries_[place].wait.common());
    entries_.destroy(place);
}

std::uint32_t TimeWaits::common_of(const Connection& connection)
{
    for (const std::uint32_t recent : recent_) {
        if (recent == nobody || !TimeWait::shares(connection, commons_[recent].what)) continue;
        ++commons_[recent].uses;
        return recent;
    }
    std::uint32_t& oldest = recent_[oldest_++ % remembered];
    if (oldest != nobody && commons_[oldest].uses == 0) give_back(oldest);
    oldest = free_common_;
    if (oldest == nobody) {
        oldest = static_cast<std::uint32_t>(commons_.size());
        commons_.emplace_back();
    } else {
        free_common_ = commons_[oldest].next;
    }
    commons_[oldest] = {.what = TimeWait::common_of(connection), .uses = 1};
    return oldest;
}

void TimeWaits::drop(std::uint32_t common)
{
    if (--commons_[common].uses > 0) return;
    if (std::find(recent_.begin(), recent_.end(), common) == recent_.end()) give_back(common);
}

void TimeWaits::give_back(std::uint32_t common)
{
    commons_[common].what.options = nullptr;
    commons_[common].next = free_common_;
    free_common_ = common;
}

// ---- lines ----------------------------------------------------------------------------------------------------------

bool TimeWaits::join(std::uint32_t place)
{
    const Timer timer = entries_[place].wait.timer();
    auto line = std::find_if(lines_.begin(), lines_.end(), [&](const Line& l) {
        return l.last == nobody || !timer.before(entries_[l.last].wait.timer());
    });
    if (line == lines_.end()) {
        if (lines_.size() == most_lines) return false;
        line = lines_.emplace(lines_.end());
    }
    entries_[place].before = line->last;
    entries_[place].after = nobody;
    if (line->last != nobody) {
        entries_[line->last].after = place;
    } else {
        line->first = place;
        news_ = true;
    }
    line->last = place;
    return true;
}

void TimeWaits::leave(std::uint32_t place)
{
    if (!in_line(place)) return;
    Entry& entry = entries_[place];
    if (entry.after != nobody) {
        entries_[entry.after].before = entry.before;
    } else {
        for (Line& line : lines_)
            if (line.last == place) line.last = entry.before;
    }
    if (entry.before != nobody) {
        entries_[entry.before].after = entry.after;
    } else {
        news_ = true;
        for (Line& line : lines_)
            if (line.first == place) line.first = entry.after;
    }
    entry.before = place;
}

TimeWaits::Wake TimeWaits::wake(std::uint64_t order)
{
    for (Line& line : lines_) {
        if (line.asked.order != order) continue;
        if (line.first != nobody && entries_[line.first].wait.timer().order == order) return Wake::due;
        line.asked = {};
        news_ = true;
        return Wake::past;
    }
    return Wake::other;
}

void TimeWaits::fires(std::uint64_t order)
{
    for (Line& line : lines_)
        if (line.asked.order == order) line.asked = {};
    news_ = true;
}

std::size_t TimeWaits::memory() const
{
    return entries_.memory() + lines_.capacity() * sizeof(Line) + commons_.capacity() * sizeof(Common);
}

} // namespace tcpsm
