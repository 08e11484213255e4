#pragma once
// What the parts of the reader share. Each `read_...` notes a problem and gives nothing where the file is wrong; the
// others go on, so that the first problem in the file is the one that is told.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/element.hpp"
#include "scenario/problems.hpp"
#include "scenario/text.hpp"
#include "tcpsm/scenario/scenario.hpp"

namespace tcpsm::reading {

struct Reading {
    Problems problems;
    std::vector<std::string> hosts; // all names, whatever else is wrong with the hosts
    std::int64_t workloads = 0;     // that have clients
    std::string host;               // of the step that is being read
    struct Ended {
        Text name;
        std::string host;
    };
    std::vector<Ended> ended; // processes that a step ends
};

/// Words that a place accepts, as messages list them.
using Known = std::vector<std::string>;

// ---- nodes ----
/// Notes every key that is not known; where there is none such, every one that is missing.
bool check_keys(Reading& r, const Element& map, const Known& known, const Known& required = {});
/// Notes where a node is no map, list or scalar; `expected` says what it should be.
bool require_map(Reading& r, const Element& node, const std::string& expected);
bool require_list(Reading& r, const Element& node, const std::string& expected);
std::optional<Text> require_scalar(Reading& r, const Element& node, const std::string& expected);

// ---- values ----
void unexpected(Reading& r, const Text& text, std::string expected, std::string suggestion = {});
/// Notes a word that is none of those known, and the nearest.
void unknown(Reading& r, const Text& text, const Known& known, std::string_view of = {});
/// Notes what is left over behind a text that is complete.
bool require_end(Reading& r, const Words& words, const std::string& behind);

std::optional<Duration> read_duration(Reading& r, const Text& text);
std::optional<std::int64_t> read_number(Reading& r, const Text& text, std::int64_t least, std::int64_t most);
std::optional<bool> read_yes_no(Reading& r, const Text& text);
/// "5%", "0.1%", in a million. Nothing, and no problem noted, where it is no percentage.
std::optional<std::uint32_t> percentage(std::string_view word);
std::optional<State> read_state(Reading& r, const Text& text);
std::optional<Flags> read_flags(Reading& r, const Element& node);
std::optional<Port> read_port(Reading& r, const Text& text);

// ---- names ----
bool is_host_name(std::string_view text);
/// "client"
std::optional<std::string> read_host(Reading& r, const Text& text);
/// "client", "client#2"
std::optional<HostName> read_host_name(Reading& r, const Text& text);
/// "web": a process
std::optional<std::string> read_process_name(Reading& r, const Text& text);
/// "server:80"
struct Remote {
    std::string host;
    Port port;
};
std::optional<Remote> read_remote(Reading& r, const Text& text);
/// Whether a word looks like the name of a segment, of whatever host.
bool looks_like_segment(std::string_view text);
/// "client.4" for "client4"; empty for anything else.
std::string with_point(const Reading& r, std::string_view text);
enum class SegmentUse : std::uint8_t { sent_by_host, any }; // any: a copy too, or an injected one
/// "client.4", or "A4", in the history's own spelling.
std::optional<std::string> read_segment_name(Reading& r, const Text& text, SegmentUse use);

// ---- parts of the file ----
std::optional<Moment> read_moment(Reading& r, const Element& node);
std::optional<Condition> read_condition(Reading& r, const Text& text);
std::optional<Selector> read_selector(Reading& r, const Text& text);
std::optional<Setting> read_setting(Reading& r, std::string_view key, const Text& value);
const Known& setting_keys();
bool require_two_hosts(Reading& r, const Element& node);
std::optional<std::vector<std::uint32_t>> read_iss(Reading& r, const Element& node);
std::optional<std::string> read_profile(Reading& r, const Text& text);
std::optional<Recording> read_recording(Reading& r, const Text& text);
std::optional<std::uint64_t> read_seed(Reading& r, const Text& text);

void read_network(Reading& r, const Element& node, Scenario& scenario);
void read_hosts(Reading& r, const Element& node, Scenario& scenario);
/// "4GB", "500MB"
std::optional<std::uint64_t> read_size(Reading& r, const Text& text);
/// Notes workloads that may need more than the scenario's limit.
void check_memory(Reading& r, const Scenario& scenario);
void read_workloads(Reading& r, const Element& node, Scenario& scenario);
void read_steps(Reading& r, const Element& node, Scenario& scenario);
void read_faults(Reading& r, const Element& node, Scenario& scenario);
void read_changes(Reading& r, const Element& node, Scenario& scenario);
void read_expectations(Reading& r, const Element& node, std::vector<Expectation>& expectations);
void read_claim(Reading& r, const Element& node, Scenario& scenario);

} // namespace tcpsm::reading
