#pragma once
// What the parts of the writer share: each gives the words that the reader reads as the same value.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/scenario/scenario.hpp"

namespace tcpsm::writing {

// ---- YAML ----
enum class Where : std::uint8_t {
    in_block,
    in_flow
}; ///< in_flow: inside { } or [ ], where commas and brackets separate
/// A text, in quotes where YAML would take it for something else.
[[nodiscard]] std::string scalar(std::string_view text, Where where);
/// In quotes, whether it needs them or not.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// "{ at: 1s, client: close }", key by key.
class FlowMap {
public:
    /// A text, put into quotes where it needs them.
    FlowMap& add(std::string_view key, std::string_view text)
    {
        return add_as_it_is(key, scalar(text, Where::in_flow));
    }
    FlowMap& add(std::string_view key, std::uint64_t number) { return add_as_it_is(key, std::to_string(number)); }
    /// What is YAML already.
    FlowMap& add_as_it_is(std::string_view key, std::string_view yaml);
    [[nodiscard]] bool empty() const { return inside_.empty(); }
    [[nodiscard]] std::string text() const { return inside_.empty() ? "{}" : "{ " + inside_ + " }"; }

private:
    std::string inside_;
};

/// "[a, b]" of what is YAML already.
[[nodiscard]] std::string flow_list(const std::vector<std::string>& items);

// ---- words ----
/// "1.05s", "50ms", "90min": exact, in the unit that people would take.
[[nodiscard]] std::string words(Duration duration);
[[nodiscard]] std::string words(Time time);
/// "5%", of a number in a million.
[[nodiscard]] std::string percentage(std::uint32_t in_a_million);
[[nodiscard]] std::string words(const Condition& condition);
[[nodiscard]] std::string words(const Moment& moment);
[[nodiscard]] std::string words(const Action& action);
[[nodiscard]] std::string words(const Selector& selector);
/// The whole segment, also what the figures leave out; without WND where the reader is to take the window told last.
[[nodiscard]] std::string words(const Segment& segment, bool with_window);

// ---- parts of the file ----
/// One item of `workloads:`.
[[nodiscard]] std::string workload_item(const ScenarioWorkload& workload);
/// The items of `expect:`, one a line.
[[nodiscard]] std::vector<std::string> expectation_items(const std::vector<Expectation>& expectations);

} // namespace tcpsm::writing
