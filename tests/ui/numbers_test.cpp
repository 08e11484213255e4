// Scenarios of many connections in the window: told in numbers.

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/keys.hpp"
#include "replay/summary.hpp"
#include "support/file.hpp"
#include "support/places.hpp"
#include "ui/temporary_folder.hpp"
#include "ui/ui.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;
using test::octets_of;

namespace {

/// Where something stands in a host's plot: 0 is its left end, 1 its right one.
double part_of_plot(const Ui& ui, std::string_view what, std::string_view host = "client")
{
    const Widgets::Widget* const plot = ui.app.widgets().find("plot." + std::string(host));
    REQUIRE(plot != nullptr);
    return static_cast<double>((ui.at(what).x - plot->box.left) / plot->box.width());
}

void go_to_end_and(Ui& ui, Time time)
{
    ui.session().apply(command::GoToEnd{});
    ui.session().apply(command::GoTo{time});
    ui.screen.settle();
}

void open_whole(Ui& ui, std::string_view scenario, Time time = {})
{
    ui.open(scenario);
    go_to_end_and(ui, time);
}

constexpr std::string_view few_requests = R"(
recording: counts
hosts: { client: {}, server: {} }
workloads:
  - { clients: 3, from: client, to: server:80, requests: 5, request: 200, response: 1000, closes: server }
)";

/// The scenario http-short with a tenth of its requests: 1,000, in the same 40 s.
constexpr std::string_view a_thousand_requests = R"(
until: 10min
recording: counts
network: { delay: 100ms }
hosts: { client: {}, server: {} }
workloads:
  - { clients: 10, from: client, to: server:80, requests: 100, request: 200, response: 1000, closes: server }
)";

/// The scenario port-exhaustion with a tenth of its ports and of its clients: a TIME-WAIT of 60 s holds 2,823 ports, so
/// that the client that begins after 2,823 / 50 s = 56.46 s finds none.
constexpr std::string_view few_ports = R"(
profile: linux
until: 180s
recording: counts
network: { delay: 50us }
hosts: { client: { ip_local_port_range: 32768 35590 }, server: {} }
workloads:
  - { clients: 9000, from: client, to: server:80, rate: 50/s, closes: client }
)";
constexpr Time out_of_few_ports{56460ms};

void open_whole_text(Ui& ui, std::string_view text, Time time = {})
{
    const TemporaryFolder folder;
    ui.session().apply(command::OpenFile{folder.file("run.yaml", text)});
    go_to_end_and(ui, time);
}

void go_to(Ui& ui, Time time)
{
    ui.session().apply(command::GoTo{time});
    ui.screen.settle();
}

std::vector<Counts> counts_of(const Simulation& simulation)
{
    std::vector<Counts> all;
    for (std::size_t host = 0; host < simulation.network.history().hosts().size(); ++host)
        all.push_back(simulation.network.counts(static_cast<HostId>(host)));
    return all;
}

std::vector<Counts> counts_shown(const Future& future)
{
    std::vector<Counts> all;
    for (std::size_t host = 0; host < future.history().hosts().size(); ++host)
        all.push_back(future.counts(static_cast<HostId>(host)));
    return all;
}

} // namespace

TEST_CASE(
    "a scenario that records less than everything: has plots in the ladder's place, and nothing of single segments")
{
    for (const char* const name : {"port-exhaustion", "server-side-time-wait", "http-short", "http-keep-alive",
                                   "close-wait-leak", "syn-flood-cookies"}) {
        CAPTURE(name);
        Ui ui(1280, 800);
        ui.open(name, Time{3s});
        for (const char* const there : {"plots", "plot.server", "numbers", "scrubber", "play", "on.event"})
            CHECK_MESSAGE((ui.has(there) || std::string(name) == "close-wait-leak"), there);
        for (const char* const gone : {"ladder", "ladder.mode", "why", "states", "on.segment", "on.state", "on.timer",
                                       "chip.rare", "chip.predict", "tab.2"})
            CHECK_MESSAGE(!ui.has(gone), gone);
    }
    Ui ui(1280, 800);
    ui.open("close-wait-leak", Time{3s});
    for (const char* const there : {"plot.client", "plot.leaking", "plot.fixed", "legend.CLOSE-WAIT"})
        CHECK_MESSAGE(ui.has(there), there);
    ui.open("lost-final-ack", Time{3s});
    CHECK(ui.has("ladder"));
    CHECK(!ui.has("plots"));
}

TEST_CASE("the first missing port: is marked in the plot of its host, at its time")
{
    Ui ui(1280, 800);
    open_whole_text(ui, few_ports);
    CHECK(part_of_plot(ui, "mark.client.0") == doctest::Approx(56.46 / 180).epsilon(0.001));
    CHECK(!ui.has("mark.client.1"));
    CHECK(!ui.has("mark.server.0"));
    ui.tap(Key::b); // what has not happened yet is hidden
    CHECK(!ui.has("mark.client.0"));
    go_to(ui, out_of_few_ports);
    CHECK(ui.has("mark.client.0"));
}

TEST_CASE("playing a run in numbers: moves the line of now over the plot, and takes half a minute")
{
    Ui ui(1280, 800);
    open_whole_text(ui, a_thousand_requests);
    const Time end = ui.future().end();
    ui.tap(Key::space);
    CHECK(ui.session().playing());
    double before = part_of_plot(ui, "now.client");
    CHECK(before < 0.01);
    for (int second = 1; second <= 29; ++second) {
        ui.frames(60);
        const double now = part_of_plot(ui, "now.client");
        CHECK(30 * (now - before) == doctest::Approx(1).epsilon(0.05));
        before = now;
        CHECK(ui.session().playing());
    }
    ui.frames(120);
    CHECK(!ui.session().playing());
    CHECK(ui.future().now() == end);
    CHECK(part_of_plot(ui, "now.client") == doctest::Approx(1.0));
    ui.tap(Key::home);
    CHECK(ui.now() == "0 s");
    CHECK(part_of_plot(ui, "now.client") == doctest::Approx(0.0));
    ui.tap(Key::plus); // 0.2: still slower than half a minute for all
    for (int i = 0; i < 8; ++i) ui.tap(Key::plus);
    CHECK(ui.session().pace() == doctest::Approx(51.2));
}

TEST_CASE("the numbers at a time: are what the simulation has counted then, forwards and backwards")
{
    Ui ui(1280, 800);
    const std::string flood = octets_of(tcpsm::test::in_source("examples/scenarios/syn-flood-cookies.yaml"));
    for (const std::string_view text : {few_ports, std::string_view(flood), a_thousand_requests}) {
        CAPTURE(text);
        open_whole_text(ui, text);
        Simulation simulation(ui.future().scenario());
        std::vector<std::pair<Time, std::vector<Counts>>> found;
        for (const Duration at : {1s, 3s, 20s, 60s, 179s}) {
            go_to(ui, Time{at});
            const Time shown = ui.future().time_at(ui.future().position());
            CHECK(shown <= ui.future().now());
            simulation.run_until(shown);
            found.emplace_back(shown, counts_of(simulation));
            CHECK(counts_shown(ui.future()) == found.back().second);
        }
        for (auto back = found.rbegin(); back != found.rend(); ++back) {
            go_to(ui, back->first);
            CHECK(counts_shown(ui.future()) == back->second);
        }
    }
}

TEST_CASE("one step in numbers: goes to the next instant of a grid, and back")
{
    Ui ui(1280, 800);
    open_whole_text(ui, few_ports, Time{56s});
    CHECK(ui.future().time_at(ui.future().position()) == Time{56s});
    CHECK(ui.future().counts(0).in(State::TimeWait) == 2800);
    ui.tap(Key::right);
    CHECK(ui.now() == "56.1 s");
    CHECK(ui.future().counts(0).in(State::TimeWait) == 2805);
    ui.tap(Key::left);
    ui.tap(Key::left);
    CHECK(ui.future().counts(0).in(State::TimeWait) == 2795);
    ui.tap(Key::end);
    CHECK(ui.now() == "180 s");
    CHECK(ui.future().counts(0).failed(Error::address_not_available) == 531);
}

TEST_CASE("a census: keeps the highest points, and the same instants however it is cut into slices")
{
    const auto read = read_scenario(few_ports, "");
    Scenario scenario = std::get<Scenario>(read);
    Census whole(scenario);
    while (!whole.run_ahead(1'000'000)) {
    }
    Census sliced(scenario);
    while (!sliced.run_ahead(777)) {
    }
    REQUIRE(whole.stops().size() == sliced.stops().size());
    CHECK(std::equal(whole.stops().begin(), whole.stops().end(), sliced.stops().begin(),
                     [](const CountsThen& a, const CountsThen& b) { return a.time == b.time && a.hosts == b.hosts; }));
    CHECK(whole.stops().size() > 800);
    CHECK(whole.stops().size() <= 4096);

    scenario.recording = Recording::states;
    Simulation simulation(scenario);
    simulation.run();
    const std::vector<CountsPlot> all = counts_plots(simulation.network.history());
    const std::vector<CountsPlot> kept = whole.plots();
    REQUIRE(kept.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(all[i].rows.size() > kept[i].rows.size()); // so it was thinned out
        CHECK(kept[i].most == all[i].most);
        CHECK(kept[i].rows.back() == all[i].rows.back());
        CHECK(std::all_of(kept[i].rows.begin(), kept[i].rows.end(), [&](const CountsRow& row) {
            const auto at = std::lower_bound(all[i].rows.begin(), all[i].rows.end(), row.time,
                                             [](const CountsRow& one, Time t) { return one.time < t; });
            return at != all[i].rows.end() && *at == row;
        }));
    }
}

TEST_CASE("the time of a run in numbers: a drag of the scrubber and a click into a plot go there")
{
    Ui ui(1280, 800);
    open_whole_text(ui, a_thousand_requests);
    const Box bar = ui.app.widgets().find("scrubber")->box;
    const double whole = std::chrono::duration<double>(ui.future().end() - Time{}).count();
    const auto part = [&] { return std::chrono::duration<double>(ui.future().now() - Time{}).count() / whole; };
    ui.screen.drag({bar.left, bar.centre().y}, {bar.centre().x, bar.centre().y});
    CHECK(part() == doctest::Approx(0.5).epsilon(0.01));
    const Box plot = ui.app.widgets().find("plot.server")->box;
    ui.screen.click({plot.left + plot.width() / 4, plot.centre().y});
    CHECK(part() == doctest::Approx(0.25).epsilon(0.01));
}

TEST_CASE("the report of a run in numbers: stands at its end, as tcpsm run prints it")
{
    Ui ui(1280, 800);
    open_whole_text(ui, few_ports, Time{100s});
    CHECK(!ui.has("report"));
    ui.tap(Key::end);
    CHECK(ui.has("report"));
    const Scenario& scenario = ui.future().scenario();
    Simulation simulation(scenario);
    ask_for_counts(scenario, simulation);
    simulation.run();
    const std::string report = summary_of_workloads(scenario, ui.future().census().simulation());
    CHECK(report == summary_of_workloads(scenario, simulation));
    CHECK(report.find("9000 begun, 8469 done, 531 failed") != std::string::npos);
    CHECK(report.find("in the last 60s it opened 2823: 47.0 a second") != std::string::npos);
}

TEST_CASE("every key and every button of a run in numbers: does something without harm")
{
    Ui ui(1280, 800);
    const Look look = ui.session().look();
    const TemporaryFolder folder;
    const std::string file = folder.file("few.yaml", few_requests);
    const auto begin = [&] {
        ui.session().apply(command::SetLook{look});
        ui.session().apply(command::OpenFile{file});
        ui.session().apply(command::GoTo{Time{100ms}});
        ui.screen.settle();
        REQUIRE(ui.future().in_numbers());
    };
    for (const KeyBinding& binding : key_bindings()) {
        CAPTURE(key_name(binding));
        begin();
        ui.tap(binding.key, binding.shift, binding.ctrl);
        CHECK(ui.session().look().overlay != Overlay::rare);
        CHECK(ui.session().look().overlay != Overlay::host);
        CHECK(!ui.session().predicting());
        ui.tap(binding.key, binding.shift, binding.ctrl);
        ui.tap(Key::escape);
        CHECK(ui.session().look().overlay == Overlay::nothing);
    }
    for (const int width : {1280, 640}) {
        ui.screen.resize(width, 960);
        begin();
        const auto widgets = ui.app.widgets().all();
        bool row_pressed = false;
        for (const auto& named : widgets) {
            const auto& name = named.first;
            // One row of the gallery stands for the others.
            const bool is_row = name.starts_with("scenario.");
            if (!named.second.enabled || (is_row && std::exchange(row_pressed, true))) continue;
            CAPTURE(name);
            begin();
            ui.click(name);
            ui.frames(2);
        }
    }
}

TEST_CASE("a run in numbers, changed at an instant: both futures have their plots, in the same scales")
{
    Ui ui(1600, 900);
    open_whole_text(ui, a_thousand_requests, Time{20s});
    Change change;
    change.kind = Change::Kind::delay;
    change.duration = 400ms;
    ui.session().apply(command::ChangeWorld{change});
    ui.screen.settle();
    REQUIRE(ui.session().future_count() == 2);
    CHECK(ui.future().in_numbers());
    CHECK(ui.has("plots"));
    CHECK(ui.has("plots.other"));
    CHECK(ui.now() == "20 s");
    ui.tap(Key::end);
    CHECK(ui.future().end() > ui.session().future(0).end()); // it is slower now
    go_to(ui, Time{30s});
    const auto x = [&](const std::string& other) {
        return ui.at(other + "now.server").x - ui.app.widgets().find(other + "plot.server")->box.left;
    };
    CHECK(x("") == doctest::Approx(x("other.")).epsilon(0.01));
}

TEST_CASE("what is written of a run in numbers: a picture of its plots, and no handout")
{
    const TemporaryFolder folder;
    Ui ui(1000, 700);
    ui.open("port-exhaustion", Time{3s});
    ui.session().apply(command::ExportPicture{folder.file("plots.svg")});
    const std::string svg = octets_of(folder.file("plots.svg"));
    CHECK(svg.find("EADDRNOTAVAIL at 56.464 s") != std::string::npos);
    CHECK(svg.find("TIME-WAIT: 28232") != std::string::npos);
    ui.session().apply(command::ExportHandout{folder.file("handout.html")});
    REQUIRE(ui.session().notice().has_value());
    CHECK(ui.session().notice()->error);
    CHECK(!std::ifstream(folder.file("handout.html")).good());
}

TEST_CASE("what the window says of numbers: fits where it stands, in both languages and all themes")
{
    Ui ui(1280, 900);
    open_whole(ui, "server-side-time-wait", Time{40s});
    for (const Language language : {Language::english, Language::chinese})
        for (const ThemeName theme : {ThemeName::light, ThemeName::projector})
            for (const int width : {640, 900, 1280, 1600}) {
                Look look;
                look.language = language;
                look.theme = theme;
                ui.session().apply(command::SetLook{look});
                ui.screen.resize(width, 900);
                go_to(ui, Time{40s});
                for (int step = 0; step < 4; ++step) {
                    for (const Widgets::Cramped& cramped : ui.app.widgets().cramped())
                        FAIL_CHECK(cramped.text << " takes " << cramped.wanted << " of " << cramped.given);
                    if (step < 2) ui.tap(Key::tab);
                    if (step == 2) ui.tap(Key::end);
                }
            }
}
