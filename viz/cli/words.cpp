#include "cli/words.hpp"

#include "tcpsm/trace/trace.hpp"

namespace tcpsm::cli {

std::string heading(const Scenario& scenario)
{
    std::string text;
    for (const std::string& line : {scenario.title, scenario.asks})
        if (!line.empty()) text += line + '\n';
    return text.empty() ? text : text + '\n';
}

std::string left_over(const Simulation& simulation)
{
    const Time next = simulation.network.next_event();
    if (next == never) return {};
    if (next <= simulation.until())
        return "The run was interrupted at " + to_string(simulation.network.now()) + "; the next event would be at " +
               to_string(next) + ".\n";
    return "The run ends at " + to_string(simulation.until()) + " (until:); the next event would be at " +
           to_string(next) + ".\n";
}

} // namespace tcpsm::cli
