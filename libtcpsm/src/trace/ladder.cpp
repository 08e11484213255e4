#include "tcpsm/trace/ladder.hpp"

#include <algorithm>

#include "tcpsm/trace/trace.hpp"
#include "trace/ladder_layout.hpp"
#include "trace/ladder_lines.hpp"

namespace tcpsm {

std::string ladder(const History& history, const LadderOptions& options)
{
    return lay_out(ladder_lines(history, options), options);
}

std::string ladder(const Network& network, const LadderOptions& options)
{
    return ladder(network.history(), options);
}

} // namespace tcpsm
