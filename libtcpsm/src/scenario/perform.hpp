#pragma once
// What the steps of a script do.

#include "tcpsm/network/network.hpp"
#include "tcpsm/scenario/fault.hpp"
#include "tcpsm/scenario/step.hpp"

namespace tcpsm {

/// Does what a step says, on the host and connection that it names.
void perform(Network& network, const HostName& who, const Action& action);

/// Lets all held segments arrive that a selector describes.
void release_held(Network& network, const Selector& selector);

} // namespace tcpsm
