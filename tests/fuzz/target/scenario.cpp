#include "tcpsm/scenario/scenario.hpp"

#include <string_view>

#include "fuzz/target/targets.hpp"
#include "tcpsm/scenario/simulation.hpp"

namespace tcpsm::fuzz {
namespace {

constexpr std::size_t most_events = 2000;
constexpr std::uint32_t most_text = 20'000; // more takes long and finds nothing

bool is_small(const Scenario& scenario)
{
    std::uint64_t text = 0;
    for (const Step& step : scenario.steps) text += step.action.octets + step.action.segment.text_len;
    return text <= most_text && scenario.hosts.size() <= 20;
}

void run(const Scenario& scenario)
{
    Simulation simulation(scenario);
    std::size_t events = 0;
    while (events < most_events && simulation.step()) ++events;
    static_cast<void>(check(scenario, simulation));
}

} // namespace

void scenario(Octets input)
{
    if (input.size() > 20'000) return;
    const std::string text(input.begin(), input.end());
    const auto read = read_scenario(text, "fuzz.yaml");
    if (const auto* error = std::get_if<ScenarioError>(&read)) {
        require(!error->message().empty(), "an error without a message");
        return;
    }
    const auto& valid = std::get<Scenario>(read);
    static_cast<void>(valid.remarks());
    const std::string written = write_scenario(valid);
    const auto again = read_scenario(written, "fuzz.yaml");
    if (const auto* error = std::get_if<ScenarioError>(&again))
        throw Broken("what was written does not read: " + error->message() + "\n" + written);
    const std::string twice = write_scenario(std::get<Scenario>(again));
    if (twice != written) throw Broken("what was written reads as something else:\n" + written + "\n" + twice);
    if (is_small(valid)) run(valid);
}

} // namespace tcpsm::fuzz
