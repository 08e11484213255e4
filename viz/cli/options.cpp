#include "cli/options.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "files/suggest.hpp"

namespace tcpsm::cli {

void add_file(CLI::App& command, std::string& file)
{
    command.add_option("FILE", file, "A scenario file; or a name that `tcpsm list` shows; or - for standard input")
        ->required()
        ->option_text(" ");
}

void add_colour_option(CLI::App& command, Colour& colour)
{
    static const std::map<std::string, Colour> choices{
        {"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}};
    const auto add = [&](const char* name) {
        return command
            .add_option_function<std::string>(
                name, [&colour](const std::string& choice) { colour = choices.at(choice); },
                "Colour the text; auto: in a terminal, unless NO_COLOR is set")
            ->check(one_of({"auto", "always", "never"}))
            ->option_text("auto|always|never");
    };
    add("--colour");
    add("--color")->group(""); // not in the help
}

RunOptions RunArguments::read() const
{
    RunOptions result = options;
    if (seed.empty()) return result;
    std::uint64_t number = 0;
    const char* end = seed.data() + seed.size();
    const auto [rest, error] = std::from_chars(seed.data(), end, number);
    if (error != std::errc{} || rest != end)
        throw CommandError(fmt::format("--seed: found '{}', expected a whole number from 0 to 2^64 - 1", seed));
    result.seed = number;
    return result;
}

void add_run_options(CLI::App& command, RunArguments& arguments)
{
    const auto repeated = [&](const char* name, std::vector<std::string>& values, const char* help) {
        // One value each time it is given: else the option would swallow the FILE that follows it.
        return command.add_option(name, values, help)->allow_extra_args(false);
    };
    repeated("--set", arguments.options.set, "Change a switch for this run: msl=10s; client.mss=536 for one host")
        ->option_text("KEY=VALUE");
    repeated("--lose", arguments.options.lose, "Lose a segment: client.4 is the fourth that the host client sends")
        ->option_text("SEGMENT");
    command
        .add_option("--seed", arguments.seed,
                    "Draw other random numbers: other losses by chance, other first sequence numbers")
        ->option_text("N");
    command.add_option("--profile", arguments.options.profile, "Whose defaults the hosts have")
        ->option_text("rfc9293|linux");
}

CLI::Validator one_of(std::vector<std::string> words, std::vector<std::string> later)
{
    const auto contains = [](const std::vector<std::string>& list, const std::string& word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    const auto check = [words = std::move(words), later = std::move(later), contains](std::string& word) {
        if (contains(words, word)) return std::string();
        const std::string expected = fmt::format("expected {}", fmt::join(words, " or "));
        if (contains(later, word)) return fmt::format("{} comes in a later version; {}", word, expected);
        return fmt::format("found '{}', {}{}", word, expected, viz::did_you_mean(word, words));
    };
    return CLI::Validator(check, "");
}

} // namespace tcpsm::cli
