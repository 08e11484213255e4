// RFC 9293, 3.10.7.4. Other States: eight checks, and what stands before them by 3.6.1, decisions 0001 and 0007, and
// RFC 7323.

#include <array>

#include "explain/check_lines.hpp"

namespace tcpsm::viz {
namespace {

using enum Phrase;

// ---- before the first -----------------------------------------------------------------------------------------------

bool processed(const Arrival& a)
{
    return a.record.why.check == Check::none;
}

// 3.6.1, MAY-2
Finding new_syn(const Arrival& a)
{
    if (!a.opens_anew) return passed(a, found_no_new_syn);
    return processed(a) ? decided(a, found_new_syn) : refused(a, found_backlog);
}

// docs/decisions/0001
Finding fin_again(const Arrival& a)
{
    if (!processed(a) || a.event() != Event::RcvFin) return passed(a, found_no_fin_again);
    return decided(a, found_fin_again, a.fin().value());
}

// docs/decisions/0007
Finding crossed(const Arrival& a)
{
    if (!processed(a) || !a.seg.has(Flag::SYN)) return passed(a, found_no_crossed);
    return decided(a, found_crossed, a.seg.seq.value(), a.seg.ack.value());
}

/// Whether the connection came to SYN-RECEIVED from SYN-SENT.
bool opened_actively(const Arrival& a)
{
    const auto& bands = a.scene.story.bands_of(a.record.host, a.record.connection);
    return !bands.empty() && a.scene.story.bands()[bands.front()].state == State::SynSent;
}

Finding old_timestamp(const Arrival& a, std::uint32_t value)
{
    const auto recent = a.numbers.ts_recent;
    if (!recent) return refused(a, found_timestamp_old_unknown, value);
    return refused(a, found_timestamp_old, value, *recent);
}

// RFC 7323, 3.2 and 5.3
Finding timestamp(const Arrival& a)
{
    if (a.seg.has(Flag::RST)) return passed(a, found_timestamp_rst);
    if (a.record.why.check == Check::timestamp_absent) return refused(a, found_timestamp_absent);
    const auto stamps = a.seg.options.timestamps();
    if (!stamps) return passed(a, found_timestamp_absent_passed);
    if (a.record.why.check == Check::timestamp) return old_timestamp(a, stamps->value);
    const auto recent = a.numbers.ts_recent;
    if (!recent) return passed(a, found_timestamp_unknown, stamps->value);
    return passed(a, older(stamps->value, *recent) ? found_timestamp_old_passed : found_timestamp_good, stamps->value,
                  *recent);
}

bool judged_by_timestamp(const Arrival& a)
{
    const Check check = a.record.why.check;
    return a.numbers.agreed.timestamps || check == Check::timestamp || check == Check::timestamp_absent;
}

// ---- first to fourth ------------------------------------------------------------------------------------------------

Finding good_sequence_number(const Arrival& a)
{
    const Numbers& n = a.numbers;
    const std::uint32_t seq = a.seg.seq.value();
    if (!n.rcv_nxt || !n.rcv_wnd) return passed(a, found_seq_good, seq);
    const Seq next = *n.rcv_nxt;
    const Seq edge = next + *n.rcv_wnd;
    if (a.seg.seq == next) return passed(a, found_seq_exact, seq);
    if (next < a.seg.seq && a.seg.seq < edge) return passed(a, found_seq_in_window, seq, next.value(), edge.value());
    if (a.seg.seq < next && next < a.end())
        return passed(a, found_seq_ends_in_window, seq, next.value(), (a.end() - 1).value());
    return passed(a, found_seq_good, seq); // the window has grown since the peer was told
}

Finding sequence_number(const Arrival& a)
{
    if (a.record.why.check != Check::sequence_number) return good_sequence_number(a);
    const Numbers& n = a.numbers;
    const std::uint32_t seq = a.seg.seq.value();
    if (!n.rcv_nxt || !n.rcv_wnd) return refused(a, found_seq_bad, seq);
    if (a.nothing_new()) return refused(a, found_seq_old, seq, n.rcv_nxt->value(), a.seg.len());
    const Seq edge = *n.rcv_nxt + *n.rcv_wnd;
    if (*n.rcv_wnd == 0 && a.seg.seq == *n.rcv_nxt) return refused(a, found_seq_no_room);
    return a.seg.seq < edge ? refused(a, found_seq_bad, seq) : refused(a, found_seq_beyond, seq, edge.value());
}

Finding find_rst(const Arrival& a)
{
    if (!a.seg.has(Flag::RST)) return passed(a, found_off);
    const std::uint32_t seq = a.seg.seq.value();
    if (a.record.why.check == Check::rst_bit) return refused(a, found_rst_not_exact, seq);
    if (a.after == State::TimeWait) return decided(a, found_rst_ignored, seq);
    const bool exact = !a.numbers.rcv_nxt || a.seg.seq == *a.numbers.rcv_nxt;
    return decided(a, exact ? found_rst_exact : found_rst_in_window, seq);
}

Finding security(const Arrival& a)
{
    return passed(a, found_not_modelled);
}

Finding find_syn(const Arrival& a)
{
    if (!a.seg.has(Flag::SYN)) return passed(a, found_off);
    return a.after == State::Listen ? decided(a, found_syn_restarts) : refused(a, found_syn_in_connection);
}

// ---- fifth ----------------------------------------------------------------------------------------------------------

std::string what_ack_tells(const Arrival& a)
{
    const Numbers& n = a.numbers;
    const std::uint32_t ack = a.seg.ack.value();
    const Scene& scene = a.scene;
    if (!n.snd_una || !n.snd_nxt) return scene.say(found_ack_good, ack);
    const auto una = n.snd_una->value();
    const auto nxt = n.snd_nxt->value();
    if (a.before == State::SynReceived) return scene.say(found_ack_of_our_syn, ack, una, nxt);
    const bool fin_waits = a.before == State::FinWait1 || a.before == State::Closing || a.before == State::LastAck;
    if (fin_waits && a.after != a.before && a.seg.ack == *n.snd_nxt) return scene.say(found_ack_of_our_fin, ack);
    if (a.seg.ack < *n.snd_una) return scene.say(found_ack_old, ack, una);
    return a.seg.ack == *n.snd_una ? scene.say(found_ack_same, ack) : scene.say(found_ack_new, ack, una, nxt);
}

/// Text or a FIN, which the later checks look at; the ACK may have ended the connection before.
bool more_follows(const Arrival& a)
{
    const bool ended_by_ack = a.before == State::LastAck && a.after == State::Closed;
    const bool fin_held = a.event() == Event::RcvFin || a.event() == Event::RcvFinAckOfFin;
    return !ended_by_ack && (a.seg.text_len > 0 || a.seg.has(Flag::FIN) || fin_held);
}

Finding find_ack(const Arrival& a)
{
    const std::uint32_t ack = a.seg.ack.value();
    switch (a.record.why.check) {
    case Check::ack_bit: return refused(a, found_off);
    case Check::deferred_accept: return refused(a, found_deferred_accept, ack);
    case Check::ack_range: return refused(a, found_ack_too_old, ack);
    case Check::ack_field:
        if (a.numbers.snd_nxt && *a.numbers.snd_nxt < a.seg.ack)
            return refused(a, found_ack_beyond, ack, a.numbers.snd_nxt->value());
        return synchronized(a.before) ? refused(a, found_ack_never_sent, ack)
                                      : refused(a, found_ack_not_of_our_syn_unknown, ack);
    default: return {more_follows(a) ? CheckResult::passed : CheckResult::decided, false, what_ack_tells(a)};
    }
}

// ---- sixth to eighth ------------------------------------------------------------------------------------------------

Finding urg(const Arrival& a)
{
    if (!a.seg.has(Flag::URG)) return passed(a, found_off);
    if (a.before >= State::CloseWait) return passed(a, found_urgent_ignored);
    return passed(a, found_urgent, (a.seg.seq + a.seg.up).value());
}

bool fin_counts(const Arrival& a)
{
    return a.event() == Event::RcvFin || a.event() == Event::RcvFinAckOfFin;
}

Finding find_text(const Arrival& a)
{
    const std::uint32_t length = a.seg.text_len;
    const bool last = !a.seg.has(Flag::FIN) && !fin_counts(a);
    const auto found = [&](Phrase what, const auto&... args) {
        return last ? decided(a, what, args...) : passed(a, what, args...);
    };
    if (length == 0) return found(found_no_text);
    if (a.after == State::Closed) return decided(a, found_text_for_nobody);
    if (a.before >= State::CloseWait) return found(found_text_ignored);
    const std::string count = octets(a.scene.language, length);
    if (const auto hole = a.hole()) return found(found_text_early, count, a.seg.seq.value(), hole->value());
    return found(found_text, count, a.seg.seq.value());
}

Finding find_fin(const Arrival& a)
{
    if (!a.seg.has(Flag::FIN)) return decided(a, found_fin_held);
    return decided(a, fin_counts(a) ? found_fin : found_fin_early);
}

constexpr OrderedCheck reopening_syn{ordinal_before, check_new_syn, new_syn};
constexpr OrderedCheck repeated_fin{ordinal_before, check_fin_again, fin_again};
constexpr OrderedCheck crossed_syn_ack{ordinal_before, check_crossed, crossed};
constexpr OrderedCheck agreed_timestamp{ordinal_before, check_timestamp, timestamp};
constexpr std::array the_eight{
    OrderedCheck{ordinal_first, check_sequence_number, sequence_number},
    OrderedCheck{ordinal_second, check_rst, find_rst},
    OrderedCheck{ordinal_third, check_security, security},
    OrderedCheck{ordinal_fourth, check_syn, find_syn},
    OrderedCheck{ordinal_fifth, check_ack_field, find_ack},
    OrderedCheck{ordinal_sixth, check_urg, urg},
    OrderedCheck{ordinal_seventh, check_text, find_text},
    OrderedCheck{ordinal_eighth, check_fin, find_fin},
};

} // namespace

std::vector<CheckLine> checks_in_other_states(const Arrival& arrival)
{
    std::vector<OrderedCheck> checks;
    if (arrival.before == State::TimeWait && arrival.seg.flags == Flag::SYN) checks.push_back(reopening_syn);
    if (arrival.before == State::TimeWait) checks.push_back(repeated_fin);
    if (arrival.before == State::SynReceived && opened_actively(arrival)) checks.push_back(crossed_syn_ack);
    if (judged_by_timestamp(arrival)) checks.push_back(agreed_timestamp);
    for (const OrderedCheck& check : the_eight) checks.push_back(check);
    return make_checks(arrival, checks);
}

} // namespace tcpsm::viz
