// tcpsm step: event by event, forwards and backwards.

#include <iostream>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/cursor.hpp"
#include "cli/input.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/step_view.hpp"
#include "cli/terminal.hpp"
#include "cli/words.hpp"
#include "files/suggest.hpp"

namespace tcpsm::cli {
namespace {

struct StepArguments {
    std::string file;
    Colour colour = Colour::automatic;
    RunArguments run;
};

constexpr std::string_view help = R"(  Enter, space, n, next   one event on
  b, back                 one event back
  s, state                on to the next change of a state
  q, quit                 leave
  ?, help                 this
  * marks a value that the event has changed.

)";

constexpr std::string_view prompt = "Enter: next  b: back  s: next change of state  q: quit  ?: help ";
constexpr std::string_view wipe = "\r\x1b[K";

/// A command is a key in a terminal, else a line.
class Commands {
public:
    Commands()
    {
        if (interactive()) keys_.emplace();
    }

    /// Waits for the next one. Nothing at the end of the input.
    std::optional<std::string> next()
    {
        if (!keys_) return next_line();
        print(prompt);
        const int key = keys_->next();
        print(wipe);
        if (key == Keys::end) return std::nullopt;
        return std::string(1, static_cast<char>(key));
    }

private:
    static std::optional<std::string> next_line()
    {
        constexpr std::string_view blanks = " \t\r";
        std::string line;
        if (!std::getline(std::cin, line)) return std::nullopt;
        const std::size_t first = line.find_first_not_of(blanks);
        if (first == std::string::npos) return std::string();
        return line.substr(first, line.find_last_not_of(blanks) + 1 - first);
    }

    std::optional<Keys> keys_;
};

bool changed_state(const Cursor& cursor)
{
    const auto& records = cursor.now().network.history().records();
    for (std::size_t i = cursor.first_record(); i < records.size(); ++i)
        if (records[i].kind == RecordKind::state) return true;
    return false;
}

class Stepper {
public:
    Stepper(const Scenario& scenario, bool colour) : cursor_(scenario), colour_(colour)
    {
        print(heading(scenario) + describe(cursor_, colour_));
    }

    /// False where the user wants to leave.
    bool obey(const std::string& command)
    {
        const auto is = [&](auto... names) { return ((command == names) || ...); };
        if (is("q", "quit")) return false;
        if (is("", " ", "\n", "\r", "n", "next")) {
            show(cursor_.forward(), end());
        } else if (is("b", "back")) {
            show(cursor_.back(), "This is the beginning.\n\n");
        } else if (is("s", "state")) {
            show(on_to_change(), end());
        } else if (is("?", "help")) {
            print(help);
        } else {
            const auto near = viz::did_you_mean(command, {"next", "back", "state", "quit", "help"});
            print(fmt::format("Unknown command '{}'{}{}\n\n", command, near, near.empty() ? "; ? shows them all" : ""));
        }
        return true;
    }

private:
    bool on_to_change()
    {
        bool moved = false;
        while (cursor_.forward()) {
            moved = true;
            if (changed_state(cursor_)) break;
        }
        return moved;
    }

    void show(bool moved, const std::string& otherwise) { print(moved ? describe(cursor_, colour_) : otherwise); }

    [[nodiscard]] std::string end() const
    {
        const std::string why = left_over(cursor_.now());
        return "This is the end. " + (why.empty() ? "Nothing is pending.\n" : why) + '\n';
    }

    Cursor cursor_;
    bool colour_;
};

Status step(const StepArguments& arguments)
{
    if (arguments.file == "-") throw CommandError("tcpsm step: the commands come from standard input, so FILE cannot");
    Stepper stepper(read(arguments.file, arguments.run.read()), coloured(arguments.colour));
    Commands commands;
    while (const auto command = commands.next())
        if (!stepper.obey(*command)) break;
    return good;
}

} // namespace

Subcommand add_step(CLI::App& tcpsm)
{
    CLI::App* command = tcpsm.add_subcommand("step", "Go through a scenario event by event, forwards and backwards");
    command->footer("Keys:\n" + std::string(help) +
                    "In a pipe, the same words are commands, one a line.\n\n"
                    "Examples:\n"
                    "  tcpsm step lost-final-ack\n"
                    "  printf 's\\ns\\nb\\n' | tcpsm step lost-final-ack");
    const auto arguments = std::make_shared<StepArguments>();
    add_file(*command, arguments->file);
    add_colour_option(*command, arguments->colour);
    add_run_options(*command, arguments->run);
    return {command, [arguments] { return step(*arguments); }};
}

} // namespace tcpsm::cli
