#pragma once
// What a panel may ask for. Panels read; only the session changes anything.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "app/session/edits.hpp"
#include "app/session/look.hpp"

namespace tcpsm::viz {

/// How far one step goes.
enum class Unit : std::uint8_t {
    event,   ///< to the next thing that happens
    segment, ///< to the next departure or arrival of a segment
    state,   ///< to the next change of a state
    timer,   ///< to the next timer that fires
};

namespace command {

// ---- time
struct Play {
    bool on = true;
};
struct Speed {
    double factor = 1;
};
struct StepBy {
    Unit unit = Unit::event;
    bool back = false;
};
struct GoTo {
    Time time{};
};
struct GoToPosition {
    std::size_t position = 0;
};
struct GoToStart {};
struct GoToEnd {};

// ---- what is looked at
struct Select {
    std::uint32_t segment = none;
};
struct SetLook {
    Look look;
};
struct Zoom {
    float factor = 1;
    float at = 0;
}; ///< at: y of the time scale that stays in its place
struct Scroll {
    float by = 0;
};

// ---- files
struct OpenFile {
    std::string path;
};
struct Reload {};
struct SaveFuture {
    std::string path;
};
struct ExportPicture {
    std::string path;
}; ///< .svg or .png
struct ExportHandout {
    std::string path;
};
struct EditText {
    std::string text;
};
struct RunText {};

// ---- other futures
struct TouchSegment {
    std::uint32_t segment = none;
    Touch touch = Touch::lose;
    Duration by{};
};
struct UserCall {
    HostName host;
    Action action;
};
struct ChangeWorld {
    Change change;
};
struct CauseRareCase {
    RareCase which = RareCase::simultaneous_close;
};
struct WithoutTimeWait {};
struct ShowFuture {
    std::size_t index = 0;
};
struct Compare {
    bool on = true;
    std::size_t with = 0;
};
struct CloseFuture {
    std::size_t index = 0;
};

// ---- predict, then reveal
struct Predict {
    bool on = true;
};
struct Answer {
    std::size_t choice = 0;
};
struct Continue {};

struct Dismiss {}; ///< a message has been read
struct Quit {};

} // namespace command

using Command = std::variant<command::Play, command::Speed, command::StepBy, command::GoTo, command::GoToPosition,
                             command::GoToStart, command::GoToEnd, command::Select, command::SetLook, command::Zoom,
                             command::Scroll, command::OpenFile, command::Reload, command::SaveFuture,
                             command::ExportPicture, command::ExportHandout, command::EditText, command::RunText,
                             command::TouchSegment, command::UserCall, command::ChangeWorld, command::CauseRareCase,
                             command::WithoutTimeWait, command::ShowFuture, command::Compare, command::CloseFuture,
                             command::Predict, command::Answer, command::Continue, command::Dismiss, command::Quit>;
using Commands = std::vector<Command>;

} // namespace tcpsm::viz
