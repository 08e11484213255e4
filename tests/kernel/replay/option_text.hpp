#pragma once
// A segment's TCP options as a recording writes them, "mss 1460" or "TS val K+0 ecr 100", and as octets.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tcpsm/wire/options.hpp"

namespace tcpsm::kernel {

/// Numbers that mean something else here than in the kernel that was recorded.
struct OptionNumbers {
    std::function<std::uint32_t(std::uint32_t)> timestamp{}; ///< of "K+28", the kernel's clock 28 ms after its first
    Seq sacked{};                                            ///< added to both ends of a block
};

/// The octets in the order given, padding and what makes no sense included.
/// @return nothing where an option is not understood, or they are more than a header holds
[[nodiscard]] std::optional<Options> to_options(const std::vector<std::string>& texts, const OptionNumbers& numbers);

/// Whether `to_options` knows it.
[[nodiscard]] bool understood(std::string_view text);

/// "mss", "nop", "wscale", "sackOK", "sack", "TS": the word that begins it.
[[nodiscard]] std::string kind_of(std::string_view text);

/// The kinds of a header's options in order, in the same words; one that is not known is "kind 30".
[[nodiscard]] std::vector<std::string> kinds_of(const Options& options);

/// The 28 of "TS val K+28 ecr 0"; nothing for another option.
[[nodiscard]] std::optional<std::uint32_t> timestamp_of(std::string_view text);

} // namespace tcpsm::kernel
