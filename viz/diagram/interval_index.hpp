#pragma once
// Which of many stretches a range of moments touches, without looking at all of them.

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tcpsm::viz {

/// Stretches are numbered in the order in which they begin, and end in any order. A block of them is passed over where
/// all have ended too early; so a few that never end cost only their own blocks.
class IntervalIndex {
public:
    /// The next stretch. `moment` is not before that of the last one.
    void begin(std::uint32_t moment)
    {
        if (begin_.size() % block_size == 0) blocks_.push_back({.first_begin = moment});
        begin_.push_back(moment);
        end_.push_back(open);
        ++blocks_.back().running;
    }
    void end(std::uint32_t stretch, std::uint32_t moment)
    {
        end_[stretch] = moment;
        Block& block = blocks_[stretch / block_size];
        --block.running;
        block.last_end = std::max(block.last_end, moment);
    }
    /// Calls `see` for all that began at `last` or before and had not ended before `first`.
    template <class See>
    void each(std::uint32_t first, std::uint32_t last, See&& see) const
    {
        for (std::size_t b = 0; b < blocks_.size() && blocks_[b].first_begin <= last; ++b) {
            if (blocks_[b].running == 0 && blocks_[b].last_end < first) continue;
            const std::size_t stop = std::min(begin_.size(), (b + 1) * block_size);
            for (std::size_t i = b * block_size; i < stop && begin_[i] <= last; ++i)
                if (end_[i] >= first) see(static_cast<std::uint32_t>(i));
        }
    }

private:
    static constexpr std::size_t block_size = 64;
    static constexpr std::uint32_t open = 0xffffffff;
    struct Block {
        std::uint32_t first_begin = 0;
        std::uint32_t running = 0;
        std::uint32_t last_end = 0;
    };
    std::vector<std::uint32_t> begin_;
    std::vector<std::uint32_t> end_;
    std::vector<Block> blocks_;
};

} // namespace tcpsm::viz
