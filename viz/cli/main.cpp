// tcpsm, the command line. Each subcommand is in the file of its name.

#include <algorithm>
#include <cstdio>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "files/suggest.hpp"

namespace tcpsm::cli {
namespace {

using Subcommands = std::vector<Subcommand>;

const Subcommand* chosen(const Subcommands& subcommands)
{
    for (const Subcommand& subcommand : subcommands)
        if (subcommand.app->parsed()) return &subcommand;
    return nullptr;
}

std::vector<std::string> words_of(const CLI::App& app, const Subcommands& subcommands, bool options)
{
    std::vector<std::string> words;
    if (options) {
        for (const CLI::Option* option : app.get_options())
            for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
    } else {
        for (const Subcommand& subcommand : subcommands) words.push_back(subcommand.app->get_name());
    }
    return words;
}

/// What to say of a word on the command line that nothing takes; empty where there is none. CLI11 would say only that
/// it was not expected.
std::string unknown_word(const CLI::App& app, const Subcommands& subcommands)
{
    std::vector<std::string> rest = app.remaining();
    std::erase(rest, "--");
    if (rest.empty()) return {};
    const auto is_option = [](const std::string& word) { return word.size() > 1 && word.front() == '-'; };
    const auto option = std::find_if(rest.begin(), rest.end(), is_option); // the words after it may be its values
    const std::string word = option == rest.end() ? rest.front() : *option;
    if (is_option(word)) {
        const std::string name = word.substr(0, word.find('='));
        return fmt::format("unknown option '{}'{}", name, viz::did_you_mean(name, words_of(app, subcommands, true)));
    }
    if (app.get_parent() != nullptr) return fmt::format("'{}' is one argument too many", word);
    return fmt::format("unknown subcommand '{}'{}", word, viz::did_you_mean(word, words_of(app, subcommands, false)));
}

/// Ends the command where there is a problem.
void refuse(const std::string& problem, const Subcommand* subcommand)
{
    if (problem.empty()) return;
    const std::string command = subcommand == nullptr ? "tcpsm" : "tcpsm " + subcommand->app->get_name();
    throw CommandError(fmt::format("{0}: {1}\nFor help: {0} --help", command, problem));
}

/// The words of the command line, the last one first, as CLI11 wants them. `tcpsm help run` is `tcpsm run --help`.
std::vector<std::string> words_reversed(int argc, char** argv)
{
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    if (!words.empty() && words.front() == "help") {
        words.erase(words.begin());
        words.emplace_back("--help");
    }
    std::reverse(words.begin(), words.end());
    return words;
}

/// Reads the command line, and throws where it is not understood. Answers which subcommand is to be run; none where
/// help was asked for, and given.
const Subcommand* parse(CLI::App& app, const Subcommands& subcommands, int argc, char** argv)
{
    std::string problem;
    try {
        app.parse(words_reversed(argc, argv));
    } catch (const CLI::CallForHelp&) {
        const Subcommand* subcommand = chosen(subcommands);
        if (subcommand == nullptr) refuse(unknown_word(app, subcommands), nullptr);
        print(subcommand == nullptr ? app.help() : subcommand->app->help("tcpsm"));
        return nullptr;
    } catch (const CLI::CallForVersion& version) {
        print(std::string(version.what()) + '\n');
        return nullptr;
    } catch (const CLI::ArgumentMismatch& error) {
        const std::string what = error.what(); // "--lose: 1 required TEXT missing"
        problem = what.substr(0, what.find(':')) + ": a value is missing";
    } catch (const CLI::ParseError& error) {
        problem = error.what();
    }
    const Subcommand* subcommand = chosen(subcommands);
    std::string unknown = unknown_word(app, subcommands);
    if (unknown.empty() && subcommand != nullptr) unknown = unknown_word(*subcommand->app, subcommands);
    if (!unknown.empty()) problem = unknown; // the better reason: what is missing may be what was misspelled
    refuse(problem, subcommand);
    if (subcommand == nullptr) print(app.help());
    return subcommand;
}

Status run(int argc, char** argv)
{
    CLI::App app("A TCP to watch: two simulated hosts, a network that loses what you say, and why each thing happened.",
                 "tcpsm");
    app.set_version_flag("--version", "tcpsm " TCPSM_VERSION, "Print the version");
    app.set_help_flag("-h,--help", "Print this help");
    app.get_formatter()->column_width(34);
    app.get_formatter()->label("Positionals", "Arguments");
    app.allow_extras();
    app.require_subcommand(0, 1); // so that a FILE may be called as a subcommand is
    app.footer("Examples:\n"
               "  tcpsm list\n"
               "  tcpsm run lost-final-ack\n"
               "  tcpsm run --help\n"
               "\nExit status:\n"
               "  0    All is well\n"
               "  1    Something is not as a scenario expects (check), or a verdict not as its claim says (claims)\n"
               "  2    The input is bad, or the output cannot be written\n"
               "  130  Interrupted by Ctrl-C\n"
               "\nEnvironment:\n"
               "  NO_COLOR  Where it is set, text is plain unless --colour always asks otherwise");
    const Subcommands subcommands{add_run(app),   add_step(app),   add_netstat(app), add_list(app),
                                  add_check(app), add_claims(app), add_states(app),  add_new(app)};
    const Subcommand* subcommand = parse(app, subcommands, argc, argv);
    return subcommand == nullptr ? good : subcommand->run();
}

} // namespace
} // namespace tcpsm::cli

int main(int argc, char** argv)
{
    using namespace tcpsm::cli;
    handle_signals();
    try {
        return run(argc, argv);
    } catch (const CommandError& error) {
        if (*error.what() != '\0') std::fprintf(stderr, "%s\n", error.what());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "tcpsm: %s\n", error.what());
    }
    return bad_input;
}
