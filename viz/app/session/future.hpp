#pragma once
// One future: a scenario that is being run, with the picture of it and where one stands in it.

#include <cstddef>
#include <optional>
#include <string>

#include "app/session/census.hpp"
#include "diagram/story.hpp"
#include "replay/timeline.hpp"
#include "tcpsm/scenario/scenario.hpp"

namespace tcpsm::viz {

/// A connection as it is at one moment.
struct Alive {
    HostId host = no_host;
    std::uint32_t number = 0;
    Standing standing;
};

/// Everything of it can be looked at, or where its scenario records less, what it comes to in numbers. Then there is no
/// story, the history has nothing but the hosts, and the world is that of the beginning.
class Future {
public:
    /// @param id  that no other future of the session has or had
    Future(std::uint32_t id, Scenario scenario, std::string text, std::string label);

    /// Runs on for a part of a second of real time; the picture follows. True once there is nothing more to run.
    bool run_ahead(std::size_t steps);
    void run_to_end()
    {
        while (!run_ahead(4096)) {
        }
    }
    /// Runs on until a time lies behind what is known.
    void run_to(Time time);

    [[nodiscard]] std::uint32_t id() const { return id_; }
    [[nodiscard]] const Scenario& scenario() const { return scenario_; }
    [[nodiscard]] const std::string& text() const { return text_; }   ///< the file that reproduces it
    [[nodiscard]] const std::string& label() const { return label_; } ///< what was changed; empty for the file itself
    [[nodiscard]] bool in_numbers() const { return census_.has_value(); }
    [[nodiscard]] const Census& census() const { return *census_; }      ///< only of one in numbers
    [[nodiscard]] const Timeline& timeline() const { return timeline_; } ///< only of one that is not
    [[nodiscard]] const Story& story() const { return story_; }
    [[nodiscard]] const History& history() const { return timeline_.history(); }

    // ---- where one can stand
    [[nodiscard]] bool over() const { return census_ ? census_->over() : timeline_.over(); }
    [[nodiscard]] std::size_t stops() const { return census_ ? census_->stops().size() : timeline_.stops().size(); }
    /// When so many stops lie behind.
    [[nodiscard]] Time time_at(std::size_t position) const;
    /// The last position at or before a time.
    [[nodiscard]] std::size_t position_at(Time time) const;

    // ---- where one stands: after `position` stops, at `now`, before the next stop
    [[nodiscard]] std::size_t position() const { return position_; }
    [[nodiscard]] Time now() const { return now_; }
    /// The same as it is read by people: where it lies between two stops, rounded to a hundredth of what is between, at
    /// most to 10 ms.
    [[nodiscard]] Time shown() const;
    /// The world as it is there; its own clock shows the last stop.
    [[nodiscard]] const Simulation& world() const { return world_; }
    /// The same world for those who ask its hosts: handles want a network that they could change. Nobody does.
    [[nodiscard]] Network& network() const { return world_.network; }
    /// Its connections that are alive, and those of the world before the last stop, in the order of hosts and numbers.
    [[nodiscard]] const std::vector<Alive>& alive() const { return alive_; }
    [[nodiscard]] const std::vector<Alive>& alive_before() const { return alive_before_; }
    [[nodiscard]] std::uint32_t records() const { return census_ ? 0 : timeline_.records_at(position_); }
    /// What a host has counted there: of one in numbers.
    [[nodiscard]] Counts counts(HostId host) const;
    /// The moment of the story that lies directly behind; `none` at the beginning.
    [[nodiscard]] std::uint32_t moment() const;
    /// When it is over, as far as it has been run.
    [[nodiscard]] Time end() const;
    [[nodiscard]] bool at_end() const;

    void go_to(std::size_t position);
    void go_to(Time time);
    /// Stands directly before a stop, at its time: all that leads to it has happened.
    void wait_before(std::size_t position);

    /// Where it begins to differ from the future that it was last put beside; nothing where it does not, or was not.
    std::optional<Time> differs_at;

private:
    void stand();

    std::uint32_t id_;
    Scenario scenario_;
    std::string text_;
    std::string label_;
    std::optional<Census> census_;
    Timeline timeline_; // does not run where there is a census
    Story story_;
    std::size_t position_ = 0;
    Time now_{};
    mutable Simulation world_;
    std::vector<Alive> alive_;
    std::vector<Alive> alive_before_;
};

/// The last moment of the story that lies behind a position; `none` where none does.
[[nodiscard]] std::uint32_t moment_behind(const Future& future, std::size_t position);

/// The time of the first record in which two histories differ; nothing where one is the beginning of the other and both
/// are over, or they are the same.
[[nodiscard]] std::optional<Time> first_difference(const History& a, const History& b);

} // namespace tcpsm::viz
