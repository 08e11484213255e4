#include "app/start.hpp"

#include <cstdio>
#include <cstdlib>
#include <variant>

#include <CLI/CLI.hpp>

#include "app/app.hpp"
#include "app/platform/headless.hpp"
#include "app/platform/png.hpp"
#include "app/platform/settings.hpp"
#include "app/platform/video.hpp"
#include "app/platform/window.hpp"
#include "app/session/timing.hpp"
#include "files/scenarios.hpp"

namespace tcpsm::viz {
namespace {

constexpr int good = 0;
constexpr int bad = 2;

int complain(const std::string& text)
{
    std::fprintf(stderr, "tcpsm-viz: %s\n", text.c_str());
    return bad;
}

// ---- arguments ------------------------------------------------------------------------------------------------------

/// "1600x900"
std::string read_size(const std::string& text, Arguments& arguments)
{
    int width = 0;
    int height = 0;
    int end = 0;
    const bool read =
        std::sscanf(text.c_str(), "%5dx%5d%n", &width, &height, &end) == 2 && end == static_cast<int>(text.size());
    constexpr int most = 16384;
    if (!read || width < 1 || height < 1 || width > most || height > most)
        return "'" + text + "' is no size; write WIDTHxHEIGHT in pixels, such as 1600x900, up to 16384 each";
    arguments.width = width;
    arguments.height = height;
    return {};
}

/// CLI11 takes "nan" for a number, and finds it in every range.
std::string is_number(const std::string& text)
{
    return text.find_first_not_of("0123456789.+-eE") == std::string::npos ? std::string()
                                                                          : "'" + text + "' is no number";
}

void add_options(CLI::App& app, Arguments& arguments)
{
    app.add_option("FILE", arguments.file, "A scenario file, or the name of one that comes with tcpsm")
        ->option_text(" ");
    app.add_option(
           "--at",
           [&](const CLI::results_t& text) {
               arguments.at = read_time(text[0]);
               if (!arguments.at)
                   throw CLI::ValidationError(
                       "--at", "'" + text[0] + "' is no time; write a number with its unit, such as 1.35s or 50ms");
               return true;
           },
           "Stand at this virtual time, such as 1.35s")
        ->option_text("TIME");
    app.add_option("--screenshot", arguments.screenshot, "Write a picture of the window and leave; needs no display")
        ->option_text("OUT.png");
    app.add_option("--video", arguments.video, "Write a video of the run and leave; needs ffmpeg, but no display")
        ->option_text("OUT.mp4|OUT.gif");
    app.add_option("--handout", arguments.handout,
                   "Write a handout and leave: a picture a step, questions first, answers at the end")
        ->option_text("OUT.html");
    app.add_option("--seconds", arguments.seconds, "How long the video is at most; without it, the whole run")
        ->check(CLI::Range(0.1, 3600.0))
        ->option_text("N");
    app.add_option(
           "--size",
           [&](const CLI::results_t& text) {
               if (const std::string wrong = read_size(text[0], arguments); !wrong.empty())
                   throw CLI::ValidationError("--size", wrong);
               return true;
           },
           "Size of the window or picture in pixels; without it, 1280x800")
        ->option_text("WIDTHxHEIGHT");
    app.add_option("--scale", arguments.scale, "Make all that is shown smaller or larger, from 0.75 to 3")
        ->check(CLI::Range(scale_least, scale_most) & CLI::Validator(is_number, "", "number"))
        ->option_text("N");
    app.add_option(
           "--theme",
           [&](const CLI::results_t& text) {
               arguments.theme = parse_theme(text[0]);
               if (!arguments.theme)
                   throw CLI::ValidationError("--theme",
                                              "'" + text[0] + "' is no theme; there are light, dark and projector");
               return true;
           },
           "Colours: for a bright room, a dark one, or a projector")
        ->option_text("light|dark|projector");
    app.add_option(
           "--lang",
           [&](const CLI::results_t& text) {
               arguments.language = parse_language(text[0]);
               if (!arguments.language)
                   throw CLI::ValidationError("--lang", "'" + text[0] + "' is not spoken here; there are en and zh");
               return true;
           },
           "English or Chinese; without it, as the environment says")
        ->option_text("en|zh");
    app.add_flag("--exact-time", arguments.exact_time, "True time: nothing is folded");
    app.add_flag("--default-settings", arguments.default_settings, "Neither read nor keep settings");
    app.set_version_flag("--version", "tcpsm-viz " TCPSM_VERSION, "Print the version");
    app.set_help_flag("-h,--help", "Print this help");
    app.get_formatter()->column_width(34);
    app.get_formatter()->label("Positionals", "Arguments");
    app.footer("Examples:\n"
               "  tcpsm-viz\n"
               "  tcpsm-viz lost-final-ack --at 2.1s --theme projector\n"
               "  tcpsm-viz my.yaml --at 1.35s --screenshot out.png --size 1600x900 --scale 2 --lang zh\n"
               "  tcpsm-viz lost-final-ack --video out.gif --size 960x600\n"
               "\nIn the window, ? shows all keys.\n"
               "\nExit status:\n"
               "  0    All is well\n"
               "  2    The input is bad, there is no display, or the output cannot be written\n"
               "  130  Interrupted by Ctrl-C\n"
               "\nEnvironment:\n"
               "  LANG               Which language the window begins in, unless --lang or the settings say\n"
               "  TCPSM_VIZ_WIDGETS  A file in which the window publishes where its widgets stand, for programs\n"
               "\nSettings:\n"
               "  $XDG_CONFIG_HOME/tcpsm/settings.json  Language, theme and size, as they were last; without\n"
               "                                        that variable, ~/.config/tcpsm/settings.json");
}

// ---- without a display ----------------------------------------------------------------------------------------------

/// Opens the file that was asked for; what is wrong with it, where it cannot be.
std::string open(App& app, const Arguments& arguments)
{
    if (arguments.file.empty()) return {};
    const Found found = find_scenario(arguments.file);
    if (!found.problem.empty()) return found.problem;
    app.session().apply(command::OpenFile{found.file});
    if (app.session().empty())
        return app.session().notice() ? app.session().notice()->text : "cannot open " + arguments.file;
    if (arguments.at) app.session().apply(command::GoTo{*arguments.at});
    return {};
}

SessionOptions session_options(const Arguments& arguments, const Settings& settings)
{
    SessionOptions options;
    options.scenarios = scenario_folder();
    options.look.language = arguments.language.value_or(settings.language);
    options.look.theme = arguments.theme.value_or(settings.theme);
    options.look.scale = settings.scale;
    options.look.mode = arguments.exact_time || settings.exact_time ? TimeMode::exact : TimeMode::compressed;
    return options;
}

/// Nobody reads what a picture says of the fonts that it lacks.
void say_what_is_missing(const Fonts& fonts)
{
    for (const std::string& note : fonts.notes) std::fprintf(stderr, "tcpsm-viz: note: %s\n", note.c_str());
}

int write_screenshot(App& app, const Arguments& arguments)
{
    Headless headless(app, arguments.width, arguments.height);
    headless.settle();
    say_what_is_missing(headless.fonts());
    const std::string wrong = write_png(headless.picture(), arguments.screenshot);
    if (!wrong.empty()) return complain("cannot write " + arguments.screenshot + ": " + wrong);
    return good;
}

int record_video(App& app, const Arguments& arguments)
{
    constexpr int frames_a_second = 30;
    Headless headless(app, arguments.width, arguments.height);
    headless.settle();
    if (arguments.screenshot.empty()) say_what_is_missing(headless.fonts()); // else it has been said
    const double seconds = arguments.seconds > 0 ? arguments.seconds : playing_time(app.session()) + 1;
    VideoOptions options;
    options.path = arguments.video;
    options.frames_per_second = frames_a_second;
    options.frames = static_cast<int>(seconds * frames_a_second);
    options.language = app.language();
    options.progress = progress_bar("video");
    app.session().apply(command::Play{});
    const std::string wrong = write_video(options, [&](int) {
        headless.frame(1.0F / frames_a_second);
        return headless.picture();
    });
    if (!wrong.empty()) return complain(wrong);
    return good;
}

/// A picture of a run in numbers has all of it, and a video knows how long it is.
void show_whole(App& app, const Arguments& arguments)
{
    if (app.session().empty() || !app.session().current().in_numbers()) return;
    app.session().apply(command::GoToEnd{});
    app.session().apply(command::GoTo{arguments.at.value_or(Time{})});
}

int without_display(const Arguments& arguments)
{
    if (arguments.file.empty()) return complain("say of which scenario: tcpsm-viz FILE --screenshot out.png");
    SessionOptions options =
        session_options(arguments, Settings{.language = arguments.language.value_or(language_of_environment())});
    options.look.scale = arguments.scale;
    App app(options);
    if (const std::string wrong = open(app, arguments); !wrong.empty()) return complain(wrong);
    show_whole(app, arguments);
    if (!arguments.handout.empty()) {
        app.session().apply(command::ExportHandout{arguments.handout});
        if (app.session().notice() && app.session().notice()->error) return complain(app.session().notice()->text);
        app.session().apply(command::Dismiss{});
    }
    if (!arguments.screenshot.empty())
        if (const int status = write_screenshot(app, arguments); status != good) return status;
    return arguments.video.empty() ? good : record_video(app, arguments);
}

// ---- the window -----------------------------------------------------------------------------------------------------

void keep(App& app, const WindowResult& window, Settings settings, const std::string& path)
{
    settings.language = app.language();
    settings.theme = app.theme();
    settings.scale = app.scale();
    settings.exact_time = app.session().look().mode == TimeMode::exact;
    settings.speed = static_cast<float>(app.session().speed());
    settings.width = window.width;
    settings.height = window.height;
    const std::string wrong = save_settings(settings, path);
    if (!wrong.empty()) std::fprintf(stderr, "tcpsm-viz: %s\n", wrong.c_str());
}

int with_window(const Arguments& arguments, bool sized, bool scaled)
{
    const std::string path = arguments.default_settings ? std::string() : settings_path();
    const LoadedSettings loaded = arguments.default_settings ? LoadedSettings{} : load_settings(path);
    if (!loaded.note.empty()) std::fprintf(stderr, "tcpsm-viz: note: %s\n", loaded.note.c_str());
    SessionOptions options = session_options(arguments, loaded.settings);
    if (scaled) options.look.scale = arguments.scale;
    App app(options);
    app.session().apply(command::Speed{loaded.settings.speed});
    if (const char* const widgets = std::getenv("TCPSM_VIZ_WIDGETS")) app.publish_to(widgets);
    if (const std::string wrong = open(app, arguments); !wrong.empty()) return complain(wrong);
    WindowOptions window;
    window.width = sized ? arguments.width : loaded.settings.width;
    window.height = sized ? arguments.height : loaded.settings.height;
    const WindowResult result = run_window(app, window);
    if (!result.error.empty()) return complain(result.error);
    if (!path.empty()) keep(app, result, loaded.settings, path);
    return good;
}

} // namespace

int start(int argc, char** argv)
{
    CLI::App app("Watch a TCP connection: play, stop, step back, lose a segment, compare both futures", "tcpsm-viz");
    Arguments arguments;
    add_options(app, arguments);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? good : bad;
    }
    if (arguments.without_display()) return without_display(arguments);
    return with_window(arguments, app.count("--size") > 0, app.count("--scale") > 0);
}

} // namespace tcpsm::viz
