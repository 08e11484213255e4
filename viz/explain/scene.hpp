#pragma once
// What a sentence about one moment looks up: who and in which state, and how segments, octets and times are written.

#include <cstdint>
#include <string>
#include <vector>

#include "diagram/story.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {

/// One moment of a history, and the language that is spoken about it.
struct Scene {
    const History& history;
    const Story& story;
    std::uint32_t moment;
    Language language;

    [[nodiscard]] const Moment& now() const { return story.moments()[moment]; }
    [[nodiscard]] const Record& record(std::uint32_t index) const { return history.records()[index]; }
    [[nodiscard]] const SentSegment& segment(const Record& record) const { return history.segments()[record.segment]; }
    /// False for what left before the history began.
    [[nodiscard]] bool knows_segment(const Record& record) const { return record.segment < story.flights().size(); }

    /// "client"; "client#2" for its second connection; "its peer" where there is no such host.
    [[nodiscard]] std::string who(HostId host, std::uint32_t connection = 0) const;
    [[nodiscard]] std::string who(const Record& record) const { return who(record.host, record.connection); }
    /// The host that a connection talks to, as far as it has sent anything by now.
    [[nodiscard]] std::string peer_of(HostId host, std::uint32_t connection) const;
    /// In which state a connection was before this moment; CLOSED where there was none. Connection 0 is the listener.
    [[nodiscard]] State state_before(HostId host, std::uint32_t connection) const;
    /// The same after everything that happens in this moment before a record.
    [[nodiscard]] State state_at(HostId host, std::uint32_t connection, std::uint32_t record) const;
    /// What left in this moment from a connection.
    [[nodiscard]] std::vector<const SentSegment*> departures(HostId host, std::uint32_t connection) const;

    /// "client.4 (FIN,ACK, 10 octets)"
    [[nodiscard]] std::string with_contents(const SentSegment& segment) const;

    template <class... Args>
    [[nodiscard]] std::string say(Phrase what, const Args&... args) const
    {
        return viz::say(language, what, args...);
    }
};

/// "10 octets", "1 octet"
[[nodiscard]] std::string octets(Language language, std::uint64_t count);
/// A sentence behind another; either may be empty.
[[nodiscard]] std::string then(Language language, const std::string& first, const std::string& second);
/// What is left of a wait, as a person reads it: "59.97 s", "1.9 ms"; never less than nothing.
[[nodiscard]] std::string in_words(Duration left);

} // namespace tcpsm::viz
