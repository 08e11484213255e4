#pragma once
// A history as a picture needs it: what begins and ends when, found without reading all of it again.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diagram/interval_index.hpp"
#include "tcpsm/network/history.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::viz {

inline constexpr std::uint32_t none = 0xffffffff; ///< an index where there is nothing

/// One event of the simulation that left records: [first, end) of History::records.
struct Moment {
    Time time{};
    std::uint32_t first = 0;
    std::uint32_t end = 0;
    std::uint16_t departures = 0;
    std::uint16_t rows = 0; ///< lines of labels that it needs; 0 where there is nothing to see
    HostId host = no_host;  ///< where it happens; no_host where it is more than one
};

/// A segment on its way.
struct Flight {
    std::uint32_t segment = 0; ///< index in History::segments
    HostId from = no_host;
    HostId to = no_host; ///< no_host where nobody has the address
    Time sent{};
    Time end = never; ///< of the arrival, or of the loss half-way; never while it is under way
    std::uint32_t sent_moment = 0;
    std::uint32_t end_moment = none;
    Fate fate = Fate::in_flight;
    Check check = Check::none; ///< that refused it
    std::uint32_t from_connection = 0;
    std::uint32_t to_connection = 0;     ///< 0 where it met none
    std::uint32_t arrived_record = none; ///< index in History::records
    bool retransmission = false;
    bool sent_by_host = true; ///< false: injected, or a copy that the network made
    std::uint16_t nth = 0;    ///< among the departures of its moment
};

/// A stretch of a connection's life in one state. CLOSED stands after a connection's end until something else takes its
/// place. A host's listener stands in lane 0, behind the connections there.
struct Band {
    HostId host = no_host;
    std::uint32_t connection = 0; ///< 0: the host's listener
    std::uint32_t lane = 0;       ///< connections that live at the same time stand beside each other, from 0 on
    State state = State::Closed;
    Time begin{};
    Time end = never;
    std::uint32_t begin_moment = 0;
    std::uint32_t end_moment = none;
    std::uint32_t record = none; ///< the record that began it; none for what was so at the beginning
};

enum class BracketEnd : std::uint8_t { running, fired, cancelled, restarted };

/// A timer that runs, from where it was set to where it fired, was cancelled or was set anew.
struct Bracket {
    HostId host = no_host;
    std::uint32_t connection = 0;
    TimerKind timer = TimerKind::retransmission;
    Time begin{};
    Time end = never;
    Time deadline{};
    std::uint32_t begin_moment = 0;
    std::uint32_t end_moment = none;
    BracketEnd how = BracketEnd::running;
    bool anew = false; ///< it followed one of the same kind that it restarted
};

/// What stands outside of a lifeline: a call of the application, what it was told, what was delivered to it. ACCEPT and
/// RECEIVE change nothing that one could see, and are left out.
struct Mark {
    std::uint32_t record = 0; ///< call, signal or deliver
    bool quiet = false;       ///< a BIND that went well: nothing happens yet, and pictures leave it out
    std::uint32_t moment = 0;
    HostId host = no_host;
    std::uint32_t connection = 0;
    Time time{};
};

/// The other end of a connection.
struct Peer {
    HostId host = no_host; ///< no_host where it has not been met
    std::uint32_t connection = 0;
};

/// Grows with its history. All lists are in the order in which their things began.
class Story {
public:
    /// Reads what the history has more than at the last call. It must be the same history, only longer.
    void read(const History& history);

    [[nodiscard]] const std::vector<Moment>& moments() const { return moments_; }
    [[nodiscard]] const std::vector<Flight>& flights() const { return flights_; } ///< parallel to History::segments
    [[nodiscard]] const std::vector<Band>& bands() const { return bands_; }
    [[nodiscard]] const std::vector<Bracket>& brackets() const { return brackets_; }
    [[nodiscard]] const std::vector<Mark>& marks() const { return marks_; }
    /// The bands of one connection, as indices, in order.
    [[nodiscard]] const std::vector<std::uint32_t>& bands_of(HostId host, std::uint32_t connection) const;
    [[nodiscard]] Peer peer(HostId host, std::uint32_t connection) const;
    /// How many lanes a host's lifeline needs.
    [[nodiscard]] std::uint32_t lanes(HostId host) const;

    /// Whether a timer's stretch is worth a picture: it is no user timeout that was stopped, nor a retransmission timer
    /// or delayed ACK that was stopped soon, nor a keep-alive that has nothing to ask, as nearly all are.
    [[nodiscard]] static bool worth_showing(const Bracket& bracket);
    /// Whether there is such a timer, one that has ended.
    [[nodiscard]] bool has_timers_to_show() const { return timers_to_show_; }
    /// Decimals that write all moments' seconds exactly.
    [[nodiscard]] int decimals() const { return decimals_; }

    /// What there is between two moments, both included: calls `see` with an index, in order of beginning.
    template <class See>
    void flights_between(std::uint32_t first, std::uint32_t last, See&& see) const
    {
        flight_index_.each(first, last, see);
    }
    template <class See>
    void bands_between(std::uint32_t first, std::uint32_t last, See&& see) const
    {
        band_index_.each(first, last, see);
    }
    template <class See>
    void brackets_between(std::uint32_t first, std::uint32_t last, See&& see) const
    {
        bracket_index_.each(first, last, see);
    }
    /// The first mark at or after a moment; the number of marks where there is none.
    [[nodiscard]] std::uint32_t mark_at(std::uint32_t moment) const;

private:
    static constexpr std::array<std::uint32_t, timer_count> nothing_open()
    {
        std::array<std::uint32_t, timer_count> all{};
        for (std::uint32_t& each : all) each = none;
        return all;
    }
    /// One connection of a host; number 0 is its listeners, however many there are.
    struct Life {
        std::vector<std::uint32_t> bands;
        std::uint32_t lane = none; // none while it has not begun
        std::uint32_t band = none; // a listener's, where it is now
        Peer peer;
        std::array<std::uint32_t, timer_count> timers = nothing_open(); // brackets
    };
    struct Lane {
        std::uint32_t band = none; // that stands there and has not ended; the listener's does not count
        bool busy = false;         // a connection lives there
    };
    struct HostLife {
        std::vector<Life> lives; // by number
        std::vector<Lane> lanes;
        std::uint32_t listeners = 0;
    };

    [[nodiscard]] std::uint32_t now() const { return static_cast<std::uint32_t>(moments_.size() - 1); }
    Life& life(HostId host, std::uint32_t connection);
    void open_moment(const Record& record, std::uint32_t index);
    void meet_hosts(const History& history);
    void take(const History& history, const Record& record, std::uint32_t index);

    void sent(const SentSegment& segment, std::uint32_t index);
    void arrived(const Record& record, std::uint32_t index);
    void lost(const Record& record);
    void settle_losses(Time time);

    void state(const Record& record, std::uint32_t index);
    void listener_state(const Record& record, std::uint32_t index);
    void connection_state(const Record& record, std::uint32_t index);
    std::uint32_t begin_band(const Band& band);
    void end_band(std::uint32_t band);
    void clear_lane(HostId host, std::uint32_t lane);
    std::uint32_t free_lane(HostId host);
    void listener_gone(HostId host);
    void host_stops(const Record& record, std::uint32_t index);

    void timer_set(const Record& record);
    void timer_ends(const Record& record, BracketEnd how);
    void end_bracket(std::uint32_t& bracket, BracketEnd how);
    void mark(const Record& record, std::uint32_t index);
    std::vector<Moment> moments_;
    std::vector<Flight> flights_;
    std::vector<Band> bands_;
    std::vector<Bracket> brackets_;
    std::vector<Mark> marks_;

    std::uint32_t read_ = 0;  // records so far
    std::uint32_t event_ = 0; // of the last moment
    std::size_t met_ = 0;     // hosts so far
    int decimals_ = 0;
    bool timers_to_show_ = false;
    std::vector<HostLife> hosts_;
    std::vector<std::pair<Time, std::uint32_t>> losses_; // flights that are lost later than now; a heap, soonest first
    IntervalIndex flight_index_;
    IntervalIndex band_index_;
    IntervalIndex bracket_index_;
};

} // namespace tcpsm::viz
