// RFC 9293, 3.1: an option may come on any segment, and one that is not understood changes nothing.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"
#include "tcpsm/wire/notation.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

Options unknown()
{
    const std::array<std::uint8_t, 3> data{1, 2, 3};
    Options options;
    options.add_nop();
    options.add(77, data);
    options.add(253, {});
    return options;
}

/// What a connection in a state makes of a segment.
struct Made {
    Connection connection;
    Output out;
};

Made make(State state, std::string_view notation, const Options& options)
{
    Made made{test::in(state).connection, {}};
    Segment segment = parse_notation(notation).segment.value();
    segment.wnd = 65535;
    if (!options.empty()) segment.options = options;
    const std::string text(segment.text_len, 'x');
    const tcpsm::Endpoint ours{Address{0xC0000201}, 49152};
    const tcpsm::Endpoint theirs{Address{0xC0000202}, 80};
    made.connection.segment_arrives(segment, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, theirs,
                                    ours, Time{}, made.out);
    made.connection.transmit(Time{}, made.out);
    return made;
}

struct Case {
    State state;
    std::string_view notation;
};

constexpr std::array every_kind{
    Case{State::Closed, "<SEQ=300><CTL=SYN>"},
    Case{State::Listen, "<SEQ=300><CTL=SYN>"},
    Case{State::SynSent, "<SEQ=300><CTL=SYN>"},
    Case{State::SynSent, "<SEQ=300><ACK=101><CTL=SYN,ACK>"},
    Case{State::SynSent, "<SEQ=0><ACK=101><CTL=RST,ACK>"},
    Case{State::SynReceived, "<SEQ=301><ACK=101><CTL=ACK>"},
    Case{State::Established, "<SEQ=301><ACK=101><DATA=5><CTL=ACK>"},
    Case{State::Established, "<SEQ=305><ACK=101><DATA=5><CTL=ACK>"},
    Case{State::Established, "<SEQ=301><ACK=101><DATA=5><CTL=FIN,ACK>"},
    Case{State::Established, "<SEQ=301><CTL=RST>"},
    Case{State::FinWait1, "<SEQ=301><ACK=102><CTL=ACK>"},
    Case{State::FinWait2, "<SEQ=301><ACK=102><CTL=FIN,ACK>"},
    Case{State::LastAck, "<SEQ=302><ACK=102><CTL=ACK>"},
    Case{State::TimeWait, "<SEQ=301><ACK=102><CTL=FIN,ACK>"},
};

} // namespace

TEST_CASE("options that nobody understands on every kind of segment: it is processed as without (MUST-5, MUST-6)")
{
    for (const Case& each : every_kind) {
        CAPTURE(name(each.state));
        CAPTURE(each.notation);
        const Made with = make(each.state, each.notation, unknown());
        const Made without = make(each.state, each.notation, {});
        CHECK(with.connection.state() == without.connection.state());
        CHECK(with.connection.tcb() == without.connection.tcb());
        CHECK(with.connection.unread() == without.connection.unread());
        REQUIRE(with.out.segments.size() == without.out.segments.size());
        for (std::size_t i = 0; i < with.out.segments.size(); ++i)
            CHECK(with.out.segments[i].segment == without.out.segments[i].segment);
    }
}

TEST_CASE("a MSS option on a segment that is no SYN: read without complaint, and the MSS stays (MUST-5)")
{
    test::Endpoint endpoint = test::established_by("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1000>");
    endpoint.gets("<SEQ=301><ACK=101><DATA=5><CTL=ACK><MSS=10>");
    CHECK(endpoint.refused() == "");
    CHECK(endpoint.receive().octets == "abcde");
    CHECK(endpoint.connection.tcb().send_mss == 1000);
}
