// One place changes a connection's state: Context::happen, by the table.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <string>
#include <string_view>

#include "tidy/source.hpp"

using namespace tidy;

namespace {

struct Place {
    std::string_view function, variable;
};

// The places in src/connection that assign something called `state`, or a whole Tcb.
constexpr std::array<Place, 7> allowed{{
    {"Context::happen", "t"},               // by the table: the one place
    {"Context::happen", "out.segments[i]"}, // a Departure's: what the state is as it leaves
    {"Context::emit", "departure"},         // likewise
    {"Context::begin", "fresh"},            // create TCB: the state stays as it is
    {"Context::begin", "tcb()"},            // likewise
    {"Connection::child_of", "child.tcb_"}, // a listener's child begins in LISTEN, as its parent is
    {"TimeWait::connection", "c.tcb_"},     // TIME-WAIT, as it was
}};

bool is_allowed(const std::string& function, const std::string& variable)
{
    return std::any_of(allowed.begin(), allowed.end(), [&](const Place& place) {
        return function.find(std::string(place.function) + "(") != std::string::npos && variable == place.variable;
    });
}

// A line that begins a function: at the margin, with a parameter list.
bool begins_function(const std::string& line)
{
    return !line.empty() && (std::isalpha(static_cast<unsigned char>(line.front())) != 0) &&
           line.find('(') != std::string::npos;
}

void check_assignments(const Source& source)
{
    static const std::regex of_a_state(R"(([\w\[\]()>.-]*)\.state\s*=(?!=))");
    static const std::regex of_a_tcb(R"(((\w+(\.|->))*(tcb_|tcb\(\)))\s*=(?!=))");
    std::string function;
    std::size_t number = 0;
    for (const std::string& line : lines(source.code())) {
        ++number;
        if (begins_function(line)) function = line;
        std::smatch match;
        for (const std::regex& assignment : {of_a_state, of_a_tcb})
            if (std::regex_search(line, match, assignment) && !is_allowed(function, match[1]))
                complain(source, number, "assigns a state outside Context::happen");
    }
}

} // namespace

TEST_CASE("a connection's state: is assigned by Context::happen, and where a listener's child begins")
{
    const auto sources = cpp_files_in("libtcpsm/src/connection");
    CHECK(sources.size() > 5);
    for (const Source& source : sources) check_assignments(source);
}

TEST_CASE("a connection's variables: are reached by no other layer")
{
    for (const Source& source : cpp_files_in("libtcpsm")) {
        if (source.path.starts_with("libtcpsm/src/connection/")) continue;
        for (const Include& include : includes(source))
            if (include.what == "connection/context.hpp")
                complain(source, include.line, "includes connection/context.hpp from another layer");
        complain_of(source, R"(\btcb(_|\(\))?\.state\s*=(?!=))", "assigns a connection's state");
    }
}
