#pragma once
// The inside of a Network: plain values only, so that copying it copies the world.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/stack.hpp"
#include "network/applications.hpp"
#include "network/event_queue.hpp"
#include "network/faults.hpp"
#include "network/nat.hpp"
#include "tcpsm/network/network.hpp"

namespace tcpsm::detail {

class World {
public:
    explicit World(const NetworkOptions& options);

    struct HostEntry {
        std::string name;
        Stack stack;
        bool accepts = false;
        bool up = true;
        bool touched = false; // by the event that is going on
        std::uint32_t segments_sent = 0;
        Counts counts{}; // without segments_sent
    };

    HostId make_host(std::string_view name, const HostOptions& options);
    [[nodiscard]] HostId find_host(std::string_view name) const;
    HostEntry& host(HostId id) { return hosts_[id]; }
    [[nodiscard]] const HostEntry& host(HostId id) const { return hosts_[id]; }
    [[nodiscard]] std::size_t host_count() const { return hosts_.size(); }

    void set_delay(HostId from, HostId to, Duration delay);
    void set_delay(Duration delay);
    void set_cut(HostId a, HostId b, bool cut);
    void put_behind(HostId box, HostId inner);
    Faults& faults() { return faults_; }
    [[nodiscard]] const Faults& faults() const { return faults_; }
    bool release(std::string_view segment);
    /// @param source  where the segment says that it comes from, which need not be an address of `from`
    void inject(HostId from, Endpoint source, HostId to, Port to_port, const Segment& segment,
                std::string_view text = {});

    StepId schedule(Time at, std::function<void(Network&)> action);
    StepId when(std::function<bool(const Network&)> condition, std::function<void(Network&)> action, bool same_event);
    [[nodiscard]] bool fired(StepId step) const { return steps_[step.index].fired; }

    WorkloadId add(Network& network, const Workload& workload) { return applications_.add({*this, network}, workload); }
    void add(Network& network, const Flood& flood) { applications_.add({*this, network}, flood); }
    [[nodiscard]] const WorkloadReport& report(WorkloadId workload) const { return applications_.report(workload); }
    /// `Applications::due` is asked for at a moment, after the steps of the script.
    void schedule_task(Time at, std::uint32_t task);

    /// A user call on a host, as one event or as part of the one that is going on. `act` is given the host's stack and
    /// answers the number of the connection and what happened to it.
    struct Called {
        std::uint32_t connection = 0;
        Error error = Error::none;
        std::size_t count = 0;
        Time until{};              // of a CLOSE that lingers
        std::uint16_t process = 0; // its number, from 1, where the call is about one
    };
    template <class Act>
    Called call(Network& network, HostId id, Call what, Act&& act);
    /// The same for what is no user call: it leaves no record of its own.
    template <class Act>
    Error act(Network& network, HostId id, Act&& act);
    /// `crash`: forgets everything and hears nothing more; `reboot`: forgets everything and is up.
    void stop_host(Network& network, HostId id, Call what);
    // ---- processes (processes.cpp) ----
    /// The running process of that name; a new one where none runs.
    ProcessId process(HostId id, std::string_view name);
    /// The last of that name, running or over.
    [[nodiscard]] std::optional<ProcessId> find_process(HostId id, std::string_view name) const;
    /// Whether a process has that name, the user's where it is empty.
    [[nodiscard]] bool is(HostId id, ProcessId process, std::string_view name) const
    {
        return hosts_[id].stack.processes()[process].name == (name.empty() ? Processes::user : name);
    }
    /// A new socket of a process; a record is left only where there is none.
    Stack::Opened socket(Network& network, HostId id, ProcessId process);
    /// So many, with one record.
    std::vector<SocketId> sockets(Network& network, HostId id, ProcessId process, std::uint32_t count);
    /// A process is over, or all of them, and the programs of workloads that ran in it.
    /// @param what  kill, exit or crash
    Error end(Network& network, HostId id, std::optional<ProcessId> process, Call what);
    static std::uint16_t number_of(ProcessId process) { return static_cast<std::uint16_t>(process.index + 1); }

    [[nodiscard]] Time now() const { return now_; }
    /// The next event, where it is due by `until`; false where there is none.
    bool step(Network& network, Time until);
    void advance_to(Time time) { now_ = std::max(now_, time); }
    [[nodiscard]] Time next_event();

    [[nodiscard]] Counts counts(HostId id) const;
    [[nodiscard]] const History& history() const { return history_; }
    void clear_history();
    [[nodiscard]] std::size_t memory() const;

private:
    /// A segment in the network. Its place is used again, with the memory of its text.
    struct InFlight {
        Segment segment;
        Endpoint from;
        Endpoint to;
        HostId to_host = no_host;
        std::uint32_t record = 0; // in the history's segments
        std::vector<std::uint8_t> text;
    };
    struct Link {
        HostId from;
        HostId to;
        Duration delay;
        bool cut;
    };
    struct Held {
        std::string name;
        std::uint32_t flight;
    };
    struct Step {
        std::function<bool(const Network&)> when; // empty where it has a time
        std::function<void(Network&)> action;
        bool same_event = false;
        bool latched = false; // its condition has held
        bool fired = false;
    };

    // one event
    void begin_event()
    {
        if (depth_++ == 0) ++event_;
    }
    void end_event(Network& network);
    void touch(HostId id)
    {
        if (hosts_[id].touched) return;
        hosts_[id].touched = true;
        touched_.push_back(id);
    }
    void finish(HostId id);
    /// Records what a host reports, and lets leave what it has sent.
    void send_off(HostId id)
    {
        take_reports(id);
        if (!out_.segments.empty()) depart(id);
    }
    void take_reports(HostId id)
    {
        if (!counting()) return;
        if (!out_.changes.empty()) count_changes(id);
        if (!out_.reports.empty()) record_reports(id);
    }
    void run_same_event_steps(Network& network);
    void latch_steps(const Network& network);
    void run_step(Network& network, std::uint32_t step);
    void schedule_step(std::uint32_t step, Time at);

    // segments in the network
    void depart(HostId id);
    void depart(HostId id, Departure& departure);
    void depart_through_boxes(const SegmentName& name, Departure& departure);
    void route(const Departure& departure, const SegmentName& name, HostId to_host, bool reachable,
               std::uint32_t record);
    void duplicate(const Departure& departure, HostId to_host, std::uint32_t record, Time arrives);
    std::uint32_t take_off(const Departure& departure, HostId to_host, std::uint32_t record);
    void land_at(std::uint32_t flight, Time arrives);
    void arrive(std::uint32_t flight_index);
    void give_flights_back();

    // what is counted and recorded (recording.cpp)
    [[nodiscard]] bool counting() const { return out_.wants(Recording::counts); }
    [[nodiscard]] bool recording_states() const { return out_.wants(Recording::states); }
    [[nodiscard]] bool recording() const { return out_.wants(Recording::everything); }
    void count_changes(HostId id);
    void record_reports(HostId id);
    void note_call(HostId id, Call what, const Called& called)
    {
        if (!counting()) return;
        if (called.error != Error::none) ++hosts_[id].counts.failed_calls[static_cast<std::size_t>(called.error)];
        if (recording_states()) record_call(id, what, called);
    }
    void record_call(HostId id, Call what, const Called& called);
    std::uint32_t note_departure(const Departure& departure, const SegmentName& name, HostId to_host)
    {
        if (!counting()) return 0;
        if (departure.retransmission) ++hosts_[name.host].counts.retransmissions;
        return recording() ? record_departure(departure, name, to_host) : 0;
    }
    std::uint32_t record_departure(const Departure& departure, const SegmentName& name, HostId to_host);
    std::uint32_t record_injection(const Departure& departure, HostId from, HostId to);
    void note(RecordKind kind, std::uint32_t segment);
    void note_lost(std::uint32_t segment, Time where);
    void record_arrival(const InFlight& flight);
    void add(Record record);

    // time
    /// Drops wake-ups that are out of date, until what comes next is real; false where nothing is pending.
    bool settle_front()
    {
        if (queue_.empty()) return false;
        return queue_.front().kind() != PendingKind::timer || settle_timers();
    }
    bool settle_timers();
    void arm(HostId id, std::uint32_t slot, TimerKind kind, const Timer& timer);

    [[nodiscard]] HostId owner(Address address) const;
    [[nodiscard]] const Link* link(HostId from, HostId to) const;
    Link& make_link(HostId from, HostId to);

    NetworkOptions options_;
    std::vector<HostEntry> hosts_;
    std::vector<Link> links_; // only those that differ from the default
    Faults faults_;
    NatBoxes nat_boxes_;
    std::vector<Held> held_;
    Applications applications_;
    std::vector<Step> steps_;
    std::size_t waiting_steps_ = 0; // conditions that have not held yet

    Time now_{};
    EventQueue queue_;
    std::vector<InFlight> flights_;
    std::vector<std::uint32_t> free_flights_;
    std::uint64_t arrivals_ = 0;
    std::uint64_t steps_scheduled_ = 0;
    std::uint64_t tasks_scheduled_ = 0;
    std::uint32_t injected_ = 0;
    std::uint32_t event_ = 0;
    int depth_ = 0; // of calls within one event
    std::vector<HostId> touched_;
    Output out_;
    History history_;
};

} // namespace tcpsm::detail

namespace tcpsm {

using detail::World; // the public header must name it; inside the library it goes by its own name

template <class Act>
World::Called World::call(Network& network, HostId id, Call what, Act&& act)
{
    begin_event();
    Called called;
    if (hosts_[id].up) {
        touch(id);
        called = act(hosts_[id].stack, now_, out_);
    } else {
        called.error = Error::host_is_down;
    }
    note_call(id, what, called);
    send_off(id);
    end_event(network);
    return called;
}

template <class Act>
Error World::act(Network& network, HostId id, Act&& act)
{
    begin_event();
    Error error = Error::host_is_down;
    if (hosts_[id].up) {
        touch(id);
        error = act(hosts_[id].stack, now_, out_);
    }
    send_off(id);
    end_event(network);
    return error;
}

} // namespace tcpsm
