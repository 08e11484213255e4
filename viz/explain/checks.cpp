// RFC 9293, 3.10.7.1 to 3.10.7.3: the checks in CLOSED, LISTEN and SYN-SENT.

#include <array>

#include "explain/check_lines.hpp"

namespace tcpsm::viz {
namespace {

using enum Phrase;

bool failed(const Arrival& a, Check check)
{
    return a.record.why.check == check;
}

// 3.10.7.1. Two questions: is an answer allowed, and which numbers does it have?
constexpr std::array in_closed{
    OrderedCheck{
        ordinal_first, check_rst,
        [](const Arrival& a) { return a.seg.has(Flag::RST) ? refused(a, found_rst_dropped) : passed(a, found_off); }},
    OrderedCheck{ordinal_second, check_ack,
                 [](const Arrival& a) {
                     if (a.seg.has(Flag::ACK)) return refused(a, found_rst_seq_from_ack, a.seg.ack.value());
                     return refused(a, found_rst_acknowledges, a.end().value());
                 }},
};

// 3.10.7.2
constexpr std::array in_listen{
    OrderedCheck{ordinal_first, check_rst,
                 [](const Arrival& a) {
                     return failed(a, Check::listen_rst) ? refused(a, found_listen_rst) : passed(a, found_off);
                 }},
    OrderedCheck{ordinal_second, check_ack,
                 [](const Arrival& a) {
                     if (!failed(a, Check::listen_ack)) return passed(a, found_off);
                     return refused(a, found_listen_ack, a.seg.ack.value());
                 }},
    OrderedCheck{ordinal_third, check_syn,
                 [](const Arrival& a) {
                     if (failed(a, Check::listen_other)) return passed(a, found_off);
                     if (failed(a, Check::backlog)) return refused(a, found_backlog);
                     if (failed(a, Check::peer_timestamp)) return refused(a, found_peer_timestamp);
                     return decided(a, found_listen_syn, (a.seg.seq + 1).value());
                 }},
    OrderedCheck{ordinal_fourth, check_other, [](const Arrival& a) { return refused(a, found_listen_other); }},
};

Finding ack_in_syn_sent(const Arrival& a)
{
    if (!a.seg.has(Flag::ACK)) return passed(a, found_off);
    const Numbers& n = a.numbers;
    const std::uint32_t ack = a.seg.ack.value();
    const bool known = n.iss && n.snd_nxt;
    if (failed(a, Check::syn_sent_ack))
        return known ? refused(a, found_ack_not_of_our_syn, ack, n.snd_nxt->value())
                     : refused(a, found_ack_not_of_our_syn_unknown, ack);
    return known ? passed(a, found_ack_of_our_syn, ack, n.iss->value(), n.snd_nxt->value())
                 : passed(a, found_ack_of_our_syn_unknown, ack);
}

Finding rst_in_syn_sent(const Arrival& a)
{
    if (!a.seg.has(Flag::RST)) return passed(a, found_off);
    return failed(a, Check::syn_sent_rst) ? refused(a, found_rst_without_ack) : decided(a, found_rst_after_ack);
}

Finding syn_in_syn_sent(const Arrival& a)
{
    if (!a.seg.has(Flag::SYN)) return passed(a, found_off);
    return a.seg.has(Flag::ACK) ? decided(a, found_syn_and_ack, (a.seg.seq + 1).value()) : decided(a, found_syn_alone);
}

// 3.10.7.3
constexpr std::array in_syn_sent{
    OrderedCheck{ordinal_first, check_ack, ack_in_syn_sent},
    OrderedCheck{ordinal_second, check_rst, rst_in_syn_sent},
    OrderedCheck{ordinal_third, check_security, [](const Arrival& a) { return passed(a, found_not_modelled); }},
    OrderedCheck{ordinal_fourth, check_syn, syn_in_syn_sent},
    OrderedCheck{ordinal_fifth, check_other, [](const Arrival& a) { return refused(a, found_neither); }},
};

} // namespace

std::vector<CheckLine> make_checks(const Arrival& arrival, std::span<const OrderedCheck> checks)
{
    std::vector<CheckLine> lines;
    bool over = false;
    for (const OrderedCheck& check : checks) {
        Finding finding{CheckResult::not_reached, false, {}};
        if (!over) finding = check.make(arrival);
        over = over || finding.result == CheckResult::decided;
        lines.push_back({arrival.scene.say(check.ordinal), arrival.scene.say(check.name), finding.result,
                         finding.refused, std::move(finding.found)});
    }
    return lines;
}

std::vector<CheckLine> explain_checks(const History& history, const Story& story, std::uint32_t segment,
                                      Language language)
{
    const Flight& flight = story.flights()[segment];
    if (flight.arrived_record == none || !reaches_tcp(flight.check)) return {};
    const Scene scene{history, story, flight.end_moment, language};
    const Arrival a = arrival(scene, flight.arrived_record);
    switch (a.before) {
    case State::Closed: return make_checks(a, in_closed);
    case State::Listen: return make_checks(a, in_listen);
    case State::SynSent: return make_checks(a, in_syn_sent);
    default: return checks_in_other_states(a);
    }
}

} // namespace tcpsm::viz
