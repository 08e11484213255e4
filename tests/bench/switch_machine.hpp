#pragma once
// The table's pairs that the dispatch benchmark uses, as one would write them by hand: the same actions, called the
// same way.

#include "connection/context.hpp"
#include "machine/actions.hpp"

namespace tcpsm::bench {

/// noinline, as `dispatch` is: both are one call away.
[[gnu::noinline]] inline State switch_dispatch(Event event, State state, Context& context)
{
    switch (state) {
    case State::SynReceived:
        if (event == Event::RcvRst) {
            if (guard::from_listen(context)) return State::Listen;
            action::signal_refused(context);
            action::delete_tcb(context);
            return State::Closed;
        }
        break;
    case State::Established:
        switch (event) {
        case Event::Status: action::report_state(context); return state;
        case Event::RcvRst:
            action::signal_reset(context);
            action::delete_tcb(context);
            return State::Closed;
        case Event::RcvSyn: action::snd_challenge_ack(context); return state;
        default: break;
        }
        break;
    case State::FinWait1:
        switch (event) {
        case Event::RcvAckOfFin: return State::FinWait2;
        case Event::Send: action::error_closing(context); return state;
        default: break;
        }
        break;
    case State::CloseWait:
        switch (event) {
        case Event::Close:
            if (guard::text_would_be_lost(context)) {
                action::snd_rst(context);
                action::delete_tcb(context);
                return State::Closed;
            }
            action::snd_fin(context);
            return State::LastAck;
        case Event::RcvFin: action::snd_ack(context); return state;
        default: break;
        }
        break;
    case State::TimeWait:
        if (event == Event::Close) {
            action::error_closing(context);
            return state;
        }
        break;
    default: break;
    }
    return state;
}

} // namespace tcpsm::bench
