#pragma once
// Where one stands in a run, with the world before the last event beside it.

#include <cstddef>
#include <utility>

#include "replay/timeline.hpp"

namespace tcpsm::cli {

/// Stands between two events that left a record, as a viz::Timeline counts them.
class Cursor {
public:
    explicit Cursor(const Scenario& scenario) : timeline_(scenario), before_(timeline_.at(0)), now_(before_) {}

    /// One event on; false, and nothing changes, at the end.
    bool forward()
    {
        constexpr std::size_t steps = 64; // a run may be endless: it is run no further than it is looked at
        while (timeline_.stops().size() == position_ && !timeline_.run_ahead(steps)) {
        }
        if (timeline_.stops().size() == position_) return false;
        before_ = std::move(now_);
        now_ = timeline_.at(++position_);
        return true;
    }

    /// One event back; false at the beginning.
    bool back()
    {
        if (position_ == 0) return false;
        --position_;
        before_ = timeline_.at(position_ == 0 ? 0 : position_ - 1);
        now_ = timeline_.at(position_);
        return true;
    }

    [[nodiscard]] std::size_t position() const { return position_; } ///< events since the beginning
    [[nodiscard]] const Simulation& now() const { return now_; }
    [[nodiscard]] const Simulation& before() const { return before_; } ///< the last event; `now` at the beginning
    /// The records of the last event: from this one of the history to its end.
    [[nodiscard]] std::size_t first_record() const { return before_.network.history().records().size(); }

private:
    viz::Timeline timeline_;
    Simulation before_;
    Simulation now_;
    std::size_t position_ = 0;
};

} // namespace tcpsm::cli
