#include "explain/told.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <variant>

#include "support/places.hpp"
#include "support/text.hpp"

namespace tcpsm::test {
namespace {

const std::filesystem::path folder = tcpsm::test::in_source("examples/scenarios");

Scenario valid(std::variant<Scenario, ScenarioError> read)
{
    if (const auto* error = std::get_if<ScenarioError>(&read)) throw std::runtime_error(error->message());
    return std::get<Scenario>(std::move(read));
}

Network run(const Scenario& scenario)
{
    Simulation simulation(scenario);
    simulation.run();
    return simulation.network;
}

std::string line(const viz::CheckLine& check)
{
    std::string text = check.result == viz::CheckResult::passed        ? "+ "
                       : check.result == viz::CheckResult::not_reached ? ". "
                       : check.refused                                 ? "x "
                                                                       : "= ";
    text += check.ordinal + ", " + check.name;
    return check.found.empty() ? text + "\n" : text + ": " + check.found + "\n";
}

} // namespace

Scenario scenario(std::string_view name)
{
    return valid(read_scenario_file((folder / (std::string(name) + ".yaml")).string()));
}

Scenario scenario_of(std::string_view text)
{
    return valid(read_scenario(text, "test.yaml"));
}

std::vector<std::string> scenario_names()
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::string name = entry.path().stem().string();
        if (scenario(name).recording == Recording::everything) names.push_back(std::move(name)); // else nothing is told
    }
    std::sort(names.begin(), names.end());
    return names;
}

Told::Told(const Network& network) : history(network.history())
{
    story.read(history);
}

Told::Told(std::string_view scenario_name) : Told(run(scenario(scenario_name))) {}

std::vector<viz::Explanation> Told::explanations(viz::Language language) const
{
    std::vector<viz::Explanation> all;
    for (std::uint32_t m = 0; m < story.moments().size(); ++m)
        all.push_back(explain_moment(history, story, m, language));
    return all;
}

std::string Told::headlines(viz::Language language, Time from) const
{
    std::string all;
    for (std::uint32_t m = 0; m < story.moments().size(); ++m) {
        if (story.moments()[m].time < from) continue;
        all += to_string(story.moments()[m].time) + "  " + explain_moment(history, story, m, language).headline + "\n";
    }
    return all;
}

viz::Explanation Told::moment(std::string_view headline, viz::Language language) const
{
    for (viz::Explanation& each : explanations(language))
        if (each.headline.find(headline) != std::string::npos) return std::move(each);
    throw std::runtime_error("no headline says: " + std::string(headline) + "\n" + headlines(language));
}

std::string Told::checks(std::string_view segment, viz::Language language) const
{
    const auto index = Trace(history).find(segment);
    if (!index) throw std::runtime_error("no segment is called " + std::string(segment));
    std::string all;
    for (const viz::CheckLine& check : explain_checks(history, story, static_cast<std::uint32_t>(*index), language))
        all += line(check);
    return all;
}

std::string unfolded(std::string_view raw)
{
    std::string text = lines(raw);
    for (std::size_t at = text.find("\n    "); at != std::string::npos; at = text.find("\n    "))
        text.replace(at, 5, " ");
    return text;
}

std::string waiting(const Network& world, Time now, viz::Language language)
{
    std::string all;
    Network copy = world;
    for (const viz::Waiting& each : explain_waiting(copy, now, language)) all += each.sentence + "\n";
    return all;
}

std::string waiting(const Network& world)
{
    return waiting(world, world.now());
}

} // namespace tcpsm::test
