#include "cli/timeline.hpp"

namespace tcpsm::cli {

Timeline::Timeline(const Scenario& scenario) : kept_{Simulation(scenario)}, before_(kept_.front()), now_(before_) {}

bool Timeline::forward()
{
    Simulation next = now_;
    while (records(next) == records(now_))
        if (!next.step()) return false;
    before_ = std::move(now_);
    now_ = std::move(next);
    ++position_;
    if (position_ % events_per_copy == 0 && position_ / events_per_copy == kept_.size()) kept_.push_back(now_);
    return true;
}

bool Timeline::back()
{
    if (position_ == 0) return false;
    const std::size_t wanted = position_ - 1;
    // One earlier than wanted where there is one, so that `before` is walked past.
    const std::size_t copy = wanted == 0 ? 0 : (wanted - 1) / events_per_copy;
    now_ = kept_[copy];
    before_ = now_;
    position_ = copy * events_per_copy;
    while (position_ < wanted) forward();
    return true;
}

} // namespace tcpsm::cli
