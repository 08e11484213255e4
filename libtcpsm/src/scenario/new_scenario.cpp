#include "tcpsm/scenario/scenario.hpp"

namespace tcpsm {

std::string new_scenario()
{
    return R"(# A scenario for tcpsm. `tcpsm run FILE` draws it, `tcpsm check FILE` judges what `expect:` says.
tcpsm: 1                      # the version of this format
title: A connection opens and closes
asks: Which side ends up in TIME-WAIT?

msl: 30s                      # TIME-WAIT lasts two of these; times need a unit: ns, us, ms, s, min
network: { delay: 50ms }      # one way, between any two hosts

hosts:                        # a name, and what is special about it
  client: { iss: 100 }        # iss: its initial sequence number, so that the ladder is easy to read
  server: { iss: 300 }

steps:                        # each fires once: at a time, or when a condition first holds
  - { at: 0s, server: listen 80 }
  - { at: 1s, client: connect server:80 }
  - { when: client is ESTABLISHED, client: send 100 }
  - { when: server has received 100, client: close }
  - { when: server is CLOSE-WAIT, server: close }

faults:                       # segments are named by their sender and counted: client.4 is the client's fourth
  # - lose: client.5                                  # take away the first # to lose the last ACK
  # - delay: { segment: server.1, by: 2s }
  # - duplicate: first data from client
  # - lose: 5% of segments                            # by chance: each seed draws others

expect:                       # what `tcpsm check` judges; take away what you do not need
  - client: [CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED]
  - server: [CLOSED, LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED]
  - delivered: { server: 100 }
)";
}

} // namespace tcpsm
