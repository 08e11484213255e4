#pragma once
// Scenario files that these tests write.

#include <string_view>

/// The teardown whose last ACK, client.4, is lost, with its expectations.
inline constexpr std::string_view lost_final_ack = R"(tcpsm: 1
title: The last ACK of the teardown is lost
asks: Why does the side that closes first wait in TIME-WAIT?
msl: 30s
network: { delay: 50ms }
hosts:
  client: { iss: 100 }
  server: { iss: 300 }
steps:
  - { at: 0s, server: listen 80 }
  - { at: 1s, client: connect server:80 }
  - { when: client is ESTABLISHED, client: close }
  - { when: server is CLOSE-WAIT, server: close }
faults:
  - lose: client.4
expect:
  - client: [CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED]
  - server: [CLOSED, LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED]
)";

/// The same, expecting what is not so, in line 12.
inline constexpr std::string_view wrong_expectation = R"(tcpsm: 1
title: A wrong expectation
hosts:
  client: { iss: 100 }
  server: { iss: 300 }
steps:
  - { at: 0s, server: listen 80 }
  - { at: 1s, client: connect server:80 }
  - { when: client is ESTABLISHED, client: close }
  - { when: server is CLOSE-WAIT, server: close }
expect:
  - client: [CLOSED, SYN-SENT, ESTABLISHED]
)";

/// An unknown key in line 5, column 13.
inline constexpr std::string_view bad_file = R"(tcpsm: 1
title: A misspelled key
hosts:
  client: {}
  server: { isss: 300 }
steps:
  - { at: 0s, server: listen 80 }
)";
