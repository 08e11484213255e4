#include "tcpsm/network/network.hpp"

#include "network/world.hpp"

namespace tcpsm {

Network::Network(const NetworkOptions& options) : world_(std::make_unique<World>(options)) {}
Network::Network(const Network& other) : world_(std::make_unique<World>(*other.world_)) {}
Network& Network::operator=(const Network& other)
{
    if (this != &other) world_ = std::make_unique<World>(*other.world_);
    return *this;
}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

// ---- hosts and links ------------------------------------------------------------------------------------------------

Host Network::host(std::string_view name, const HostOptions& options)
{
    const HostId found = world_->find_host(name);
    return {this, found != no_host ? found : world_->make_host(name, options)};
}

std::vector<Host> Network::hosts()
{
    std::vector<Host> all;
    for (std::size_t i = 0; i < world_->host_count(); ++i) all.push_back(Host(this, static_cast<HostId>(i)));
    return all;
}

void Network::set_delay(Host from, Host to, Duration delay)
{
    world_->set_delay(from.id_, to.id_, delay);
}

void Network::set_delay(Duration delay)
{
    world_->set_delay(delay);
}

void Network::cut(Host a, Host b)
{
    world_->set_cut(a.id_, b.id_, true);
}

void Network::mend(Host a, Host b)
{
    world_->set_cut(a.id_, b.id_, false);
}

void Network::nat(Host box, const std::vector<Host>& behind)
{
    for (const Host& host : behind) world_->put_behind(box.id_, host.id_);
}

// ---- faults ---------------------------------------------------------------------------------------------------------

RuleId Network::add(Rule rule)
{
    return world_->faults().add(std::move(rule));
}

RuleId Network::lose(std::string_view segment)
{
    return add({.segment = std::string(segment), .when = {}, .verdict = Verdict::lose()});
}

RuleId Network::lose(std::function<bool(const Flight&)> when, std::uint32_t times)
{
    return add({.segment = {}, .when = std::move(when), .times = times, .verdict = Verdict::lose()});
}

RuleId Network::lose_by_chance(std::uint32_t in_a_million)
{
    return add({.segment = {}, .when = {}, .chance = in_a_million, .verdict = Verdict::lose()});
}

void Network::set_loss(std::uint32_t in_a_million)
{
    world_->faults().set_loss(in_a_million);
}

RuleId Network::delay(std::string_view segment, Duration by)
{
    return add({.segment = std::string(segment), .when = {}, .verdict = Verdict::delay(by)});
}

RuleId Network::duplicate(std::string_view segment, Duration after)
{
    return add({.segment = std::string(segment), .when = {}, .verdict = Verdict::duplicate(after)});
}

RuleId Network::hold(std::string_view segment)
{
    return add({.segment = std::string(segment), .when = {}, .verdict = Verdict::hold()});
}

bool Network::release(std::string_view segment)
{
    return world_->release(segment);
}

void Network::end(RuleId rule)
{
    world_->faults().end(rule);
}

std::uint32_t Network::applied(RuleId rule) const
{
    return world_->faults().applied(rule);
}

void Network::inject(Host from, Port from_port, Host to, Port to_port, const Segment& segment, std::string_view text)
{
    inject(from, Endpoint{from.address(), from_port}, to, to_port, segment, text);
}

void Network::inject(Host from, Endpoint source, Host to, Port to_port, const Segment& segment, std::string_view text)
{
    world_->inject(from.id_, source, to.id_, to_port, segment, text);
}

// ---- many users -----------------------------------------------------------------------------------------------------

WorkloadId Network::add(const Workload& workload)
{
    return world_->add(*this, workload);
}

void Network::add(const Flood& flood)
{
    world_->add(*this, flood);
}

WorkloadReport Network::report(WorkloadId workload) const
{
    return world_->report(workload);
}

// ---- a script -------------------------------------------------------------------------------------------------------

StepId Network::schedule(Time at, std::function<void(Network&)> action)
{
    return world_->schedule(at, std::move(action));
}

StepId Network::when(std::function<bool(const Network&)> condition, std::function<void(Network&)> action,
                     bool same_event)
{
    return world_->when(std::move(condition), std::move(action), same_event);
}

bool Network::fired(StepId step) const
{
    return world_->fired(step);
}

// ---- time -----------------------------------------------------------------------------------------------------------

Time Network::now() const
{
    return world_->now();
}

bool Network::step()
{
    return world_->step(*this, never);
}

std::size_t Network::run()
{
    const Time until = now() + 1h;
    std::size_t events = 0;
    while (world_->step(*this, until)) ++events;
    return events;
}

std::size_t Network::run_until(Time until)
{
    std::size_t events = 0;
    while (world_->step(*this, until)) ++events;
    world_->advance_to(until);
    return events;
}

Time Network::next_event() const
{
    return world_->next_event();
}

// ---- what happened --------------------------------------------------------------------------------------------------

const History& Network::history() const
{
    return world_->history();
}

void Network::clear_history()
{
    world_->clear_history();
}

State Network::state(HostId host, std::uint32_t connection) const
{
    if (host >= world_->host_count()) return State::Closed;
    const Stack& stack = world_->host(host).stack;
    return stack.state(stack.by_number(connection));
}

State Network::state(Socket socket) const
{
    return world_->host(socket.host_).stack.state(socket.id_);
}

Counts Network::counts(HostId host) const
{
    return world_->counts(host);
}

std::vector<LogEntry> Network::log(HostId host) const
{
    return world_->host(host).stack.log().entries();
}

HostId Network::host_id(std::string_view name) const
{
    return world_->find_host(name);
}

std::size_t Network::memory() const
{
    return world_->memory();
}

std::size_t Network::memory(HostId host) const
{
    return world_->host(host).stack.memory();
}

// ---- an opened connection -------------------------------------------------------------------------------------------

Pair established(Network& network, std::string_view a, std::string_view b)
{
    const Host client = network.host(a, {.iss = {99}});
    const Host server = network.host(b, {.iss = {299}});
    const Socket listener = server.listen(80);
    Pair pair{client.connect(server, 80), {}};
    while (!pair.b.valid() && network.step()) pair.b = listener.accept();
    network.clear_history();
    return pair;
}

} // namespace tcpsm
