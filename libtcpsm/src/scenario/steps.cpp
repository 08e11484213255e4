// `steps:`: who does what, and when.

#include <algorithm>
#include <array>

#include "scenario/reading.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::reading {
namespace {

constexpr std::int64_t most_send_octets = 1 << 20; // the send buffer of the profile rfc9293

bool read_ports_behind(Reading& r, Words& words, std::string_view word, Port& port)
{
    if (!words.take(word)) return true;
    const auto read = read_port(r, words.next());
    port = read.value_or(Port{});
    return read.has_value();
}

/// "as web": the process whose socket it will be.
bool read_process(Reading& r, Words& words, Action& action)
{
    if (!words.take("as")) return true;
    const auto name = read_process_name(r, words.next());
    action.process = name.value_or(std::string());
    return name.has_value();
}

/// "web", or nothing: which process ends.
bool read_ended_process(Reading& r, Words& words, Action& action)
{
    if (words.done()) return true;
    const Text word = words.next();
    const auto name = read_process_name(r, word);
    if (!name) return false;
    action.process = *name;
    r.ended.push_back({word, r.host});
    return true;
}

bool read_sockets(Reading& r, Words& words, Action& action)
{
    const auto count = read_number(r, words.next(), 1, 1'000'000);
    action.octets = static_cast<std::uint32_t>(count.value_or(0));
    return count.has_value() && read_process(r, words, action);
}

bool read_listen(Reading& r, Words& words, Action& action)
{
    const auto port = read_port(r, words.next());
    if (!port) return false;
    action.port = *port;
    if (words.take("backlog")) {
        const auto backlog = read_number(r, words.next(), 0, 1'000'000);
        if (!backlog) return false;
        action.backlog = static_cast<std::uint32_t>(*backlog);
    }
    action.reuse_address = words.take("reuseaddr");
    return read_process(r, words, action);
}

bool read_connect(Reading& r, Words& words, Action& action)
{
    const auto remote = read_remote(r, words.next());
    if (!remote) return false;
    action.remote = remote->host;
    action.port = remote->port;
    if (!read_ports_behind(r, words, "from", action.from_port)) return false;
    action.reuse_address = action.from_port != 0 && words.take("reuseaddr");
    return read_process(r, words, action);
}

bool read_octets(Reading& r, Words& words, Action& action)
{
    const auto octets = read_number(r, words.next(), 1, most_send_octets);
    action.octets = static_cast<std::uint32_t>(octets.value_or(0));
    static_cast<void>(words.take("octets"));
    return octets.has_value();
}

/// Takes apart a sentence of the same form as ours: "found ..., expected ...; did you mean FIN?"
void note_bad_notation(Reading& r, const Text& where, std::string sentence)
{
    std::ranges::replace(sentence, '"', '\'');
    const auto cut = [&](std::string_view mark, std::size_t less) {
        const std::size_t at = std::min(sentence.find(mark), sentence.size());
        std::string behind = sentence.substr(std::min(at + mark.size(), sentence.size()));
        sentence.resize(at);
        behind.resize(behind.size() - std::min(behind.size(), less));
        return behind;
    };
    std::string suggestion = cut("; did you mean ", 1);
    std::string expected = cut(", expected ", 0);
    r.problems.add(where.place, sentence.substr(std::string_view("found ").size()), std::move(expected),
                   std::move(suggestion));
}

/// "4000", or "client:4000" of a segment in another's name.
bool read_source(Reading& r, const Text& text, Action& action)
{
    if (text.text.find(':') != std::string_view::npos) {
        const auto source = read_remote(r, text);
        if (!source) return false;
        action.source = source->host;
        action.from_port = source->port;
        return true;
    }
    const auto port = read_port(r, text);
    action.from_port = port.value_or(Port{});
    return port.has_value();
}

/// "<SEQ=100><CTL=SYN>", and behind it, where it is not a segment of the host's connection, "from 4000 to server:80".
bool read_inject(Reading& r, Words& words, Action& action)
{
    const Text rest = words.rest();
    const std::size_t end = std::min(rest.text.rfind('>'), rest.text.size() - (rest.empty() ? 0 : 1));
    const Text notation = rest.part(0, rest.empty() ? 0 : end + 1);
    const ParsedNotation parsed = parse_notation(notation.text);
    if (!parsed.segment) {
        note_bad_notation(r, notation.part(parsed.column), parsed.error);
        return false;
    }
    action.segment = *parsed.segment;
    action.last_window = !parsed.has_window;
    words = Words(rest.part(notation.text.size()));
    if (words.done()) return true;
    if (!words.take("from")) {
        unexpected(r, words.rest(), "nothing, or 'from PORT to HOST:PORT'");
        return false;
    }
    if (!read_source(r, words.next(), action)) return false;
    if (!words.take("to")) {
        unexpected(r, words.rest(), "'to HOST:PORT'");
        return false;
    }
    const auto remote = read_remote(r, words.next());
    if (!remote) return false;
    action.remote = remote->host;
    action.port = remote->port;
    return true;
}

bool read_operands(Reading& r, Words& words, Action& action)
{
    switch (action.verb) {
    case Call::listen: return read_listen(r, words, action);
    case Call::connect: return read_connect(r, words, action);
    case Call::send: return read_octets(r, words, action);
    case Call::receive: return words.done() || read_octets(r, words, action);
    case Call::inject: return read_inject(r, words, action);
    case Call::bind: {
        const auto port = read_port(r, words.next());
        action.port = port.value_or(Port{});
        action.reuse_address = words.take("reuseaddr");
        return port.has_value() && read_process(r, words, action);
    }
    case Call::socket: return read_sockets(r, words, action);
    case Call::kill:
    case Call::exit:
    case Call::crash: return read_ended_process(r, words, action);
    default: return true;
    }
}

const std::array<Call, 15> verbs{Call::listen,  Call::connect,  Call::bind,  Call::accept, Call::send,
                                 Call::receive, Call::shutdown, Call::close, Call::abort,  Call::crash,
                                 Call::reboot,  Call::kill,     Call::exit,  Call::socket, Call::inject};

std::optional<Action> read_action(Reading& r, const Text& text)
{
    Words words(text);
    const Text word = words.next();
    const auto* const verb = std::ranges::find_if(verbs, [&](Call known) { return same_word(name(known), word.text); });
    if (verb == verbs.end()) {
        Known known;
        for (const Call call : verbs) known.emplace_back(name(call));
        unknown(r, word, known);
        return {};
    }
    Action action;
    action.verb = *verb;
    if (!read_operands(r, words, action)) return {};
    if (!require_end(r, words, '\'' + words.taken() + '\'')) return {};
    return action;
}

/// The one key that is neither of the step's own: its host. Notes where there is none, or more than one.
std::optional<std::size_t> find_host(Reading& r, const Element& node)
{
    static constexpr std::array<std::string_view, 3> own{"at", "when", "same_event"};
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < node.entries(); ++i) {
        const Element& key = node.key(i);
        if (std::ranges::find(own, key.text) != own.end()) continue;
        const std::string host = key.text.substr(0, key.text.find('#'));
        if (std::ranges::find(r.hosts, host) == r.hosts.end()) {
            if (key.text.ends_with('>')) { // in { client: inject <...,ACK> } the comma ends the value
                unexpected(r, key.words(), "the segment in quotes: a comma ends the value here");
                return {};
            }
            Known known{"at", "when", "same_event"};
            known.insert(known.end(), r.hosts.begin(), r.hosts.end());
            unknown(r, key.words(), known);
            return {};
        }
        if (found) {
            r.problems.add(key.place, "a second host, " + key.found(), "one host in a step");
            return {};
        }
        found = i;
    }
    if (!found) r.problems.add(node.place, "no host", "one host and what it does, such as client: close");
    return found;
}

std::optional<Moment> read_step_moment(Reading& r, const Element& node)
{
    const Element* const at = node.find("at");
    const Element* const when = node.find("when");
    if ((at == nullptr) == (when == nullptr)) {
        r.problems.add(node.place, at == nullptr ? "neither 'at' nor 'when'" : "both 'at' and 'when'",
                       "exactly one of the two");
        return {};
    }
    if (at != nullptr) {
        const auto text = require_scalar(r, *at, "a time");
        const auto time = text ? read_duration(r, *text) : std::nullopt;
        if (!time) return {};
        return Moment{Time{} + *time};
    }
    const auto text = require_scalar(r, *when, "a condition, such as client is ESTABLISHED");
    const auto condition = text ? read_condition(r, *text) : std::nullopt;
    if (!condition) return {};
    return Moment{*condition};
}

void read_step(Reading& r, const Element& node, Scenario& scenario)
{
    if (!require_map(r, node, "a step, such as { at: 1s, client: close }")) return;
    Step step;
    step.place = node.place;
    const auto moment = read_step_moment(r, node);
    if (const Element* const same = node.find("same_event")) {
        if (const auto text = require_scalar(r, *same, "yes or no"))
            step.same_event = read_yes_no(r, *text).value_or(false);
        if (node.find("at") != nullptr && node.find("when") == nullptr)
            r.problems.add(same->place, "'same_event' beside 'at'", "'when': an event has to make its condition hold");
    }
    const auto entry = find_host(r, node);
    if (!entry) return;
    const auto host = read_host_name(r, node.key(*entry).words());
    const auto text = require_scalar(r, node.value(*entry), "what the host does, such as close");
    r.host = host ? host->host : std::string();
    const auto action = text ? read_action(r, *text) : std::nullopt;
    if (!moment || !host || !action) return;
    step.moment = *moment;
    step.host = *host;
    step.action = *action;
    step.text = node.key(*entry).text + ": " + std::string(text->text);
    scenario.steps.push_back(std::move(step));
}

/// Notes the end of a process that no other step or workload of its host names.
void check_ended(Reading& r, const Scenario& scenario)
{
    for (const Reading::Ended& ended : r.ended) {
        Known known{"user"};
        for (const Step& step : scenario.steps)
            if (step.host.host == ended.host && !ends_process(step.action)) known.push_back(step.action.process);
        for (const ScenarioWorkload& workload : scenario.workloads) {
            const Workload* const w = std::get_if<Workload>(&workload.what);
            if (w == nullptr) continue;
            if (std::ranges::find(workload.from, ended.host) != workload.from.end()) known.push_back(w->client_process);
            if (workload.to == ended.host) known.push_back(w->server_process);
        }
        std::ranges::sort(known);
        known.erase(std::unique(known.begin(), known.end()), known.end());
        std::erase(known, std::string());
        if (std::ranges::find(known, ended.name.text) == known.end()) unknown(r, ended.name, known);
    }
}

} // namespace

void read_steps(Reading& r, const Element& node, Scenario& scenario)
{
    if (!require_list(r, node, "a list of steps")) return;
    if (node.items.empty()) r.problems.add(node.place, "no step", "at least one");
    for (const Element& item : node.items) read_step(r, item, scenario);
    check_ended(r, scenario);
}

} // namespace tcpsm::reading
