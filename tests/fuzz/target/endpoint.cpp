#include <algorithm>
#include <vector>

#include "fuzz/target/bytes.hpp"
#include "fuzz/target/monitor.hpp"
#include "soak/world/invariants.hpp"
#include "tcpsm/host/profile.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::fuzz {
namespace {

constexpr int most_steps = 250;

ConnectionOptions draw_options(Bytes& bytes)
{
    ConnectionOptions options = bytes.below(4) == 0 ? linux_profile().connection : ConnectionOptions();
    const std::uint32_t which = bytes.number();
    const auto on = [&](int bit) { return (which >> bit & 1) != 0; };
    options.congestion = on(0) ? CongestionControl::reno : CongestionControl::none;
    options.sack = on(1);
    options.timestamps = on(2);
    options.paws = !on(3);
    options.window_scaling = on(4);
    options.nagle = on(5);
    options.silly_window_avoidance = !on(6);
    options.probe_octet = !on(7);
    options.keepalive = on(8);
    options.keepalive_octet = on(9);
    options.rfc5961 = !on(10);
    options.half_duplex_close = on(11);
    options.reads = on(12);
    options.linux_checks = on(13);
    options.rfc1337 = on(14);
    options.time_wait_reopen = !on(15);
    options.accepts_without_timestamp = on(16);
    options.rto_min_is_variance_floor = on(17);
    options.delayed_ack = on(18) ? 200ms : 0ms;
    options.fin_timeout = on(19) ? 60s : 0s;
    options.user_timeout = on(20) ? 0s : 300s;
    options.retries = static_cast<std::int16_t>(on(21) ? 3 : -1);
    options.window_shift = static_cast<std::int8_t>(on(22) ? which >> 28 : 15) == 15 ? -1 : 3;
    options.mss = bytes.one_of(std::array<std::uint16_t, 5>{1, 7, 100, 536, 1460});
    options.send_buffer = bytes.one_of(std::array<std::uint32_t, 4>{1, 50, 700, 4000});
    options.receive_buffer = bytes.one_of(std::array<std::uint32_t, 5>{1, 50, 700, 4000, 100'000});
    return options;
}

class Play {
public:
    /// @param told  where the story is written, for whoever has to understand what is broken
    explicit Play(Bytes bytes, std::string* told = nullptr)
        : bytes_(bytes), connection_(draw_options(bytes_)), told_(told)
    {
        iss_ = Seq(bytes_.number());
    }

    void run()
    {
        reach(bytes_.below(13));
        for (int i = 0; i < most_steps && !bytes_.over(); ++i) {
            step(bytes_.octet());
            look();
            if (bytes_.flip()) settle(); // else two things happen at one moment
        }
        settle();
    }

private:
    void tell(const std::string& line) const;
    void look();
    void settle();
    void reach(std::uint32_t state);
    void step(std::uint32_t what);
    void call(std::uint32_t which);
    void hostile_segment();
    void arrives(Segment segment);
    void exact(Flags flags);
    void send(std::size_t octets, bool urgent);
    Options draw_segment_options();
    Seq near(std::span<const Seq> bases);

    Bytes bytes_;
    Connection connection_;
    Output out_;
    Monitor monitor_;
    Seq iss_;
    Time now_{};
    std::string* told_;
};

void Play::tell(const std::string& line) const
{
    if (told_ != nullptr) *told_ += "\n" + line;
}

void Play::look()
{
    for (const Report& report : out_.reports)
        if (report.kind == ReportKind::state)
            tell(std::string(name(report.to)) + ": " + std::string(name(report.why.event)));
        else if (report.kind == ReportKind::timer_set || report.kind == ReportKind::timer_cancelled)
            tell((report.kind == ReportKind::timer_set ? "  sets    " : "  cancels ") +
                 std::string(name(report.timer)));
    for (const Departure& departure : out_.segments)
        tell("  sends " + to_notation(departure.segment) + to_notation(departure.segment.options));
    monitor_.note(connection_, out_);
    out_.clear();
}

void Play::settle()
{
    connection_.transmit(now_, out_);
    look();
    require_none(soak::wrong_with(connection_.standing()));
}

/// A segment that is exactly what comes next.
void Play::exact(Flags flags)
{
    const Tcb& tcb = connection_.tcb();
    Segment segment;
    segment.flags = flags;
    segment.seq = flags.has(Flag::SYN) ? Seq(300) - iss_.value() : tcb.rcv.nxt;
    segment.ack = tcb.snd.nxt;
    segment.wnd = 1000;
    if (tcb.timestamps) segment.options.add_timestamps({tcb.ts.recent + 1, 0});
    if (flags.has(Flag::SYN)) {
        segment.options.add_mss(100);
        segment.options.add_sack_permitted();
        segment.options.add_timestamps({1000, 0});
        segment.options.add_window_scale(2);
    }
    arrives(segment);
    look();
    settle();
}

/// A way to a state: 0 stays in CLOSED, 1 is LISTEN, and so on through figure 5.
void Play::reach(std::uint32_t state)
{
    if (state == 0) return;
    const bool passive = state == 1 || state == 3 || state == 6;
    if (passive)
        connection_.listen(ours, iss_, now_, out_);
    else
        connection_.open(ours, theirs, iss_, now_, out_);
    look();
    settle();
    if (state <= 2) return;
    if (passive || state == 4)
        exact(Flag::SYN);
    else
        exact(Flag::SYN | Flag::ACK);
    if (state <= 4) return;
    if (passive) exact(Flag::ACK);
    if (state <= 6) return;
    if (state == 9 || state == 11) exact(Flag::FIN | Flag::ACK); // CLOSE-WAIT, LAST-ACK
    if (state == 9) return;
    connection_.close(now_, out_); // FIN-WAIT-1, LAST-ACK
    settle();
    if (state == 8 || state == 12) exact(Flag::ACK);              // FIN-WAIT-2
    if (state == 10 || state == 12) exact(Flag::FIN | Flag::ACK); // TIME-WAIT
}

void Play::step(std::uint32_t what)
{
    if (what < 0x80) return hostile_segment();
    if (what < 0x98) {
        const Timer timer = connection_.next_timer();
        if (!timer.running()) return;
        now_ = std::max(now_, timer.deadline);
        tell("  timeout");
        connection_.timeout(now_, out_);
    } else if (what < 0xA8) {
        send(bytes_.octet() * (bytes_.flip() ? 16U : 1U), (what & 1) != 0);
    } else if (what < 0xB8) {
        std::vector<std::uint8_t> into(bytes_.octet() * ((what & 1) != 0 ? 16U : 1U));
        connection_.receive(into, now_, out_);
    } else if (what < 0xC8) {
        const Time later = now_ + 1ms * bytes_.word();
        now_ = std::max(now_, std::min(later, connection_.next_timer().deadline));
    } else if (what < 0xD8) {
        exact(Flags(static_cast<std::uint8_t>(what & 8 ? 16 : 17)));
    } else {
        call(what);
    }
}

void Play::call(std::uint32_t which)
{
    tell("  call " + std::to_string(which % 10));
    switch (which % 10) {
    case 0: connection_.open(ours, theirs, iss_, now_, out_); break;
    case 1: connection_.listen(ours, iss_, now_, out_); break;
    case 2: connection_.close(now_, out_); break;
    case 3: connection_.shutdown(now_, out_); break;
    case 4: connection_.close_both_ways(now_, out_); break;
    case 5: connection_.abort(now_, out_); break;
    case 6: connection_.status(now_, out_); break;
    case 7: connection_.icmp(static_cast<IcmpError>(bytes_.below(9)), now_, out_); break;
    case 8: connection_.keep_alive(now_, out_); break;
    default: {
        const ConnectionOptions chosen = options_while_open(connection_.options(), draw_options(bytes_));
        connection_.set_options(std::make_shared<const ConnectionOptions>(chosen));
        connection_.keep_alive(now_, out_);
    }
    }
}

void Play::send(std::size_t octets, bool urgent)
{
    tell("  send " + std::to_string(octets));
    std::vector<std::uint8_t> text(octets);
    for (std::uint32_t i = 0; i < octets; ++i) text[i] = our_octet(monitor_.sent() + i);
    monitor_.note_sent(connection_.send(text, now_, out_, {.urgent = urgent}).octets);
}

void Play::arrives(Segment segment)
{
    std::vector<std::uint8_t> text(segment.text_len);
    const Seq first = segment.seq + (segment.has(Flag::SYN) ? 1U : 0U);
    for (std::uint32_t i = 0; i < segment.text_len; ++i) text[i] = peer_octet(first + i);
    monitor_.note_arrival(segment);
    tell("  gets  " + to_notation(segment) + to_notation(segment.options));
    connection_.segment_arrives(segment, text, theirs, ours, now_, out_);
}

Seq Play::near(std::span<const Seq> bases)
{
    const std::uint32_t which = bytes_.octet();
    const Seq base = bases[which % bases.size()];
    return (which & 0x40) != 0 ? base : base + bytes_.step();
}

Options Play::draw_segment_options()
{
    const Tcb& tcb = connection_.tcb();
    const std::uint32_t which = bytes_.octet();
    Options options;
    if (tcb.timestamps != ((which & 1) != 0))
        options.add_timestamps({tcb.ts.recent + ((which & 2) != 0 ? bytes_.step() : 0), bytes_.step()});
    if ((which & 4) != 0) {
        std::array<SackBlock, 3> blocks;
        for (SackBlock& block : blocks) {
            block.left = near(std::array{tcb.snd.una, tcb.snd.nxt});
            block.right = block.left + bytes_.step();
        }
        options.add_sack({blocks.data(), bytes_.below(3) + 1});
    }
    if ((which & 8) != 0) options.add_mss(static_cast<std::uint16_t>(bytes_.word()));
    if ((which & 16) != 0) options.add_sack_permitted();
    if ((which & 32) != 0) options.add_window_scale(static_cast<std::uint8_t>(bytes_.octet()));
    if ((which & 64) != 0) options.assign(bytes_.some(bytes_.below(41)));
    return options;
}

void Play::hostile_segment()
{
    const Tcb& tcb = connection_.tcb();
    Segment segment;
    segment.seq = near(std::array{tcb.rcv.nxt, tcb.rcv.nxt + tcb.rcv.wnd, tcb.rcv.irs});
    segment.ack = near(std::array{tcb.snd.nxt, tcb.snd.una, tcb.snd.iss});
    segment.flags = Flags(static_cast<std::uint8_t>(bytes_.octet()));
    if (bytes_.flip()) segment.flags = segment.flags | Flag::ACK;
    segment.wnd = static_cast<std::uint16_t>(bytes_.flip() ? bytes_.octet() : bytes_.word());
    segment.up = static_cast<std::uint16_t>(bytes_.octet());
    segment.text_len = bytes_.flip() ? bytes_.octet() * (bytes_.flip() ? 10U : 1U) : 0;
    segment.options = draw_segment_options();
    arrives(segment);
}

} // namespace

void endpoint(Octets input)
{
    try {
        Play(Bytes(input)).run();
    } catch (const Broken& broken) {
        std::string told;
        try {
            Play(Bytes(input), &told).run();
        } catch (const Broken&) { // of course
        }
        throw Broken(broken.what() + told);
    }
}

} // namespace tcpsm::fuzz
