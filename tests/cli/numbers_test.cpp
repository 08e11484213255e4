// tcpsm run of many connections: numbers in the ladder's place.

#include <doctest/doctest.h>

#include "cli/process.hpp"
#include "cli/scenarios.hpp"

namespace {

constexpr std::string_view few_ports = R"(title: Few ports
asks: How many connections a second?
until: 20s
recording: counts
hosts:
  client: { ip_local_port_range: 40000 40099, time_wait: 10s }
  server: { tcp_max_tw_buckets: 0 }
workloads:
  - { clients: 600, from: client, to: server:80, rate: 20/s, closes: client }
)";

constexpr std::string_view flooded = R"(title: A flood
asks: Who is served?
until: 10s
recording: counts
hosts:
  client: {}
  server: { profile: linux }
  attacker: {}
workloads:
  - { clients: 10, from: client, to: server:80, rate: 10/s, begins: 2s, backlog: 20 }
  - { flood: server:80, from: attacker, syns: 100, rate: 100/s }
)";

} // namespace

TEST_CASE_FIXTURE(Folder,
                  "run of more clients than ports: the rate that can be sustained is ports / TIME-WAIT, and it is")
{
    const Finished run = command({"run", file("few.yaml", few_ports)});
    CHECK(run.status == 0);
    CHECK(run.out == R"(Few ports
How many connections a second?

600 clients on client, 20 a second from 0s, 1 request each, to server:80
  401 begun, 200 done, 201 failed; 200 connections, 200 requests answered, the last at 15.09s
  the first failed at 5s: no ephemeral port is free
  client can sustain 10.0 connections a second to one remote port: 100 ports / 10s of TIME-WAIT
  in the last 10s it opened 100: 10.0 a second

                                 client       server
segments                           1200         1000
connections opened                  200            0
connections taken                     0          200
TIME-WAITs                          200            0
in LISTEN, at most                    0            1
  in the end                          0            1
in SYN-SENT, at most                  1            0
in SYN-RECEIVED, at most              0            1
in ESTABLISHED, at most               1            1
in FIN-WAIT-1, at most                1            0
in FIN-WAIT-2, at most                1            0
in CLOSE-WAIT, at most                0            1
in LAST-ACK, at most                  0            1
in TIME-WAIT, at most               100            0
  in the end                        100            0
calls: no ephemeral port            201            0
The run ends at 20 s (until:); the next event would be at 20.05 s.
)");
}

TEST_CASE_FIXTURE(Folder, "run of a flood: how many SYNs were answered by cookies, and the kernel's own words")
{
    const std::string out = command({"run", file("flood.yaml", flooded)}).out;
    CHECK(has(out, "\n  10 begun, 10 done, 0 failed; 10 connections, 10 requests answered, the last at 2.94s\n"
                   "100 SYNs of nobody, 100 a second from 0s, to server:80\n"));
    CHECK(has(squeezed(out), "SYNs answered by cookies 0 89 0\n"));
    CHECK(has(out, "\nthe log of server\n"
                   "  [    0.220000] TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies.\n"));
}
