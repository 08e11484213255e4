#include "soak/world/soak.hpp"

#include "soak/world/invariants.hpp"
#include "tcpsm/trace/ladder.hpp"

namespace tcpsm::soak {
namespace {

constexpr std::size_t most_events = 3'000'000;
constexpr std::size_t cheap_to_copy = 40'000; // octets of buffers

std::string at(std::size_t host, const std::string& wrong)
{
    return wrong.empty() ? wrong : std::string(host == 0 ? "A: " : "B: ") + wrong;
}

} // namespace

Soak::Soak(std::uint64_t seed)
    : plan_(plan_of(seed)),
      net_(plan_.network),
      host_{net_.host("A", plan_.host[0]), net_.host("B", plan_.host[1])},
      application_{Application(plan_.application[0], 'A', 2 * seed), //
                   Application(plan_.application[1], 'a', 2 * seed + 1)},
      witness_(application_[0].text(), application_[1].text())
{
    net_.lose_by_chance(plan_.loss);
    net_.add(plan_.duplication);
    net_.add(plan_.delay);
    net_.add(plan_.spike);
    open();
}

void Soak::open()
{
    if (!plan_.simultaneous) {
        listener_ = host_[1].listen(80);
        application_[0].use(host_[0].connect(host_[1], 80));
    } else {
        const Socket a = host_[0].socket();
        const Socket b = host_[1].socket();
        a.bind(1000);
        b.bind(2000);
        a.connect(host_[1], 2000);
        b.connect(host_[0], 1000);
        application_[0].use(a);
        application_[1].use(b);
        number_[1] = b.number();
    }
    number_[0] = application_[0].socket().number();
}

void Soak::accept()
{
    if (number_[1] != 0) return;
    const Socket b = listener_.accept();
    if (!b.valid()) return;
    application_[1].use(b);
    number_[1] = b.number();
}

void Soak::act(std::size_t host)
{
    Application& application = application_[host];
    application.act(net_.now());
    if (!application.busy() || wakes_[host] > net_.now()) return;
    wakes_[host] = net_.now() + application.naps();
    net_.schedule(wakes_[host], [](Network&) {});
}

std::string Soak::run()
{
    std::string wrong = violation();
    while (wrong.empty() && net_.step()) {
        if (++events_ > most_events) return "it does not come to an end";
        wrong = violation();
        if (!wrong.empty()) break;
        if (!plan_.simultaneous) accept();
        act(0);
        act(1);
        wrong = violation();
    }
    return wrong.empty() ? unfinished() : wrong;
}

/// The connection that the application has; on the host that listens, before it has one, the last that was made.
Socket Soak::end(std::size_t host) const
{
    const Socket& socket = application_[host].socket();
    return socket.valid() || number_[host] != 0 ? socket : host_[host].connection(host_[host].connections());
}

std::string Soak::violation()
{
    const std::array<Socket, hosts> ends{end(0), end(1)};
    const std::array<Standing, hosts> standing{ends[0].standing(), ends[1].standing()};
    for (std::size_t i = 0; i < hosts; ++i)
        if (synchronized(standing[i].state()) || standing[i].state() == State::SynReceived)
            witness_.of(i, ends[i].number()).shift = standing[i].tcb().rcv.shift;
    if (std::string wrong = witness_.read(net_.history()); !wrong.empty()) return wrong;
    for (std::size_t i = 0; i < hosts; ++i) {
        if (std::string wrong = wrong_with(standing[i]); !wrong.empty()) return at(i, wrong);
        if (witness_.sent_text(i) && standing[i].queued() + standing[i].unread() < cheap_to_copy)
            if (std::string wrong = too_much_in_flight(ends[i].connection()); !wrong.empty()) return at(i, wrong);
    }
    // Where B has had several connections, A may still be talking with an earlier one.
    const bool pair = host_[1].connections() == 1 || standing[0].tcb().rcv.irs == standing[1].tcb().snd.iss;
    for (std::size_t i = 0; pair && i < hosts; ++i)
        if (std::string wrong = wrong_between(standing[i].tcb(), standing[1 - i].tcb()); !wrong.empty())
            return (i == 0 ? "A to B: " : "B to A: ") + wrong;
    return {};
}

/// Nothing is pending any more. Everything has arrived, or both applications know that it has not.
std::string Soak::unfinished()
{
    for (std::size_t i = 0; i < hosts; ++i) {
        if (account(i).failed && !application_[i].told() && !application_[i].heard_end() && number_[i] != 0)
            return at(i, "the application does not know that its connection failed");
        if (std::string wrong = undelivered(i); !wrong.empty()) return at(i, wrong);
    }
    if (failed()) return {};
    for (std::size_t i = 0; i < hosts; ++i)
        if (number_[i] != 0 && application_[i].socket().state() != State::Closed && !account(1 - i).reset_at_the_end)
            return at(i, "it is not CLOSED");
    return {};
}

std::string Soak::undelivered(std::size_t sender)
{
    const std::size_t receiver = 1 - sender;
    const Account& from = account(sender);
    const Account& to = account(receiver);
    if (number_[receiver] != 0 && to.got == application_[sender].text()) return {};
    if (to.ended && !to.failed) return "its text has not arrived, and the peer takes it for complete";
    // A RST in LAST-ACK tells nobody (3.10.7.4). FIN-WAIT-2 waits for ever where nobody asks for keep-alives.
    const auto knows = [&](std::size_t host) {
        const Account& of = host == sender ? from : to;
        const Standing standing = application_[host].socket().standing();
        return of.failed || of.reset_at_the_end || number_[host] == 0 ||
               (standing.state() == State::FinWait2 && !standing.timers()[standing.timers().next()].running());
    };
    if (!knows(sender) && application_[sender].sent() > 0) return "its text has not arrived, and it does not know";
    if (!knows(receiver)) return "its text has not arrived, and the peer does not know";
    return {};
}

bool Soak::failed()
{
    return account(0).failed || account(1).failed;
}

Outcome run_seed(std::uint64_t seed)
{
    Soak soak(seed);
    Outcome outcome;
    const std::string wrong = soak.run();
    outcome.failed = soak.failed();
    outcome.events = soak.events();
    if (!wrong.empty())
        outcome.finding = {wrong, to_string(soak.plan()) + ladder(soak.network(), {.times = true, .events = true}) +
                                      "seed " + std::to_string(seed) + ": " + wrong + "\n"};
    return outcome;
}

} // namespace tcpsm::soak
