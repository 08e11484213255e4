// What holds of the table as a whole. What each row does is the grid's subject.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tcpsm/machine/transitions.hpp"

using namespace tcpsm;

namespace {

// RFC 9293's table of contents, as far as it can be the source of a row; 3.10.7's parts have headings of their own.
constexpr std::array<std::string_view, 31> sections{
    "3.3.2",   "3.4.1",   "3.4.2",    "3.4.3",    "3.5.1",    "3.5.2",    "3.5.3",  "3.6",
    "3.6.1",   "3.7.1",   "3.8.1",    "3.8.3",    "3.8.4",    "3.8.5",    "3.8.6",  "3.8.6.1",
    "3.8.6.3", "3.9.2.2", "3.9.1",    "3.9.2",    "3.10.1",   "3.10.2",   "3.10.3", "3.10.4",
    "3.10.5",  "3.10.6",  "3.10.7.1", "3.10.7.2", "3.10.7.3", "3.10.7.4", "3.10.8",
};

// What is not in the RFC comes from a switch that people know by this name.
constexpr std::array<std::string_view, 3> knobs{"linux tcp_fin_timeout", "linux tcp_rfc1337", "linux tcp_tw_reuse"};

template <class Names>
bool contains(const Names& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool does(const Transition& row, std::string_view action)
{
    return contains(row.actions, action);
}

std::string describe(const Transition& row)
{
    return std::string(name(row.from)) + ", " + std::string(name(row.event)) + ", " + std::string(row.guard);
}

std::map<std::pair<State, Event>, std::vector<Transition>> by_cell()
{
    std::map<std::pair<State, Event>, std::vector<Transition>> cells;
    for (const Transition& row : transitions()) cells[{row.from, row.event}].push_back(row);
    return cells;
}

} // namespace

TEST_CASE("every row: names a section of RFC 9293 or a knob that people know")
{
    for (const Transition& row : transitions()) {
        INFO(describe(row));
        CAPTURE(row.rfc);
        CHECK((contains(sections, row.rfc) || contains(knobs, row.rfc)));
    }
}

TEST_CASE("a row that names no next state: keeps the state, and any other changes it")
{
    for (const Transition& row : transitions()) {
        INFO(describe(row));
        CHECK(row.stays == (row.to == row.from));
    }
}

TEST_CASE("two rows for one state and event: both have a guard")
{
    for (const auto& [cell, rows] : by_cell()) {
        if (rows.size() == 1) continue;
        for (const Transition& row : rows) {
            INFO(describe(row));
            CHECK_FALSE(row.guard.empty());
        }
    }
}

TEST_CASE("a row with a guard: stands beside the row for when it does not hold, so that no event is lost")
{
    for (const auto& [cell, rows] : by_cell()) {
        const Transition& first = rows.front();
        if (first.guard.empty()) continue;
        INFO(describe(first));
        REQUIRE(rows.size() == 2);
        std::array<std::string, 2> guards{std::string(rows[0].guard), std::string(rows[1].guard)};
        if (guards[0].starts_with("not ")) std::swap(guards[0], guards[1]);
        CHECK(guards[1] == "not " + guards[0]);
    }
}

TEST_CASE("any state: can be reached from CLOSED and left again")
{
    std::set<State> reached{State::Closed};
    for (std::size_t round = 0; round < state_count; ++round)
        for (const Transition& row : transitions())
            if (reached.contains(row.from)) reached.insert(row.to);
    for (const State state : all_states()) {
        CAPTURE(name(state));
        CHECK(reached.contains(state));
        CHECK(std::any_of(transitions().begin(), transitions().end(),
                          [&](const Transition& row) { return row.from == state && row.to != state; }));
    }
}

TEST_CASE("any event: some state has a row for it")
{
    for (const Event event : all_events()) {
        CAPTURE(name(event));
        CHECK(std::any_of(transitions().begin(), transitions().end(),
                          [&](const Transition& row) { return row.event == event; }));
    }
}

TEST_CASE("a user call in any state: has a row, so that it is always answered")
{
    const auto cells = by_cell();
    for (const State state : all_states())
        for (const Event call : {Event::PassiveOpen, Event::ActiveOpen, Event::Send, Event::Receive, Event::Close,
                                 Event::Abort, Event::Status}) {
            CAPTURE(name(state));
            CAPTURE(name(call));
            CHECK(cells.contains({state, call}));
        }
}

TEST_CASE("a row that ends in CLOSED: deletes the TCB as its last action")
{
    for (const Transition& row : transitions()) {
        INFO(describe(row));
        const bool ends = row.to == State::Closed && !row.stays;
        CHECK(does(row, "delete TCB") == ends);
        if (ends) CHECK(row.actions.back() == "delete TCB");
    }
}

TEST_CASE("a row into TIME-WAIT: starts the 2 MSL timer, and only a FIN repeated there restarts it")
{
    for (const Transition& row : transitions()) {
        INFO(describe(row));
        const bool enters = row.to == State::TimeWait && !row.stays;
        const bool again = row.from == State::TimeWait && row.event == Event::RcvFin;
        CHECK(does(row, "start 2 MSL") == (enters || again));
    }
}

TEST_CASE("a row that answers a call with an error: changes no state")
{
    for (const Transition& row : transitions()) {
        INFO(describe(row));
        const bool error = std::any_of(row.actions.begin(), row.actions.end(),
                                       [](std::string_view action) { return action.starts_with("error: "); });
        if (error) CHECK(row.stays);
    }
}
