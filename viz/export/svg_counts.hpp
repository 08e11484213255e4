#pragma once
// The counts by state over time as a picture.

#include <string>
#include <vector>

#include "diagram/counts_plot.hpp"
#include "export/svg.hpp"

namespace tcpsm::viz {

/// For each host that had connections, how many stood in each state over time, one upon the other, and where it ran out
/// of ports or a queue was full for the first time. What changes within a pixel is drawn at its height. `mode` and
/// `states` of the options have no effect.
[[nodiscard]] std::string counts_svg(const History& history, const SvgOptions& options = {});
/// The same of plots that somebody has, and the hosts that they are of.
[[nodiscard]] std::string counts_svg(const std::vector<HostInfo>& hosts, std::vector<CountsPlot> plots,
                                     const SvgOptions& options);

} // namespace tcpsm::viz
