#pragma once
// The words that the table is written in: states, events, actions and guards as types, each carrying the name that
// figure 5 of RFC 9293 gives it.

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/states.hpp>

#include "machine/actions.hpp"
#include "tcpsm/machine/event.hpp"
#include "tcpsm/machine/state.hpp"

namespace tcpsm::table {

/// A string literal as a template argument.
template <std::size_t N>
struct Text {
    char chars[N]{};
    constexpr Text(const char (&literal)[N]) { std::copy_n(literal, N, chars); }
    [[nodiscard]] constexpr std::string_view view() const { return {chars, N - 1}; }
};

template <State Id>
struct StateOf : boost::msm::front::state<> {
    static constexpr State id = Id;
};

template <Event Kind>
struct On {
    static constexpr Event kind = Kind;
    Context& context;
};

template <void (*Function)(Context&), Text Name>
struct Action {
    static constexpr std::string_view name = Name.view();
    template <class E, class Machine, class Source, class Target>
    void operator()(const E& event, Machine&, Source&, Target&) const
    {
        Function(event.context);
    }
};

/// Several actions, in order.
template <class... Actions>
struct Do {
    template <class E, class Machine, class Source, class Target>
    void operator()(const E& event, Machine& machine, Source& source, Target& target) const
    {
        (Actions{}(event, machine, source, target), ...);
    }
};

template <bool (*Function)(const Context&), Text Name, bool Wanted = true>
struct Guard {
    static constexpr std::string_view name = Name.view();
    using Opposite = Guard<Function, Name, !Wanted>;
    static constexpr bool wanted = Wanted;
    template <class E, class Machine, class Source, class Target>
    bool operator()(const E& event, Machine&, Source&, Target&) const
    {
        return Function(event.context) == Wanted;
    }
};
template <class G>
using Not = typename G::Opposite;

/// Where a row comes from: a section of RFC 9293, or the knob of a system that does it so.
template <Text Section>
struct rfc {
    static constexpr std::string_view text = Section.view();
};
template <Text Knob>
using from = rfc<Knob>;

using none = boost::msm::front::none;
using stay = none;   // no next state
using x = none;      // figure 5's "x": nothing is sent
using always = none; // no guard

// States, as figure 5 spells them.
using CLOSED = StateOf<State::Closed>;
using LISTEN = StateOf<State::Listen>;
using SYN_SENT = StateOf<State::SynSent>;
using SYN_RCVD = StateOf<State::SynReceived>;
using ESTAB = StateOf<State::Established>;
using FIN_WAIT_1 = StateOf<State::FinWait1>;
using FIN_WAIT_2 = StateOf<State::FinWait2>;
using CLOSE_WAIT = StateOf<State::CloseWait>;
using CLOSING = StateOf<State::Closing>;
using LAST_ACK = StateOf<State::LastAck>;
using TIME_WAIT = StateOf<State::TimeWait>;

// Events.
using passive_OPEN = On<Event::PassiveOpen>;
using active_OPEN = On<Event::ActiveOpen>;
using SEND = On<Event::Send>;
using RECEIVE = On<Event::Receive>;
using CLOSE = On<Event::Close>;
using ABORT = On<Event::Abort>;
using STATUS = On<Event::Status>;
using rcv_SYN = On<Event::RcvSyn>;
using rcv_SYN_ACK = On<Event::RcvSynAck>;
using rcv_ACK_of_SYN = On<Event::RcvAckOfSyn>;
using rcv_ACK = On<Event::RcvAck>;
using rcv_ACK_of_FIN = On<Event::RcvAckOfFin>;
using rcv_URG = On<Event::RcvUrgent>;
using rcv_text = On<Event::RcvText>;
using rcv_FIN = On<Event::RcvFin>;
using rcv_FIN_ACK_of_FIN = On<Event::RcvFinAckOfFin>;
using rcv_RST = On<Event::RcvRst>;
using rcv_new_SYN = On<Event::RcvNewSyn>;
using rcv_bad_ACK = On<Event::RcvBadAck>;
using rcv_segment = On<Event::RcvSegment>;
using ICMP_hard_error = On<Event::IcmpHardError>;
using user_timeout = On<Event::UserTimeout>;
using rtx_timeout = On<Event::RetransmissionTimeout>;
using R2_reached = On<Event::R2Reached>;
using timeout_2MSL = On<Event::TimeWaitTimeout>;
using FIN_WAIT_2_timeout = On<Event::FinWait2Timeout>;
using persist_timeout = On<Event::PersistTimeout>;
using keepalive_timeout = On<Event::KeepaliveTimeout>;
using keepalive_failed = On<Event::KeepaliveFailed>;
using ACK_timeout = On<Event::AckTimeout>;

// Actions.
using create_TCB = Action<action::create_tcb, "create TCB">;
using passive = Action<action::note_passive_open, "passive">;
using active = Action<action::note_active_open, "active">;
using queue_text = Action<action::queue_text, "queue text">;
using deliver_text = Action<action::deliver_text, "deliver text">;
using queue_CLOSE = Action<action::queue_close, "queue CLOSE">;
using report_state = Action<action::report_state, "report state">;
using delete_TCB = Action<action::delete_tcb, "delete TCB">;
using snd_SYN = Action<action::snd_syn, "snd SYN">;
using snd_SYN_ACK = Action<action::snd_syn_ack, "snd SYN,ACK">;
using snd_ACK = Action<action::snd_ack, "snd ACK">;
using challenge_ACK = Action<action::snd_challenge_ack, "snd challenge ACK">;
using snd_FIN = Action<action::snd_fin, "snd FIN">;
using snd_RST = Action<action::snd_rst, "snd RST">;
using reply_RST = Action<action::reply_rst, "reply RST">;
using answer_other_SYN = Action<action::answer_other_syn, "linux: reply RST">;
using resend = Action<action::resend, "resend">;
using probe_window = Action<action::probe_window, "probe window">;
using probe_peer = Action<action::probe_peer, "probe peer">;
using note_SYN = Action<action::note_syn, "note SYN">;
using note_ACK_of_SYN = Action<action::note_ack_of_syn, "note ACK of SYN">;
using note_ACK = Action<action::note_ack, "note ACK">;
using note_URG = Action<action::note_urgent, "note URG">;
using take_text = Action<action::take_text, "take text">;
using hold_rest = Action<action::hold_rest, "hold text and FIN">;
using note_FIN = Action<action::note_fin, "note FIN">;
using start_2MSL = Action<action::start_2msl, "start 2 MSL">;
using say_reset = Action<action::signal_reset, "signal connection reset">;
using say_open_reset = Action<action::signal_open_reset, "signal connection reset">;
using say_refused = Action<action::signal_refused, "signal connection refused">;
using say_user_timeout = Action<action::signal_user_timeout, "signal user timeout">;
using say_timed_out = Action<action::signal_timed_out, "signal timed out">;
using say_unreachable = Action<action::signal_unreachable, "signal host unreachable">;
using no_connection = Action<action::error_does_not_exist, "error: connection does not exist">;
using already_exists = Action<action::error_already_exists, "error: connection already exists">;
using closing = Action<action::error_closing, "error: connection closing">;
using no_remote = Action<action::error_remote_unspecified, "error: remote socket unspecified">;

// Guards.
using from_LISTEN = Guard<guard::from_listen, "from LISTEN">;
using nothing_queued = Guard<guard::nothing_queued, "nothing queued">;
using has_remote = Guard<guard::remote_specified, "remote specified">;
using text_lost = Guard<guard::text_would_be_lost, "text would be lost">;
using reading_over = Guard<guard::reading_over, "reading is over">;
using text_waits = Guard<guard::text_waits, "text waits">;
using rfc1337 = Guard<guard::rfc1337, "RFC 1337">;
using rfc5961 = Guard<guard::rfc5961, "RFC 5961">;

/// One row of the table.
template <class Source, class E, class Target, class DoThis, class If, class Why>
struct Row {
    using source = Source;
    using event = E;
    using target = Target;
    using action = DoThis;
    using guard = If;
    using why = Why;
};

/// "In any of these states", as the prose of section 3.10 groups them: one row a state.
template <class... States>
struct In {
};
template <class Sources, class E, class Target, class DoThis, class If, class Why>
struct Any;
template <class... States, class E, class Target, class DoThis, class If, class Why>
struct Any<In<States...>, E, Target, DoThis, If, Why> {
    using rows = boost::mp11::mp_list<Row<States, E, Target, DoThis, If, Why>...>;
};

template <class OneRow>
struct Expand {
    using type = boost::mp11::mp_list<OneRow>;
};
template <class... Parts>
struct Expand<Any<Parts...>> {
    using type = typename Any<Parts...>::rows;
};
template <class... Lines>
using Rows = boost::mp11::mp_append<typename Expand<Lines>::type...>;

} // namespace tcpsm::table
