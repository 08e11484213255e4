#pragma once
// A scenario: hosts, a script, faults and expectations, as a file says them. docs/scenarios.md describes the format.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tcpsm/host/switches.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/scenario/change.hpp"
#include "tcpsm/scenario/claim.hpp"
#include "tcpsm/scenario/error.hpp"
#include "tcpsm/scenario/expectation.hpp"
#include "tcpsm/scenario/fault.hpp"
#include "tcpsm/scenario/step.hpp"

#pragma GCC visibility push(default)
namespace tcpsm {

/// A host's own value for a switch of its profile: "user_timeout", "tcp_retries2", ...
struct Setting {
    std::string key;
    SwitchValue value;
};

struct ScenarioHost {
    Place place;
    std::string name;
    std::vector<std::uint32_t> iss;     ///< of its first connections
    bool accepts = true;                ///< the application accepts by itself
    bool reads = true;                  ///< the application reads by itself
    std::optional<std::string> profile; ///< where it is not the scenario's
    std::vector<Setting> settings;      ///< over the profile's, in this order
};

struct ScenarioLink {
    std::string from;
    std::string to;
    Duration delay{};
};

/// Hosts behind a NAT box: Network::nat.
struct ScenarioNat {
    std::string box;
    std::vector<std::string> behind;
};

/// Programs that use the network: `workloads:`.
struct ScenarioWorkload {
    Place place;
    std::vector<std::string> from;      ///< hosts; one of a flood
    std::string to;                     ///< host
    std::variant<Workload, Flood> what; ///< its hosts are those named here
};

struct Scenario {
    std::string file;
    std::string title;
    std::string asks;
    std::string profile = "rfc9293";
    std::uint64_t seed = 1;
    std::optional<Duration> msl; ///< over the profile's
    Time until = Time{} + 1h;
    Duration delay = 10ms; ///< one way, where no link says otherwise
    std::vector<ScenarioLink> links;
    std::vector<ScenarioNat> nats;
    std::vector<ScenarioHost> hosts;
    std::vector<ScenarioWorkload> workloads;
    std::vector<Step> steps;
    std::vector<Fault> faults;
    std::vector<Change> changes;
    std::vector<Expectation> expectations;
    std::optional<Claim> claim;                  ///< that the run decides
    Recording recording = Recording::everything; ///< where no condition of the script needs more
    std::uint64_t memory = 4'000'000'000;        ///< octets that `memory_needed` of all workloads may come to

    /// What a host starts with: its profile, then the scenario's MSL, then its own settings.
    [[nodiscard]] HostOptions options(const ScenarioHost& host) const;
    /// The profile that a host has at a moment, after the changes of that moment: the one changed to, then the
    /// scenario's MSL and the host's own settings, then the MSL changed to.
    [[nodiscard]] Profile profile_at(const ScenarioHost& host, Time time) const;
    /// What is in the file and has no effect, as sentences: the MSL where a profile fixes TIME-WAIT.
    [[nodiscard]] std::vector<std::string> remarks() const;
};

/// The octets that a workload may need at most while the scenario runs: its connections, and what is recorded of them.
[[nodiscard]] std::uint64_t memory_needed(const Scenario& scenario, const ScenarioWorkload& workload);

/// Reads a scenario. The error is the first one in the file. Refused are texts over 1 MB, that are not UTF-8, with
/// anchors, aliases or tags, nested deeper than 32, or with a key given twice.
[[nodiscard]] std::variant<Scenario, ScenarioError> read_scenario(std::string_view text, std::string file_name);
/// Reads a file; "-" is standard input.
[[nodiscard]] std::variant<Scenario, ScenarioError> read_scenario_file(const std::string& path);

/// What is changed for one run.
struct RunOptions {
    std::vector<std::string> set{};  ///< "msl=10s", "user_timeout=20s" for every host, "client.mss=536" for one
    std::vector<std::string> lose{}; ///< as after `lose:` in a file; asked before the file's faults
    std::optional<std::uint64_t> seed{};
    std::optional<std::string> profile{}; ///< instead of the scenario's; a host's own stays
    std::optional<Recording> recording{}; ///< instead of the scenario's
};

/// Changes a scenario as the options say. An error names the option, or the workload that would need too much memory
/// then, and the scenario may be half changed.
[[nodiscard]] std::optional<ScenarioError> apply(const RunOptions& options, Scenario& scenario);

struct WriteOptions {
    bool expectations = true; ///< they, and a claim, are left out where a change has made them wrong
    std::string comment{};    ///< stands at the top, each line behind a #
};

/// A scenario as a file: what differs from the defaults, in the form of examples/scenarios. Reading it gives the same
/// simulation, and the same text when written again. It is written from the values, so a scenario that was put together
/// or changed by a program is written as well; one that no file could say (a step on a host that it does not have, a
/// segment with options other than MSS) gives a file that `read_scenario` refuses, or that says less.
[[nodiscard]] std::string write_scenario(const Scenario& scenario, const WriteOptions& options = {});

/// A scenario to start from, with comments that explain it.
[[nodiscard]] std::string new_scenario();

} // namespace tcpsm
#pragma GCC visibility pop
