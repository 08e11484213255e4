#include "diagram/story.hpp"

#include <algorithm>
#include <chrono>
#include <functional>

namespace tcpsm::viz {
namespace {

/// RECEIVE and ACCEPT change nothing one could see, unless there is no descriptor for what waits.
bool worth_a_mark(const Record& record)
{
    if (record.call == Call::accept) return record.error == Error::too_many_open_files;
    return record.call != Call::receive;
}

} // namespace

const std::vector<std::uint32_t>& Story::bands_of(HostId host, std::uint32_t connection) const
{
    static const std::vector<std::uint32_t> nothing;
    if (host >= hosts_.size() || connection >= hosts_[host].lives.size()) return nothing;
    return hosts_[host].lives[connection].bands;
}

Peer Story::peer(HostId host, std::uint32_t connection) const
{
    if (host >= hosts_.size() || connection >= hosts_[host].lives.size()) return {};
    return hosts_[host].lives[connection].peer;
}

std::uint32_t Story::lanes(HostId host) const
{
    return host < hosts_.size() ? static_cast<std::uint32_t>(hosts_[host].lanes.size()) : 0;
}

std::uint32_t Story::mark_at(std::uint32_t moment) const
{
    const auto found = std::lower_bound(marks_.begin(), marks_.end(), moment,
                                        [](const Mark& mark, std::uint32_t m) { return mark.moment < m; });
    return static_cast<std::uint32_t>(found - marks_.begin());
}

void Story::read(const History& history)
{
    const Log<Record>& records = history.records();
    for (; read_ < records.size(); ++read_) {
        const Record& record = records[read_];
        if (moments_.empty() || record.event != event_) {
            open_moment(record, read_);
            if (met_ < history.hosts().size()) meet_hosts(history);
        }
        moments_.back().end = read_ + 1;
        take(history, record, read_);
    }
}

void Story::open_moment(const Record& record, std::uint32_t index)
{
    event_ = record.event;
    moments_.push_back({.time = record.time, .first = index, .end = index, .host = record.host});
    settle_losses(record.time);
    Duration unit = std::chrono::seconds(1);
    for (int i = 0; i < decimals_; ++i) unit /= 10;
    for (; record.time.time_since_epoch() % unit != Duration(0); unit /= 10) ++decimals_;
}

/// A host that nothing is told of is CLOSED. Where the history began later, its first records tell what was so then.
void Story::meet_hosts(const History& history)
{
    std::vector<bool> told(history.hosts().size(), false);
    for (std::uint32_t i = read_; i < history.records().size() && history.records()[i].kind == RecordKind::initial; ++i)
        told[history.records()[i].host] = true;
    hosts_.resize(history.hosts().size());
    for (; met_ < hosts_.size(); ++met_) {
        const auto host = static_cast<HostId>(met_);
        hosts_[host].lanes.emplace_back();
        if (told[met_]) continue;
        const Time begin = now() == 0 ? Time{} : moments_.back().time;
        hosts_[host].lanes[0].band = begin_band({.host = host, .begin = begin});
    }
}

void Story::take(const History& history, const Record& record, std::uint32_t index)
{
    Moment& moment = moments_.back();
    const auto at_least_one_row = [&] { moment.rows = std::max<std::uint16_t>(moment.rows, 1); };
    if (record.kind != RecordKind::lost && record.host != moment.host) moment.host = no_host;
    switch (record.kind) {
    case RecordKind::initial: state(record, none); break;
    case RecordKind::call:
        if (stops_host(record)) host_stops(record, index);
        if (worth_a_mark(record)) mark(record, index);
        break;
    case RecordKind::sent: sent(history.segments()[record.segment], record.segment); break;
    case RecordKind::arrived:
        arrived(record, index);
        at_least_one_row();
        break;
    case RecordKind::lost: lost(record); break;
    case RecordKind::held: break; // it is under way as long as it takes
    case RecordKind::state:
        state(record, index);
        at_least_one_row();
        break;
    case RecordKind::timer_set: timer_set(record); break;
    case RecordKind::timer_fired:
        timer_ends(record, BracketEnd::fired);
        at_least_one_row();
        break;
    case RecordKind::timer_cancelled: timer_ends(record, BracketEnd::cancelled); break;
    case RecordKind::signal:
    case RecordKind::returned:
    case RecordKind::logged:
    case RecordKind::deliver: mark(record, index); break;
    }
}

Story::Life& Story::life(HostId host, std::uint32_t connection)
{
    std::vector<Life>& lives = hosts_[host].lives;
    if (connection >= lives.size()) lives.resize(connection + 1);
    return lives[connection];
}

// ---- segments -------------------------------------------------------------------------------------------------------

void Story::sent(const SentSegment& segment, std::uint32_t index)
{
    Moment& moment = moments_.back();
    Flight flight;
    flight.segment = index;
    flight.from = segment.from_host;
    flight.to = segment.to_host;
    flight.sent = moment.time;
    flight.sent_moment = now();
    flight.from_connection = segment.connection;
    flight.retransmission = segment.retransmission;
    flight.sent_by_host = segment.name.host != no_host && segment.name.copy == 0;
    flight.nth = moment.departures++;
    moment.rows = std::max(moment.rows, moment.departures);
    flights_.push_back(flight);
    flight_index_.begin(now());
}

void Story::arrived(const Record& record, std::uint32_t index)
{
    // Where the listener answers, it is the listener that stands there.
    if (record.connection == 0 && hosts_[record.host].listeners > 0 && !hosts_[record.host].lanes[0].busy)
        clear_lane(record.host, 0);
    if (record.segment >= flights_.size()) return; // it left before the history began
    Flight& flight = flights_[record.segment];
    flight.end = record.time;
    flight.end_moment = now();
    flight.check = record.why.check;
    flight.fate = flight.check == Check::none ? Fate::delivered : Fate::refused;
    flight.to_connection = record.connection;
    flight.arrived_record = index;
    flight_index_.end(record.segment, now());
    if (flight.from_connection == 0 || flight.to_connection == 0 || !flight.sent_by_host) return;
    life(flight.from, flight.from_connection).peer = {record.host, flight.to_connection};
    life(record.host, flight.to_connection).peer = {flight.from, flight.from_connection};
}

void Story::lost(const Record& record)
{
    Flight& flight = flights_[record.segment];
    flight.fate = Fate::lost;
    flight.end = record.deadline;
    losses_.emplace_back(record.deadline, record.segment);
    std::push_heap(losses_.begin(), losses_.end(), std::greater<>());
}

/// A segment is lost between two moments. For what is seen of a stretch of time, it ends at the later one.
void Story::settle_losses(Time time)
{
    while (!losses_.empty() && losses_.front().first < time) {
        flight_index_.end(losses_.front().second, now());
        std::pop_heap(losses_.begin(), losses_.end(), std::greater<>());
        losses_.pop_back();
    }
}

// ---- states ---------------------------------------------------------------------------------------------------------

void Story::state(const Record& record, std::uint32_t index)
{
    if (record.connection == 0)
        listener_state(record, index);
    else
        connection_state(record, index);
}

void Story::listener_state(const Record& record, std::uint32_t index)
{
    HostLife& host = hosts_[record.host];
    if (record.to == State::Listen) {
        if (host.listeners++ > 0) return;
        if (!host.lanes[0].busy) clear_lane(record.host, 0);
        life(record.host, 0).band =
            begin_band({.host = record.host, .state = State::Listen, .begin = record.time, .record = index});
    } else if (record.from == State::Listen && host.listeners > 0) {
        listener_gone(record.host);
        if (host.listeners > 0 || host.lanes[0].band != none) return;
        host.lanes[0].band = begin_band({.host = record.host, .begin = record.time, .record = index});
    }
}

void Story::listener_gone(HostId host)
{
    if (--hosts_[host].listeners > 0) return;
    end_band(life(host, 0).band);
    life(host, 0).band = none;
}

void Story::connection_state(const Record& record, std::uint32_t index)
{
    HostLife& host = hosts_[record.host];
    if (life(record.host, record.connection).lane == none) {
        const bool was_listener = record.kind == RecordKind::state && record.from == State::Listen &&
                                  record.to == State::SynSent && host.listeners > 0;
        if (was_listener) listener_gone(record.host); // "from passive to active", 3.10.1
        life(record.host, record.connection).lane = free_lane(record.host);
    }
    const std::uint32_t number = life(record.host, record.connection).lane;
    clear_lane(record.host, number);
    Lane& lane = host.lanes[number];
    // A child that returns to LISTEN is gone: its listener stands there again.
    lane.busy = record.to != State::Closed && record.to != State::Listen;
    if (record.to == State::Listen) return;
    lane.band = begin_band({.host = record.host,
                            .connection = record.connection,
                            .lane = number,
                            .state = record.to,
                            .begin = record.time,
                            .record = index});
}

std::uint32_t Story::begin_band(const Band& band)
{
    const auto index = static_cast<std::uint32_t>(bands_.size());
    bands_.push_back(band);
    bands_.back().begin_moment = now();
    band_index_.begin(now());
    life(band.host, band.connection).bands.push_back(index);
    return index;
}

void Story::end_band(std::uint32_t band)
{
    if (band == none) return;
    bands_[band].end = moments_.back().time;
    bands_[band].end_moment = now();
    band_index_.end(band, now());
}

void Story::clear_lane(HostId host, std::uint32_t lane)
{
    end_band(hosts_[host].lanes[lane].band);
    hosts_[host].lanes[lane].band = none;
}

std::uint32_t Story::free_lane(HostId host)
{
    std::vector<Lane>& lanes = hosts_[host].lanes;
    const auto found = std::find_if(lanes.begin(), lanes.end(), [](const Lane& lane) { return !lane.busy; });
    if (found != lanes.end()) return static_cast<std::uint32_t>(found - lanes.begin());
    lanes.emplace_back();
    return static_cast<std::uint32_t>(lanes.size() - 1);
}

/// Nothing says of each connection that it is gone.
void Story::host_stops(const Record& record, std::uint32_t index)
{
    HostLife& host = hosts_[record.host];
    for (std::uint32_t lane = 0; lane < host.lanes.size(); ++lane) {
        clear_lane(record.host, lane);
        host.lanes[lane].busy = false;
    }
    if (host.listeners > 0) {
        host.listeners = 1;
        listener_gone(record.host);
    }
    for (Life& each : host.lives)
        for (std::uint32_t& bracket : each.timers) end_bracket(bracket, BracketEnd::cancelled);
    if (record.call == Call::reboot)
        host.lanes[0].band = begin_band({.host = record.host, .begin = record.time, .record = index});
}

// ---- timers, calls --------------------------------------------------------------------------------------------------

void Story::timer_set(const Record& record)
{
    std::uint32_t& open = life(record.host, record.connection).timers[static_cast<std::size_t>(record.timer)];
    const bool anew = open != none;
    end_bracket(open, BracketEnd::restarted);
    open = static_cast<std::uint32_t>(brackets_.size());
    brackets_.push_back({.host = record.host,
                         .connection = record.connection,
                         .timer = record.timer,
                         .begin = record.time,
                         .deadline = record.deadline,
                         .begin_moment = now(),
                         .anew = anew});
    bracket_index_.begin(now());
}

void Story::timer_ends(const Record& record, BracketEnd how)
{
    end_bracket(life(record.host, record.connection).timers[static_cast<std::size_t>(record.timer)], how);
}

void Story::end_bracket(std::uint32_t& bracket, BracketEnd how)
{
    if (bracket == none) return;
    brackets_[bracket].end = moments_.back().time;
    brackets_[bracket].end_moment = now();
    brackets_[bracket].how = how;
    bracket_index_.end(bracket, now());
    timers_to_show_ = timers_to_show_ || worth_showing(brackets_[bracket]);
    bracket = none;
}

bool Story::worth_showing(const Bracket& bracket)
{
    if (bracket.how == BracketEnd::fired) return true;
    if (bracket.timer == TimerKind::user_timeout) return false;
    const bool often_stopped = bracket.timer == TimerKind::retransmission || bracket.timer == TimerKind::keepalive ||
                               bracket.timer == TimerKind::delayed_ack;
    const bool stopped = bracket.how != BracketEnd::running && often_stopped;
    return !stopped || bracket.end - bracket.begin >= (bracket.deadline - bracket.begin) / 2;
}

void Story::mark(const Record& record, std::uint32_t index)
{
    const bool quiet = record.kind == RecordKind::call && record.call == Call::bind && record.error == Error::none;
    marks_.push_back({.record = index,
                      .quiet = quiet,
                      .moment = now(),
                      .host = record.host,
                      .connection = record.connection,
                      .time = record.time});
    Moment& moment = moments_.back();
    if (quiet) return;
    std::uint16_t of_this_host = 0;
    for (auto m = marks_.rbegin(); m != marks_.rend() && m->moment == now(); ++m)
        of_this_host += m->host == record.host && !m->quiet;
    moment.rows = std::max(moment.rows, of_this_host);
}

} // namespace tcpsm::viz
