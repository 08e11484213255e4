// Other futures: each is made by an edit of the scenario.

#include "app/session/session.hpp"

#include <cstddef>
#include <memory>
#include <utility>

namespace tcpsm::viz {

/// The new future runs, the old one stays, and both stand side by side.
void Session::fork(Scenario scenario, std::string label, Time stand)
{
    scenario.expectations.clear(); // they are about the other future
    WriteOptions options;
    options.comment = label;
    std::string text = write_scenario(scenario, options);
    const std::size_t origin = shown_;
    futures_.push_back(std::make_unique<Future>(next_id_++, std::move(scenario), std::move(text), std::move(label)));
    Future& made = *futures_.back();
    shown_ = futures_.size() - 1;
    compared_ = origin;
    mark_difference();
    question_.reset();
    made.go_to(stand);
    take_along();
    look_.follow = true;
    show_text_of_current();
}

/// Of two that stand side by side, the one that is shown says where it begins to be another.
void Session::mark_difference()
{
    if (!compared_) return;
    Future& other = *futures_[*compared_];
    here().differs_at.reset();
    if (here().in_numbers() || other.in_numbers()) return; // plots side by side say it themselves
    other.run_to_end();
    here().run_to_end();
    here().differs_at = first_difference(other.history(), here().history());
}

void Session::apply_one(const command::TouchSegment& c)
{
    if (empty() || c.segment >= current().history().segments().size()) return;
    const SentSegment& sent = current().history().segments()[c.segment];
    if (sent.name.host == no_host || sent.name.copy > 0) return; // nobody's segment
    const viz::Flight& flight = current().story().flights()[c.segment];
    const std::string name = current().history().name(sent);
    const Phrase what = c.touch == Touch::lose    ? Phrase::fork_lose
                        : c.touch == Touch::delay ? Phrase::fork_delay
                                                  : Phrase::fork_duplicate;
    // A segment that is under way is touched now, one of the past where it left.
    const bool under_way = flight.sent <= current().now() && current().now() < flight.end;
    fork(with_fault(current().scenario(), c.touch, name, c.by), viz::say(look_.language, what, name, to_string(c.by)),
         under_way ? current().now() : flight.sent);
}

void Session::apply_one(const command::UserCall& c)
{
    if (empty()) return;
    std::string what(tcpsm::name(c.action.verb));
    if (c.action.verb == Call::send) what += ' ' + std::to_string(c.action.octets);
    fork(with_call(current().scenario(), current().shown(), c.host, c.action),
         viz::say(look_.language, Phrase::fork_call, c.host.text(), what, to_string(current().shown())),
         current().shown());
}

void Session::apply_one(const command::ChangeWorld& c)
{
    if (empty()) return;
    Change change = c.change;
    change.at = current().shown();
    fork(with_change(current().scenario(), change),
         viz::say(look_.language, Phrase::fork_change, change.text(), to_string(current().shown())), current().shown());
}

std::optional<Ends> Session::ends_for(RareCase which) const
{
    if (empty() || current().in_numbers() || current().history().hosts().size() < 2) return std::nullopt;
    const auto& hosts = current().history().hosts();
    if (which == RareCase::simultaneous_open) return Ends{{hosts[0].name}, {hosts[1].name}};
    // Two hosts with one ESTABLISHED connection between them.
    Network& network = current().network();
    for (const Host& host : network.hosts())
        for (const NetstatLine& line : host.netstat()) {
            if (line.state != State::Established) continue;
            for (const Host& other : network.hosts())
                for (const NetstatLine& end : other.netstat())
                    if (end.state == State::Established && end.local == line.remote && end.remote == line.local &&
                        end.local != line.local)
                        return Ends{{std::string(host.name()), line.connection},
                                    {std::string(other.name()), end.connection}};
        }
    return std::nullopt;
}

void Session::apply_one(const command::CauseRareCase& c)
{
    const auto ends = ends_for(c.which);
    if (!ends) return;
    const Phrase what = c.which == RareCase::simultaneous_open    ? Phrase::rare_simultaneous_open
                        : c.which == RareCase::simultaneous_close ? Phrase::rare_simultaneous_close
                                                                  : Phrase::rare_three_segment_close;
    fork(with_rare_case(current().scenario(), c.which, current().shown(), *ends),
         std::string(phrase(look_.language, what)), current().shown());
}

HostId Session::time_wait_host() const
{
    if (empty()) return no_host;
    for (const Band& band : current().story().bands())
        if (band.state == State::TimeWait) return band.host;
    return no_host;
}

void Session::apply_one(const command::WithoutTimeWait&)
{
    const HostId host = time_wait_host();
    if (host == no_host) return;
    const std::string& name = current().history().hosts()[host].name;
    fork(without_time_wait(current().scenario(), name), viz::say(look_.language, Phrase::fork_without_time_wait, name),
         current().now());
}

void Session::apply_one(const command::ShowFuture& c)
{
    if (c.index >= futures_.size()) return;
    const Time now = current().now();
    if (compared_ == c.index) compared_ = shown_; // they change places
    shown_ = c.index;
    selected_ = none;
    question_.reset();
    here().go_to(now);
    mark_difference();
    take_along();
    show_text_of_current();
}

void Session::apply_one(const command::Compare& c)
{
    compared_.reset();
    if (!c.on || c.with >= futures_.size() || c.with == shown_) return;
    compared_ = c.with;
    mark_difference();
    take_along();
}

void Session::apply_one(const command::CloseFuture& c)
{
    if (c.index == 0 || c.index >= futures_.size()) return; // the file's own stays
    futures_.erase(futures_.begin() + static_cast<std::ptrdiff_t>(c.index));
    compared_.reset();
    if (shown_ >= c.index) shown_ = shown_ == c.index ? 0 : shown_ - 1;
    selected_ = none;
    question_.reset();
    show_text_of_current();
}

} // namespace tcpsm::viz
