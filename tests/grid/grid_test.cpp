// The event x state grid: all eleven states meet every event, and grid.txt says what happens.

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "grid/grid.hpp"
#include "grid/run.hpp"
#include "tcpsm/machine/transitions.hpp"

using namespace tcpsm;
using namespace tcpsm::grid;

namespace {

const std::vector<Section>& sections()
{
    static const std::vector<Section> all = read_grid();
    return all;
}

bool refused(const Line& line)
{
    return std::any_of(line.happens.begin(), line.happens.end(),
                       [](const std::string& item) { return item.starts_with("refused: "); });
}

bool has_row(State state, Event event)
{
    return std::any_of(transitions().begin(), transitions().end(),
                       [&](const Transition& row) { return row.from == state && row.event == event; });
}

std::string place(const Line& line)
{
    return "tests/grid/grid.txt:" + std::to_string(line.number);
}

Run run_of(const Section& section, const Line& line, Shift shift)
{
    Run run(section.path, shift);
    if (line.cause.starts_with("dispatched"))
        run.dispatch(line.event, line.cause);
    else
        run.cause(line.cause);
    return run;
}

// Every change of state is that of the row it names, and together they are one way through the table.
void check_reasons(const Section& section, const Run& run)
{
    State state = section.state;
    for (const Report& report : run.reports(ReportKind::state)) {
        REQUIRE(report.why.row != no_row);
        const Transition& row = transitions()[static_cast<std::size_t>(report.why.row)];
        CHECK(report.from == state);
        CHECK(report.from == row.from);
        CHECK(report.to == row.to);
        CHECK(report.why.event == row.event);
        state = report.to;
    }
    CHECK(run.state() == state);
    for (const Departure& departure : run.departures()) {
        if (departure.why.row != no_row)
            CHECK(transitions()[static_cast<std::size_t>(departure.why.row)].event == departure.why.event);
        CHECK(departure.segment.text_len == departure.text.size());
    }
}

// The cause is one of the line's event: where anything shows a reason, that event is among the reasons.
void check_cause(const Line& line, const Run& run)
{
    std::set<Event> reasons;
    for (const Report& report : run.reports(ReportKind::state)) reasons.insert(report.why.event);
    for (const Departure& departure : run.departures())
        if (departure.why.row != no_row) reasons.insert(departure.why.event);
    if (!refused(line) && !reasons.empty()) CHECK(reasons.contains(line.event));
}

void check_line(const Section& section, const Line& line, Shift shift)
{
    CAPTURE(shift.ours);
    CAPTURE(shift.peers);
    const Run run = run_of(section, line, shift);
    const std::string next = line.next == "ignored" ? "stay" : line.next;
    const std::string found = to_text(line.event, line.cause, run.next(), run.happened());
    const std::string expected = to_text(line.event, line.cause, next, line.happens);
    if (found != expected)
        FAIL_CHECK(place(line) << ": " << section.title << "\nfound\n" << found << "\nexpected\n" << expected);
    check_reasons(section, run);
    check_cause(line, run);
}

void check_section(const Section& section, Shift shift)
{
    INFO(section.title);
    REQUIRE(Run(section.path, shift).state() == section.state);
    for (const Line& line : section.lines) {
        INFO(place(line));
        check_line(section, line, shift);
    }
}

void check_state(State state, Shift shift = {})
{
    for (const Section& section : sections())
        if (section.state == state) check_section(section, shift);
}

// The rows that a line fires for its event: on the way that its cause takes, and where it is dispatched directly.
std::set<std::int16_t> rows_fired(const Section& section, const Line& line)
{
    std::set<std::int16_t> rows;
    const Run run = run_of(section, line, {});
    for (const Report& report : run.reports(ReportKind::state))
        if (report.why.event == line.event) rows.insert(report.why.row);
    Run directly(section.path, {});
    rows.insert(directly.dispatch(line.event, line.cause));
    rows.erase(no_row);
    return rows;
}

} // namespace

TEST_CASE("the grid: has a line for every event in every state")
{
    std::set<std::pair<State, Event>> cells;
    for (const Section& section : sections())
        for (const Line& line : section.lines) cells.insert({section.state, line.event});
    for (const State state : all_states())
        for (const Event event : all_events())
            CHECK_MESSAGE(cells.contains({state, event}),
                          "no line for " << std::string(name(event)) << " in " << std::string(name(state)));
    CHECK(cells.size() == state_count * event_count);
}

TEST_CASE("CLOSED, and any event: what happens is what the grid says")
{
    check_state(State::Closed);
}

TEST_CASE("LISTEN, and any event: what happens is what the grid says")
{
    check_state(State::Listen);
}

TEST_CASE("SYN-SENT, and any event: what happens is what the grid says")
{
    check_state(State::SynSent);
}

TEST_CASE("SYN-RECEIVED, and any event: what happens is what the grid says")
{
    check_state(State::SynReceived);
}

TEST_CASE("ESTABLISHED, and any event: what happens is what the grid says")
{
    check_state(State::Established);
}

TEST_CASE("FIN-WAIT-1, and any event: what happens is what the grid says")
{
    check_state(State::FinWait1);
}

TEST_CASE("FIN-WAIT-2, and any event: what happens is what the grid says")
{
    check_state(State::FinWait2);
}

TEST_CASE("CLOSE-WAIT, and any event: what happens is what the grid says")
{
    check_state(State::CloseWait);
}

TEST_CASE("CLOSING, and any event: what happens is what the grid says")
{
    check_state(State::Closing);
}

TEST_CASE("LAST-ACK, and any event: what happens is what the grid says")
{
    check_state(State::LastAck);
}

TEST_CASE("TIME-WAIT, and any event: what happens is what the grid says")
{
    check_state(State::TimeWait);
}

TEST_CASE("the whole grid, sequence numbers that wrap at every place of it: the same happens")
{
    // ISS and IRS lie at the last number before the wrap, and up to 7 before it, in every combination.
    for (std::uint32_t ours = 0; ours < 8; ++ours)
        for (std::uint32_t peers = 0; peers < 8; ++peers)
            for (const State state : all_states())
                check_state(state, {.ours = 0U - 101 - ours, .peers = 0U - 301 - peers});
}

TEST_CASE("a line where something happens: a row of the table for its event decides it")
{
    for (const Section& section : sections())
        for (const Line& line : section.lines) {
            if (line.next == "ignored" || refused(line)) continue;
            INFO(place(line));
            const std::set<std::int16_t> rows = rows_fired(section, line);
            const auto agrees = [&](std::int16_t number) {
                const Transition& row = transitions()[static_cast<std::size_t>(number)];
                if (row.from != section.state || row.event != line.event) return false;
                return line.next == "stay" ? row.stays : line.next.find(name(row.to)) != std::string::npos;
            };
            CHECK(std::any_of(rows.begin(), rows.end(), agrees));
        }
}

TEST_CASE("a line that is ignored: the table has no row for it, and nothing happens")
{
    std::size_t ignored = 0;
    for (const Section& section : sections())
        for (const Line& line : section.lines) {
            if (line.next != "ignored") continue;
            ++ignored;
            INFO(place(line));
            CHECK_FALSE(has_row(section.state, line.event));
            CHECK(rows_fired(section, line).empty());
            for (const std::string& item : line.happens) CHECK(item.starts_with("refused: "));
        }
    CHECK(ignored > 0);
}

TEST_CASE("a cell for which the table has no row: a line says that it is ignored")
{
    std::set<std::pair<State, Event>> ignored;
    for (const Section& section : sections())
        for (const Line& line : section.lines)
            if (line.next == "ignored") ignored.insert({section.state, line.event});
    for (const State state : all_states())
        for (const Event event : all_events())
            CHECK_MESSAGE(has_row(state, event) != ignored.contains({state, event}),
                          std::string(name(event)) << " in " << std::string(name(state)));
}

TEST_CASE("every row of the table: a line of the grid fires it")
{
    std::set<std::int16_t> fired;
    for (const Section& section : sections())
        for (const Line& line : section.lines) fired.merge(rows_fired(section, line));
    for (std::size_t i = 0; i < transitions().size(); ++i) {
        const Transition& row = transitions()[i];
        CHECK_MESSAGE(fired.contains(static_cast<std::int16_t>(i)), std::string(name(row.from))
                                                                        << ", " << std::string(name(row.event)) << ", "
                                                                        << std::string(row.guard));
    }
}
