// From a scenario to a world with its script. The script lives in the network, in what `schedule` and `when` are given:
// plain values only, so that a copy of the world takes it along.

#include "tcpsm/scenario/simulation.hpp"

#include <algorithm>

#include "scenario/perform.hpp"
#include "scenario/watch.hpp"

namespace tcpsm {
namespace {

NetworkOptions network_options(const Scenario& scenario)
{
    // Conditions, and segments that are held, are looked up in the history.
    const auto waits = [](const Moment& moment) { return std::holds_alternative<Condition>(moment); };
    bool needs_history = false;
    for (const Step& step : scenario.steps) needs_history |= waits(step.moment);
    for (const Fault& fault : scenario.faults)
        needs_history |= fault.kind == Fault::Kind::hold || waits(fault.from) || waits(fault.until);
    return {.seed = scenario.seed,
            .delay = scenario.delay,
            .recording = needs_history ? Recording::everything : scenario.recording};
}

StepId add_step(Network& network, const Moment& moment, std::function<void(Network&)> action, bool same_event = false)
{
    if (const Time* const at = std::get_if<Time>(&moment)) return network.schedule(*at, std::move(action));
    return network.when(Watch(network, std::get<Condition>(moment)), std::move(action), same_event);
}

/// The rule of a fault that is done to segments.
Rule rule_of(const Fault& fault)
{
    Rule rule;
    const Selector& selector = fault.segment;
    rule.segment = selector.name;
    if (selector.name.empty()) rule.when = [selector](const Flight& flight) { return selector.fits(flight); };
    rule.chance = selector.chance;
    if (selector.nth > 0) {
        rule.skip = selector.nth - 1;
        rule.times = 1;
    }
    switch (fault.kind) {
    case Fault::Kind::delay: rule.verdict = Verdict::delay(fault.by); break;
    case Fault::Kind::duplicate: rule.verdict = Verdict::duplicate(fault.by); break;
    case Fault::Kind::hold: rule.verdict = Verdict::hold(); break;
    default: rule.verdict = Verdict::lose(); break;
    }
    return rule;
}

/// What is changed at its moment. The profiles are known beforehand: no change depends on what happens.
StepId add_change(Network& network, const Scenario& scenario, const Change& change)
{
    switch (change.kind) {
    case Change::Kind::delay:
        return network.schedule(change.at, [delay = change.duration](Network& n) { n.set_delay(delay); });
    case Change::Kind::loss:
        return network.schedule(change.at, [chance = change.chance](Network& n) { n.set_loss(chance); });
    case Change::Kind::msl:
    case Change::Kind::profile: break;
    }
    std::vector<Profile> profiles; // of the hosts, which the network numbers in the same order
    for (const ScenarioHost& host : scenario.hosts) profiles.push_back(scenario.profile_at(host, change.at));
    return network.schedule(change.at, [profiles](Network& n) {
        const std::vector<Host> hosts = n.hosts();
        for (std::size_t i = 0; i < profiles.size(); ++i) hosts[i].set_profile(profiles[i]);
    });
}

StepId add_cut(Network& network, const Fault& fault)
{
    const StepId cut =
        add_step(network, fault.from, [a = fault.a, b = fault.b](Network& n) { n.cut(n.host(a), n.host(b)); });
    const Time* const until = std::get_if<Time>(&fault.until);
    if (until == nullptr || *until != never)
        add_step(network, fault.until, [a = fault.a, b = fault.b](Network& n) { n.mend(n.host(a), n.host(b)); });
    return cut;
}

/// The moments whose counts expectations name, a claim's too.
std::vector<Time> asked_about(const Scenario& scenario)
{
    std::vector<Time> times;
    const auto add = [&](const std::vector<Expectation>& expectations) {
        for (const Expectation& expectation : expectations)
            if (const auto* const count = std::get_if<ExpectCount>(&expectation.what); count != nullptr && count->at)
                times.push_back(*count->at);
    };
    add(scenario.expectations);
    if (scenario.claim) add(scenario.claim->if_true);
    if (scenario.claim) add(scenario.claim->if_false);
    return times;
}

} // namespace

Simulation::Simulation(const Scenario& scenario) : network(network_options(scenario)), until_(scenario.until)
{
    for (const ScenarioHost& host : scenario.hosts) network.host(host.name, scenario.options(host));
    for (const ScenarioLink& link : scenario.links)
        network.set_delay(network.host(link.from), network.host(link.to), link.delay);
    for (const ScenarioNat& nat : scenario.nats) {
        std::vector<Host> behind;
        for (const std::string& name : nat.behind) behind.push_back(network.host(name));
        network.nat(network.host(nat.box), behind);
    }
    for (const ScenarioWorkload& workload : scenario.workloads) add_workload(workload);
    for (const Time time : asked_about(scenario)) ask_for_counts(time);
    for (const Fault& fault : scenario.faults) {
        if (fault.kind == Fault::Kind::cut) {
            faults_.push_back({false, {}, add_cut(network, fault)});
            continue;
        }
        const RuleId rule = network.add(rule_of(fault));
        faults_.push_back({true, rule, {}});
        if (fault.kind == Fault::Kind::hold)
            add_step(network, fault.until, [rule, selector = fault.segment](Network& n) {
                n.end(rule);
                release_held(n, selector);
            });
    }
    for (const Change& change : scenario.changes) changes_.push_back(add_change(network, scenario, change));
    for (const Step& step : scenario.steps)
        steps_.push_back(add_step(
            network, step.moment, [host = step.host, action = step.action](Network& n) { perform(n, host, action); },
            step.same_event));
}

void Simulation::add_workload(const ScenarioWorkload& workload)
{
    if (const Flood* const given = std::get_if<Flood>(&workload.what)) {
        Flood flood = *given;
        flood.from = network.host_id(workload.from.front());
        flood.to = network.host_id(workload.to);
        network.add(flood);
        return;
    }
    Workload web = std::get<Workload>(workload.what);
    web.from.clear();
    for (const std::string& name : workload.from) web.from.push_back(network.host_id(name));
    web.to = network.host_id(workload.to);
    workloads_.push_back(network.add(web));
}

void Simulation::ask_for_counts(Time time)
{
    const auto next = samples_.begin() + static_cast<std::ptrdiff_t>(sampled_);
    const auto place = std::lower_bound(next, samples_.end(), time, [](const Sample& s, Time t) { return s.time < t; });
    if (place == samples_.end() || place->time != time) samples_.insert(place, {time, {}});
}

void Simulation::take_samples_before(Time time)
{
    for (; sampled_ < samples_.size() && samples_[sampled_].time < time; ++sampled_)
        for (const Host& host : network.hosts()) samples_[sampled_].counts.push_back(host.counts());
}

std::optional<Counts> Simulation::counts_at(Time time, HostId host) const
{
    for (const Sample& sample : samples_)
        if (sample.time == time && host < sample.counts.size()) return sample.counts[host];
    return {};
}

bool Simulation::step()
{
    const Time next = network.next_event();
    if (sampled_ < samples_.size()) take_samples_before(std::min(next, until_ + Duration(1)));
    return next <= until_ && network.step();
}

std::size_t Simulation::run()
{
    std::size_t events = 0;
    while (step()) ++events;
    return events;
}

std::size_t Simulation::run_until(Time time)
{
    std::size_t events = 0;
    while (network.next_event() <= time && step()) ++events;
    return events + network.run_until(std::min(time, until_));
}

bool Simulation::applied(std::size_t fault) const
{
    const Applied& what = faults_[fault];
    return what.is_rule ? network.applied(what.rule) > 0 : network.fired(what.step);
}

} // namespace tcpsm
