// The keyboard reaches whatever the mouse does.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "app/keys.hpp"
#include "ui/temporary_folder.hpp"
#include "ui/ui.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

namespace {

std::string name_of_file(Ui& ui)
{
    return std::filesystem::path(ui.session().path()).stem().string();
}

/// A run of so many hosts, named h0, h1 and so on.
std::string many_hosts(int count)
{
    std::string text = "tcpsm: 1\nhosts: {";
    for (int i = 0; i < count; ++i) text += (i > 0 ? ", h" : " h") + std::to_string(i) + ": {}";
    return text + " }\nsteps:\n  - { at: 0s, h0: listen 80 }\n";
}

} // namespace

TEST_CASE("the list of keys: names each key, and no two alike")
{
    std::vector<std::string> names;
    for (const KeyBinding& binding : key_bindings()) names.push_back(key_name(binding));
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
    for (const char* const name : {"1–9", "K", "Ctrl ↓", "Ctrl ↑", "Shift ↓", "Shift ↑", "Ctrl R"})
        CHECK_MESSAGE(std::binary_search(names.begin(), names.end(), name), name);
}

TEST_CASE("the next scenario and the last: are opened by key, as the gallery has them, and seen in it")
{
    Ui ui(1280, 500);
    const auto next = [&] { ui.tap(Key::down, false, true); };
    const auto last = [&] { ui.tap(Key::up, false, true); };
    next();
    CHECK(name_of_file(ui) == "three-way-handshake");
    next();
    CHECK(name_of_file(ui) == "four-way-teardown");
    last();
    last();
    CHECK(name_of_file(ui) == "three-way-handshake");
    for (int i = 0; i < 20; ++i) next();
    const Box entry = ui.app.widgets().find("scenario." + name_of_file(ui))->box;
    const Box list = ui.app.widgets().find("gallery")->box;
    CHECK(list.top <= entry.top);
    CHECK(entry.bottom <= list.bottom);
    for (int i = 0; i < 60; ++i) next();
    CHECK(name_of_file(ui) == "netstat"); // the last one

    Look look = ui.session().look();
    look.filter = "simultaneous";
    ui.session().apply(command::SetLook{look});
    next();
    CHECK(name_of_file(ui) == "simultaneous-open");
    next();
    CHECK(name_of_file(ui) == "simultaneous-close");
    next();
    CHECK(name_of_file(ui) == "simultaneous-close");
}

TEST_CASE("the calls of any host: by its digit, or one host after the other")
{
    const TemporaryFolder folder;
    Ui ui;
    ui.session().apply(command::OpenFile{folder.file("many.yaml", many_hosts(11))});
    REQUIRE(!ui.session().empty());
    const auto shown = [&] {
        return ui.session().look().overlay == Overlay::host ? static_cast<int>(ui.session().look().menu_host) : -1;
    };
    for (int host = 0; host < 9; ++host) {
        ui.tap(static_cast<Key>(static_cast<int>(Key::digit_1) + host));
        CHECK(shown() == host);
        ui.tap(Key::escape);
    }
    ui.tap(Key::k);
    CHECK(shown() == 8);
    for (const int host : {9, 10, 0, 1}) {
        ui.tap(Key::k);
        CHECK(shown() == host);
    }
    ui.tap(Key::digit_1); // of the menu
    CHECK(ui.session().future_count() == 2);

    ui.open("lost-final-ack");
    ui.tap(Key::digit_3);
    CHECK(shown() == -1);
}

TEST_CASE("one connection after the other: is shown alone by key, then all of them")
{
    Look look;
    look.tab = Tab::connections;
    Ui ui(1600, 900, look);
    ui.open("half-close", Time{1300ms});
    std::size_t lines = 0;
    for (const auto& [name, widget] : ui.app.widgets().all()) lines += name.starts_with("connection.") ? 1U : 0U;
    REQUIRE(lines > 1);
    std::vector<ConnectionName> forwards;
    for (ui.tap(Key::down, true); ui.session().look().only; ui.tap(Key::down, true))
        forwards.push_back(*ui.session().look().only);
    CHECK(forwards.size() == lines);
    CHECK(forwards.front().host == 0);
    std::vector<ConnectionName> backwards;
    for (ui.tap(Key::up, true); ui.session().look().only; ui.tap(Key::up, true))
        backwards.push_back(*ui.session().look().only);
    std::reverse(backwards.begin(), backwards.end());
    CHECK(backwards == forwards);
}
