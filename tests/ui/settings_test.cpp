#include "app/platform/settings.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include <sys/stat.h>

#include "support/file.hpp"
#include "support/text.hpp"
#include "ui/temporary_folder.hpp"

using namespace tcpsm::viz;
using tcpsm::test::has;
using tcpsm::test::octets_of;

namespace {

namespace fs = std::filesystem;

Settings unusual()
{
    Settings s;
    s.language = Language::chinese;
    s.theme = ThemeName::projector;
    s.scale = 1.1F;
    s.speed = 0.25F;
    s.exact_time = true;
    s.predict = true;
    s.width = 1600;
    s.height = 900;
    return s;
}

// A variable of the environment, for as long as this lives.
class Variable {
public:
    Variable(const char* name, const char* value) : name_(name)
    {
        if (const char* const old = std::getenv(name)) old_ = old;
        set(value);
    }
    ~Variable() { set(old_ ? old_->c_str() : nullptr); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    void set(const char* value) { value == nullptr ? unsetenv(name_) : setenv(name_, value, 1); }

    const char* name_;
    std::optional<std::string> old_;
};

// The notes are in the environment's language.
struct English {
    Variable all{"LC_ALL", "C"};
};

} // namespace

TEST_CASE("settings that were saved: are loaded as they were")
{
    const TemporaryFolder folder;
    const std::string path = folder.file("a/new/folder/settings.json");
    REQUIRE(save_settings(unusual(), path) == "");
    const LoadedSettings loaded = load_settings(path);
    CHECK(loaded.note == "");
    CHECK(loaded.settings == unusual());
    CHECK(has(octets_of(path), "\"scale\": 1.1,")); // people read it, too
}

TEST_CASE("no settings file: the defaults, without a note")
{
    const English english;
    const TemporaryFolder folder;
    for (const std::string& path : {folder.file("none.json"), folder.file("none/none.json"), std::string()}) {
        const LoadedSettings loaded = load_settings(path);
        CHECK(loaded.settings == Settings{});
        CHECK(loaded.note == "");
    }
}

TEST_CASE("a settings file that is no JSON object: is ignored with a note")
{
    const English english;
    const TemporaryFolder folder;
    for (const std::string& text :
         {std::string(), std::string("{"), std::string("[]"), std::string("12"), std::string("null"),
          std::string("{\"scale\": 2,}"), std::string("\x80\xFF\x00\x01", 4), std::string(20'000, '['),
          std::string("{\"theme\": \"\xFF\"}")}) {
        const LoadedSettings loaded = load_settings(folder.file("settings.json", text));
        CHECK(loaded.settings == Settings{});
        CHECK(has(loaded.note, "are broken and are ignored"));
        CHECK(has(loaded.note, folder.file("settings.json")));
    }
}

TEST_CASE("a settings file that is huge, a folder or a pipe: is ignored with a note")
{
    const English english;
    const TemporaryFolder folder;
    const std::string huge = folder.file("huge.json", "{\"scale\": 2" + std::string(100'000, ' ') + "}");
    CHECK(has(load_settings(huge).note, "too large"));
    CHECK(load_settings(huge).settings == Settings{});
    CHECK(has(load_settings(folder.path()).note, "Is a directory"));
    REQUIRE(mkfifo(folder.file("pipe").c_str(), 0600) == 0);
    CHECK(has(load_settings(folder.file("pipe")).note, "cannot be read"));
}

TEST_CASE("values that cannot be: only these are ignored, and the note names them")
{
    const English english;
    const TemporaryFolder folder;
    const auto load = [&](const std::string& text) { return load_settings(folder.file("settings.json", text)); };
    const LoadedSettings loaded = load(R"({"language": "tlh", "theme": "dark", "scale": 1e300, "speed": -1,
        "exact_time": 1, "predict": true, "width": 99999999999999999999999, "height": 700.5})");
    CHECK(has(loaded.note, "impossible values"));
    CHECK(has(loaded.note, ": language, scale, speed, exact_time, width, height."));
    Settings expected;
    expected.theme = ThemeName::dark;
    expected.predict = true;
    CHECK(loaded.settings == expected);

    CHECK(has(load(R"({"scale": "2"})").note, "scale"));
    CHECK(has(load(R"({"scale": null})").note, "scale"));
    CHECK(has(load(R"({"theme": ["dark"]})").note, "theme"));
    CHECK(has(load(R"({"width": -5})").note, "width"));
    CHECK(load(R"({"scale": 0.75, "width": 1, "height": 16384})").note == "");
    CHECK(load(R"({"scale": 3})").settings.scale == 3);
}

TEST_CASE("names that are not ours: are no reason for a note")
{
    const TemporaryFolder folder;
    const LoadedSettings loaded = load_settings(folder.file("settings.json", R"({"sound": [1, {}], "theme": "dark"})"));
    CHECK(loaded.note == "");
    CHECK(loaded.settings.theme == ThemeName::dark);
}

TEST_CASE("settings are saved: nothing is left beside them, and a link stays one")
{
    const TemporaryFolder folder;
    REQUIRE(save_settings(Settings{}, folder.file("real.json")) == "");
    fs::create_symlink(folder.file("real.json"), folder.file("settings.json"));
    REQUIRE(save_settings(unusual(), folder.file("settings.json")) == "");
    CHECK(folder.count() == 2);
    CHECK(fs::is_symlink(folder.file("settings.json")));
    CHECK(load_settings(folder.file("real.json")).settings == unusual());
}

TEST_CASE("settings that cannot be saved: says why, and the old ones stay")
{
    const TemporaryFolder folder;
    static_cast<void>(folder.file("file", "text"));
    CHECK(save_settings(Settings{}, folder.file("file/settings.json")) == "Not a directory");
    fs::create_directory(folder.file("settings.json"));
    CHECK(save_settings(Settings{}, folder.file("settings.json")) == "Is a directory");
    CHECK(folder.count() == 2);
    CHECK(octets_of(folder.file("file")) == "text");
}

TEST_CASE("the settings' place: follows the XDG Base Directory Specification")
{
    const Variable home("HOME", "/home/student");
    {
        const Variable config("XDG_CONFIG_HOME", "/etc/student");
        CHECK(settings_path() == "/etc/student/tcpsm/settings.json");
    }
    for (const char* const missing : {static_cast<const char*>(nullptr), "", "relative"}) {
        const Variable config("XDG_CONFIG_HOME", missing);
        CHECK(settings_path() == "/home/student/.config/tcpsm/settings.json");
        const Variable homeless("HOME", nullptr);
        CHECK(settings_path() == "");
    }
}
