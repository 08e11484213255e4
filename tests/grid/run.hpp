#pragma once
// One connection, and the peer that the grid writes for it in the notation of RFC 9293, section 3.5.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/connection/connection.hpp"

namespace tcpsm::grid {

/// How far the sequence numbers of a run lie from those that grid.txt writes: ISS 100 and 300.
struct Shift {
    std::uint32_t ours = 0;
    std::uint32_t peers = 0;
};

/// The connection, its time, and what the last cause led to.
class Run {
public:
    /// Goes the path: options first ("r2 = 500ms"), then causes.
    Run(const std::vector<std::string>& path, Shift shift);

    /// Makes one thing happen: a call, a segment of the peer, or the expiry of the next timer.
    void cause(std::string_view what);
    /// Looks the event up in the table without asking whether the checks would have found it. A segment in `cause` is
    /// at hand, else one that the connection could expect.
    /// @return the row that fired
    std::int16_t dispatch(Event event, std::string_view cause);

    [[nodiscard]] State state() const { return connection_.state(); }
    /// "stay", or the states gone through.
    [[nodiscard]] std::string next() const;
    /// What else happened: the answer, the segments, the variables, the reports; in the words of grid.txt.
    [[nodiscard]] std::vector<std::string> happened() const;
    /// The segments that left.
    [[nodiscard]] const std::vector<Departure>& departures() const { return out_.segments; }
    /// The reports of one kind.
    [[nodiscard]] std::vector<Report> reports(ReportKind kind) const;

private:
    void set_option(std::string_view text);
    void begin();
    void call(std::string_view what);
    void segment_arrives(std::string_view notation);
    [[nodiscard]] Segment from_peer(std::string_view notation) const;
    [[nodiscard]] std::string in_figures(Segment segment) const;
    [[nodiscard]] std::string in_words(const Report& report) const;

    Shift shift_;
    ConnectionOptions options_;
    Connection connection_;
    Time now_{};
    Output out_;
    Tcb before_;
    std::string answer_;
};

} // namespace tcpsm::grid
