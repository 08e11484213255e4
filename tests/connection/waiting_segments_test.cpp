// RFC 9293, 3.10.7.4: segments that wait are all processed before any ACK is sent. Here they are given to a connection
// one after the other, and only then is it asked for what it has to send.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"
#include "tcpsm/wire/notation.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

/// A connection whose peer's segments wait.
struct Waiting {
    explicit Waiting(State state) : connection(test::in(state).connection) {}

    void gets(std::string_view notation)
    {
        Segment segment = parse_notation(notation).segment.value();
        segment.wnd = 65535;
        const std::string text(segment.text_len, 'x');
        connection.segment_arrives(segment, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()},
                                   connection.remote(), connection.local(), Time{}, out);
    }
    /// What it sends when it is asked.
    std::string sends()
    {
        CHECK(out.segments.empty()); // nothing leaves before
        connection.transmit(Time{}, out);
        std::string lines;
        for (const Departure& departure : out.segments)
            lines += (lines.empty() ? "" : "\n") + to_notation(departure.segment);
        return lines;
    }

    Connection connection;
    Output out;
};

} // namespace

TEST_CASE("four segments of text that wait: one ACK for all of them (MUST-59, MUST-58)")
{
    Waiting waiting(State::Established);
    waiting.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
    waiting.gets("<SEQ=401><ACK=101><DATA=100><CTL=ACK>");
    waiting.gets("<SEQ=501><ACK=101><DATA=100><CTL=ACK>");
    waiting.gets("<SEQ=601><ACK=101><DATA=100><CTL=ACK>");
    CHECK(waiting.sends() == "<SEQ=101><ACK=701><CTL=ACK>");
}

TEST_CASE("text, what overtook it, and a FIN that wait: one ACK for all of them (MUST-59)")
{
    Waiting waiting(State::Established);
    waiting.gets("<SEQ=401><ACK=101><DATA=100><CTL=ACK>");
    waiting.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
    waiting.gets("<SEQ=501><ACK=101><CTL=FIN,ACK>");
    CHECK(waiting.sends() == "<SEQ=101><ACK=502><CTL=ACK>");
    CHECK(waiting.connection.state() == State::CloseWait);
}

TEST_CASE("text and old text that wait: one ACK, which says where the peer is (MUST-59)")
{
    Waiting waiting(State::Established);
    waiting.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
    waiting.gets("<SEQ=301><ACK=101><DATA=100><CTL=ACK>");
    CHECK(waiting.sends() == "<SEQ=101><ACK=401><CTL=ACK>");
}
