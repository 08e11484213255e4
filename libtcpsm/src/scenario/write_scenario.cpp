// From a scenario to a file: what differs from the defaults, in the form of examples/scenarios.

#include <algorithm>

#include "scenario/writing.hpp"

namespace tcpsm {
namespace writing {
namespace {

class File {
public:
    void comment(std::string_view text);
    /// "key: value", where the value is YAML already.
    void line(std::string_view key, std::string_view yaml) { add(std::string(key) + ": " + std::string(yaml)); }
    void item(const std::string& yaml) { item("", yaml); }
    void item(const std::string& indentation, const std::string& yaml) { add(indentation + "  - " + yaml); }
    void add(const std::string& line) { text_ += line + '\n'; }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string text_;
};

void File::comment(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string one_line = "# " + std::string(text.substr(0, end));
        std::ranges::replace_if(
            one_line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
        one_line.resize(one_line.find_last_not_of(' ') + 1);
        add(one_line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void write_switches(File& file, const Scenario& scenario)
{
    const Scenario plain;
    file.line("tcpsm", "1");
    if (!scenario.title.empty()) file.line("title", scalar(scenario.title, Where::in_block));
    if (!scenario.asks.empty()) file.line("asks", scalar(scenario.asks, Where::in_block));
    if (scenario.profile != plain.profile) file.line("profile", scenario.profile);
    if (scenario.seed != plain.seed) file.line("seed", std::to_string(scenario.seed));
    if (scenario.msl) file.line("msl", words(*scenario.msl));
    if (scenario.until != plain.until) file.line("until", words(scenario.until));
    if (scenario.recording != plain.recording) file.line("recording", name(scenario.recording));
    if (scenario.memory != plain.memory) file.line("memory", std::to_string(scenario.memory / 1'000'000) + "MB");
}

void write_network(File& file, const Scenario& scenario)
{
    const bool own_delay = scenario.delay != Scenario{}.delay;
    if (scenario.links.empty() && scenario.nats.empty()) {
        if (own_delay) file.line("network", FlowMap().add("delay", words(scenario.delay)).text());
        return;
    }
    file.add("network:");
    if (own_delay) file.line("  delay", words(scenario.delay));
    if (!scenario.links.empty()) file.add("  links:");
    for (const ScenarioLink& link : scenario.links)
        file.add("    - " + FlowMap().add("from", link.from).add("to", link.to).add("delay", words(link.delay)).text());
    if (!scenario.nats.empty()) file.add("  nat:");
    for (const ScenarioNat& nat : scenario.nats) {
        std::vector<std::string> behind;
        for (const std::string& host : nat.behind) behind.push_back(scalar(host, Where::in_flow));
        file.add("    - " + FlowMap().add("box", nat.box).add_as_it_is("behind", flow_list(behind)).text());
    }
}

std::string value_of(const Setting& setting)
{
    if (const auto* const duration = std::get_if<Duration>(&setting.value))
        return *duration < Duration(0) ? std::string(find_switch(setting.key)->words) : words(*duration);
    if (const auto* const number = std::get_if<std::int64_t>(&setting.value)) return std::to_string(*number);
    if (const auto* const word = std::get_if<std::string>(&setting.value)) return *word;
    return std::get<bool>(setting.value) ? "yes" : "no";
}

void write_host(File& file, const ScenarioHost& host)
{
    FlowMap map;
    std::vector<std::string> iss;
    for (const std::uint32_t number : host.iss) iss.push_back(std::to_string(number));
    if (!iss.empty()) map.add_as_it_is("iss", iss.size() == 1 ? iss.front() : flow_list(iss));
    if (!host.accepts) map.add("accepts", "no");
    if (!host.reads) map.add("reads", "no");
    if (host.profile) map.add("profile", *host.profile);
    // A key stands once in a file. What was set last holds, so the last of each is written, in their order: r2 also
    // turns off the retries that stand before it.
    for (auto setting = host.settings.begin(); setting != host.settings.end(); ++setting)
        if (std::find_if(setting + 1, host.settings.end(),
                         [&](const Setting& later) { return later.key == setting->key; }) == host.settings.end())
            map.add(setting->key, value_of(*setting));
    file.line("  " + scalar(host.name, Where::in_block), map.text());
}

std::string step_item(const Step& step)
{
    FlowMap map;
    const bool waits = std::holds_alternative<Condition>(step.moment);
    map.add(waits ? "when" : "at", words(step.moment));
    if (waits && step.same_event) map.add("same_event", "yes");
    const std::string action = words(step.action);
    if (step.action.verb == Call::inject)
        map.add_as_it_is(step.host.text(), in_quotes(action)); // a comma between its bits would end the value
    else
        map.add(step.host.text(), action);
    return map.text();
}

std::string fault_item(const Fault& fault)
{
    const std::string segment = words(fault.segment);
    const std::string alone = scalar(segment, Where::in_block);
    switch (fault.kind) {
    case Fault::Kind::lose: return "lose: " + alone;
    case Fault::Kind::delay: return "delay: " + FlowMap().add("segment", segment).add("by", words(fault.by)).text();
    case Fault::Kind::duplicate:
        if (fault.by == Duration{}) return "duplicate: " + alone;
        return "duplicate: " + FlowMap().add("segment", segment).add("after", words(fault.by)).text();
    case Fault::Kind::hold: return "hold: " + FlowMap().add("segment", segment).add("until", words(fault.until)).text();
    case Fault::Kind::cut: break;
    }
    FlowMap map;
    map.add_as_it_is("between", flow_list({scalar(fault.a, Where::in_flow), scalar(fault.b, Where::in_flow)}));
    const auto is = [](const Moment& moment, Time time) {
        const Time* const at = std::get_if<Time>(&moment);
        return at != nullptr && *at == time;
    };
    if (!is(fault.from, Time{})) map.add("from", words(fault.from));
    if (!is(fault.until, never)) map.add("until", words(fault.until));
    return "cut: " + map.text();
}

std::string change_item(const Change& change)
{
    const std::string text = change.text(); // "msl: 10s"
    const std::size_t colon = text.find(':');
    return FlowMap().add("at", words(change.at)).add(text.substr(0, colon), text.substr(colon + 2)).text();
}

void write_claim(File& file, const Claim& claim)
{
    const auto text = [&](const char* key, const std::string& value) {
        file.line(std::string("  ") + key, scalar(value, Where::in_block));
    };
    const auto list = [&](const char* key, const std::vector<Expectation>& expectations) {
        file.add(std::string("  ") + key + ':');
        for (const std::string& item : expectation_items(expectations)) file.item("  ", item);
    };
    file.add("claim:");
    text("says", claim.says);
    text("says_zh", claim.says_zh);
    file.line("  verdict", name(claim.verdict));
    text("answer", claim.answer);
    text("answer_zh", claim.answer_zh);
    text("source", claim.source);
    list("if_true", claim.if_true);
    list("if_false", claim.if_false);
}

} // namespace
} // namespace writing

std::string Change::text() const
{
    switch (kind) {
    case Kind::msl: return "msl: " + writing::words(duration);
    case Kind::delay: return "delay: " + writing::words(duration);
    case Kind::loss: return "loss: " + writing::percentage(chance);
    case Kind::profile: break;
    }
    return "profile: " + profile;
}

std::string write_scenario(const Scenario& scenario, const WriteOptions& options)
{
    writing::File file;
    file.comment(options.comment);
    writing::write_switches(file, scenario);
    writing::write_network(file, scenario);
    file.add("hosts:");
    for (const ScenarioHost& host : scenario.hosts) writing::write_host(file, host);
    if (!scenario.workloads.empty()) file.add("workloads:");
    for (const ScenarioWorkload& workload : scenario.workloads) file.item(writing::workload_item(workload));
    if (!scenario.steps.empty()) file.add("steps:");
    for (const Step& step : scenario.steps) file.item(writing::step_item(step));
    if (!scenario.faults.empty()) file.add("faults:");
    for (const Fault& fault : scenario.faults) file.item(writing::fault_item(fault));
    if (!scenario.changes.empty()) file.add("changes:");
    for (const Change& change : scenario.changes) file.item(writing::change_item(change));
    if (!options.expectations) return file.take();
    if (!scenario.expectations.empty()) file.add("expect:");
    for (const std::string& item : writing::expectation_items(scenario.expectations)) file.item(item);
    if (scenario.claim) writing::write_claim(file, *scenario.claim);
    return file.take();
}

} // namespace tcpsm
