#pragma once
// All of tcpsm::tcpsm: a simulated network of hosts whose TCP is RFC 9293's.

#include "tcpsm/connection/connection.hpp"
#include "tcpsm/connection/errc_name.hpp"
#include "tcpsm/host/switches.hpp"
#include "tcpsm/machine/transitions.hpp"
#include "tcpsm/network/network.hpp"
#include "tcpsm/network/pattern.hpp"
#include "tcpsm/time/time.hpp"
#include "tcpsm/trace/counts.hpp"
#include "tcpsm/trace/ladder.hpp"
#include "tcpsm/trace/trace.hpp"
#include "tcpsm/version.hpp"
#include "tcpsm/wire/ipv4.hpp"
#include "tcpsm/wire/notation.hpp"
#include "tcpsm/wire/octets.hpp"
