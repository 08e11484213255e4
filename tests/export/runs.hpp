#pragma once
// Runs to draw.

#include "tcpsm/network/network.hpp"

namespace tcpsm::test {

/// The last ACK of the teardown is lost; the listener is told of an old duplicate; everything else is ordinary.
tcpsm::Network lost_final_ack();

} // namespace tcpsm::test
