#include "app/session/session.hpp"

#include <algorithm>
#include <variant>

namespace tcpsm::viz {
namespace {

constexpr double watch_seconds = 0.5;

} // namespace

Session::Session(const SessionOptions& options) : look_(options.look)
{
    if (!options.scenarios.empty()) gallery_ = read_gallery(options.scenarios);
}

void Session::apply(const Command& command)
{
    std::visit([this](const auto& one) { apply_one(one); }, command);
}

void Session::tick(double seconds)
{
    for (const auto& future : futures_) future->run_ahead(steps_a_tick);
    if (playing_) advance(seconds);
    since_watched_ += seconds;
    if (since_watched_ < watch_seconds) return;
    since_watched_ = 0;
    if (watch_.changed() || changed_on_disk_) file_changed();
}

void Session::apply_one(const command::Select& c)
{
    selected_ = c.segment == selected_ ? none : c.segment;
    if (selected_ != none) look_.tab = Tab::segment;
}

void Session::apply_one(const command::SetLook& c)
{
    const bool opens = c.look.overlay != look_.overlay;
    look_ = c.look;
    look_.scale = std::clamp(look_.scale, scale_least, scale_most);
    if (opens) look_.path = suggested_path(look_.overlay);
}

void Session::apply_one(const command::Zoom& c)
{
    const float zoom = std::clamp(look_.zoom * c.factor, zoom_least, zoom_most);
    look_.scroll += c.at * (zoom / look_.zoom - 1); // what is under the mouse stays there
    look_.zoom = zoom;
    look_.follow = false;
}

void Session::apply_one(const command::Scroll& c)
{
    look_.scroll += c.by;
    look_.follow = false;
}

std::uint32_t Session::segment() const
{
    if (empty()) return none;
    if (selected_ != none && selected_ < current().history().segments().size()) return selected_;
    const auto& records = current().history().records();
    for (std::size_t i = current().records(); i > 0; --i) {
        const RecordKind kind = records[i - 1].kind;
        if (kind == RecordKind::sent || kind == RecordKind::arrived) return records[i - 1].segment;
    }
    return none;
}

void Session::say(Phrase what, bool error)
{
    notice_ = Notice{std::string(phrase(look_.language, what)), error};
}

void Session::apply_one(const command::Dismiss&)
{
    notice_.reset();
}

void Session::apply_one(const command::Quit&)
{
    quits_ = true;
}

} // namespace tcpsm::viz
