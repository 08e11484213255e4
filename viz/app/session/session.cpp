#include "app/session/session.hpp"

#include <algorithm>
#include <fstream>

#include "app/session/handout.hpp"
#include "export/svg.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {
namespace {

// A run that is not over is run on by so much a frame.
constexpr std::size_t steps_a_tick = 4096;
constexpr double watch_seconds = 0.5;

double to_seconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

Duration to_duration(double seconds)
{
    constexpr double most = 1e9; // keeps the nanoseconds in their 64 bits
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(std::min(seconds, most)));
}

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
    if (watch_.changed()) apply(command::Reload{});
}

// ---- time -----------------------------------------------------------------------------------------------------------

void Session::apply_one(const command::Play& c)
{
    if (empty()) return;
    if (c.on && here().at_end()) move_to(std::size_t{0}); // again
    playing_ = c.on && !held();
}

void Session::apply_one(const command::Speed& c)
{
    speed_ = std::clamp(c.factor, 0.001, 1000.0);
}

/// Plays on by so much of real time. Each stretch between two stops takes at most a moment where long ones are folded.
void Session::advance(double seconds)
{
    while (seconds > 0 && playing_) {
        Future& future = here();
        const auto& stops = future.timeline().stops();
        if (future.position() == stops.size()) {
            playing_ = !future.timeline().over(); // else it waits for what is being run
            return;
        }
        const Time next = stops[future.position()].time;
        const double stretch = to_seconds(next - future.timeline().time_at(future.position()));
        double rate = speed_;
        if (look_.mode == TimeMode::compressed) rate = std::max(rate, stretch / fold_seconds);
        const double left = to_seconds(next - future.now());
        if (left > seconds * rate) {
            future.go_to(future.now() + to_duration(seconds * rate));
            break;
        }
        seconds -= left / rate;
        if (ask_before(future.position() + 1)) break;
        future.go_to(future.position() + 1);
    }
    take_along();
}

void Session::move_to(std::size_t position)
{
    if (position > here().position() && ask_before(position)) return;
    question_.reset();
    here().go_to(position);
    take_along();
}

void Session::move_to(Time time)
{
    here().run_to(time);
    const std::size_t position = here().timeline().position_at(time);
    if (position > here().position() && ask_before(position)) return;
    question_.reset();
    here().go_to(time);
    take_along();
}

void Session::take_along()
{
    if (compared_) futures_[*compared_]->go_to(here().now());
}

namespace {

bool is_stop_for(Unit unit, const Future& future, std::size_t position)
{
    const auto& records = future.history().records();
    for (std::size_t i = future.timeline().records_at(position - 1); i < future.timeline().records_at(position); ++i) {
        const RecordKind kind = records[i].kind;
        switch (unit) {
        case Unit::event: return true;
        case Unit::segment:
            if (kind == RecordKind::sent || kind == RecordKind::arrived) return true;
            break;
        case Unit::state:
            if (kind == RecordKind::state) return true;
            break;
        case Unit::timer:
            if (kind == RecordKind::timer_fired) return true;
            break;
        }
    }
    return false;
}

std::size_t step_from(Unit unit, bool back, const Future& future)
{
    const std::size_t position = future.position();
    if (back) {
        // Between two stops, the one behind is a step away.
        if (future.now() > future.timeline().time_at(position) && position > 0 && is_stop_for(unit, future, position))
            return position;
        for (std::size_t p = position; p > 1; --p)
            if (is_stop_for(unit, future, p - 1)) return p - 1;
        return 0;
    }
    for (std::size_t p = position + 1; p <= future.timeline().stops().size(); ++p)
        if (is_stop_for(unit, future, p)) return p;
    return future.timeline().stops().size();
}

} // namespace

void Session::apply_one(const command::StepBy& c)
{
    if (empty()) return;
    playing_ = false;
    if (!c.back && held()) return;
    if (!c.back && question_) return apply_one(command::Continue{});
    move_to(step_from(c.unit, c.back, here()));
}

void Session::apply_one(const command::GoTo& c)
{
    if (empty()) return;
    move_to(c.time);
}

void Session::apply_one(const command::GoToPosition& c)
{
    if (empty()) return;
    move_to(c.position);
}

void Session::apply_one(const command::GoToStart&)
{
    if (empty()) return;
    playing_ = false;
    move_to(std::size_t{0});
}

void Session::apply_one(const command::GoToEnd&)
{
    if (empty()) return;
    playing_ = false;
    move_to(here().timeline().stops().size());
}

// ---- what is looked at ----------------------------------------------------------------------------------------------

void Session::apply_one(const command::Select& c)
{
    selected_ = c.segment == selected_ ? none : c.segment;
    if (selected_ != none) look_.tab = Tab::segment;
}

void Session::apply_one(const command::SetLook& c)
{
    look_ = c.look;
    look_.scale = std::clamp(look_.scale, scale_least, scale_most);
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

// ---- files ----------------------------------------------------------------------------------------------------------

void Session::begin(Scenario scenario, std::string text)
{
    futures_.clear();
    compared_.reset();
    shown_ = 0;
    selected_ = none;
    question_.reset();
    score_ = {};
    futures_.push_back(std::make_unique<Future>(next_id_++, std::move(scenario), std::move(text), std::string()));
    futures_.back()->run_ahead(steps_a_tick);
    look_.only.reset();
    look_.scroll = 0;
    look_.zoom = 1;
    look_.follow = true;
    show_text_of_current();
}

void Session::show_text_of_current()
{
    text_ = current().text();
    text_edited_ = false;
    text_error_.reset();
}

void Session::apply_one(const command::OpenFile& c)
{
    OpenedFile opened = open_scenario(c.path);
    path_ = c.path;
    watch_ = FileWatch(c.path);
    playing_ = false;
    notice_.reset();
    if (auto* const scenario = std::get_if<Scenario>(&opened.read)) {
        begin(std::move(*scenario), std::move(opened.text));
    } else {
        const auto& error = std::get<ScenarioError>(opened.read);
        notice_ = Notice{error.message(), true};
        if (opened.text.empty()) return; // the last good run and its text stay
        text_ = std::move(opened.text);
        text_error_ = error;
        text_edited_ = true;
        look_.tab = Tab::text;
    }
}

/// The file has changed: where it reads, its run takes the place of the old one, and one stands at the same time.
void Session::apply_one(const command::Reload&)
{
    if (path_.empty()) return;
    const Time now = empty() ? Time{} : current().now();
    const Look look = look_;
    apply_one(command::OpenFile{path_});
    if (notice_ || empty()) return;
    look_ = look;
    here().go_to(now);
    say(Phrase::notice_reloaded);
}

void Session::write(const std::string& path, const std::string& content)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file)
        say(true, Phrase::notice_cannot_write, path);
    else
        say(false, Phrase::notice_written, path);
}

void Session::apply_one(const command::SaveFuture& c)
{
    if (empty()) return;
    write(c.path, current().text());
    look_.overlay = Overlay::nothing;
}

void Session::apply_one(const command::ExportPicture& c)
{
    if (empty()) return;
    look_.overlay = Overlay::nothing;
    if (!c.path.ends_with(".svg")) {
        wanted_picture_ = c.path;
        return;
    }
    here().run_to_end();
    SvgOptions options;
    options.title = current().scenario().title;
    options.asks = current().scenario().asks;
    options.language = look_.language;
    write(c.path, ladder_svg(current().history(), options));
}

void Session::picture_written(const std::string& path, const std::string& error)
{
    say(!error.empty(), error.empty() ? Phrase::notice_written : Phrase::notice_cannot_write, path);
}

std::string Session::take_wanted_picture()
{
    return std::exchange(wanted_picture_, {});
}

void Session::apply_one(const command::ExportHandout& c)
{
    if (empty()) return;
    look_.overlay = Overlay::nothing;
    here().run_to_end();
    write(c.path, handout(current(), look_.language));
}

void Session::apply_one(const command::EditText& c)
{
    text_ = c.text;
    text_edited_ = empty() || text_ != current().text();
    auto read = read_scenario(text_, path_);
    text_error_.reset();
    if (const auto* const error = std::get_if<ScenarioError>(&read)) text_error_ = *error;
}

void Session::apply_one(const command::RunText&)
{
    auto read = read_scenario(text_, path_);
    auto* const scenario = std::get_if<Scenario>(&read);
    if (scenario == nullptr) return;
    if (empty()) return begin(std::move(*scenario), text_);
    const std::string text = text_;
    const Time now = current().now();
    fork(std::move(*scenario), std::string(phrase(look_.language, Phrase::fork_edited)), now);
    // The comments of whoever edited it stay.
    text_ = text;
    text_edited_ = false;
}

// ---- other futures --------------------------------------------------------------------------------------------------

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
    made.run_to_end();
    here().run_to_end();
    made.differs_at = first_difference(here().history(), made.history());
    shown_ = futures_.size() - 1;
    compared_ = origin;
    question_.reset();
    made.go_to(stand);
    take_along();
    look_.follow = true;
    show_text_of_current();
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
    if (empty() || current().history().hosts().size() < 2) return std::nullopt;
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
    take_along();
    show_text_of_current();
}

void Session::apply_one(const command::Compare& c)
{
    compared_.reset();
    if (!c.on || c.with >= futures_.size() || c.with == shown_) return;
    compared_ = c.with;
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

// ---- predict, then reveal -------------------------------------------------------------------------------------------

void Session::apply_one(const command::Predict& c)
{
    predicting_ = c.on;
    question_.reset();
    score_ = {};
}

/// Where a question stands before a position, the run is held there.
bool Session::ask_before(std::size_t position)
{
    if (!predicting_) return false;
    if (held()) return true;
    const auto change = next_change(here(), here().position());
    if (!change || *change > position) return false;
    here().wait_before(*change);
    take_along();
    question_ = question_before(here(), *change);
    playing_ = false;
    return true;
}

void Session::apply_one(const command::Answer& c)
{
    if (!held() || c.choice >= question_->choices.size()) return;
    question_->answered = c.choice;
    ++(c.choice == question_->right ? score_.right : score_.wrong);
    here().go_to(question_->position); // the reason is shown with what happens
    take_along();
}

void Session::apply_one(const command::Continue&)
{
    if (!question_) return;
    const bool answered = question_->answered.has_value();
    const std::size_t position = question_->position;
    question_.reset();
    if (!answered) here().go_to(position); // passed over: it counts neither way
    take_along();
}

// ---- the rest -------------------------------------------------------------------------------------------------------

void Session::say(Phrase what, bool error)
{
    notice_ = Notice{std::string(phrase(look_.language, what)), error};
}

template <class... Args>
void Session::say(bool error, Phrase what, const Args&... args)
{
    notice_ = Notice{viz::say(look_.language, what, args...), error};
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
