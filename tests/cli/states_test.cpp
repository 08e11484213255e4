// tcpsm states, and the document that is made with it.

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "cli/process.hpp"
#include "export/states.hpp"
#include "export/table_parts.hpp"
#include "support/places.hpp"

using namespace tcpsm;
using nlohmann::json;

namespace {

std::size_t changes()
{
    std::set<std::pair<State, State>> pairs;
    for (const Transition& row : transitions())
        if (row.from != row.to) pairs.insert({row.from, row.to});
    return pairs.size();
}

} // namespace

TEST_CASE("docs/state-machine.md: is what the table says now")
{
    INFO("renew it: build/release/bin/tcpsm states --format markdown --output docs/state-machine.md");
    const bool current = contents(tcpsm::test::in_source("docs/state-machine.md")) == states_as_markdown();
    CHECK(current);
}

TEST_CASE("figure 5 in the table: twenty arrows from the passive OPEN to 2 MSL, then its notes, then the rest")
{
    CHECK(figure_5_arrows().size() == 20);
    CHECK(figure_5_arrows().front().event == Event::PassiveOpen);
    CHECK(figure_5_arrows().back().event == Event::TimeWaitTimeout);
    const auto of_notes = [](const Transition& row) {
        return row.event == Event::RcvRst || row.event == Event::RcvFinAckOfFin;
    };
    CHECK(std::all_of(figure_5_notes().begin(), figure_5_notes().end(), of_notes));
    CHECK(figure_5_arrows().size() + figure_5_notes().size() + beside_figure_5().size() == transitions().size());
}

TEST_CASE("states: a row a line, its words as in figure 5")
{
    const Finished states = command({"states"});
    CHECK(states.status == 0);
    CHECK(states.out == states_as_text());
    const auto text = lines(states.out);
    const auto rows = std::count_if(text.begin() + 1, text.end(),
                                    [](const std::string& line) { return !line.empty() && line.front() != '#'; });
    CHECK(static_cast<std::size_t>(rows) == transitions().size());
    CHECK(has(states.out, "\nSYN-SENT      rcv SYN,ACK             ESTABLISHED   note SYN, note ACK of SYN, snd ACK"));
}

TEST_CASE("states --format json: a row a line, null where there is no next state and no guard")
{
    const Finished states = command({"states", "--format", "json"});
    const auto rows = lines(states.out);
    REQUIRE(rows.size() == transitions().size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(rows[i]);
        const json row = json::parse(rows[i]);
        const Transition& expected = transitions()[i];
        CHECK(row.size() == 6);
        CHECK(row["from"] == name(expected.from));
        CHECK(row["event"] == name(expected.event));
        CHECK(row["to"] == (expected.stays ? json() : json(name(expected.to))));
        CHECK(row["actions"] == json(expected.actions));
        CHECK(row["guard"] == (expected.guard.empty() ? json() : json(expected.guard)));
        CHECK(row["rfc"] == expected.rfc);
    }
}

TEST_CASE("states --format mermaid and dot: an arrow for each two states that a row connects")
{
    const auto arrows = [](const std::string& text, std::string_view arrow) {
        const auto all = lines(text);
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(), [&](const std::string& line) { return has(line, arrow); }));
    };
    const Finished mermaid = command({"states", "--format", "mermaid"});
    CHECK(mermaid.out.starts_with("stateDiagram-v2\n"));
    CHECK(arrows(mermaid.out, " --> ") == changes() + 1); // and the one from the beginning
    CHECK(has(mermaid.out, "    FIN_WAIT_1 --> TIME_WAIT : rcv FIN, ACK of FIN / snd ACK\n"));

    const Finished dot = command({"states", "--format", "dot"});
    CHECK(dot.out.starts_with("digraph tcp {\n"));
    CHECK(dot.out.ends_with("}\n"));
    CHECK(arrows(dot.out, " -> ") == changes());
    CHECK(has(dot.out, "    \"FIN-WAIT-1\" -> \"TIME-WAIT\" [label=\"rcv FIN, ACK of FIN / snd ACK\"];\n"));
}

TEST_CASE("states --format markdown: what the document has")
{
    CHECK(command({"states", "--format", "markdown"}).out == states_as_markdown());
}
