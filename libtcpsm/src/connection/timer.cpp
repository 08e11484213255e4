#include "tcpsm/connection/timer.hpp"

namespace tcpsm {

std::string_view name(TimerKind kind)
{
    switch (kind) {
    case TimerKind::retransmission: return "RTO";
    case TimerKind::user_timeout: return "user timeout";
    case TimerKind::time_wait: return "2 MSL";
    case TimerKind::fin_wait_2: return "FIN-WAIT-2";
    case TimerKind::persist: return "persist";
    case TimerKind::keepalive: return "keepalive";
    case TimerKind::delayed_ack: return "delayed ACK";
    case TimerKind::linger: return "linger";
    }
    return "";
}

} // namespace tcpsm
