#pragma once
// A host whose peer is scripted: what the peer would send is injected, and what the host sends is lost on a cut link.
// So every state and every segment can be had.

#include <string_view>

#include "explain/told.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::test {

using namespace std::chrono_literals;

/// Keep-alive after 10 s of silence, twice.
inline ConnectionOptions alive()
{
    ConnectionOptions options;
    options.keepalive = true;
    options.keepalive_time = 10s;
    options.keepalive_probes = 2;
    return options;
}

/// The host is "A" with ISS 100, its peer "B" with ISS 300, as in the RFC's figures.
struct Alone : Network {
    explicit Alone(const HostOptions& options = {}) : Network({.seed = 1, .delay = 10ms})
    {
        HostOptions with_iss = options;
        with_iss.iss = {100, 1000};
        a = host("A", with_iss);
        b = host("B");
        cut(a, b);
    }

    /// A segment of the peer arrives, with WND=65535 where it says nothing else.
    void gets(std::string_view notation)
    {
        Segment segment = parse_notation(notation).segment.value();
        if (notation.find("WND=") == std::string_view::npos) segment.wnd = 65535;
        inject(b, peer_port, a, port, segment, std::string(segment.text_len, 'x'));
        run_for(10ms);
    }
    /// Time passes until a timer fires.
    void waits() { step(); }

    void opens()
    {
        socket = a.connect(b, peer_port);
        port = socket.local().port;
    }
    void listens()
    {
        port = 80;
        peer_port = 5000;
        listener = a.listen(port);
    }
    /// The only connection that a listener has made, as its application gets it.
    void accepts() { socket = listener.accept(); }

    /// A state on the way of an active OPEN; SYN-RECEIVED from LISTEN.
    void is_in(State state);

    Host a, b;
    Socket socket, listener;
    Port port = 0;
    Port peer_port = 80;
};

inline void Alone::is_in(State state)
{
    if (state == State::Closed) return;
    if (state == State::Listen || state == State::SynReceived) {
        listens();
        if (state == State::SynReceived) gets("<SEQ=300><CTL=SYN>");
        return;
    }
    opens();
    if (state == State::SynSent) return;
    gets("<SEQ=300><ACK=101><CTL=SYN,ACK>");
    if (state == State::Established) return;
    if (state == State::CloseWait || state == State::LastAck) {
        gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
        if (state == State::LastAck) socket.close();
        return;
    }
    socket.shutdown();
    if (state == State::FinWait1) return;
    if (state == State::Closing) return gets("<SEQ=301><ACK=101><CTL=FIN,ACK>");
    gets("<SEQ=301><ACK=102><CTL=ACK>");
    if (state == State::TimeWait) gets("<SEQ=301><ACK=102><CTL=FIN,ACK>");
}

} // namespace tcpsm::test
