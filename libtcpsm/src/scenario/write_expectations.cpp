// `expect:`, as the reader reads it.

#include <algorithm>

#include "scenario/happenings.hpp"
#include "scenario/writing.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm::writing {
namespace {

/// A map from hosts to something, with what else stands in it: `at: { time: 2s, client: CLOSED, server: CLOSED }`.
/// Expectations that stood in one map in a file are written as one again.
struct HostMap {
    std::string key;
    FlowMap map;
    Place place;
    std::vector<std::string> hosts;

    [[nodiscard]] bool takes(const HostMap& next) const
    {
        return place == next.place && place.line != 0 && key == next.key &&
               std::ranges::find(hosts, next.hosts.front()) == hosts.end();
    }
};

std::string bits(Flags flags)
{
    std::string text = to_string(flags);
    std::ranges::replace(text, ',', ' ');
    return text.empty() ? "[]" : text;
}

/// Writes one expectation: as a whole item, or as the value for a host, which may share its item with others.
class ExpectationWriter {
public:
    std::string item; // of what stands alone
    std::string key;  // of what may share
    std::string time; // at, enters
    std::string host;
    std::string value;

    void operator()(const ExpectStates& expected)
    {
        std::vector<std::string> states;
        for (const State state : expected.states) states.emplace_back(name(state));
        item = scalar(expected.host.text(), Where::in_block) + ": " + flow_list(states);
    }
    void operator()(const ExpectSegment& expected);
    void operator()(const ExpectSegments& expected)
    {
        if (expected.from.empty() && !expected.flags) {
            item = "segments: " + std::to_string(expected.count);
            return;
        }
        FlowMap map;
        if (!expected.from.empty()) map.add("from", expected.from);
        if (expected.flags) map.add_as_it_is("flags", bits(*expected.flags));
        item = "segments: " + map.add("count", expected.count).text();
    }
    void operator()(const ExpectCall& expected)
    {
        FlowMap map;
        map.add("host", expected.host.text()).add("call", name(expected.call));
        if (expected.nth != 1) map.add("nth", expected.nth);
        map.add("result", expected.result);
        if (expected.returns) map.add("returns", writing::words(*expected.returns));
        item = "call: " + map.text();
    }
    void operator()(const ExpectDelivered& expected)
    {
        for_host("delivered", expected.host.text(), std::to_string(expected.octets));
    }
    void operator()(const ExpectAt& expected)
    {
        for_host(expected.enters ? "enters" : "at", expected.host.text(), name(expected.state));
        time = writing::words(expected.time);
    }
    void operator()(const ExpectConnections& expected)
    {
        for_host("connections", expected.host, std::to_string(expected.count));
    }
    void operator()(const ExpectNever& expected) { for_host("never", expected.host.text(), name(expected.state)); }
    void operator()(const ExpectCount& expected);
    void operator()(const ExpectClients& expected);
    void operator()(const ExpectTold& expected) { for_host("told", expected.host.text(), expected.result); }

private:
    void for_host(std::string_view what, std::string of, std::string_view is)
    {
        key = what;
        host = std::move(of);
        value = is;
    }
};

void ExpectationWriter::operator()(const ExpectSegment& expected)
{
    FlowMap map;
    map.add("name", expected.name);
    if (expected.from) map.add("from", *expected.from);
    if (expected.flags) map.add_as_it_is("flags", bits(*expected.flags));
    if (expected.seq) map.add("seq", *expected.seq);
    if (expected.ack) map.add("ack", *expected.ack);
    if (expected.len) map.add("len", *expected.len);
    if (expected.wnd) map.add("wnd", *expected.wnd);
    if (expected.sent) map.add("sent", writing::words(*expected.sent));
    if (expected.arrives) map.add("arrives", writing::words(*expected.arrives));
    if (expected.because) map.add("because", *expected.because);
    if (expected.fate) map.add("fate", name(*expected.fate));
    if (expected.check) map.add("check", *expected.check);
    item = "segment: " + map.text();
}

void ExpectationWriter::operator()(const ExpectCount& expected)
{
    FlowMap map;
    map.add("host", expected.host);
    switch (expected.of) {
    case ExpectCount::Of::standing: map.add("state", name(expected.state)); break;
    case ExpectCount::Of::peak: map.add("peak", name(expected.state)); break;
    case ExpectCount::Of::failed: map.add("failed", expected.error); break;
    default:
        for (const auto& [word, of] : happenings)
            if (of == expected.of) map.add("of", word);
    }
    if (expected.at) map.add("at", writing::words(*expected.at));
    if (expected.least == expected.most) {
        map.add("is", expected.least);
    } else {
        if (expected.least > 0) map.add("least", expected.least);
        if (expected.most != UINT64_MAX) map.add("most", expected.most);
    }
    item = "count: " + map.text();
}

void ExpectationWriter::operator()(const ExpectClients& expected)
{
    FlowMap map;
    if (expected.workload != 1) map.add("workload", expected.workload);
    const auto number = [&](std::string_view what, const std::optional<std::uint64_t>& is) {
        if (is) map.add(what, *is);
    };
    number("begun", expected.begun);
    number("done", expected.done);
    number("failed", expected.failed);
    number("opened", expected.opened);
    number("answered", expected.answered);
    if (expected.first_failure) map.add("first_failure", writing::words(*expected.first_failure));
    if (expected.error) map.add("error", *expected.error);
    if (expected.last_answer) map.add("last_answer", writing::words(*expected.last_answer));
    item = "clients: " + map.text();
}

} // namespace

std::vector<std::string> expectation_items(const std::vector<Expectation>& expectations)
{
    std::vector<std::string> items;
    HostMap open; // the item that is still being written
    const auto close = [&] {
        if (!open.key.empty()) items.push_back(open.key.substr(0, open.key.find(' ')) + ": " + open.map.text());
        open = {};
    };
    for (const Expectation& expectation : expectations) {
        ExpectationWriter written;
        std::visit(written, expectation.what);
        if (!written.item.empty()) {
            close();
            items.push_back(written.item);
            continue;
        }
        HostMap next{written.key + ' ' + written.time, {}, expectation.place, {written.host}};
        if (!open.takes(next)) {
            close();
            open = std::move(next);
            if (!written.time.empty()) open.map.add("time", written.time);
        } else {
            open.hosts.push_back(written.host);
        }
        open.map.add(written.host, written.value);
    }
    close();
    return items;
}

} // namespace tcpsm::writing
