#pragma once
// The connections in TIME-WAIT that nobody holds, each a compact entry, and who of them is over next.

#include <array>
#include <cstdint>
#include <vector>

#include "connection/time_wait.hpp"
#include "host/pool.hpp"

namespace tcpsm {

/// Entries by place. Since 2 MSL have one length, or few, those that begin to wait later are over later: they stand in
/// lines, in the order in which they will be over, and the scheduler is asked for the first of each line alone.
class TimeWaits {
public:
    static constexpr std::uint32_t nobody = 0xffffffff;

    TimeWaits();
    /// Makes an entry, in no line. Returns its place.
    std::uint32_t add(const Connection& connection);
    /// The entry holds what has become of its connection.
    void set(std::uint32_t place, const Connection& connection);
    void remove(std::uint32_t place);

    [[nodiscard]] const TimeWait& operator[](std::uint32_t place) const { return entries_[place].wait; }
    [[nodiscard]] Connection connection(std::uint32_t place) const
    {
        const TimeWait& wait = entries_[place].wait;
        return wait.connection(commons_[wait.common()].what);
    }
    /// Other options for all: `after(before)` answers which.
    template <class After>
    void change_options(After&& after)
    {
        for (Common& common : commons_)
            if (common.uses > 0) common.what.options = after(common.what.options);
    }

    /// Goes to the end of a line; false where it would be over before the last one of each.
    bool join(std::uint32_t place);
    void leave(std::uint32_t place);
    [[nodiscard]] bool in_line(std::uint32_t place) const { return entries_[place].before != place; }
    /// Asks for those that have become first: `ask(place)`.
    template <class Ask>
    void ask_for_first(Ask&& ask)
    {
        if (!news_) return;
        news_ = false;
        for (Line& line : lines_) {
            if (line.first == nobody) continue;
            const Timer timer = entries_[line.first].wait.timer();
            if (!timer.before(line.asked)) continue; // what was asked for comes first, and then this
            line.asked = timer;
            ask(line.first);
        }
    }
    /// What the wake-up for a timer of this order is: not one of these, due, or for one that has left its line.
    enum class Wake : std::uint8_t { other, due, past };
    Wake wake(std::uint64_t order);
    /// It was due, and its timer fires.
    void fires(std::uint64_t order);

    [[nodiscard]] std::size_t memory() const;

private:
    struct Entry {
        explicit Entry(const TimeWait& its_wait) : wait(its_wait) {}
        TimeWait wait;
        std::uint32_t before = nobody; // in its line; itself where it stands in none
        std::uint32_t after = nobody;
    };
    struct Line {
        std::uint32_t first = nobody;
        std::uint32_t last = nobody;
        Timer asked; // what the scheduler has been asked for
    };
    struct Common {
        TimeWaitCommon what;
        std::uint32_t uses = 0;      // by entries; those of `recent_` stay without
        std::uint32_t next = nobody; // of those that are free
    };
    static constexpr std::size_t most_lines = 8;
    static constexpr std::size_t remembered = 8;

    std::uint32_t common_of(const Connection& connection);
    void drop(std::uint32_t common);
    void give_back(std::uint32_t common);

    Pool<Entry, 64> entries_;
    std::vector<Line> lines_;
    bool news_ = false; // somebody became first
    std::vector<Common> commons_;
    std::uint32_t free_common_ = nobody;
    std::array<std::uint32_t, remembered> recent_{}; // commons, where another like them is looked for
    std::size_t oldest_ = 0;
};

} // namespace tcpsm
