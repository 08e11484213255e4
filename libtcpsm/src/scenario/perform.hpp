#pragma once
// What the steps of a script do.

#include <cstdint>
#include <string>

#include "tcpsm/network/network.hpp"
#include "tcpsm/scenario/fault.hpp"
#include "tcpsm/scenario/step.hpp"

namespace tcpsm {

/// Does what a step says, on the host and connection that it names.
void perform(Network& network, const HostName& who, const Action& action);

/// Lets all held segments arrive that a selector describes.
void release_held(Network& network, const Selector& selector);

/// What a script's SEND sends: letters that depend on the connection, by its number on its host, and on the place in
/// its stream, so that an octet that is lost, twice there, out of order or from another connection is noticed.
[[nodiscard]] std::string pattern(std::uint32_t connection, std::uint64_t first, std::size_t count);

} // namespace tcpsm
