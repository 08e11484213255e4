#include "replay/incarnations.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string_view>

namespace tcpsm::kernel {
namespace {

constexpr Port usual_port = 8080;       // where nothing listens, any port will do
constexpr Port usual_first_port = 5555; // from which the peer does

/// What the lines tell of one incarnation while one walks over them.
struct Trail {
    Incarnation found;
    std::size_t begins = 0;    // index of its first line
    std::size_t last_sent = 0; // index of the last segment that the kernel sent
    bool answered = false;     // with a SYN,ACK
    bool completed = false;    // and that with an ACK
    bool over = false;         // by a RST, or by a FIN each way
    bool fin_sent = false;
    bool fin_received = false;
    std::uint32_t received = 1; // the last ACK of the kernel, as far as it is known: RCV.NXT
};

class Finder {
public:
    Finder(const Recording& recording, std::uint32_t isn) : recording_(recording), isn_(isn) { look_ahead(); }

    std::vector<Incarnation> find()
    {
        for (const Line& line : recording_.lines) {
            if (const auto* call = std::get_if<CallLine>(&line.what)) take(*call);
            if (const auto* seg = std::get_if<Seg>(&line.what)) take(*seg);
            if (const auto* state = std::get_if<StateLine>(&line.what)) take(*state);
        }
        guess_the_rest();
        number_the_peers();
        std::vector<Incarnation> all;
        for (const int number : order_) all.push_back(trails_.at(number).found);
        return all;
    }

private:
    /// What must be known of the lines to come: where each begins and last sent, and which ports listen.
    void look_ahead()
    {
        for (std::size_t i = 0; i < recording_.lines.size(); ++i) {
            const auto& what = recording_.lines[i].what;
            if (const auto* call = std::get_if<CallLine>(&what); call != nullptr && call->call.verb == Verb::listen)
                listening_.insert(call->call.port);
            const auto* seg = std::get_if<Seg>(&what);
            if (seg == nullptr) continue;
            auto [at, is_new] = trails_.try_emplace(seg->incarnation);
            Trail& trail = at->second;
            if (is_new) {
                trail.begins = i;
                trail.found.number = seg->incarnation;
                trail.found.active = seg->sent && seg->flags == Flags(Flag::SYN);
                order_.push_back(seg->incarnation);
            }
            if (seg->sent) trail.last_sent = i;
        }
    }

    void take(const CallLine& line)
    {
        if (line.call.verb == Verb::listen) listener_ = line.call.port;
        if (line.call.verb == Verb::bind) bound_ = line.call.port;
        if (line.call.verb == Verb::connect) {
            if (line.call.port != 0) bound_ = line.call.port;
            connecting_from_ = bound_;
            bound_ = 0;
        }
    }

    void take(const Seg& seg)
    {
        Trail& trail = trails_.at(seg.incarnation);
        if (trail.found.local == 0 && !trail.found.active) trail.found.local = listener_;
        if (trail.found.active && begun_.insert(seg.incarnation).second) trail.found.local = connecting_from_;
        begun_.insert(seg.incarnation);
        if (seg.sent && seg.flags.has(Flag::SYN) && seg.flags.has(Flag::ACK)) trail.answered = true;
        if (!seg.sent && trail.answered && seg.flags.has(Flag::ACK)) trail.completed = true;
        if (seg.sent && seg.flags.has(Flag::ACK) && !seg.ack_literal && !seg.flags.has(Flag::RST))
            trail.received = static_cast<std::uint32_t>(seg.ack);
        if (seg.flags.has(Flag::FIN)) (seg.sent ? trail.fin_sent : trail.fin_received) = true;
        if (seg.flags.has(Flag::RST) || (trail.fin_sent && trail.fin_received)) trail.over = true;
    }

    void take(const StateLine& state)
    {
        std::set<Port> half_open;
        std::set<Port> open;
        for (const SocketLine& socket : state.sockets) {
            if (!listening_.contains(socket.local)) {
                note_active(socket);
                continue;
            }
            if (socket.remote == 0 || seen_.contains(socket.remote)) continue;
            (socket.state == "SYN-RECV" ? half_open : open).insert(socket.remote);
        }
        std::vector<Trail*> waiting;
        for (const int number : order_) {
            Trail& trail = trails_.at(number);
            const bool known = trail.found.active || trail.found.remote != 0;
            if (!known && trail.answered && begun_.contains(number)) waiting.push_back(&trail);
        }
        assign(open, waiting, [](const Trail& trail) { return trail.completed; });
        assign(open, waiting, [](const Trail&) { return true; });
        assign(half_open, waiting, [](const Trail&) { return true; });
        for (const SocketLine& socket : state.sockets)
            if (listening_.contains(socket.local)) use_again(socket, waiting);
    }

    void note_active(const SocketLine& socket)
    {
        for (const int number : order_) {
            Incarnation& one = trails_.at(number).found;
            if (!one.active || !begun_.contains(number) || one.remote != 0) continue;
            if (one.local == 0 || one.local == socket.local) one.remote = socket.remote;
        }
        if (socket.remote != 0) peer_port_ = socket.remote;
    }

    /// Ports that were not seen before go to those that may have them, in ascending order; those that are over last.
    template <class May>
    void assign(std::set<Port>& fresh, std::vector<Trail*>& waiting, May&& may)
    {
        std::vector<Trail*> takers;
        for (const bool over : {false, true})
            for (Trail* const trail : waiting)
                if (trail->over == over && may(*trail) && takers.size() < fresh.size()) takers.push_back(trail);
        std::sort(takers.begin(), takers.end(), [](const Trail* a, const Trail* b) { return a->begins < b->begins; });
        for (Trail* const trail : takers) {
            trail->found.remote = *fresh.begin();
            seen_[*fresh.begin()] = trail->found.number;
            fresh.erase(fresh.begin());
        }
        std::erase_if(waiting, [](const Trail* trail) { return trail->found.remote != 0; });
    }

    /// A socket under an old port, while an incarnation has none: it has succeeded the old one, if that sends no more.
    void use_again(const SocketLine& socket, std::vector<Trail*>& waiting)
    {
        const auto holder = seen_.find(socket.remote);
        if (holder == seen_.end()) return;
        if (socket.state == "SYN-RECV" && !trails_.at(holder->second).over) return; // it is half open itself
        for (Trail* const trail : waiting) {
            if (trail->over || trails_.at(holder->second).last_sent > trail->begins) continue;
            trail->found.remote = socket.remote;
            holder->second = trail->found.number;
            std::erase(waiting, trail);
            return;
        }
    }

    [[nodiscard]] bool used(Port remote) const
    {
        return std::any_of(trails_.begin(), trails_.end(), [&](const auto& one) {
            return !one.second.found.active && one.second.found.remote == remote;
        });
    }

    void guess_the_rest()
    {
        int anchor = usual_first_port; // the port that incarnation 0 would have
        for (const auto& [number, trail] : trails_)
            if (!trail.found.active && trail.found.remote != 0) anchor = trail.found.remote - number;
        for (const int number : order_) {
            Incarnation& one = trails_.at(number).found;
            if (one.active && one.remote == 0) one.remote = peer_port_;
            if (!one.active && one.local == 0) one.local = usual_port;
            if (one.remote != 0) continue;
            auto guess = static_cast<Port>(anchor + number);
            while (guess == 0 || used(guess)) ++guess;
            one.remote = guess;
        }
    }

    void number_the_peers()
    {
        std::map<std::pair<Port, Port>, int> last;
        for (const int number : order_) {
            Trail& trail = trails_.at(number);
            const std::pair<Port, Port> tuple{trail.found.local, trail.found.remote};
            const auto before = tuple.first != 0 ? last.find(tuple) : last.end();
            trail.found.peer_isn = isn_;
            if (before != last.end()) {
                const Trail& old = trails_.at(before->second);
                // An active one's peer goes on counting, unless it sends a SYN; then any number is good.
                trail.found.peer_isn = old.found.peer_isn + (trail.found.active ? 0 : step(trail, old));
            }
            last[tuple] = number;
        }
    }

    /// How far the ISN of a new incarnation's SYN lies from the old one's.
    [[nodiscard]] std::uint32_t step(const Trail& trail, const Trail& old) const
    {
        constexpr std::uint32_t usual = 4998;
        constexpr std::string_view said = "ISN = old RCV.NXT + ";
        if (recording_.description.find("lower ISN") != std::string::npos) return 0U - usual;
        const auto& note = std::get<Seg>(recording_.lines[trail.begins].what).note;
        std::uint32_t above = usual;
        if (const std::size_t found = note.find(said); found != std::string::npos)
            std::from_chars(note.data() + found + said.size(), note.data() + note.size(), above);
        return old.received + above;
    }

    const Recording& recording_;
    std::uint32_t isn_;
    std::map<int, Trail> trails_;
    std::vector<int> order_;
    std::set<int> begun_;
    std::set<Port> listening_;
    std::map<Port, int> seen_; // a peer's port, and the last incarnation that had it
    Port listener_ = 0;
    Port bound_ = 0;
    Port connecting_from_ = 0;
    Port peer_port_ = usual_peer_port;
};

} // namespace

std::vector<Incarnation> find_incarnations(const Recording& recording, std::uint32_t isn)
{
    return Finder(recording, isn).find();
}

} // namespace tcpsm::kernel
