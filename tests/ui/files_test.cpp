// The open file, its text, and where things are written: nothing that was done is lost.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "support/file.hpp"
#include "support/places.hpp"
#include "support/text.hpp"
#include "tcpsm/trace/ladder.hpp"
#include "ui/temporary_folder.hpp"
#include "ui/ui.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;
using test::has;
using test::octets_of;

namespace {

/// A window with a scenario of its own, that may change on disk.
struct Opened {
    TemporaryFolder folder;
    std::string good = octets_of(tcpsm::test::in_source("examples/scenarios/lost-final-ack.yaml"));
    std::string path = folder.file("mine.yaml", good);
    Ui ui;

    Opened()
    {
        ui.session().apply(command::OpenFile{path});
        ui.session().apply(command::GoTo{Time{2210ms}});
        ui.screen.settle();
    }
    /// Another program writes the file; the window has time to notice.
    void write(const std::string& text)
    {
        std::ofstream(path) << text;
        ui.frames(60);
    }
    void edit(const std::string& text)
    {
        ui.session().apply(command::EditText{text});
        ui.screen.settle();
    }
    void show(Tab tab)
    {
        Look look = ui.session().look();
        look.tab = tab;
        ui.session().apply(command::SetLook{look});
        ui.screen.settle();
    }
    [[nodiscard]] std::string told() { return ui.session().notice() ? ui.session().notice()->text : std::string(); }
};

std::string with_shorter_msl(std::string text)
{
    return text.replace(text.find("msl: 30s"), 8, "msl: 10s") + "# changed\n";
}

/// The folder that relative paths are in.
class Inside {
public:
    explicit Inside(const std::string& folder) : before_(std::filesystem::current_path())
    {
        std::filesystem::current_path(folder);
    }
    ~Inside() { std::filesystem::current_path(before_); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

private:
    std::filesystem::path before_;
};

} // namespace

TEST_CASE_FIXTURE(Opened, "a file that changes while futures stand beside its own: they stay, and its own is another")
{
    ui.tap(Key::l);
    const std::string fork = story_of(ui.future());
    REQUIRE(ui.future().differs_at.has_value());
    CHECK(*ui.future().differs_at == Time{2200ms});
    write(with_shorter_msl(good));
    REQUIRE(ui.session().future_count() == 2);
    CHECK(ui.session().shown() == 1);
    CHECK(story_of(ui.future()) == fork);
    CHECK(ui.now() == "2.21 s");
    CHECK(ui.session().compared()->now() == ui.future().now());
    CHECK(has(ui.session().future(0).text(), "# changed"));
    CHECK(has(told(), "other futures are as they were"));
    CHECK(*ui.future().differs_at < Time{2200ms}); // since TIME-WAIT is shorter from the first time on
    ui.click("future.0");
    CHECK(has(ui.session().text(), "# changed"));
    CHECK(ui.now() == "2.21 s");
    CHECK(ui.future().differs_at == ui.session().compared()->differs_at);
}

TEST_CASE_FIXTURE(Opened, "a file that changes while its text is edited: the text stays until it is let go")
{
    show(Tab::text);
    const auto by_button = [&] { ui.click("text.reload"); };
    const auto by_key = [&] { ui.tap(Key::r, false, true); };
    int round = 0;
    for (const auto& let_go : {std::function<void()>(by_button), std::function<void()>(by_key)}) {
        const std::string theirs = "# theirs " + std::to_string(++round);
        edit(ui.session().text() + "# mine\n");
        write(good + theirs + '\n');
        CHECK(ui.session().changed_on_disk());
        CHECK(has(told(), "What you wrote is kept"));
        CHECK(has(ui.session().text(), "# mine"));
        CHECK_FALSE(has(ui.future().text(), theirs));
        CHECK(ui.app.widgets().cramped().empty());
        let_go();
        CHECK_FALSE(ui.session().changed_on_disk());
        CHECK_FALSE(has(ui.session().text(), "# mine"));
        CHECK(has(ui.session().text(), theirs));
        CHECK_FALSE(ui.has("text.reload"));
    }
}

TEST_CASE_FIXTURE(Opened, "edited text that runs beside a file that changed: is safe, and the file is read again")
{
    edit(good + "# mine\n");
    write(with_shorter_msl(good));
    CHECK(ui.session().future_count() == 1);
    ui.session().apply(command::RunText{});
    ui.frames(60);
    CHECK(ui.session().future_count() == 2);
    CHECK(has(ui.session().text(), "# mine"));
    CHECK(has(ui.session().future(0).text(), "# changed"));
    CHECK_FALSE(ui.session().changed_on_disk());
}

TEST_CASE_FIXTURE(Opened, "a file that changes for the worse under another future: is said, and that one's text stays")
{
    ui.tap(Key::l);
    const std::string text = ui.session().text();
    write("tcpsm: 1\nhosts: 5\n");
    CHECK(has(told(), "mine.yaml:1:1"));
    CHECK(ui.session().text() == text);
    CHECK(ui.session().future_count() == 2);
    write(with_shorter_msl(good));
    CHECK(ui.session().future_count() == 2);
    CHECK(has(ui.session().future(0).text(), "# changed"));
}

TEST_CASE_FIXTURE(Opened, "another file that does not read, once it does: is open alone")
{
    ui.tap(Key::l);
    path = folder.file("other.yaml", "tcpsm: 1\nhosts: 5\n");
    ui.session().apply(command::OpenFile{path});
    CHECK(ui.session().future_count() == 2); // of the last good run
    write(good);
    CHECK(ui.session().future_count() == 1);
    CHECK(ui.session().text() == good);
}

TEST_CASE_FIXTURE(Opened, "an error in the text: its line is scrolled to when it appears")
{
    show(Tab::text);
    const auto is_seen = [&] {
        const auto* const error = ui.app.widgets().find("text.error");
        REQUIRE(error != nullptr);
        const Box& lines = ui.app.widgets().find("text.lines")->box;
        return lines.top <= error->box.top && error->box.bottom <= lines.bottom;
    };
    CHECK_FALSE(ui.has("text.error"));
    edit(good + "nonsense: 1\n");
    CHECK(is_seen());
    edit("nonsense: 1\n" + good);
    CHECK(is_seen());
    ui.screen.move(ui.at("text.lines"));
    ui.screen.wheel(-40); // and whoever scrolls on is not pulled back
    ui.frames(3);
    CHECK_FALSE(is_seen());
}

TEST_CASE_FIXTURE(Opened, "where to save: the name is one that is not there yet, and a field that is cleared stays so")
{
    const Inside inside(folder.path());
    const auto open = [&](const char* entry) {
        ui.tap(Key::e);
        ui.click(entry);
        return ui.session().look().path;
    };
    CHECK(open("menu.1") == "mine-2.yaml");
    ui.tap(Key::a, false, true);
    ui.tap(Key::del);
    ui.frames(3);
    CHECK(ui.session().look().path == "");
    CHECK_FALSE(ui.app.widgets().find("file.do")->enabled);
    ui.screen.type("x");
    ui.frames(2);
    CHECK(ui.session().look().path == "x");
    ui.click("file.cancel");

    CHECK(open("menu.1") == "mine-2.yaml");
    ui.click("file.do");
    CHECK(octets_of(folder.file("mine-2.yaml")) == ui.future().text());
    CHECK(open("menu.1") == "mine-3.yaml");
    ui.tap(Key::escape);
    CHECK(open("menu.2") == "mine.svg");
    ui.click("file.do");
    CHECK(open("menu.2") == "mine-2.svg");
    ui.tap(Key::escape);
    CHECK(open("menu.3") == "mine-handout.html");
    ui.tap(Key::escape);
    CHECK(open("menu.0") == "");
}
