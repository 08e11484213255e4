// RFC 9293, 3.8.6.1 between two ends: each hears the other, whichever window is closed. docs/decisions/0027.

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "tcpsm/network/network.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t whole_buffer = 1000;

/// A connection between hosts whose buffers hold 1,000 octets, and whose users read nothing by themselves.
struct SmallBuffers : Network {
    explicit SmallBuffers(ConnectionOptions options = {}) : Network({.seed = 1, .delay = 10ms})
    {
        options.receive_buffer = whole_buffer;
        Profile profile;
        profile.connection = options;
        const Host there = host("B", {.profile = profile});
        there.listen(80);
        a = host("A", {.profile = profile}).connect(there, 80);
        run_for(100ms);
        b = there.accept();
        REQUIRE(b.state() == State::Established);
    }

    /// B's window is closed, and A probes it with what it has left to send.
    void close_window_of_b() { fill(a); }
    void close_both_windows()
    {
        fill(a);
        fill(b);
    }

    [[nodiscard]] int retransmissions() const
    {
        int count = 0;
        const Log<SentSegment>& sent = history().segments();
        for (std::size_t i = 0; i < sent.size(); ++i) count += sent[i].retransmission ? 1 : 0;
        return count;
    }
    /// Segments without text, and with it.
    [[nodiscard]] std::array<int, 2> segments() const
    {
        std::array<int, 2> count{};
        const Log<SentSegment>& sent = history().segments();
        for (std::size_t i = 0; i < sent.size(); ++i) ++count[sent[i].segment.text_len > 0 ? 1 : 0];
        return count;
    }

    Socket a, b;

private:
    void fill(const Socket& sender)
    {
        sender.send(std::string(2 * whole_buffer, 'x'));
        run_for(20s); // probes at about 1, 3, 7 and 15 s
        clear_history();
    }
};

std::string read_all(const Socket& socket)
{
    return socket.receive().octets;
}

} // namespace

TEST_CASE("B's window is closed: B's text is taken and acknowledged as ever, and none of it is sent again")
{
    SmallBuffers net;
    net.close_window_of_b();
    net.b.send(std::string(whole_buffer / 2, 'b'));
    net.run_for(100ms);
    CHECK(net.b.connection().tcb().snd.una == net.b.connection().tcb().snd.nxt);
    CHECK(read_all(net.a) == std::string(whole_buffer / 2, 'b'));
    net.run_for(10min);
    CHECK(net.retransmissions() <= 11); // A's probes, which never end
}

TEST_CASE("B's window is closed: an answer of a hundred buffers comes as soon as A reads it")
{
    SmallBuffers net;
    net.close_window_of_b();
    const Time begun = net.now();
    std::size_t sent = 0;
    std::size_t read = 0;
    while (read < 100 * whole_buffer && net.now() < begun + 1h) {
        if (sent < 100 * whole_buffer) sent += net.b.send(std::string(100 * whole_buffer - sent, 'b')).octets;
        read += read_all(net.a).size();
        net.run_for(10ms);
    }
    CHECK(read == 100 * whole_buffer);
    CHECK(net.now() - begun < 6s); // two trips of 10 ms for each buffer, and the piece that waits at its end
}

TEST_CASE("both windows are closed: each probe draws one ACK, and that ACK nothing")
{
    SmallBuffers net;
    net.close_both_windows();
    net.run_for(30min); // now probes are a minute apart
    net.clear_history();
    net.run_for(1h);
    const auto [acks, probes] = net.segments();
    CHECK(probes >= 118);
    CHECK(probes <= 122);
    CHECK(acks == probes);
    CHECK(net.a.state() == State::Established);
    CHECK(net.b.state() == State::Established);
}

TEST_CASE("both windows are closed and B reads: A hears of it at once, and so does B when A reads")
{
    SmallBuffers net;
    net.close_both_windows();
    net.run_for(10min);
    CHECK(read_all(net.b).size() == whole_buffer);
    net.run_for(100ms);
    CHECK(read_all(net.b).size() == whole_buffer);
    CHECK(read_all(net.a).size() == whole_buffer);
    net.run_for(100ms);
    CHECK(read_all(net.a).size() == whole_buffer);
    for (const Socket& end : {net.a, net.b}) CHECK(end.connection().tcb().snd.una == end.connection().tcb().snd.nxt);
}

TEST_CASE("a window is closed and its owner closes: the FIN is acknowledged at once, and not sent again")
{
    SmallBuffers net;
    net.close_window_of_b();
    net.b.shutdown();
    net.run_for(100ms);
    CHECK(net.b.state() == State::FinWait2);
    CHECK(net.a.state() == State::CloseWait);
}

TEST_CASE("both windows are closed and both close: what waits is delivered, then the connection ends")
{
    SmallBuffers net({.half_duplex_close = false});
    net.close_both_windows();
    net.a.shutdown();
    net.b.shutdown();
    net.run_for(10min);
    CHECK(net.a.state() == State::FinWait1);
    CHECK(net.b.state() == State::FinWait1);
    for (int i = 0; i < 2; ++i) {
        CHECK(read_all(net.a).size() == whole_buffer);
        CHECK(read_all(net.b).size() == whole_buffer);
        net.run_for(1s);
    }
    net.run_for(10min);
    CHECK(net.a.state() == State::Closed);
    CHECK(net.b.state() == State::Closed);
}

TEST_CASE("a FIN alone meets a closed window: it is answered and sent again until there is room, and nobody gives up")
{
    SmallBuffers net;
    net.a.send(std::string(whole_buffer, 'x'));
    net.run_for(1s);
    net.a.shutdown();
    net.run_for(1h);
    CHECK(net.a.state() == State::FinWait1);
    CHECK(net.b.state() == State::Established);
    net.b.send("an answer meanwhile");
    net.run_for(100ms);
    CHECK(read_all(net.a) == "an answer meanwhile");
    CHECK(net.b.connection().tcb().snd.una == net.b.connection().tcb().snd.nxt);
    CHECK(read_all(net.b).size() == whole_buffer);
    net.run_for(2min);
    CHECK(net.a.state() == State::FinWait2);
    CHECK(net.b.state() == State::CloseWait);
}

TEST_CASE("ABORT by either end, the window of one closed, or both: one RST ends the peer at once")
{
    for (const bool both : {false, true}) {
        for (const bool by_owner : {false, true}) {
            CAPTURE(both);
            CAPTURE(by_owner);
            SmallBuffers net;
            both ? net.close_both_windows() : net.close_window_of_b();
            const Socket aborting = by_owner ? net.b : net.a;
            const Socket peer = by_owner ? net.a : net.b;
            aborting.abort();
            net.run_for(100ms);
            CHECK(peer.state() == State::Closed);
            CHECK(net.segments()[0] == 1);
        }
    }
}

TEST_CASE("a SYN comes while both windows are closed: the challenge ACK is taken, and draws nothing")
{
    SmallBuffers net;
    net.close_both_windows();
    net.clear_history();
    Segment syn;
    syn.flags = Flag::SYN;
    syn.seq = net.b.connection().tcb().snd.una;
    net.inject(net.host("B"), 80, net.host("A"), net.a.local().port, syn);
    net.run_for(100ms);
    CHECK(net.segments()[0] == 2); // the SYN, and its answer
}

TEST_CASE("a user timeout and R2 of seconds, and both windows closed: the connection lives on (MUST-37)")
{
    SmallBuffers net({.r2 = 100s, .user_timeout = 70s});
    net.close_both_windows();
    net.run_for(3h);
    CHECK(net.a.state() == State::Established);
    CHECK(net.b.state() == State::Established);
}
