#pragma once
// All of the library: a simulated network of hosts whose TCP is RFC 9293's.

#include "tcpsm/connection/connection.hpp"
#include "tcpsm/machine/transitions.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/time/time.hpp"
#include "tcpsm/trace/counts.hpp"
#include "tcpsm/trace/ladder.hpp"
#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"
#include "tcpsm/wire/octets.hpp"
