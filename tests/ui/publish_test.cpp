// What the window publishes for programs that drive it.

#include <doctest/doctest.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "support/file.hpp"
#include "ui/temporary_folder.hpp"
#include "ui/ui.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;
using nlohmann::json;
using test::octets_of;

TEST_CASE("what the window shows, published: follows it, and is not written again while nothing changes")
{
    const TemporaryFolder folder;
    const std::string path = folder.file("widgets.json");
    Ui ui;
    ui.app.publish_to(path);
    ui.frames(1);
    CHECK(json::parse(octets_of(path))["futures"] == 0);
    ui.open("lost-final-ack", Time{2210ms});
    ui.tap(Key::l);
    const json shown = json::parse(octets_of(path));
    CHECK(shown["size"] == json{1600, 900});
    CHECK(shown["now"] == "2.21 s");
    CHECK(shown["position"] == ui.future().position());
    CHECK(shown["futures"] == 2);
    CHECK(shown["playing"] == false);
    CHECK(shown["language"] == "en");
    CHECK(shown["theme"] == "light");
    CHECK(shown["widgets"].size() == ui.app.widgets().all().size());
    const Box play = ui.app.widgets().find("play")->box;
    CHECK(shown["widgets"]["play"][0].get<float>() == doctest::Approx(play.left).epsilon(0.01));
    CHECK(shown["widgets"]["play"][3].get<float>() == doctest::Approx(play.bottom).epsilon(0.01));

    std::filesystem::remove(path);
    ui.frames(10);
    CHECK(folder.count() == 0);
    ui.tap(Key::h);
    CHECK(json::parse(octets_of(path))["theme"] == "dark");
    CHECK(folder.count() == 1); // what it was replaced by is not beside it any more
}
