#include "app/platform/video.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "support/file.hpp"
#include "ui/temporary_folder.hpp"

using namespace tcpsm::viz;
using tcpsm::test::octets_of;

namespace {

namespace fs = std::filesystem;

// A square that moves over grey.
Image frame(int number)
{
    Image image = blank_image(65, 41, 0x808080);
    for (int y = 10; y < 20; ++y)
        for (int x = number; x < number + 10; ++x) image.rgba[static_cast<std::size_t>(y * image.width + x) * 4] = 255;
    return image;
}

struct VideoFolder {
    TemporaryFolder folder;
    VideoOptions options;

    VideoFolder()
    {
        options.path = folder.file("out.mp4");
        options.frames = 20;
    }
    // A program in the place of ffmpeg.
    void pretend(const std::string& script)
    {
        options.ffmpeg = folder.file("ffmpeg", "#!/bin/sh\n" + script);
        fs::permissions(options.ffmpeg, fs::perms::owner_all);
    }
    [[nodiscard]] bool has(const std::string& name) const { return fs::exists(folder.file(name)); }
};

bool ffmpeg_is_missing()
{
    return std::system("command -v ffmpeg >/dev/null") != 0;
}

} // namespace

TEST_CASE_FIXTURE(VideoFolder,
                  "frames: become an MP4 and a GIF, the same octets each time" * doctest::skip(ffmpeg_is_missing()))
{
    for (const std::string ending : {"mp4", "gif"}) {
        std::vector<std::string> made;
        for (const std::string name : {"first.", "second."}) {
            options.path = folder.file(name + ending);
            REQUIRE(write_video(options, frame) == "");
            made.push_back(octets_of(options.path));
        }
        CHECK(made[0].size() > 500);
        CHECK(made[0] == made[1]);
        CHECK(made[0].substr(ending == "gif" ? 0 : 4, ending == "gif" ? 6 : 4) ==
              (ending == "gif" ? "GIF89a" : "ftyp"));
    }
    CHECK(folder.count() == 4); // and nothing else was left
}

TEST_CASE_FIXTURE(VideoFolder, "the program gets the frames: all of them, whole and in order")
{
    const std::string got = folder.file("got");
    pretend("cat > '" + got + "'\nfor last; do :; done\necho made > \"$last\"\n");
    REQUIRE(write_video(options, frame) == "");
    CHECK(octets_of(options.path) == "made\n");
    std::string expected;
    for (int i = 0; i < 20; ++i) {
        const Image image = frame(i);
        expected.append(image.rgba.begin(), image.rgba.end());
    }
    CHECK(octets_of(got) == expected);
}

TEST_CASE_FIXTURE(VideoFolder, "a file name with blanks, quotes and a dollar: is a file name")
{
    pretend("cat > /dev/null\nfor last; do :; done\necho made > \"$last\"\n");
    options.path = folder.file("it's $(touch x) \"one\"; -y.mp4");
    REQUIRE(write_video(options, frame) == "");
    CHECK(octets_of(options.path) == "made\n");
    CHECK_FALSE(has("x"));
}

TEST_CASE_FIXTURE(VideoFolder, "progress: counts up to the end, and can stop it")
{
    pretend("cat > /dev/null\nfor last; do :; done\necho made > \"$last\"\n");
    std::vector<int> seen;
    options.progress = [&](int done, int frames) {
        CHECK(frames == 20);
        seen.push_back(done);
        return true;
    };
    REQUIRE(write_video(options, frame) == "");
    CHECK(seen.size() == 21);
    CHECK(seen.front() == 0);
    CHECK(seen.back() == 20);

    options.path = folder.file("other.mp4");
    options.progress = [](int done, int) { return done < 5; };
    CHECK(write_video(options, frame).starts_with("Stopped: "));
    CHECK_FALSE(has("other.mp4"));
    CHECK(folder.count() == 2); // the program and the first video
}

TEST_CASE_FIXTURE(VideoFolder, "no ffmpeg: says so, in the user's language, and leaves nothing behind")
{
    options.ffmpeg = "no-such-program";
    CHECK(write_video(options, frame) == "ffmpeg was not found: videos are made by it. Debian has it in ffmpeg.");
    options.language = Language::chinese;
    CHECK(write_video(options, frame).starts_with("没有找到 ffmpeg"));
    CHECK(folder.count() == 0);
}

TEST_CASE_FIXTURE(VideoFolder,
                  "ffmpeg fails, at once or half-way: its words are told, and an older file stays as it was")
{
    static_cast<void>(folder.file("out.mp4", "older"));
    for (const std::string script :
         {"echo 'Unknown encoder' >&2\nexit 1\n", "head -c 1000 > /dev/null\necho 'Unknown encoder' >&2\nexit 3\n",
          "echo 'Unknown encoder' >&2\nkill -9 $$\n"}) {
        pretend(script);
        CHECK(write_video(options, frame) == "ffmpeg could not make " + options.path + ": Unknown encoder");
        CHECK(octets_of(options.path) == "older");
        CHECK(folder.count() == 2);
    }
}

TEST_CASE_FIXTURE(VideoFolder, "a path that cannot be: says why before any frame is drawn")
{
    const auto thrower = [](int) -> Image { throw std::logic_error("drawn"); };
    options.path = folder.file("out.avi");
    CHECK(write_video(options, thrower) == "A video ends with .mp4 or .gif, and " + options.path + " does not.");
    options.path = folder.file("none/out.mp4");
    CHECK(write_video(options, thrower) == options.path + " cannot be written: No such file or directory");
}

TEST_CASE_FIXTURE(VideoFolder, "a frame of another size, or one that throws: nothing is left behind")
{
    pretend("cat > /dev/null\n");
    CHECK_THROWS_AS(static_cast<void>(write_video(options, [](int i) { return blank_image(8, 8 + i, 0); })),
                    std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(write_video(options,
                                                  [](int i) -> Image {
                                                      if (i == 3) throw std::runtime_error("no more");
                                                      return frame(i);
                                                  })),
                    std::runtime_error);
    CHECK(folder.count() == 1);
}

TEST_CASE_FIXTURE(VideoFolder, "Ctrl-C: ends the program as it would have, after the half-made file is removed")
{
    pretend("cat > /dev/null\n");
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        std::signal(SIGINT, SIG_DFL);
        static_cast<void>(write_video(options, [](int i) {
            if (i == 5) raise(SIGINT);
            return frame(i);
        }));
        _exit(0); // it is not reached
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGINT);
    CHECK(folder.count() == 1);
}
