#include "tcpsm/connection/check.hpp"

#include <array>

namespace tcpsm {
namespace {

struct Description {
    std::string_view name;
    std::string_view section;
    std::string_view sentence;
};

constexpr std::array<Description, 21> descriptions{{
    {"", "", ""},
    {"no connection", "3.10.7.1", "there is no connection between these two sockets"},
    {"RST in LISTEN", "3.10.7.2", "nothing was sent that a RST could answer"},
    {"ACK in LISTEN", "3.10.7.2", "nothing was sent that could be acknowledged"},
    {"no SYN in LISTEN", "3.10.7.2", "it neither opens a connection nor belongs to one"},
    {"ACK in SYN-SENT", "3.10.7.3", "it does not acknowledge our SYN"},
    {"RST without ACK in SYN-SENT", "3.10.7.3", "a RST counts only where it acknowledges our SYN"},
    {"no SYN in SYN-SENT", "3.10.7.3", "the peer's SYN has not come yet"},
    {"sequence number", "3.10.7.4", "it lies outside the receive window"},
    {"RST bit", "3.10.7.4", "the RST is in the window, but not exactly at RCV.NXT"},
    {"SYN bit", "3.10.7.4", "a SYN cannot belong to a connection that is open already"},
    {"ACK bit", "3.10.7.4", "the ACK bit is off"},
    {"ACK range", "3.10.7.4", "it acknowledges something older than any window could explain"},
    {"ACK field", "3.10.7.4", "it acknowledges something that was not sent"},
    {"timestamp", "3.10.7.4", "its timestamp is older than one that came before"},
    {"no timestamp", "3.10.7.4", "it has no timestamp, though both sides agreed on them"},
    {"host down", "", "the host is down"},
    {"accept queue", "3.10.1", "as many connections wait to be accepted as the listener has room for"},
    {"backlog", "3.10.1", "the listener has no room for another connection"},
    {"peer timestamp", "linux tcp_tw_recycle", "its timestamp is older than the last one from the same address"},
    {"deferred accept", "linux TCP_DEFER_ACCEPT", "the listener waits for text before it opens the connection"},
}};

const Description& describe(Check check)
{
    return descriptions[static_cast<std::size_t>(check)];
}

} // namespace

std::string_view name(Check check)
{
    return describe(check).name;
}

std::string_view explain(Check check)
{
    return describe(check).sentence;
}

std::string_view section(Check check)
{
    return describe(check).section;
}

} // namespace tcpsm
