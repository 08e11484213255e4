// What a user does in the window, and what comes of it.

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "app/keys.hpp"
#include "app/platform/png.hpp"
#include "app/session/handout.hpp"
#include "support/file.hpp"
#include "support/places.hpp"
#include "tcpsm/trace/ladder.hpp"
#include "ui/temporary_folder.hpp"
#include "ui/ui.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;
using test::octets_of;

namespace {

/// Everything that happened, as text.
/// The same scenario, read again from what would be saved.
std::string story_of_saved(const Future& future)
{
    const auto read = read_scenario(future.text(), "saved.yaml");
    const auto* const scenario = std::get_if<Scenario>(&read);
    if (scenario == nullptr) return std::get<ScenarioError>(read).message() + '\n' + future.text();
    Simulation simulation(*scenario);
    simulation.run();
    return ladder(simulation.network.history(), {.times = true, .events = true, .why = true});
}

} // namespace

TEST_CASE("stepping: goes on and back by events, segments, states and timers")
{
    Ui ui;
    ui.open("lost-final-ack");
    CHECK(ui.now() == "0 s");
    ui.click("on.event");
    CHECK(ui.state("server") == State::Closed);
    ui.click("on.segment");
    CHECK(ui.now() == "1 s");
    CHECK(ui.state("client") == State::SynSent);
    ui.click("on.timer");
    CHECK(ui.now() == "2.15 s"); // the server's RTO
    CHECK(ui.state("server") == State::LastAck);
    ui.click("back.state");
    CHECK(ui.now() == "1.2 s");
    CHECK(ui.state("client") == State::TimeWait);
    ui.click("back.segment");
    CHECK(ui.state("client") == State::FinWait2);
    ui.click("back.event");
    CHECK(ui.state("client") == State::FinWait1);
    ui.click("back.timer");
    CHECK(ui.now() == "0 s");
    ui.tap(Key::end);
    CHECK(ui.now() == "62.2 s");
    CHECK(ui.state("client") == State::Closed);
    ui.click("start");
    CHECK(ui.now() == "0 s");
}

TEST_CASE("stepping back from anywhere: gives the world that was there before")
{
    Ui ui;
    ui.open("half-close");
    std::vector<std::string> forwards;
    while (!ui.future().at_end()) {
        forwards.push_back(story_of(ui.future()) +
                           std::to_string(ui.future().world().network.now().time_since_epoch().count()) +
                           std::string(name(ui.state("client"))) + std::string(name(ui.state("server"))));
        ui.session().apply(command::StepBy{Unit::event, false});
    }
    CHECK(forwards.size() > 20);
    while (!forwards.empty()) {
        ui.session().apply(command::StepBy{Unit::event, true});
        CHECK(story_of(ui.future()) + std::to_string(ui.future().world().network.now().time_since_epoch().count()) +
                  std::string(name(ui.state("client"))) + std::string(name(ui.state("server"))) ==
              forwards.back());
        forwards.pop_back();
    }
}

TEST_CASE("play: runs through folds to the end, and stops there")
{
    Ui ui;
    ui.open("lost-final-ack");
    ui.tap(Key::space);
    CHECK(ui.session().playing());
    ui.frames(60);
    CHECK(ui.future().now() > Time{});
    ui.click("play");
    CHECK(!ui.session().playing());
    const Time stopped = ui.future().now();
    ui.frames(30);
    CHECK(ui.future().now() == stopped);
    ui.click("play");
    ui.frames(60 * 20);
    CHECK(!ui.session().playing());
    CHECK(ui.future().at_end());
}

TEST_CASE("the scrubber: a drag goes to any moment")
{
    Ui ui;
    ui.open("lost-final-ack");
    const Box box = ui.app.widgets().find("scrubber")->box;
    ui.screen.drag({box.left + 2, box.centre().y}, {box.left + box.width() * 0.5F, box.centre().y});
    CHECK(ui.future().position() == ui.future().stops() / 2);
}

TEST_CASE("losing a segment that is under way: both futures stand side by side, and the old one is as it was")
{
    Ui ui;
    ui.open("lost-final-ack", Time{2210ms});
    const std::string before = story_of(ui.future());
    const std::string window = std::string(ui.app.title());
    ui.tap(Key::l); // client.5, the last that left
    REQUIRE(ui.session().future_count() == 2);
    CHECK(story_of(*ui.session().compared()) == before);
    CHECK(ui.now() == "2.21 s");
    CHECK(ui.session().compared()->now() == ui.future().now());
    REQUIRE(ui.future().differs_at.has_value());
    CHECK(*ui.future().differs_at == Time{2200ms});
    ui.tap(Key::end);
    CHECK(ui.now() == "64.2 s"); // the FIN came once more, and 2 MSL began anew
    CHECK(ui.has("ladder.other"));
    CHECK(ui.app.title() == window);
    ui.click("future.0");
    CHECK(ui.session().shown() == 0);
    ui.click("future.1");
    ui.click("future.close");
    CHECK(ui.session().future_count() == 1);
    CHECK(story_of(ui.future()) == before);
}

TEST_CASE("a segment of the past: can be lost, delayed and duplicated by a click on it")
{
    Ui ui;
    ui.open("four-way-teardown");
    ui.tap(Key::end);
    ui.click("segment.client.3");
    CHECK(ui.session().selected() != none);
    ui.click("touch.lose");
    CHECK(ui.future().label() == "lose client.3");
    CHECK(ui.now() == "2 s"); // where it left
    ui.click("future.0");
    ui.tap(Key::end);
    ui.click("segment.server.2");
    ui.click("touch.delay");
    ui.click("menu.2");
    CHECK(ui.future().label() == "delay server.2 by 0.5 s");
    ui.click("future.0");
    ui.tap(Key::end);
    ui.click("segment.client.1");
    ui.click("touch.duplicate");
    CHECK(ui.future().label() == "duplicate client.1");
    CHECK(ui.session().future_count() == 4);
}

TEST_CASE("any fork, saved: is a file that reproduces it")
{
    const std::vector<Command> forks{
        command::TouchSegment{2, Touch::lose, {}},
        command::TouchSegment{1, Touch::delay, Duration{2s}},
        command::TouchSegment{0, Touch::duplicate, {}},
        command::WithoutTimeWait{},
        command::CauseRareCase{RareCase::simultaneous_open},
        command::CauseRareCase{RareCase::simultaneous_close},
        command::CauseRareCase{RareCase::three_segment_close},
    };
    for (const char* const scenario : {"lost-final-ack", "four-way-teardown", "half-close", "lost-syn"}) {
        for (std::size_t i = 0; i < forks.size(); ++i) {
            CAPTURE(scenario);
            CAPTURE(i);
            Session session({});
            session.apply(
                command::OpenFile{tcpsm::test::in_source("examples/scenarios/") + std::string(scenario) + ".yaml"});
            session.apply(command::GoTo{Time{1900ms}});
            session.apply(forks[i]);
            CHECK(story_of_saved(session.current()) == story_of(session.current()));
        }
    }
}

TEST_CASE("calls of a host, and what holds for everybody: each can be changed at the instant shown, and forks")
{
    Ui ui;
    ui.open("four-way-teardown", Time{1500ms});
    const std::string original = story_of(ui.future());
    std::size_t futures = 1;
    for (const char* const chip :
         {"host.0", "host.1", "chip.msl", "chip.delay", "chip.loss", "chip.profile", "chip.rare"}) {
        for (std::size_t entry = 0;; ++entry) {
            CAPTURE(chip);
            CAPTURE(entry);
            ui.session().apply(command::ShowFuture{0});
            ui.session().apply(command::Compare{false});
            ui.screen.settle();
            ui.click(chip);
            const auto* const widget = ui.app.widgets().find("menu." + std::to_string(entry));
            if (widget == nullptr) {
                ui.tap(Key::escape);
                break;
            }
            if (!widget->enabled) {
                ui.tap(Key::escape);
                continue;
            }
            ui.click("menu." + std::to_string(entry));
            CHECK(ui.session().future_count() == ++futures);
            CHECK(ui.now() == "1.5 s");
            CHECK(story_of_saved(ui.future()) == story_of(ui.future()));
            CHECK(story_of(ui.session().future(0)) == original);
        }
    }
    CHECK(futures > 30);
}

TEST_CASE("rare cases from the menu: happen as they are called")
{
    Ui ui;
    ui.open("four-way-teardown", Time{1500ms});
    ui.session().apply(command::CauseRareCase{RareCase::simultaneous_close});
    CHECK(story_of(ui.future()).find("CLOSING") != std::string::npos);
    ui.session().apply(command::ShowFuture{0});
    ui.session().apply(command::CauseRareCase{RareCase::three_segment_close});
    CHECK(story_of(ui.future()).find("FIN-WAIT-2") == std::string::npos);
    ui.session().apply(command::ShowFuture{0});
    ui.session().apply(command::CauseRareCase{RareCase::simultaneous_open});
    bool crossed = false;
    for (const Band& band : ui.future().story().bands())
        crossed |= band.host == 0 && band.connection == 2 && band.state == State::SynReceived;
    CHECK(crossed);
}

TEST_CASE("without TIME-WAIT, for the lost final ACK: one key shows the FIN meeting nobody")
{
    Ui ui;
    ui.open("lost-final-ack", Time{2210ms});
    ui.tap(Key::w);
    CHECK(ui.session().compared() != nullptr);
    CHECK(ui.state("client") == State::Closed);
    CHECK(story_of(ui.future()).find("(refused: no connection)") != std::string::npos);
}

TEST_CASE("predict, then reveal: stops before each change, asks, counts, and says why")
{
    Ui ui;
    ui.open("simultaneous-close");
    ui.click("chip.predict");
    ui.click("play");
    ui.frames(60 * 4);
    CHECK(!ui.session().playing());
    std::uint32_t asked = 0;
    while (true) {
        if (!ui.session().question()) ui.tap(Key::right);
        if (!ui.session().question()) break;
        ++asked;
        REQUIRE(!ui.session().question()->answered);
        const State before = ui.state("A");
        ui.tap(Key::right); // it waits for an answer
        CHECK(ui.state("A") == before);
        const std::size_t right = ui.session().question()->right;
        const std::size_t wrong = (right + 1) % ui.session().question()->choices.size();
        ui.click("answer." + std::to_string(asked % 2 == 1 ? right : wrong));
        ui.click("answer.next");
    }
    CHECK(asked >= 9);
    CHECK(ui.session().score().right == (asked + 1) / 2);
    CHECK(ui.session().score().wrong == asked / 2);
    CHECK(ui.future().at_end());
}

TEST_CASE("the handout: has every question before any answer")
{
    Ui ui;
    ui.open("lost-final-ack");
    ui.session().apply(command::GoToEnd{});
    const std::string page = handout(ui.future(), Language::english);
    const std::size_t key = page.find("Answer key");
    REQUIRE(key != std::string::npos);
    CHECK(page.rfind("<svg") < key);
    CHECK(page.find("client got server", key) != std::string::npos);
    CHECK(page.find("client got server") > key); // no sentence gives the answer away
    CHECK(handout(ui.future(), Language::chinese).find("答案") != std::string::npos);
}

TEST_CASE("a changed file: is read again, and while it is wrong the last good run stays")
{
    const TemporaryFolder folder;
    const std::string path = folder.path() + "/mine.yaml";
    const std::string good = octets_of(tcpsm::test::in_source("examples/scenarios/three-way-handshake.yaml"));
    std::ofstream(path) << good;
    Ui ui;
    ui.session().apply(command::OpenFile{path});
    ui.session().apply(command::GoToEnd{});
    const std::string run = story_of(ui.future());
    std::ofstream(path) << "tcpsm: 1\nhosts: { client: {} }\nsteps:\n  - { at: 0s, cleint: close }\n";
    ui.frames(60);
    REQUIRE(ui.session().notice().has_value());
    CHECK(ui.session().notice()->text.find("mine.yaml:4:") != std::string::npos);
    CHECK(ui.session().text_error().has_value());
    CHECK(story_of(ui.future()) == run);
    std::ofstream(path) << good << "# changed\n";
    ui.frames(60);
    CHECK(!ui.session().text_error());
    CHECK(story_of(ui.future()) == run);
    CHECK(ui.session().text().find("# changed") != std::string::npos);
}

TEST_CASE("the text: an error is shown at once, and what is right runs as another future")
{
    Ui ui;
    ui.open("lost-final-ack", Time{1500ms});
    Look look = ui.session().look();
    look.tab = Tab::text;
    ui.session().apply(command::SetLook{look});
    ui.screen.settle();
    const std::string text = ui.session().text();
    ui.session().apply(command::EditText{text + "nonsense: 1\n"});
    REQUIRE(ui.session().text_error().has_value());
    CHECK(ui.session().text_error()->found.find("nonsense") != std::string::npos);
    std::string shorter = text;
    shorter.replace(shorter.find("msl: 30s"), 8, "msl: 10s");
    ui.session().apply(command::EditText{shorter});
    CHECK(!ui.session().text_error());
    ui.screen.settle();
    ui.click("text.run");
    CHECK(ui.session().future_count() == 2);
    ui.tap(Key::end);
    CHECK(ui.now() == "22.2 s");
}

TEST_CASE("every key: does something without harm")
{
    Ui ui(1280, 800);
    const Look look = ui.session().look();
    for (const KeyBinding& binding : key_bindings()) {
        CAPTURE(key_name(binding));
        ui.session().apply(command::SetLook{look});
        ui.open("lost-final-ack", Time{2210ms});
        ui.tap(binding.key, binding.shift, binding.ctrl);
        ui.tap(binding.key, binding.shift, binding.ctrl);
        ui.tap(Key::escape);
        CHECK(ui.session().look().overlay == Overlay::nothing);
    }
}

TEST_CASE("every button: can be pressed, in each tab and arrangement, and the window still draws")
{
    struct Size {
        int width;
        int height;
    };
    for (const Size size : {Size{1600, 900}, Size{640, 960}}) {
        Ui ui(size.width, size.height);
        for (int tab = 0; tab < tab_count; ++tab) {
            Look look;
            look.tab = static_cast<Tab>(tab);
            look.narrow = NarrowTab::details;
            const auto begin = [&] {
                ui.session().apply(command::Predict{false});
                ui.session().apply(command::SetLook{look});
                ui.open("half-close", Time{1300ms});
            };
            begin();
            const auto widgets = ui.app.widgets().all();
            CHECK(widgets.size() > 15);
            bool row_pressed = false;
            for (const auto& named : widgets) {
                const auto& name = named.first;
                // The rows of the gallery do the same in each tab: one of them stands for the others.
                const bool is_row = name.starts_with("scenario.");
                if (!named.second.enabled || (is_row && tab > 0 && std::exchange(row_pressed, true))) continue;
                CAPTURE(name);
                begin();
                ui.click(name);
                ui.frames(3);
                CHECK(!ui.session().quits());
            }
        }
    }
}

TEST_CASE("any size of window, and any scale: is drawn without harm")
{
    Ui ui(1280, 800);
    for (const float scale : {0.75F, 3.0F}) {
        Look look;
        look.scale = scale;
        for (const int width : {1, 40, 200, 640, 1000, 3000})
            for (const int height : {1, 40, 300, 1500}) {
                ui.screen.resize(width, height);
                ui.session().apply(command::SetLook{look});
                ui.open("reordered-fin", Time{1300ms});
                ui.tap(Key::l);
                ui.tap(Key::question);
                ui.frames(2);
                CHECK(ui.session().future_count() == 2);
            }
    }
}

TEST_CASE("what the window says of its own: fits where it stands, in both languages and all themes")
{
    for (const Language language : {Language::english, Language::chinese})
        for (const ThemeName theme : {ThemeName::light, ThemeName::projector})
            for (const int width : {900, 1280, 1600}) {
                Look look;
                look.language = language;
                look.theme = theme;
                Ui ui(width, 900, look);
                ui.open("lost-final-ack", Time{2210ms});
                for (int step = 0; step < 12; ++step) {
                    for (const Widgets::Cramped& cramped : ui.app.widgets().cramped())
                        FAIL_CHECK(cramped.text << " takes " << cramped.wanted << " of " << cramped.given);
                    if (step < tab_count) ui.tap(Key::tab);
                    if (step == 5) ui.tap(Key::p);
                    if (step == 6) ui.tap(Key::question);
                    if (step == 7) ui.tap(Key::e);
                    if (step == 8) ui.tap(Key::r);
                    if (step == 9) ui.tap(Key::o);
                }
            }
}

TEST_CASE("the language, switched while it runs: everything is said in the other one")
{
    Ui ui;
    ui.open("lost-final-ack", Time{2210ms});
    ui.screen.move({1, 1});
    ui.screen.settle();
    const Image english = ui.screen.picture();
    ui.click("chip.language");
    CHECK(ui.session().look().language == Language::chinese);
    CHECK(hash(ui.screen.picture()) != hash(english));
    ui.click("chip.language");
    ui.screen.move({1, 1});
    ui.screen.settle();
    CHECK(hash(ui.screen.picture()) == hash(english));
}

TEST_CASE("the picture of the window: is exported without the dialog that asks for it")
{
    const TemporaryFolder folder;
    Ui ui(1000, 700);
    ui.open("lost-final-ack", Time{2210ms});
    ui.screen.move({1, 1});
    ui.screen.settle();
    const Image window = ui.screen.picture();
    ui.session().apply(command::ExportPicture{folder.file("window.png")});
    ui.frames(2, 0);
    const auto written = read_png(folder.file("window.png"));
    REQUIRE(written.has_value());
    CHECK(hash(*written) == hash(window));
    REQUIRE(ui.session().notice().has_value());
    CHECK(!ui.session().notice()->error);
    ui.session().apply(command::ExportPicture{folder.file("no/such/folder.png")});
    ui.frames(2, 0);
    CHECK(ui.session().notice()->error);
}
