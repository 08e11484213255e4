#include "app/session/edits.hpp"

#include <algorithm>

namespace tcpsm::viz {
namespace {

Step step_at(tcpsm::Moment moment, const HostName& host, const Action& action, bool same_event = false)
{
    Step step;
    step.moment = std::move(moment);
    step.same_event = same_event;
    step.host = host;
    step.action = action;
    return step;
}

Action call(Call verb)
{
    Action action;
    action.verb = verb;
    return action;
}

/// Ports of simultaneous opens; each further one of the same scenario takes the next pair.
Port free_port(const Scenario& scenario)
{
    Port port = 5000;
    for (const Step& step : scenario.steps) {
        const Action& action = step.action;
        if (action.verb == Call::connect) port = std::max({port, action.from_port, action.port});
    }
    return static_cast<Port>(port + 1);
}

/// Both ends call OPEN for the same two ports at one instant, so that their SYNs cross (RFC 9293, figure 7).
void add_simultaneous_open(Scenario& scenario, Time at, const Ends& ends)
{
    const Port a = free_port(scenario);
    const auto b = static_cast<Port>(a + 1);
    Action from_a = call(Call::connect);
    from_a.remote = ends.b.host;
    from_a.from_port = a;
    from_a.port = b;
    Action from_b = call(Call::connect);
    from_b.remote = ends.a.host;
    from_b.from_port = b;
    from_b.port = a;
    scenario.steps.push_back(step_at(at, {ends.a.host}, from_a));
    scenario.steps.push_back(step_at(at, {ends.b.host}, from_b));
}

} // namespace

Scenario with_fault(Scenario scenario, Touch touch, const std::string& segment, Duration by)
{
    Fault fault;
    fault.kind = touch == Touch::lose    ? Fault::Kind::lose
                 : touch == Touch::delay ? Fault::Kind::delay
                                         : Fault::Kind::duplicate;
    fault.segment.name = segment;
    fault.segment.text = segment;
    fault.by = by;
    // The same thing done to the same segment again replaces what was done: it would never be asked.
    std::erase_if(scenario.faults, [&](const Fault& old) { return old.segment.name == segment; });
    scenario.faults.insert(scenario.faults.begin(), std::move(fault));
    return scenario;
}

Scenario with_call(Scenario scenario, Time at, const HostName& host, const Action& action)
{
    scenario.steps.push_back(step_at(at, host, action));
    return scenario;
}

Scenario with_change(Scenario scenario, const Change& change)
{
    scenario.changes.push_back(change);
    return scenario;
}

Scenario without_time_wait(Scenario scenario, const std::string& host)
{
    const auto found = std::find_if(scenario.hosts.begin(), scenario.hosts.end(),
                                    [&](const ScenarioHost& h) { return h.name == host; });
    if (found == scenario.hosts.end()) return scenario;
    std::erase_if(found->settings, [](const Setting& setting) { return setting.key == "time_wait"; });
    found->settings.push_back({"time_wait", Duration{0}});
    return scenario;
}

Scenario with_rare_case(Scenario scenario, RareCase which, Time at, const Ends& ends)
{
    switch (which) {
    case RareCase::simultaneous_open: add_simultaneous_open(scenario, at, ends); break;
    case RareCase::simultaneous_close: // the FINs cross (figure 13)
        scenario.steps.push_back(step_at(at, ends.a, call(Call::close)));
        scenario.steps.push_back(step_at(at, ends.b, call(Call::close)));
        break;
    case RareCase::three_segment_close: { // b answers the FIN with its own before its ACK has left
        scenario.steps.push_back(step_at(at, ends.a, call(Call::close)));
        Condition fin_came;
        Clause clause;
        clause.kind = Clause::Kind::is;
        clause.host = ends.b;
        clause.state = State::CloseWait;
        fin_came.clauses.push_back(clause);
        scenario.steps.push_back(step_at(fin_came, ends.b, call(Call::close), true));
        break;
    }
    }
    return scenario;
}

} // namespace tcpsm::viz
