// tcpsm claims: what people say of TCP, and what a run says to it.

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/claim_card.hpp"
#include "cli/command.hpp"
#include "cli/input.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "files/scenarios.hpp"
#include "words/phrases.hpp"

namespace tcpsm::cli {
namespace {

struct ClaimsArguments {
    std::vector<std::string> files;
    std::string language = "en";
    Colour colour = Colour::automatic;
    RunArguments run;
};

std::vector<Scenario> claims_of(const ClaimsArguments& arguments)
{
    std::vector<std::string> named = arguments.files;
    if (named.empty()) named.push_back(viz::claim_folder().string());
    if (named.front().empty()) throw CommandError("tcpsm: found no examples/claims here; try: tcpsm claims FILE");
    std::vector<Scenario> scenarios = read_all(named, arguments.run.read());
    for (const Scenario& scenario : scenarios)
        if (!scenario.claim) throw CommandError(scenario.file + ": found no 'claim', expected a scenario with one");
    return scenarios;
}

/// Cards are read, so they are no wider than a page; also where no terminal says how wide it is.
std::size_t card_width()
{
    constexpr std::size_t page = 100;
    constexpr std::size_t least = 40;
    const std::size_t terminal = terminal_width();
    return terminal == 0 ? page : std::clamp(terminal, least, page);
}

Status claims(const ClaimsArguments& arguments)
{
    const std::vector<Scenario> scenarios = claims_of(arguments);
    const CardOptions options{.language = viz::parse_language(arguments.language).value_or(viz::Language::english),
                              .colour = coloured(arguments.colour),
                              .width = card_width()};
    std::size_t judged = 0;
    std::size_t turned = 0;
    const auto print_count = [&] {
        print(viz::say(options.language, viz::Phrase::claim_count, judged - turned, judged) + '\n');
    };
    for (const Scenario& scenario : scenarios) {
        Simulation simulation(scenario);
        if (run_watched(simulation).interrupted) {
            print_count();
            return interrupted;
        }
        const Decision decision = decide(*scenario.claim, simulation);
        ++judged;
        if (decision.verdict != scenario.claim->verdict) ++turned;
        print(claim_card(scenario, decision, simulation.network.history(), options) + '\n');
    }
    print_count();
    return turned == 0 ? good : expectation_failed;
}

} // namespace

Subcommand add_claims(CLI::App& tcpsm)
{
    CLI::App* command = tcpsm.add_subcommand("claims", "Put what people say of TCP to the test");
    command->footer("Examples:\n"
                    "  tcpsm claims\n"
                    "  tcpsm claims --lang zh fin-timeout-shortens-time-wait\n"
                    "  tcpsm claims --set client.time_wait=10s fin-timeout-shortens-time-wait\n"
                    "\nExit status:\n"
                    "  0  Every verdict is as its file says\n"
                    "  1  One is not\n"
                    "  2  A file is bad");
    const auto arguments = std::make_shared<ClaimsArguments>();
    command
        ->add_option("FILE", arguments->files,
                     "Files with a claim, folders of them, or names; without any, all that come with tcpsm")
        ->option_text("...");
    command->add_option("--lang", arguments->language, "In which language claims and answers are")
        ->check(one_of({"en", "zh"}))
        ->option_text("en|zh");
    add_colour_option(*command, arguments->colour);
    add_run_options(*command, arguments->run);
    return {command, [arguments] { return claims(*arguments); }};
}

} // namespace tcpsm::cli
