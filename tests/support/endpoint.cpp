#include "support/endpoint.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "tcpsm/machine/transitions.hpp"
#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::test {

namespace {

constexpr tcpsm::Endpoint ours{Address{0xC0000201}, 49152};
constexpr tcpsm::Endpoint theirs{Address{0xC0000202}, 80};
constexpr std::uint32_t iss = 100;

std::span<const std::uint8_t> octets(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void add_line(std::string& lines, std::string_view line)
{
    if (!lines.empty()) lines += '\n';
    lines += line;
}

} // namespace

std::string peer_text(std::uint32_t seq, std::size_t count)
{
    std::string text(count, ' ');
    for (std::size_t i = 0; i < count; ++i) text[i] = static_cast<char>('a' + (seq + 26 * 26 - 301 + i) % 26);
    return text;
}

Endpoint::Endpoint(const ConnectionOptions& options, Numbers numbers) : connection(options), numbers_(numbers) {}

// ---- user calls -----------------------------------------------------------------------------------------------------

std::error_code Endpoint::open()
{
    const Error error = connection.open(ours, theirs, Seq(iss + numbers_.own), now_, out_);
    settle();
    return error;
}

std::error_code Endpoint::open_to_nobody()
{
    const Error error = connection.open(ours, {}, Seq(iss + numbers_.own), now_, out_);
    settle();
    return error;
}

std::error_code Endpoint::listen()
{
    const Error error = connection.listen(ours, Seq(iss + numbers_.own), now_, out_);
    settle();
    return error;
}

Answer Endpoint::send(std::string_view text, SendOptions how)
{
    const Transfer transfer = connection.send(octets(text), now_, out_, how);
    settle();
    return {.octets = {}, .count = transfer.octets, .error = transfer.error};
}

Answer Endpoint::receive(std::size_t most)
{
    std::string into(most, ' ');
    const Transfer transfer =
        connection.receive({reinterpret_cast<std::uint8_t*>(into.data()), into.size()}, now_, out_);
    settle();
    into.resize(transfer.octets);
    return {.octets = into, .count = transfer.octets, .error = transfer.error};
}

std::error_code Endpoint::close()
{
    const Error error = connection.close(now_, out_);
    settle();
    return error;
}

std::error_code Endpoint::shutdown()
{
    const Error error = connection.shutdown(now_, out_);
    settle();
    return error;
}

std::error_code Endpoint::close_both_ways()
{
    const Error error = connection.close_both_ways(now_, out_);
    settle();
    return error;
}

std::error_code Endpoint::abort()
{
    const Error error = connection.abort(now_, out_);
    settle();
    return error;
}

std::error_code Endpoint::status()
{
    const Error error = connection.status(now_, out_);
    settle();
    return error;
}

// ---- the peer -------------------------------------------------------------------------------------------------------

void Endpoint::gets(std::string_view notation)
{
    const ParsedNotation parsed = parse_notation(notation);
    REQUIRE_MESSAGE(parsed.segment.has_value(), notation, ": ", parsed.error);
    Segment segment = parsed.segment.value_or(Segment{});
    const std::string text =
        peer_text(segment.seq.value() + (segment.has(Flag::SYN) ? 1 : 0), segment.text_len); // the SYN comes first
    if (notation.find("WND") == std::string_view::npos) segment.wnd = 65535;
    segment.seq += numbers_.peer;
    if (segment.has(Flag::ACK)) segment.ack += numbers_.own;
    refused_.clear();
    connection.segment_arrives(segment, octets(text), theirs, ours, now_, out_);
    settle();
}

// ---- time -----------------------------------------------------------------------------------------------------------

void Endpoint::wait(Duration span)
{
    const Time until = now_ + span;
    while (connection.next_timer().deadline <= until) {
        now_ = connection.next_timer().deadline;
        connection.timeout(now_, out_);
        settle();
    }
    now_ = until;
}

bool Endpoint::wait_for_timer()
{
    if (!connection.next_timer().running()) return false;
    wait(connection.next_timer().deadline - now_);
    return true;
}

Duration Endpoint::left(TimerKind kind) const
{
    return connection.timers()[kind].deadline - now_;
}

// ---- what came out --------------------------------------------------------------------------------------------------

std::string Endpoint::notation(const Sent& sent) const
{
    return to_notation(sent.segment);
}

std::string Endpoint::sends()
{
    std::string lines;
    for (const Sent& sent : sent_) add_line(lines, notation(sent));
    sent_.clear();
    return lines;
}

std::string Endpoint::sends_in_time()
{
    std::string lines;
    for (const Sent& sent : sent_) add_line(lines, to_string(sent.time) + ' ' + notation(sent));
    sent_.clear();
    return lines;
}

std::string Endpoint::sends_with_window()
{
    std::string lines;
    for (const Sent& sent : sent_) add_line(lines, notation(sent) + "<WND=" + std::to_string(sent.segment.wnd) + '>');
    sent_.clear();
    return lines;
}

std::string Endpoint::sends_with_options()
{
    std::string lines;
    for (const Sent& sent : sent_) add_line(lines, notation(sent) + to_notation(sent.segment.options));
    sent_.clear();
    return lines;
}

std::string Endpoint::sends_text()
{
    std::string text;
    for (const Sent& sent : sent_) text += sent.text;
    sent_.clear();
    return text;
}

std::string Endpoint::tells()
{
    return std::exchange(told_, {});
}

std::string Endpoint::delivers()
{
    return std::exchange(delivered_, {});
}

std::string Endpoint::moves()
{
    return std::exchange(moves_, {});
}

// ---- after every step -----------------------------------------------------------------------------------------------

void Endpoint::settle()
{
    connection.transmit(now_, out_);
    for (const Departure& departure : out_.segments) note(departure);
    std::size_t delivered = 0;
    for (const Report& report : out_.reports) {
        if (report.kind == ReportKind::refused) refused_ = name(report.why.check);
        if (report.kind == ReportKind::signal) add_line(told_, sentence(report.error));
        if (report.kind == ReportKind::deliver) delivered += report.count;
        if (report.kind == ReportKind::state) check_state_report(report);
    }
    CHECK(delivered == out_.delivered.size());
    delivered_.append(out_.delivered.begin(), out_.delivered.end());
    out_.clear();
    if (connection.state() == State::Closed || connection.state() == State::Listen)
        CHECK_FALSE(connection.next_timer().running());
}

void Endpoint::note(const Departure& departure)
{
    Sent sent{.segment = departure.segment,
              .text = std::string(departure.text.size(), ' '),
              .time = now_,
              .retransmission = departure.retransmission};
    departure.text.copy_to(reinterpret_cast<std::uint8_t*>(sent.text.data()));
    CHECK(departure.from == ours);
    CHECK(departure.to == theirs);
    CHECK(sent.text.size() == sent.segment.text_len);
    if (departure.segment.has(Flag::ACK) && !departure.segment.has(Flag::RST)) {
        const Seq edge = departure.segment.ack + departure.segment.wnd;
        if (edge_known_) CHECK(right_edge_ <= edge);
        edge_known_ = true;
        right_edge_ = edge;
    }
    sent.segment.seq = sent.segment.seq - numbers_.own;
    if (sent.segment.has(Flag::ACK)) sent.segment.ack = sent.segment.ack - numbers_.peer;
    last_ = sent;
    sent_.push_back(std::move(sent));
}

void Endpoint::check_state_report(const Report& report)
{
    if (!moves_.empty()) moves_ += ", ";
    moves_ += name(report.to);
    REQUIRE(report.why.row >= 0);
    const Transition& row = transitions()[static_cast<std::size_t>(report.why.row)];
    CHECK(row.from == report.from);
    CHECK(row.to == report.to);
    CHECK(row.event == report.why.event);
    if (report.to == State::Listen || report.to == State::Closed) edge_known_ = false; // another peer may come
}

// ---- in a state -----------------------------------------------------------------------------------------------------

namespace {

// The steps from OPEN to a state, one after the other.
void go_to(Endpoint& endpoint, State state)
{
    switch (state) {
    case State::Closed: return;
    case State::Listen: endpoint.listen(); return;
    case State::SynSent: endpoint.open(); return;
    case State::SynReceived:
        endpoint.listen();
        endpoint.gets("<SEQ=300><CTL=SYN><MSS=1460>");
        return;
    case State::Established:
        endpoint.open();
        endpoint.gets("<SEQ=300><ACK=101><CTL=SYN,ACK><MSS=1460>");
        return;
    case State::FinWait1:
        go_to(endpoint, State::Established);
        endpoint.close();
        return;
    case State::FinWait2:
        go_to(endpoint, State::FinWait1);
        endpoint.gets("<SEQ=301><ACK=102><CTL=ACK>");
        return;
    case State::CloseWait:
        go_to(endpoint, State::Established);
        endpoint.gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
        return;
    case State::Closing:
        go_to(endpoint, State::FinWait1);
        endpoint.gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
        return;
    case State::LastAck:
        go_to(endpoint, State::CloseWait);
        endpoint.close();
        return;
    case State::TimeWait:
        go_to(endpoint, State::FinWait2);
        endpoint.gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
        return;
    }
}

Endpoint with_nothing_left_to_read(Endpoint endpoint, State state)
{
    REQUIRE(endpoint.state() == name(state));
    endpoint.sends();
    endpoint.tells();
    endpoint.delivers();
    endpoint.moves();
    return endpoint;
}

} // namespace

Endpoint in(State state, const ConnectionOptions& options, Numbers numbers)
{
    Endpoint endpoint(options, numbers);
    go_to(endpoint, state);
    return with_nothing_left_to_read(std::move(endpoint), state);
}

Endpoint in_syn_received_after_active_open(const ConnectionOptions& options, Numbers numbers)
{
    Endpoint endpoint(options, numbers);
    endpoint.open();
    endpoint.gets("<SEQ=300><CTL=SYN><MSS=1460>");
    return with_nothing_left_to_read(std::move(endpoint), State::SynReceived);
}

Endpoint established_by(std::string_view syn_ack, const ConnectionOptions& options, Numbers numbers)
{
    Endpoint endpoint(options, numbers);
    endpoint.open();
    endpoint.gets(syn_ack);
    return with_nothing_left_to_read(std::move(endpoint), State::Established);
}

} // namespace tcpsm::test
