// What a program does with tcpsm::scenario.

#include <iostream>
#include <tcpsm/scenario/scenario.hpp>
#include <tcpsm/scenario/simulation.hpp>
#include <tcpsm/trace/ladder.hpp>
#include <variant>

int main()
{
    const auto read = tcpsm::read_scenario(tcpsm::new_scenario(), "new.yaml");
    if (const auto* error = std::get_if<tcpsm::ScenarioError>(&read)) {
        std::cerr << error->message() << "\n";
        return 1;
    }
    const auto& scenario = std::get<tcpsm::Scenario>(read);
    tcpsm::Simulation simulation(scenario);
    simulation.run();
    std::cout << tcpsm::ladder(simulation.network);
    const bool passed = tcpsm::check(scenario, simulation).empty();
    const bool refused = std::holds_alternative<tcpsm::ScenarioError>(tcpsm::read_scenario("hosts: [", "bad.yaml"));
    return passed && refused ? 0 : 1;
}
