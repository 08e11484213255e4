#include "tcpsm/machine/event.hpp"

namespace tcpsm {
namespace {

constexpr std::array<std::string_view, event_count> event_names{
    "passive OPEN",
    "active OPEN",
    "SEND",
    "RECEIVE",
    "CLOSE",
    "ABORT",
    "STATUS",
    "rcv SYN",
    "rcv SYN,ACK",
    "rcv ACK of SYN",
    "rcv ACK",
    "rcv ACK of FIN",
    "rcv URG",
    "rcv text",
    "rcv FIN",
    "rcv FIN, ACK of FIN",
    "rcv RST",
    "rcv new SYN",
    "rcv unacceptable ACK",
    "rcv segment",
    "ICMP hard error",
    "user timeout",
    "retransmission timeout",
    "R2 reached",
    "2 MSL timeout",
    "FIN-WAIT-2 timeout",
    "persist timeout",
    "keepalive timeout",
    "keepalive failed",
    "delayed ACK timeout",
};

} // namespace

std::string_view name(Event event)
{
    return event_names[static_cast<std::size_t>(event)];
}

const std::array<Event, event_count>& all_events()
{
    static constexpr auto all = [] {
        std::array<Event, event_count> events{};
        for (std::size_t i = 0; i < event_count; ++i) events[i] = static_cast<Event>(i);
        return events;
    }();
    return all;
}

} // namespace tcpsm
