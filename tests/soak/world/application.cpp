#include "soak/world/application.hpp"

#include <algorithm>

namespace tcpsm::soak {
namespace {

std::string text_of(char first, std::size_t count)
{
    std::string text(count, ' ');
    for (std::size_t i = 0; i < count; ++i)
        text[i] = static_cast<char>(first + static_cast<int>((i / 7 + i % 23 + i / 4099) % 26));
    return text;
}

} // namespace

Application::Application(const ApplicationPlan& plan, char first_letter, std::uint64_t seed)
    : plan_(plan),
      chance_(seed),
      urgency_(~seed),
      text_(text_of(first_letter, plan.octets)),
      paused_until_(plan.reads_from),
      paused_(plan.reads_from > Time{})
{
}

void Application::act(Time now)
{
    if (!socket_.valid() || over_) return;
    const State state = socket_.state();
    if (state == State::Closed) { // what became of it
        const std::error_code error = socket_.receive(1).error;
        note(error);
        heard_end_ = error == std::errc::broken_pipe; // linux: no more than that, where a RST came in CLOSE-WAIT
        over_ = true;
        return;
    }
    read(now);
    if (state == State::SynSent && !chance_.one_in(4)) return;
    write();
    const bool open = state == State::SynReceived || state == State::Established || state == State::CloseWait;
    const bool has_read = !paused_ && socket_.standing().unread() == 0; // a connection that ends forgets the rest
    if (open && has_read && !closed_ && sent_ == text_.size() && now >= plan_.closes) {
        note(socket_.shutdown());
        closed_ = true;
    }
}

void Application::read(Time now)
{
    if (paused_ && now < paused_until_) return;
    paused_ = false;
    const State state = socket_.state();
    if (pauses_ < plan_.pauses && state == State::Established && chance_.one_in(20)) {
        ++pauses_;
        paused_ = true;
        paused_until_ = now + 1ms * chance_.between(100, 20'000);
        return;
    }
    while (socket_.standing().unread() > 0) // all of it: nothing may happen any more that would wake it again
        note(socket_.receive(chance_.between(1, plan_.read_most)).error);
}

void Application::write()
{
    while (sent_ < text_.size() && chance_.one_in(2)) {
        const bool urgent = plan_.urgent && urgency_.one_in(5);
        const std::string_view next = std::string_view(text_).substr(sent_, chance_.between(1, plan_.send_most));
        const Sent taken = socket_.send(next, {.urgent = urgent});
        sent_ += taken.octets;
        note(taken.error);
        if (taken.octets == 0) return;
    }
}

bool Application::busy() const
{
    if (!socket_.valid() || over_ || socket_.state() == State::Closed) return false;
    return sent_ < text_.size() || !closed_ || paused_;
}

void Application::note(std::error_code error)
{
    const bool ends_it = error == std::errc::connection_reset || error == std::errc::connection_refused ||
                         error == std::errc::timed_out || error == std::errc::host_unreachable;
    if (ends_it && !told_) told_ = error;
}

} // namespace tcpsm::soak
