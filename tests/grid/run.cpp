#include "grid/run.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "connection/context.hpp"
#include "grid/grid.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::grid {
namespace {

constexpr Endpoint local{.address = {0xC0000201}, .port = 5000};
constexpr Endpoint remote{.address = {0xC0000202}, .port = 80};
constexpr Seq iss(100);

[[noreturn]] void fail(std::string_view what)
{
    throw std::runtime_error("grid.txt: \"" + std::string(what) + "\" is not understood");
}

bool is_segment(std::string_view cause)
{
    return cause.starts_with('<');
}

std::size_t number_after(std::string_view word, std::string_view text)
{
    std::size_t number = 0;
    const std::string_view digits = text.substr(word.size());
    if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc()) fail(text);
    return number;
}

std::string in_units(Duration duration)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration);
    return ms % 1s == 0ms ? std::to_string(ms / 1s) + "s" : std::to_string(ms.count()) + "ms";
}

// The RFC's sentence, without what we add to it behind a colon.
std::string in_short(Error error)
{
    const std::string_view all = sentence(error);
    return std::string(all.substr(0, all.find(':')));
}

std::string answer(Error error)
{
    return error == Error::none ? "ok" : "error: " + in_short(error);
}

std::string answer(std::string_view verb, Transfer transfer)
{
    if (transfer.error != Error::none) return answer(transfer.error);
    return std::string(verb) + " " + std::to_string(transfer.octets);
}

} // namespace

Run::Run(const std::vector<std::string>& path, Shift shift) : shift_(shift)
{
    for (const std::string& step : path)
        if (step.find(" = ") != std::string::npos) set_option(step);
    connection_ = Connection(options_);
    for (const std::string& step : path)
        if (step.find(" = ") == std::string::npos) cause(step);
}

void Run::set_option(std::string_view text)
{
    if (text == "user_timeout = 500ms")
        options_.user_timeout = 500ms;
    else if (text == "r2 = 500ms")
        options_.r2 = options_.r2_syn = 500ms;
    else if (text == "fin_timeout = 60s")
        options_.fin_timeout = 60s;
    else if (text == "rfc1337 = true")
        options_.rfc1337 = true;
    else if (text == "delayed_ack = 200ms")
        options_.delayed_ack = 200ms;
    else if (text == "linux = true") {
        options_.linux_checks = true;
        options_.delayed_ack = 40ms;
    } else if (text == "keepalive = 500ms, one probe") {
        options_.keepalive = true;
        options_.keepalive_time = options_.keepalive_interval = 500ms;
        options_.keepalive_probes = 1;
    } else if (text == "rfc5961 = false")
        options_.rfc5961 = false;
    else if (text == "half_duplex_close = true")
        options_.half_duplex_close = true;
    else
        fail(text);
}

void Run::begin()
{
    now_ += 10ms;
    out_.clear();
    answer_.clear();
    before_ = connection_.tcb();
}

void Run::cause(std::string_view what)
{
    constexpr std::string_view dispatch_word = "dispatch ";
    if (what.starts_with(dispatch_word)) {
        dispatch(parse_event(what.substr(dispatch_word.size())), "");
        return;
    }
    begin();
    if (is_segment(what)) {
        segment_arrives(what);
    } else if (what == "ICMP port unreachable") {
        connection_.icmp(IcmpError::port_unreachable, now_, out_);
    } else if (what == "time passes") {
        if (!connection_.next_timer().running()) throw std::runtime_error("no timer is running");
        now_ = connection_.next_timer().deadline;
        connection_.timeout(now_, out_);
    } else {
        call(what);
    }
    connection_.transmit(now_, out_);
}

void Run::call(std::string_view what)
{
    const Seq first = iss + shift_.ours;
    if (what == "passive OPEN") {
        answer_ = answer(connection_.listen(local, first, now_, out_));
    } else if (what == "active OPEN") {
        answer_ = answer(connection_.open(local, remote, first, now_, out_));
    } else if (what == "active OPEN, no remote") {
        answer_ = answer(connection_.open(local, {}, first, now_, out_));
    } else if (what.starts_with("SEND ")) {
        const std::vector<std::uint8_t> octets(number_after("SEND ", what), 'x');
        answer_ = answer("takes", connection_.send(octets, now_, out_));
    } else if (what.starts_with("RECEIVE ")) {
        std::vector<std::uint8_t> octets(number_after("RECEIVE ", what));
        answer_ = answer("gives", connection_.receive(octets, now_, out_));
    } else if (what == "CLOSE") {
        answer_ = answer(connection_.close(now_, out_));
    } else if (what == "ABORT") {
        answer_ = answer(connection_.abort(now_, out_));
    } else if (what == "STATUS") {
        answer_ = answer(connection_.status(now_, out_));
    } else {
        fail(what);
    }
}

Segment Run::from_peer(std::string_view notation) const
{
    const ParsedNotation parsed = parse_notation(notation);
    if (!parsed.segment) fail(notation);
    Segment segment = *parsed.segment;
    segment.seq += shift_.peers;
    if (segment.has(Flag::ACK)) segment.ack += shift_.ours;
    if (notation.find("WND=") == std::string_view::npos) segment.wnd = 65535;
    return segment;
}

void Run::segment_arrives(std::string_view notation)
{
    const Segment segment = from_peer(notation);
    const std::vector<std::uint8_t> text(segment.text_len, 'y');
    connection_.segment_arrives(segment, text, remote, local, now_, out_);
}

std::int16_t Run::dispatch(Event event, std::string_view cause)
{
    begin();
    Segment expected; // what the peer could send now
    expected.seq = connection_.tcb().rcv.nxt;
    expected.ack = connection_.tcb().snd.nxt;
    expected.wnd = 65535;
    expected.flags = Flag::ACK;
    const Segment segment = is_segment(cause) ? from_peer(cause) : expected;
    const std::vector<std::uint8_t> text(segment.text_len, 'y');
    std::array<std::uint8_t, 5> octets{};
    Context context{.connection = connection_,
                    .now = now_,
                    .out = out_,
                    .segment = &segment,
                    .text = text,
                    .from = remote,
                    .to = local,
                    .iss = iss + shift_.ours,
                    .offered = octets,
                    .into = octets};
    if (cause == "dispatched, remote specified") context.fill_in_remote();
    context.happen(event);
    connection_.transmit(now_, out_);
    if (context.answer.error != Error::none) answer_ = answer(context.answer.error);
    return context.why.row;
}

std::string Run::next() const
{
    std::string states;
    for (const Report& report : reports(ReportKind::state))
        states += (states.empty() ? "" : ", ") + std::string(name(report.to));
    return states.empty() ? "stay" : states;
}

std::vector<Report> Run::reports(ReportKind kind) const
{
    std::vector<Report> result;
    std::copy_if(out_.reports.begin(), out_.reports.end(), std::back_inserter(result),
                 [&](const Report& report) { return report.kind == kind; });
    return result;
}

// A segment of ours, with the numbers that grid.txt would give it.
std::string Run::in_figures(Segment segment) const
{
    const bool without_connection = segment.flags == (Flag::RST | Flag::ACK); // its SEQ is zero, a number of nobody's
    if (!without_connection) segment.seq = segment.seq - shift_.ours;
    if (segment.has(Flag::ACK)) segment.ack = segment.ack - shift_.peers;
    return to_notation(segment);
}

std::string Run::in_words(const Report& report) const
{
    const std::string timer(name(report.timer));
    switch (report.kind) {
    case ReportKind::state:
    case ReportKind::timer_fired: return ""; // said elsewhere
    case ReportKind::timer_set: return "set " + timer + " " + in_units(report.deadline - now_);
    case ReportKind::timer_cancelled: return "cancel " + timer;
    case ReportKind::refused: return "refused: " + std::string(name(report.why.check));
    case ReportKind::signal: return "signal " + in_short(report.error);
    case ReportKind::returned: return "CLOSE returns";
    case ReportKind::logged: return "the kernel logs";
    case ReportKind::not_accepted: return "no descriptor";
    case ReportKind::deliver: return "deliver " + std::to_string(report.count);
    }
    return "";
}

std::vector<std::string> Run::happened() const
{
    std::vector<std::string> items;
    if (!answer_.empty()) items.push_back(answer_);
    for (const Report& report : reports(ReportKind::timer_fired))
        items.push_back(std::string(name(report.timer)) + " expires");
    for (const Departure& departure : out_.segments)
        items.push_back(in_figures(departure.segment) + (departure.retransmission ? " again" : ""));
    const Tcb& tcb = connection_.tcb();
    // A variable that was not yet known moves when it is first set, whatever was there before.
    const auto moves = [&](State unknown_until, Seq from, Seq to) {
        const bool known = before_.state > unknown_until;
        return known ? from != to : tcb.state > unknown_until;
    };
    if (moves(State::Listen, before_.snd.una, tcb.snd.una))
        items.push_back("SND.UNA=" + std::to_string((tcb.snd.una - shift_.ours).value()));
    if (moves(State::SynSent, before_.rcv.nxt, tcb.rcv.nxt))
        items.push_back("RCV.NXT=" + std::to_string((tcb.rcv.nxt - shift_.peers).value()));
    if (before_.state > State::SynSent && tcb.snd.wnd != before_.snd.wnd)
        items.push_back("SND.WND=" + std::to_string(tcb.snd.wnd));
    for (const Report& report : out_.reports)
        if (std::string words = in_words(report); !words.empty()) items.push_back(std::move(words));
    return items;
}

} // namespace tcpsm::grid
