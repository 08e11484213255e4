#pragma once
// What the window shows, for programs outside that drive it as a user would: where its widgets stand, and how it is.

#include <cstdint>
#include <string>

#include "app/session/session.hpp"
#include "app/view.hpp"

namespace tcpsm::viz {

/// Keeps a file up to date. It is replaced as a whole, so that who reads it always finds one whole JSON object:
///
///     {"frame":7,"size":[1280,800],"now":"2.21 s","position":5,"futures":1,"selected":"client.5","playing":false,
///      "language":"en","theme":"light","overlay":0,"typing":false,"notice":"","widgets":{"play":[8,760,40,784],...}}
///
/// Sizes and places are in pixels of the window: left, top, right, bottom. `overlay` is the number in Overlay, 0 where
/// nothing stands over the window; `typing` says that keys go to a text field.
class Publisher {
public:
    /// @param path  the file; nothing is ever published where it is empty
    explicit Publisher(std::string path = {}) : path_(std::move(path)) {}

    /// After each frame: writes the file where something is not as it was last written. Where it cannot, it says so on
    /// standard error, once.
    void frame(const View& view);

private:
    std::string path_;
    std::uint64_t frames_ = 0;
    std::string written_; ///< without the number of the frame
};

} // namespace tcpsm::viz
