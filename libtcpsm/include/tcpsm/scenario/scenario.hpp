#pragma once
// A scenario: hosts, a script, faults and expectations, as a file says them. docs/scenarios.md describes the format.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tcpsm/network/network.hpp"
#include "tcpsm/scenario/error.hpp"
#include "tcpsm/scenario/expectation.hpp"
#include "tcpsm/scenario/fault.hpp"
#include "tcpsm/scenario/step.hpp"

namespace tcpsm {

/// A host's own value for a switch of its profile: "user_timeout", "tcp_retries2", ...
struct Setting {
    std::string key;
    std::variant<Duration, std::int64_t, bool> value;
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
    std::vector<ScenarioHost> hosts;
    std::vector<Step> steps;
    std::vector<Fault> faults;
    std::vector<Expectation> expectations;
    Recording recording = Recording::everything;

    /// What a host starts with: its profile, then the scenario's MSL, then its own settings.
    [[nodiscard]] HostOptions options(const ScenarioHost& host) const;
    /// What is in the file and has no effect, as sentences: the MSL where a profile fixes TIME-WAIT.
    [[nodiscard]] std::vector<std::string> remarks() const;
};

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
    Recording recording = Recording::everything;
};

/// Changes a scenario as the options say. An error names the option, and then the scenario may be half changed.
[[nodiscard]] std::optional<ScenarioError> apply(const RunOptions& options, Scenario& scenario);

/// A scenario to start from, with comments that explain it.
[[nodiscard]] std::string new_scenario();

} // namespace tcpsm
