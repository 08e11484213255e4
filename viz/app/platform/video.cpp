#include "app/platform/video.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "app/platform/process.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

// Beside the file that is made, so that renaming puts it in its place; removed with all that is in it.
class Workshop {
public:
    explicit Workshop(const fs::path& made)
    {
        std::string name = (made.parent_path() / ".tcpsm-video-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            error_ = std::strerror(errno);
        else
            path_ = name;
    }
    ~Workshop()
    {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;

    [[nodiscard]] const std::string& error() const { return error_; }
    [[nodiscard]] std::string file(const char* name) const { return path_ / name; }

private:
    fs::path path_;
    std::string error_;
};

std::string whole(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

class Recorder {
public:
    Recorder(const VideoOptions& options, bool gif, const Workshop& workshop)
        : options_(options), gif_(gif), workshop_(workshop), frames_(std::max(options.frames, 1))
    {
    }

    // Empty, or what went wrong.
    std::string record(const std::function<Image(int)>& draw, const Signals& signals)
    {
        std::string wrong = take_frames(draw, signals);
        if (wrong.empty() && gif_) wrong = make_gif(signals);
        if (wrong.empty() && std::rename(result().c_str(), options_.path.c_str()) != 0)
            wrong = text(Phrase::video_cannot_write, std::strerror(errno));
        return wrong;
    }

private:
    [[nodiscard]] std::string result() const { return workshop_.file(gif_ ? "video.gif" : "video.mp4"); }
    [[nodiscard]] std::string errors() const { return workshop_.file("errors"); }

    template <class... Args>
    [[nodiscard]] std::string text(Phrase phrase, const Args&... args) const
    {
        return say(options_.language, phrase, options_.path, args...);
    }

    [[nodiscard]] std::string take_frames(const std::function<Image(int)>& draw, const Signals& signals) const
    {
        const Image first = draw(0);
        Process ffmpeg(encoder(first), errors());
        if (ffmpeg.start_error() != 0) return start_failed(ffmpeg.start_error());
        for (int number = 0; number < frames_; ++number) {
            if (options_.progress && !options_.progress(number, frames_)) return text(Phrase::video_stopped);
            const Image later = number == 0 ? Image{} : draw(number);
            const Image& image = number == 0 ? first : later;
            if (image.rgba.size() != first.rgba.size()) throw std::logic_error("frames of a video differ in size");
            if (signals.came()) return text(Phrase::video_stopped);
            if (!ffmpeg.write(image.rgba)) break; // it will say why
        }
        std::string wrong = end(ffmpeg, signals);
        if (wrong.empty() && options_.progress) static_cast<void>(options_.progress(frames_, frames_));
        return wrong;
    }

    // A GIF has 256 colours, and which they are is known when all frames are. So they are kept in a file first; what
    // ffmpeg can do in one go keeps them in memory, four gigabytes for half a minute.
    [[nodiscard]] std::string make_gif(const Signals& signals) const
    {
        const std::string palette = workshop_.file("palette.png");
        Arguments look = begin();
        add(look, {"-i", frames_file(), "-vf", "palettegen=max_colors=128:stats_mode=full", palette});
        if (std::string wrong = run(look, signals); !wrong.empty()) return wrong;
        Arguments make = begin();
        add(make, {"-i", frames_file(), "-i", palette, "-lavfi", "paletteuse=dither=none:diff_mode=rectangle", "-f",
                   "gif", result()});
        return run(make, signals);
    }

    [[nodiscard]] std::string frames_file() const { return workshop_.file("frames.nut"); }

    static void add(Arguments& to, const Arguments& more) { to.insert(to.end(), more.begin(), more.end()); }

    [[nodiscard]] Arguments begin() const { return {options_.ffmpeg, "-hide_banner", "-loglevel", "error", "-y"}; }

    [[nodiscard]] Arguments encoder(const Image& image) const
    {
        Arguments arguments = begin();
        add(arguments,
            {"-f", "rawvideo", "-pix_fmt", "rgba", "-video_size", fmt::format("{}x{}", image.width, image.height),
             "-framerate", std::to_string(std::clamp(options_.frames_per_second, 1, 60)), "-i", "pipe:0"});
        if (gif_) {
            add(arguments, {"-c:v", "zmbv", "-pix_fmt", "bgr0", "-f", "nut", frames_file()}); // lossless and small
        } else {
            // Most players want half the resolution for colours, and for that an even number of pixels. "bitexact"
            // leaves out what differs from run to run, such as the version of the encoder.
            add(arguments, {"-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:v", "libx264", "-preset", "medium", "-crf",
                            "18", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-fflags", "+bitexact", "-flags:v",
                            "+bitexact", "-f", "mp4", result()});
        }
        return arguments;
    }

    [[nodiscard]] std::string run(const Arguments& arguments, const Signals& signals) const
    {
        Process ffmpeg(arguments, errors());
        if (ffmpeg.start_error() != 0) return start_failed(ffmpeg.start_error());
        return end(ffmpeg, signals);
    }

    [[nodiscard]] std::string end(Process& ffmpeg, const Signals& signals) const
    {
        if (signals.came()) return text(Phrase::video_stopped);
        const std::optional<bool> good = ffmpeg.finish();
        if (!good) return text(Phrase::video_stopped);
        return *good ? "" : text(Phrase::video_ffmpeg_failed, whole(errors()));
    }

    [[nodiscard]] std::string start_failed(int error) const
    {
        if (error == ENOENT) return say(options_.language, Phrase::video_no_ffmpeg);
        return text(Phrase::video_ffmpeg_failed, std::strerror(error));
    }

    const VideoOptions& options_;
    bool gif_;
    const Workshop& workshop_;
    int frames_;
};

} // namespace

std::string write_video(const VideoOptions& options, const std::function<Image(int number)>& draw)
{
    const fs::path path = options.path;
    const bool gif = path.extension() == ".gif";
    if (!gif && path.extension() != ".mp4") return say(options.language, Phrase::video_ending, options.path);
    const Signals signals; // dies last, when all is tidied up
    const Workshop workshop(path);
    if (!workshop.error().empty())
        return say(options.language, Phrase::video_cannot_write, options.path, workshop.error());
    return Recorder(options, gif, workshop).record(draw, signals);
}

} // namespace tcpsm::viz
