#include "app/platform/input_queue.hpp"

#include <set>

namespace tcpsm::viz {
namespace {

// What one frame has seen already.
class Share {
public:
    // Takes the event into this frame, or says that it must wait.
    bool take(const input::Event& event)
    {
        return std::visit([this](const auto& e) { return take(e); }, event);
    }

private:
    bool take(const input::Moved& e)
    {
        if (!buttons_.empty() || wheel_) return false;
        give_mouse_position(e.to);
        return true;
    }
    bool take(const input::Button& e)
    {
        if (wheel_ || !buttons_.insert(e.button).second) return false;
        give_mouse_button(e.button, e.down);
        return true;
    }
    bool take(const input::Wheel& e)
    {
        if (!buttons_.empty()) return false;
        wheel_ = true;
        give_wheel(e.notches);
        return true;
    }
    bool take(const input::KeyChanged& e)
    {
        if (!keys_.insert(e.key).second) return false;
        give_key(e.key, e.down);
        return true;
    }
    bool take(const input::Modifiers& e)
    {
        if (!buttons_.empty() || !keys_.empty() || wheel_) return false; // those were without it, or with it
        give_modifiers(e.ctrl, e.shift, e.alt);
        return true;
    }
    bool take(const input::Typed& e)
    {
        give_text(e.text);
        return true;
    }

    std::set<int> buttons_;
    std::set<Key> keys_;
    bool wheel_ = false;
};

} // namespace

void InputQueue::modifiers(const input::Modifiers& now)
{
    if (now == modifiers_) return;
    modifiers_ = now;
    add(now);
}

void InputQueue::release_all()
{
    modifiers({});
    for (int button = 0; button < 3; ++button) add(input::Button{button, false});
    for (int key = 0; key < static_cast<int>(Key::count); ++key) add(input::KeyChanged{static_cast<Key>(key), false});
}

void InputQueue::give()
{
    Share share;
    while (!waiting_.empty() && share.take(waiting_.front())) waiting_.pop_front();
}

} // namespace tcpsm::viz
