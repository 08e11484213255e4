// A real window on a display of its own, used as a person does: by mouse and keys, from the gallery to an export.

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/inotify.h>
#include <unistd.h>

#include "app/session/look.hpp"
#include "support/file.hpp"
#include "support/places.hpp"
#include "ui/child.hpp"
#include "ui/program.hpp"
#include "ui/temporary_folder.hpp"

using namespace tcpsm::viz;
using nlohmann::json;
using tcpsm::test::octets_of;

namespace {

/// What a test needs that is missing, and where it comes from.
std::string needed(const std::string& program)
{
    return program + " cannot be started; `./run test` installs it";
}

/// An X display without a screen: Xvfb, on whichever number is free.
class Display {
public:
    explicit Display(const std::string& home)
    {
        std::array<int, 2> ends{-1, -1};
        REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0);
        // A key repeats while it is held, and a busy machine would hold it for long: -r.
        server_ =
            std::make_unique<Child>(std::vector<std::string>{"Xvfb", "-displayfd", std::to_string(ends[1]), "-screen",
                                                             "0", "1400x900x24", "-nolisten", "tcp", "-noreset", "-r"},
                                    environment_with({}, home), ends[1]);
        close(ends[1]);
        const Limit limit;
        std::array<char, 16> number{};
        ssize_t count = 0;
        while (name_.find('\n') == std::string::npos && limit.wait({ends[0]}) &&
               (count = read(ends[0], number.data(), number.size())) > 0)
            name_.append(number.data(), static_cast<std::size_t>(count));
        close(ends[0]);
        if (name_.find('\n') == std::string::npos) {
            static_cast<void>(server_->listen());
            FAIL(needed("Xvfb") << ". It said: " << server_->said());
        }
        name_ = ":" + name_.substr(0, name_.find('\n'));
    }

    [[nodiscard]] std::string variable() const { return "DISPLAY=" + name_; }

private:
    std::unique_ptr<Child> server_;
    std::string name_;
};

/// tcpsm-viz in a window, and a hand on its mouse and keys. What the window shows is known from the file that it
/// publishes: everything that is done waits there for what comes of it.
class Driver {
public:
    Driver()
        : home_(made("home")),
          published_(made("published") + "/widgets.json"),
          display_(home_),
          changes_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
          program_({tcpsm::test::in_build("tcpsm-viz"), "--default-settings", "--size", "1280x800"},
                   environment_with({display_.variable(), "TCPSM_VIZ_WIDGETS=" + published_, "LIBGL_ALWAYS_SOFTWARE=1",
                                     "ASAN_OPTIONS=detect_leaks=0"}, // GLFW and Mesa keep some memory
                                    home_))
    {
        REQUIRE(inotify_add_watch(changes_, folder.file("published").c_str(), IN_MOVED_TO) >= 0);
        until("the window shows", [](const json& shown) { return !shown["widgets"].empty(); });
        window_ = tool({"search", "--onlyvisible", "--pid", std::to_string(program_.pid())});
        window_ = window_.substr(0, window_.find('\n'));
        REQUIRE(!window_.empty());
    }
    ~Driver() { close(changes_); }
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;

    /// Waits until it is so.
    /// @return  what the window shows then
    template <class Is>
    json until(std::string_view what, Is&& is)
    {
        INFO(std::string(what));
        const Limit limit;
        while (true) {
            const bool runs = program_.listen();
            std::array<char, 4096> ignored{};
            while (read(changes_, ignored.data(), ignored.size()) > 0) {
            }
            shown_ = json::parse(octets_of(published_), nullptr, false);
            if (shown_.is_object() && is(std::as_const(shown_))) return shown_;
            if (!runs) FAIL("tcpsm-viz has ended. It said: " << program_.said());
            if (!limit.wait({changes_, program_.output()}))
                FAIL("this never came; the window shows: " << shown_.dump());
        }
    }

    /// Whether a widget is there now, by what was last waited for.
    [[nodiscard]] bool has(const std::string& widget) const { return shown_["widgets"].contains(widget); }
    [[nodiscard]] std::array<double, 4> box(const std::string& widget) const
    {
        INFO("the widget ", widget);
        REQUIRE(has(widget));
        return shown_["widgets"][widget].get<std::array<double, 4>>();
    }

    void click(const std::string& widget)
    {
        const auto [left, top, right, bottom] = box(widget);
        const auto middle = [](double a, double b) { return std::to_string(static_cast<int>((a + b) / 2)); };
        tool({"mousemove", "--window", window_, middle(left, right), middle(top, bottom), "click", "1"});
    }
    void press(const std::string& key) const { tool({"key", key}); }
    void type(const std::string& text) const { tool({"type", text}); }
    void resize(int width, int height) const
    {
        tool({"windowsize", window_, std::to_string(width), std::to_string(height)});
    }

    /// Its status, once it has ended.
    int ended() { return program_.wait(Limit()); }
    [[nodiscard]] const std::string& said() const { return program_.said(); }

    const TemporaryFolder folder;

private:
    [[nodiscard]] std::string made(std::string_view name) const
    {
        std::filesystem::create_directory(folder.file(name));
        return folder.file(name);
    }

    /// Calls xdotool, and gives what it says.
    std::string tool(std::vector<std::string> arguments) const // NOLINT(modernize-use-nodiscard): it acts
    {
        arguments.insert(arguments.begin(), "xdotool");
        Child xdotool(arguments, environment_with({display_.variable()}, home_));
        const int status = xdotool.wait(Limit());
        if (status == 127) FAIL(needed("xdotool"));
        CHECK_MESSAGE(status == 0, "xdotool " << arguments[1] << ": " << xdotool.said());
        return xdotool.said();
    }

    std::string home_;
    std::string published_;
    Display display_;
    int changes_;
    Child program_;
    std::string window_;
    json shown_;
};

int number_of(Overlay overlay)
{
    return static_cast<int>(overlay);
}

void open_from_gallery(Driver& viz)
{
    viz.click("scenario.lost-final-ack");
    viz.until("the scenario is open", [](const json& shown) {
        return shown["futures"] == 1 && shown["now"] == "0 s" && shown["widgets"].contains("ladder");
    });
}

void play_and_pause(Driver& viz)
{
    viz.press("space");
    viz.until("it plays", [](const json& shown) { return shown["playing"] == true && shown["position"] > 0; });
    viz.press("space");
    viz.until("it stands", [](const json& shown) { return shown["playing"] == false; });
}

/// Loses client.5, so that there are two futures.
void lose_the_final_ack_again(Driver& viz)
{
    viz.press("End");
    viz.until("the end", [](const json& shown) { return shown["now"] == "62.2 s"; });
    viz.click("segment.client.5");
    viz.until("it is selected", [](const json& shown) { return shown["selected"] == "client.5"; });
    viz.press("l");
    viz.until("two futures side by side",
              [](const json& shown) { return shown["futures"] == 2 && shown["widgets"].contains("ladder.other"); });
    CHECK(viz.box("ladder.other")[2] <= viz.box("ladder")[0]); // the new one is to the right
    viz.press("End");
    viz.until("the end of the other", [](const json& shown) { return shown["now"] == "64.2 s"; });
}

void go_back(Driver& viz)
{
    const json before = viz.until("anything", [](const json&) { return true; });
    viz.press("Prior"); // PageUp
    const json after =
        viz.until("a step back", [&](const json& shown) { return shown["position"] < before["position"]; });
    CHECK(after["now"] != "64.2 s");
}

void change_language_and_theme(Driver& viz)
{
    viz.click("chip.language");
    viz.until("Chinese", [](const json& shown) { return shown["language"] == "zh"; });
    viz.click("chip.language");
    viz.until("English", [](const json& shown) { return shown["language"] == "en"; });
    viz.click("chip.theme");
    viz.until("dark", [](const json& shown) { return shown["theme"] == "dark"; });
}

/// "Export the picture…" of the menu of files, into a file of that name.
std::string export_picture(Driver& viz, const std::string& name)
{
    viz.press("e");
    viz.until("the menu of files", [](const json& shown) {
        return shown["overlay"] == number_of(Overlay::files) && shown["widgets"].contains("menu.2");
    });
    viz.press("3");
    viz.until("the field", [](const json& shown) {
        return shown["overlay"] == number_of(Overlay::picture) && shown["typing"] == true;
    });
    viz.press("ctrl+a");
    const std::string path = viz.folder.file(name);
    viz.type(path);
    viz.press("Return");
    viz.until("it says what it wrote", [&](const json& shown) {
        return shown["overlay"] == 0 && shown["notice"].get<std::string>().find(path) != std::string::npos;
    });
    return octets_of(path);
}

void resize_and_see(Driver& viz, int width, int height)
{
    viz.resize(width, height);
    viz.until("the new size", [&](const json& shown) { return shown["size"] == json{width, height}; });
    CHECK(viz.box("top")[2] <= width);
    CHECK(viz.box("play")[3] <= height);
}

} // namespace

TEST_CASE("a real window, by mouse and keys: from the gallery over two futures to an exported picture")
{
    Driver viz;
    open_from_gallery(viz);
    play_and_pause(viz);
    lose_the_final_ack_again(viz);
    go_back(viz);
    change_language_and_theme(viz);
    const std::string picture = export_picture(viz, "picture.svg");
    CHECK(picture.starts_with("<?xml"));
    CHECK(picture.find("<svg") < picture.find("</svg>"));
    CHECK(picture.find("client.5") != std::string::npos);
    resize_and_see(viz, 700, 500);
    resize_and_see(viz, 1300, 850);
    viz.press("Home");
    viz.until("the start", [](const json& shown) { return shown["now"] == "0 s"; });
    viz.press("space");
    viz.until("it plays", [](const json& shown) { return shown["playing"] == true; });
    viz.press("ctrl+q");
    CHECK(viz.ended() == 0);
    CHECK(viz.said() == "");
}
