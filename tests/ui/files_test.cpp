// The open file and its text.

#include <doctest/doctest.h>

#include <string>

#include "ui/temporary_folder.hpp"
#include "ui/ui.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

/// A window with a scenario of its own, that may change on disk.
struct Opened {
    TemporaryFolder folder;
    std::string good = octets_of(TCPSM_SOURCE_DIR "/examples/scenarios/lost-final-ack.yaml");
    std::string path = folder.file("mine.yaml", good);
    Ui ui;

    Opened()
    {
        ui.session().apply(command::OpenFile{path});
        ui.session().apply(command::GoTo{Time{2210ms}});
        ui.screen.settle();
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
};

} // namespace

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
