#pragma once
// Frames to a video file, by ffmpeg.

#include <functional>
#include <string>

#include "app/platform/image.hpp"
#include "words/language.hpp"

namespace tcpsm::viz {

struct VideoOptions {
    std::string path;           ///< ends with .mp4 or .gif
    int frames_per_second = 30; ///< 1 to 60; GIF cannot hold every one
    int frames = 0;             ///< how many there will be
    Language language = Language::english;
    std::string ffmpeg = "ffmpeg"; ///< looked for as a shell does
    /// Called before each frame with how many are done; false stops it.
    std::function<bool(int done, int frames)> progress{};
};

/// Draws one frame after the other and hands each to ffmpeg. All must have one size.
/// Empty, or what went wrong. Where it did, where the progress stopped it, or where Ctrl-C ends the program, the file
/// is as it was before: it is written under another name beside it, and put in its place when it is whole.
[[nodiscard]] std::string write_video(const VideoOptions& options, const std::function<Image(int number)>& draw);

} // namespace tcpsm::viz
