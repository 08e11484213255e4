#pragma once
// What everything is measured against: a hand-written switch machine that passes structs and timers through one binary
// heap. No options, no recording, no listener, no buffers: the least that a simulated life can cost.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

namespace bare {

enum State : std::uint8_t {
    CLOSED,
    LISTEN,
    SYN_SENT,
    SYN_RCVD,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    CLOSE_WAIT,
    CLOSING,
    LAST_ACK,
    TIME_WAIT
};
enum : std::uint8_t { FIN = 1, SYN = 2, RST = 4, ACK = 16 };

struct Tcb {
    std::uint32_t snd_una, snd_nxt, rcv_nxt, iss;
    std::uint32_t timer_generation;
    std::uint16_t rto_shift;
    State state;
    bool fin_sent;
};
struct Segment {
    std::uint32_t seq, ack, to, len;
    std::uint8_t flags;
};
struct Event {
    std::uint64_t at;
    std::uint64_t order;
    std::uint32_t endpoint, generation;
    std::uint8_t kind; // 0 segment, 1 RTO, 2 2 MSL
    Segment segment;
};

struct Later {
    bool operator()(const Event& a, const Event& b) const { return a.at != b.at ? a.at > b.at : a.order > b.order; }
};
class Heap {
public:
    void push(const Event& event)
    {
        events_.push_back(event);
        std::push_heap(events_.begin(), events_.end(), Later{});
    }
    Event pop()
    {
        std::pop_heap(events_.begin(), events_.end(), Later{});
        const Event event = events_.back();
        events_.pop_back();
        return event;
    }
    [[nodiscard]] bool empty() const { return events_.empty(); }

private:
    std::vector<Event> events_;
};

constexpr std::uint64_t second = 1'000'000'000;

/// Endpoints 2i and 2i + 1 are a client and its server. Each closes as soon as it may.
class Life {
public:
    explicit Life(std::uint32_t pairs) : endpoints_(std::size_t{2} * pairs) {}

    void open(std::uint32_t client)
    {
        Tcb& c = endpoints_[client];
        c = {iss_, iss_ + 1, 0, iss_, c.timer_generation, 0, SYN_SENT, false};
        Tcb& listener = endpoints_[client + 1];
        listener = {0, 0, 0, 0, listener.timer_generation, 0, LISTEN, false};
        iss_ += 64000;
        arm(client, second, 1);
        send(client, c.iss, 0, SYN);
    }
    bool step()
    {
        if (events_.empty()) return false;
        const Event event = events_.pop();
        if (event.kind == 0) {
            now_ = event.at;
            arrives(event.segment);
        } else if (endpoints_[event.endpoint].timer_generation == event.generation) {
            now_ = event.at;
            timeout(event.endpoint, event.kind);
        }
        return true;
    }

private:
    void send(std::uint32_t from, std::uint32_t seq, std::uint32_t ack, int flags)
    {
        const Segment s{seq, ack, from ^ 1U, 0, static_cast<std::uint8_t>(flags)};
        events_.push({now_ + second / 100, order_++, 0, 0, 0, s});
    }
    void arm(std::uint32_t endpoint, std::uint64_t after, std::uint8_t kind)
    {
        const std::uint32_t generation = ++endpoints_[endpoint].timer_generation;
        events_.push({now_ + after, order_++, endpoint, generation, kind, {}});
    }
    void disarm(std::uint32_t endpoint)
    {
        ++endpoints_[endpoint].timer_generation;
        endpoints_[endpoint].rto_shift = 0;
    }
    void send_fin(std::uint32_t endpoint)
    {
        Tcb& t = endpoints_[endpoint];
        t.fin_sent = true;
        const std::uint32_t seq = t.snd_nxt++;
        arm(endpoint, second, 1);
        send(endpoint, seq, t.rcv_nxt, FIN | ACK);
    }
    void close(std::uint32_t endpoint)
    {
        Tcb& t = endpoints_[endpoint];
        if (t.state != ESTABLISHED && t.state != SYN_RCVD && t.state != CLOSE_WAIT) return;
        t.state = t.state == CLOSE_WAIT ? LAST_ACK : FIN_WAIT_1;
        send_fin(endpoint);
    }
    void closed(std::uint32_t endpoint)
    {
        endpoints_[endpoint].state = CLOSED;
        ++endpoints_[endpoint].timer_generation;
    }
    void time_wait(std::uint32_t endpoint)
    {
        endpoints_[endpoint].state = TIME_WAIT;
        endpoints_[endpoint].rto_shift = 0;
        arm(endpoint, 120 * second, 2);
    }
    void timeout(std::uint32_t endpoint, std::uint8_t kind)
    {
        Tcb& t = endpoints_[endpoint];
        if (kind == 2 || t.rto_shift >= 8) return closed(endpoint);
        arm(endpoint, second << ++t.rto_shift, 1);
        switch (t.state) {
        case SYN_SENT: send(endpoint, t.iss, 0, SYN); break;
        case SYN_RCVD: send(endpoint, t.iss, t.rcv_nxt, SYN | ACK); break;
        case FIN_WAIT_1:
        case CLOSING:
        case LAST_ACK: send(endpoint, t.snd_nxt - 1, t.rcv_nxt, FIN | ACK); break;
        default: break;
        }
    }
    void arrives(const Segment& s)
    {
        const std::uint32_t e = s.to;
        Tcb& t = endpoints_[e];
        switch (t.state) {
        case CLOSED:
            if ((s.flags & RST) == 0)
                send(e, s.ack, s.seq + ((s.flags & SYN) != 0) + ((s.flags & FIN) != 0), RST | ACK);
            return;
        case LISTEN:
            if ((s.flags & SYN) == 0) return;
            t.iss = iss_;
            iss_ += 64000;
            t.snd_una = t.iss;
            t.snd_nxt = t.iss + 1;
            t.rcv_nxt = s.seq + 1;
            t.state = SYN_RCVD;
            arm(e, second, 1);
            return send(e, t.iss, t.rcv_nxt, SYN | ACK);
        case SYN_SENT:
            if ((s.flags & (SYN | ACK)) == (SYN | ACK) && s.ack == t.snd_nxt) {
                t.snd_una = s.ack;
                t.rcv_nxt = s.seq + 1;
                t.state = ESTABLISHED;
                disarm(e);
                send(e, t.snd_nxt, t.rcv_nxt, ACK);
                close(e);
            } else if ((s.flags & RST) != 0) {
                closed(e);
            }
            return;
        default: break;
        }
        if ((s.flags & RST) != 0) return closed(e);
        if ((s.flags & SYN) != 0) return send(e, t.snd_nxt, t.rcv_nxt, ACK);
        if (static_cast<std::int32_t>(s.ack - t.snd_nxt) > 0) return;
        if (static_cast<std::int32_t>(s.ack - t.snd_una) > 0 || t.state == SYN_RCVD)
            if (!acknowledged(e, s)) return;
        if (s.seq != t.rcv_nxt) {
            if ((s.flags & FIN) == 0) return;
            if (t.state == TIME_WAIT) arm(e, 120 * second, 2);
            return send(e, t.snd_nxt, t.rcv_nxt, ACK);
        }
        if ((s.flags & FIN) != 0) fin(e);
    }
    bool acknowledged(std::uint32_t e, const Segment& s)
    {
        Tcb& t = endpoints_[e];
        t.snd_una = s.ack;
        const bool fin_acked = t.fin_sent && s.ack == t.snd_nxt;
        switch (t.state) {
        case SYN_RCVD:
            if (s.ack == t.snd_nxt) {
                t.state = ESTABLISHED;
                disarm(e);
            }
            break;
        case FIN_WAIT_1:
            if (fin_acked) {
                t.state = FIN_WAIT_2;
                disarm(e);
            }
            break;
        case CLOSING:
            if (fin_acked) time_wait(e);
            break;
        case LAST_ACK:
            if (fin_acked) {
                closed(e);
                return false;
            }
            break;
        default: break;
        }
        return true;
    }
    void fin(std::uint32_t e)
    {
        Tcb& t = endpoints_[e];
        ++t.rcv_nxt;
        send(e, t.snd_nxt, t.rcv_nxt, ACK);
        switch (t.state) {
        case ESTABLISHED:
            t.state = CLOSE_WAIT;
            close(e);
            break;
        case FIN_WAIT_1: t.state = CLOSING; break;
        case FIN_WAIT_2: time_wait(e); break;
        default: break;
        }
    }

    std::vector<Tcb> endpoints_;
    Heap events_;
    std::uint64_t now_ = 0;
    std::uint64_t order_ = 0;
    std::uint32_t iss_ = 1000;
};

/// 1460 octets a segment, 44 of them outstanding, an ACK for every second one: copied in, scheduled, copied out.
inline std::uint64_t bulk(std::uint64_t octets)
{
    constexpr std::uint64_t mss = 1460;
    constexpr std::uint64_t window = 44;
    const std::uint64_t segments = (octets + mss - 1) / mss;
    std::uint64_t sent = 0;
    std::uint64_t acked = 0;
    std::uint64_t received = 0;
    std::uint64_t now = 0;
    std::uint64_t order = 0;
    Heap events;
    std::vector<char> source(65536, 'x');
    std::vector<char> target(65536);
    std::vector<char> in_flight(64 * mss);
    const auto push = [&](const Segment& s) { events.push({now + second / 100, order++, 0, 0, 0, s}); };
    while (acked < segments) {
        for (; sent < segments && sent - acked < window; ++sent) {
            std::memcpy(&in_flight[(sent & 63) * mss], &source[(sent * mss) & 32767], mss);
            push({static_cast<std::uint32_t>(sent * mss), 0, 1, mss, ACK});
        }
        const Event event = events.pop();
        now = event.at;
        const Segment& s = event.segment;
        if (s.to != 1) {
            acked = std::max<std::uint64_t>(acked, s.ack);
            continue;
        }
        if (s.seq != static_cast<std::uint32_t>(received * mss)) continue;
        std::memcpy(&target[(received * mss) & 32767], &in_flight[(received & 63) * mss], mss);
        ++received;
        if ((received & 1) == 0 || received == segments) push({0, static_cast<std::uint32_t>(received), 0, 0, ACK});
    }
    return now + static_cast<std::uint64_t>(target[0]);
}

} // namespace bare
