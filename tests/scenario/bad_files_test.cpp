#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "tcpsm/scenario/scenario.hpp"

using namespace tcpsm;

namespace {

const std::string hosts_of_two = "hosts: { client: { iss: 100 }, server: {} }\n";
const std::string one_step = "steps:\n  - { at: 0s, server: listen 80 }\n";

std::string host(const std::string& switches)
{
    return "hosts:\n  client: " + switches + "\nsteps: [{ at: 0s, client: close }]\n";
}

std::string step(const std::string& step)
{
    return hosts_of_two + "steps:\n  - " + step + '\n';
}

std::string fault(const std::string& fault)
{
    return hosts_of_two + one_step + "faults:\n  - " + fault + '\n';
}

std::string change(const std::string& change)
{
    return hosts_of_two + one_step + "changes:\n  - " + change + '\n';
}

std::string expect(const std::string& expectation)
{
    return hosts_of_two + one_step + "expect:\n  - " + expectation + '\n';
}

/// A claim that is whole but for one of its lines, each of which stands where it stands here.
std::string claim(const std::string& line, const std::string& instead)
{
    std::string text = hosts_of_two + one_step +
                       "claim:\n  says: a\n  says_zh: b\n  verdict: true\n  answer: c\n  answer_zh: d\n  source: e\n"
                       "  if_true: [{ segments: 1 }]\n  if_false: [{ segments: 0 }]\n";
    return text.replace(text.find(line), line.size(), instead);
}

struct BadFile {
    std::string what;
    std::string text;
    std::string message;
};

// clang-format off
const std::vector<BadFile> bad_files{
    {"an unknown key",
     "title: x\nhost: { client: {} }\n" + one_step,
     "t.yaml:2:1: found 'host', expected one of tcpsm, title, asks, profile, seed, msl, until, "
     "recording, memory, network, hosts, workloads, steps, faults, changes, expect, claim; did you mean 'hosts'?"},
    {"no hosts",
     one_step,
     "t.yaml:1:1: found no 'hosts', expected hosts and steps"},
    {"no steps",
     hosts_of_two,
     "t.yaml:1:1: found no 'steps', expected hosts and steps"},
    {"another version",
     "tcpsm: 2\n" + hosts_of_two + one_step,
     "t.yaml:1:8: found '2', expected 1, the version of the format that is read here"},
    {"a list instead of a scenario",
     "- a\n- b\n",
     "t.yaml:1:1: found a list, expected a map with hosts and steps"},
    {"a word instead of a scenario",
     "hello\n",
     "t.yaml:1:1: found 'hello', expected a map with hosts and steps"},
    {"a title that is a map",
     "title: { a: b }\n" + hosts_of_two + one_step,
     "t.yaml:1:8: found a map, expected a text"},
    {"an unknown profile",
     "profile: linus\n" + hosts_of_two + one_step,
     "t.yaml:1:10: found 'linus', expected the profile rfc9293 or linux; did you mean 'linux'?"},
    {"a seed that is no number",
     "seed: many\n" + hosts_of_two + one_step,
     "t.yaml:1:7: found 'many', expected a number from 0 to 9223372036854775807"},
    {"an MSL without a unit",
     "msl: 30\n" + hosts_of_two + one_step,
     "t.yaml:1:6: found '30', expected a time with a unit: ns, us, ms, s or min; did you mean '30s'?"},
    {"an MSL with a unit that is none",
     "msl: 30sec\n" + hosts_of_two + one_step,
     "t.yaml:1:6: found '30sec', expected a time with a unit: ns, us, ms, s or min; did you mean "
     "'30s'?"},
    {"a negative MSL",
     "msl: -1s\n" + hosts_of_two + one_step,
     "t.yaml:1:6: found '-1s', expected a time that is not negative"},
    {"an MSL finer than a nanosecond",
     "msl: 0.5ns\n" + hosts_of_two + one_step,
     "t.yaml:1:6: found '0.5ns', expected whole nanoseconds, and at most 1000000000s"},
    {"an MSL of ages",
     "msl: 99999999999s\n" + hosts_of_two + one_step,
     "t.yaml:1:6: found '99999999999s', expected whole nanoseconds, and at most 1000000000s"},
    {"an unknown key of the network",
     "network: { dealy: 50ms }\n" + hosts_of_two + one_step,
     "t.yaml:1:12: found 'dealy', expected one of delay, links, nat; did you mean 'delay'?"},
    {"a link without a delay",
     "network:\n  links:\n    - { from: client, to: server }\n" + hosts_of_two + one_step,
     "t.yaml:3:7: found no 'delay', expected from, to and delay"},
    {"a link to an unknown host",
     "network:\n  links:\n    - { from: client, to: sever, delay: 1ms }\n" + hosts_of_two + one_step,
     "t.yaml:3:27: found 'sever', expected the host client or server; did you mean 'server'?"},
    {"a link between three hosts",
     "network:\n  links:\n    - { between: [client, server, client], delay: 1ms }\n" + hosts_of_two + one_step,
     "t.yaml:3:18: found 3 hosts, expected two"},
    {"hosts that are a list",
     "hosts: [client, server]\n" + one_step,
     "t.yaml:1:8: found a list, expected a map of hosts, such as { client: { iss: 100 }, server: {} }"},
    {"no host",
     "hosts: {}\nsteps: []\n",
     "t.yaml:1:8: found no host, expected at least one"},
    {"a host's name with a blank",
     "hosts: { my client: {} }\nsteps: [{ at: 0s, my client: close }]\n",
     "t.yaml:1:10: found 'my client', expected a host's name: a letter, then letters, digits, - or _, "
     "32 at most"},
    {"a host named like a key",
     "hosts: { at: {} }\nsteps: [{ at: 0s, at: close }]\n",
     "t.yaml:1:10: found 'at', expected a host's name that is no word of the format"},
    {"a host that is a number",
     host("7"),
     "t.yaml:2:11: found '7', expected a map of the host's switches, such as { iss: 100 }"},
    {"an unknown switch of a host",
     host("{ ISS: 100 }"),
     "t.yaml:2:13: found 'ISS', expected one of iss, accepts, reads, profile, msl and 57 more "
     "(docs/profiles.md); did you mean 'iss'?"},
    {"an ISS that does not fit",
     host("{ iss: 4294967296 }"),
     "t.yaml:2:18: found '4294967296', expected a number from 0 to 4294967295"},
    {"an ISS in a list that is none",
     host("{ iss: [100, x] }"),
     "t.yaml:2:24: found 'x', expected a number from 0 to 4294967295"},
    {"neither yes nor no",
     host("{ reads: nope }"),
     "t.yaml:2:20: found 'nope', expected yes or no; did you mean 'no'?"},
    {"an MSS of zero",
     host("{ mss: 0 }"),
     "t.yaml:2:18: found '0', expected a number from 1 to 65495"},
    {"an RTO of zero",
     host("{ rto_min: 0s }"),
     "t.yaml:2:22: found '0s', expected at least 1ms"},
    {"a number of retries that is a time",
     host("{ tcp_retries2: 3s }"),
     "t.yaml:2:27: found '3s', expected a number from 0 to 127"},
    {"steps that are a map",
     hosts_of_two + "steps: { at: 0s, server: listen 80 }\n",
     "t.yaml:2:8: found a map, expected a list of steps"},
    {"no step",
     hosts_of_two + "steps: []\n",
     "t.yaml:2:8: found no step, expected at least one"},
    {"a step that is a word",
     step("listen"),
     "t.yaml:3:5: found 'listen', expected a step, such as { at: 1s, client: close }"},
    {"a step without a moment",
     step("{ client: close }"),
     "t.yaml:3:5: found neither 'at' nor 'when', expected exactly one of the two"},
    {"a step with two moments",
     step("{ at: 1s, when: client is CLOSED, client: close }"),
     "t.yaml:3:5: found both 'at' and 'when', expected exactly one of the two"},
    {"a step without a host",
     step("{ at: 1s }"),
     "t.yaml:3:5: found no host, expected one host and what it does, such as client: close"},
    {"a step with two hosts",
     step("{ at: 1s, client: close, server: close }"),
     "t.yaml:3:30: found a second host, 'server', expected one host in a step"},
    {"a step of an unknown host",
     step("{ at: 1s, cleint: close }"),
     "t.yaml:3:15: found 'cleint', expected one of at, when, same_event, client, server; did you mean "
     "'client'?"},
    {"a connection number of zero",
     step("{ at: 1s, client#0: close }"),
     "t.yaml:3:22: found '0', expected a number from 1 to 1000000"},
    {"same_event at a time",
     step("{ at: 1s, same_event: yes, client: close }"),
     "t.yaml:3:27: found 'same_event' beside 'at', expected 'when': an event has to make its "
     "condition hold"},
    {"an unknown verb",
     step("{ at: 1s, client: conect server:80 }"),
     "t.yaml:3:23: found 'conect', expected one of listen, connect, bind, accept, send, receive, "
     "shutdown, close, abort, crash, reboot, kill, exit, socket, inject; did you mean 'connect'?"},
    {"a verb without its operand",
     step("{ at: 1s, server: listen }"),
     "t.yaml:3:29: found nothing, expected a port from 1 to 65535"},
    {"a port that is too large",
     step("{ at: 1s, server: listen 65536 }"),
     "t.yaml:3:30: found '65536', expected a port from 1 to 65535"},
    {"a port of zero",
     step("{ at: 1s, client: bind 0 }"),
     "t.yaml:3:28: found '0', expected a port from 1 to 65535"},
    {"the end of a process that nobody began",
     hosts_of_two + "steps:\n  - { at: 1s, server: listen 80 as web }\n  - { at: 2s, server: kill wbe }\n",
     "t.yaml:4:28: found 'wbe', expected user or web; did you mean 'web'?"},
    {"the end of a process of another host",
     hosts_of_two + "steps:\n  - { at: 1s, server: listen 80 as web }\n  - { at: 2s, client: exit web }\n",
     "t.yaml:4:28: found 'web', expected user"},
    {"a process with a bad name",
     step("{ at: 1s, server: listen 80 as 7 }"),
     "t.yaml:3:36: found '7', expected the name of a process: a letter, and then letters, digits, _ or -"},
    {"no number of sockets",
     step("{ at: 1s, client: socket }"),
     "t.yaml:3:29: found nothing, expected a number from 1 to 1000000"},
    {"a backlog that is no number",
     step("{ at: 1s, server: listen 80 backlog few }"),
     "t.yaml:3:41: found 'few', expected a number from 0 to 1000000"},
    {"connect without a port",
     step("{ at: 1s, client: connect server }"),
     "t.yaml:3:31: found 'server', expected HOST:PORT, such as server:80; did you mean 'server:80'?"},
    {"connect to an unknown host",
     step("{ at: 1s, client: connect serve:80 }"),
     "t.yaml:3:31: found 'serve', expected the host client or server; did you mean 'server'?"},
    {"words behind a verb",
     step("{ at: 1s, client: close now }"),
     "t.yaml:3:29: found 'now', expected nothing behind 'close'"},
    {"send without a number",
     step("{ at: 1s, client: send lots }"),
     "t.yaml:3:28: found 'lots', expected a number from 1 to 1048576"},
    {"send of too much",
     step("{ at: 1s, client: send 2000000 }"),
     "t.yaml:3:28: found '2000000', expected a number from 1 to 1048576"},
    {"a segment that is none",
     step(R"({ at: 1s, client: "inject <SQE=100>" })"),
     "t.yaml:3:32: found 'SQE', expected one of SEQ, ACK, DATA, CTL, WND, UP, MSS, WS, SACKOK, SACK, TS; "
     "did you mean 'SEQ'?"},
    {"a segment cut off by YAML",
     step("{ at: 1s, client: inject <SEQ=1><ACK=2><CTL=FIN,ACK> }"),
     "t.yaml:3:53: found 'ACK>', expected the segment in quotes: a comma ends the value here"},
    {"a segment with half of its ends",
     step(R"({ at: 1s, client: "inject <SEQ=1><CTL=SYN> from 5000" })"),
     "t.yaml:3:57: found nothing, expected 'to HOST:PORT'"},
    {"a condition of an unknown host",
     step("{ when: cliet is ESTABLISHED, client: close }"),
     "t.yaml:3:13: found 'cliet', expected the host client or server; did you mean 'client'?"},
    {"a condition of an unknown state",
     step("{ when: client is ESTABLISHD, client: close }"),
     "t.yaml:3:23: found 'ESTABLISHD', expected a state: one of CLOSED, LISTEN, SYN-SENT, "
     "SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK, TIME-WAIT; "
     "did you mean 'ESTABLISHED'?"},
    {"a condition without a verb",
     step("{ when: client, client: close }"),
     "t.yaml:3:19: found nothing, expected one of is, was, has received"},
    {"a condition with another verb",
     step("{ when: client in ESTABLISHED, client: close }"),
     "t.yaml:3:20: found 'in', expected one of is, was, has received; did you mean 'is'?"},
    {"a condition on nothing received",
     step("{ when: client has received 0, client: close }"),
     "t.yaml:3:33: found '0', expected a number from 1 to 1000000000000"},
    {"a condition that goes on",
     step("{ when: client is ESTABLISHED or CLOSED, client: close }"),
     "t.yaml:3:35: found 'or CLOSED', expected 'and', or nothing"},
    {"a condition that ends in and",
     step("{ when: client is ESTABLISHED and, client: close }"),
     "t.yaml:3:38: found nothing, expected a condition, such as client is ESTABLISHED"},
    {"a condition on a segment of nobody",
     step("{ when: sevrer.2 arrived, client: close }"),
     "t.yaml:3:13: found 'sevrer', expected the host client or server; did you mean 'server'?"},
    {"a condition on segment zero",
     step("{ when: server.0 arrived, client: close }"),
     "t.yaml:3:20: found '0', expected a number from 1 to 4000000000"},
    {"an unknown fault",
     fault("loose: client.4"),
     "t.yaml:5:5: found 'loose', expected one of lose, delay, duplicate, hold, cut; did you mean "
     "'lose'?"},
    {"two faults in one",
     fault("{ lose: client.4, duplicate: client.5 }"),
     "t.yaml:5:23: found a second fault, 'duplicate', expected one fault in each item of the list"},
    {"a fault of a segment without a point",
     fault("lose: client4"),
     "t.yaml:5:11: found 'client4', expected a segment's name, or 'every', 'first' or '5% of' and the "
     "kind of segment; did you mean 'client.4'?"},
    {"a fault of a copy",
     fault("lose: client.4'"),
     "t.yaml:5:11: found 'client.4'', expected the name of a segment that a host sends, such as "
     "client.4"},
    {"a fault of an injected segment",
     fault("lose: inject.1"),
     "t.yaml:5:11: found 'inject.1', expected the name of a segment that a host sends, such as client.4"},
    {"a fault of an unknown host",
     fault("lose: cilent.4"),
     "t.yaml:5:11: found 'cilent', expected the host client or server; did you mean 'client'?"},
    {"a fault of an unknown kind",
     fault("lose: first FNI from client"),
     "t.yaml:5:17: found 'FNI', expected one of segment, SYN, SYN,ACK, SYN-ACK, FIN, RST, ACK, pure "
     "ACK, data, text, retransmission; did you mean 'FIN'?"},
    {"a fault that counts strangely",
     fault("lose: frist FIN from client"),
     "t.yaml:5:11: found 'frist', expected a segment's name, or 'every', 'first' or '5% of' and the "
     "kind of segment; did you mean 'first'?"},
    {"a fault from nowhere",
     fault("lose: every FIN from nowhere"),
     "t.yaml:5:26: found 'nowhere', expected the host client or server"},
    {"a percentage above 100",
     fault("lose: 120% of segments"),
     "t.yaml:5:11: found '120%', expected a percentage from 0.0001% to 100%"},
    {"a percentage of nothing",
     fault("lose: 5%"),
     "t.yaml:5:13: found nothing, expected 'of segments', or of some kind of them"},
    {"a fault with a word too many",
     fault("lose: every FIN at client"),
     "t.yaml:5:21: found 'at client', expected 'from HOST', 'to HOST' or 'in STATE'"},
    {"a delay without its length",
     fault("delay: { segment: client.4 }"),
     "t.yaml:5:12: found no 'by', expected segment and by"},
    {"a delay of a word",
     fault("delay: client.4"),
     "t.yaml:5:12: found 'client.4', expected a map, such as { segment: client.4, by: 2s }"},
    {"a hold without an end",
     fault("hold: { segment: client.4 }"),
     "t.yaml:5:11: found no 'until', expected segment and until"},
    {"a hold until an unknown state",
     fault("hold: { segment: client.4, until: client is OPEN }"),
     "t.yaml:5:49: found 'OPEN', expected a state: one of CLOSED, LISTEN, SYN-SENT, SYN-RECEIVED, "
     "ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK, TIME-WAIT"},
    {"a cut of one host",
     fault("cut: { between: [client] }"),
     "t.yaml:5:21: found 1 host, expected two"},
    {"a cut with an unknown key",
     fault("cut: { between: [client, server], form: 1s }"),
     "t.yaml:5:39: found 'form', expected one of between, from, until; did you mean 'from'?"},
    {"changes that are a map",
     hosts_of_two + one_step + "changes: { at: 2s, delay: 100ms }\n",
     "t.yaml:4:10: found a map, expected a list of changes"},
    {"a change that is a word",
     change("slower"),
     "t.yaml:5:5: found 'slower', expected a change, such as { at: 2s, delay: 100ms }"},
    {"memory at a moment",
     expect("count: { host: client, of: memory, at: 3s, most: 9 }"),
     "t.yaml:5:44: found memory at a moment, expected none: it is known at the end of the run"},
    {"a claim that is a sentence",
     hosts_of_two + one_step + "claim: yes\n",
     "t.yaml:4:8: found 'yes', expected a map with what is said, the verdict, and what decides it"},
    {"a claim with an unknown key",
     claim("answer:", "anser:"),
     "t.yaml:8:3: found 'anser', expected one of says, says_zh, verdict, answer, answer_zh, source, if_true, if_false; "
     "did you mean 'answer'?"},
    {"a claim in one language",
     claim("  says_zh: b\n", ""),
     "t.yaml:5:3: found no 'says_zh', expected says, says_zh, verdict, answer, answer_zh, source, if_true and "
     "if_false"},
    {"a claim without words",
     claim("says: a", "says: ''"),
     "t.yaml:5:10: found nothing, expected a sentence"},
    {"a claim whose source is a list",
     claim("source: e", "source: [e]"),
     "t.yaml:10:11: found a list, expected a sentence"},
    {"a verdict that is none",
     claim("verdict: true", "verdict: treu"),
     "t.yaml:7:12: found 'treu', expected one of true, false, depends; did you mean 'true'?"},
    {"a verdict that is a map",
     claim("verdict: true", "verdict: {}"),
     "t.yaml:7:12: found a map, expected true, false or depends"},
    {"a claim that nothing makes true",
     claim("[{ segments: 1 }]", "[]"),
     "t.yaml:11:12: found an empty list, expected at least one expectation in 'if_true'"},
    {"a claim that nothing makes false",
     claim(" [{ segments: 0 }]", ""),
     "t.yaml:13:1: found nothing, expected at least one expectation in 'if_false'"},
    {"a claim that is decided by a word",
     claim("[{ segments: 1 }]", "never"),
     "t.yaml:11:12: found 'never', expected a list of expectations"},
    {"a claim that is decided by what nobody knows",
     claim("segments: 1", "segmnets: 1"),
     "t.yaml:11:15: found 'segmnets', expected one of segment, segments, call, delivered, at, enters, connections, "
     "never, told, count, clients, client, server; did you mean 'segments'?"},
    {"a change of something unknown",
     change("{ at: 2s, dealy: 100ms }"),
     "t.yaml:5:15: found 'dealy', expected one of at, msl, delay, loss, profile; did you mean 'delay'?"},
    {"a change on a condition",
     change("{ when: client is ESTABLISHED, msl: 10s }"),
     "t.yaml:5:7: found 'when', expected one of at, msl, delay, loss, profile"},
    {"a change without a moment",
     change("{ delay: 100ms }"),
     "t.yaml:5:5: found no 'at', expected a change, such as { at: 2s, delay: 100ms }"},
    {"a change of nothing",
     change("{ at: 2s }"),
     "t.yaml:5:5: found nothing that changes, expected one of msl, delay, loss, profile"},
    {"two changes in one",
     change("{ at: 2s, delay: 100ms, loss: 5% }"),
     "t.yaml:5:29: found a second change, 'loss', expected one change in each item of the list"},
    {"a moment of a change without a unit",
     change("{ at: 2, delay: 100ms }"),
     "t.yaml:5:11: found '2', expected a time with a unit: ns, us, ms, s or min; did you mean '2s'?"},
    {"a moment of a change that is a list",
     change("{ at: [2s], delay: 100ms }"),
     "t.yaml:5:11: found a list, expected a time"},
    {"a change to a delay that is none",
     change("{ at: 2s, delay: long }"),
     "t.yaml:5:22: found 'long', expected a time with a unit: ns, us, ms, s or min"},
    {"a change to a negative MSL",
     change("{ at: 2s, msl: -1s }"),
     "t.yaml:5:20: found '-1s', expected a time that is not negative"},
    {"a change to a loss without its mark",
     change("{ at: 2s, loss: 5 }"),
     "t.yaml:5:21: found '5', expected a percentage from 0% to 100%; did you mean '5%'?"},
    {"a change to a loss of more than all",
     change("{ at: 2s, loss: 100.1% }"),
     "t.yaml:5:21: found '100.1%', expected a percentage from 0% to 100%"},
    {"a change to a loss without a number",
     change("{ at: 2s, loss: }"),
     "t.yaml:5:21: found nothing, expected a percentage"},
    {"a change to an unknown profile",
     change("{ at: 2s, profile: linus }"),
     "t.yaml:5:24: found 'linus', expected the profile rfc9293 or linux; did you mean 'linux'?"},
    {"an unknown expectation",
     expect("{ segmnet: { name: client.4 } }"),
     "t.yaml:5:7: found 'segmnet', expected one of segment, segments, call, delivered, at, enters, "
     "connections, never, told, count, clients, client, server; did you mean 'segment'?"},
    {"two expectations in one",
     expect("{ segments: 3, connections: { client: 1 } }"),
     "t.yaml:5:20: found a second expectation, 'connections', expected one expectation in each item "
     "of the list"},
    {"a state of an expectation",
     expect("client: [CLOSED, SYN-SEND]"),
     "t.yaml:5:22: found 'SYN-SEND', expected a state: one of CLOSED, LISTEN, SYN-SENT, SYN-RECEIVED, "
     "ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK, TIME-WAIT; did you mean "
     "'SYN-SENT'?"},
    {"states that are no list",
     expect("client: CLOSED"),
     "t.yaml:5:13: found 'CLOSED', expected a list of states, such as [CLOSED, SYN-SENT, ESTABLISHED]"},
    {"a segment without a name",
     expect("segment: { flags: SYN }"),
     "t.yaml:5:14: found no 'name', expected name"},
    {"flags cut off by YAML",
     expect("segment: { name: client.3, flags: FIN,ACK }"),
     "t.yaml:5:43: found 'ACK' as a key, expected 'flags: FIN ACK', or quotes: a comma ends the value "
     "here"},
    {"flags that are none",
     expect("segment: { name: client.3, flags: FIN AKC }"),
     "t.yaml:5:43: found 'AKC', expected control bits such as FIN ACK: one of SYN, FIN, RST, PSH, "
     "URG, ECE, CWR, ACK; did you mean 'ACK'?"},
    {"an unknown reason",
     expect("segment: { name: client.3, because: retransmision timeout }"),
     "t.yaml:5:41: found 'retransmision timeout', expected what led to it: an event of 'tcpsm "
     "states', or 'refused: ' and a check; did you mean 'retransmission timeout'?"},
    {"an unknown check",
     expect("segment: { name: client.3, check: sequence }"),
     "t.yaml:5:39: found 'sequence', expected a check: one of no connection, RST in LISTEN, ACK in "
     "LISTEN, no SYN in LISTEN, ACK in SYN-SENT, RST without ACK in SYN-SENT, no SYN in SYN-SENT, "
     "sequence number, RST bit, SYN bit, ACK bit, ACK range, ACK field, timestamp, no timestamp, host "
     "down, accept queue, backlog, peer timestamp, deferred accept; did you mean 'sequence number'?"},
    {"an unknown fate",
     expect("segment: { name: client.3, fate: dropped }"),
     "t.yaml:5:38: found 'dropped', expected one of delivered, refused, lost, in flight"},
    {"an unknown call",
     expect("call: { host: client, call: conect, result: ok }"),
     "t.yaml:5:33: found 'conect', expected one of listen, bind, connect, accept, send, receive, "
     "shutdown, close, abort, crash, reboot, kill, exit, socket; did you mean 'connect'?"},
    {"an unknown result",
     expect("call: { host: client, call: connect, result: conection_reset }"),
     "t.yaml:5:50: found 'conection_reset', expected a result: one of ok, connection_refused, "
     "connection_reset, timed_out, broken_pipe, not_connected, already_connected, connection_already_in_progress, "
     "destination_address_required, no_buffer_space, operation_would_block, address_in_use, "
     "address_not_available, too_many_files_open, invalid_argument, network_down, host_unreachable, "
     "no_such_process, bad_file_descriptor, operation_in_progress; did you mean 'connection_reset'?"},
    {"a call without its result",
     expect("call: { host: client, call: connect }"),
     "t.yaml:5:11: found no 'result', expected host, call and result"},
    {"octets for nobody",
     expect("delivered: { sever: 1000 }"),
     "t.yaml:5:18: found 'sever', expected the host client or server; did you mean 'server'?"},
    {"a moment without a time",
     expect("at: { client: CLOSED }"),
     "t.yaml:5:9: found no 'time', expected a map, such as { time: 61.1s, client: CLOSED }"},
    {"a moment without a host",
     expect("at: { time: 1s }"),
     "t.yaml:5:9: found no host, expected a map, such as { time: 61.1s, client: CLOSED }"},
    {"a number of connections that is none",
     expect("connections: { server: one }"),
     "t.yaml:5:28: found 'one', expected a number from 0 to 4294967295"},
    {"a mistake in the YAML",
     step("{ at: 0s, server: listen 80"),
     "t.yaml:4:1: found a mistake in the YAML: end of map flow not found, expected a scenario as "
     "docs/scenarios.md describes it"},
    {"a tab",
     "hosts:\n\tclient: {}\n" + one_step,
     "t.yaml:2:1: found a tab, expected blanks: YAML is not indented with tabs"},
    {"a second document",
     hosts_of_two + "steps:\n  - { at: 0s, server: listen 80 }\n---\nhosts: { client: { iss: 100 }, server: {} }\n" +
         "steps:\n  - { at: 0s, server: listen 80 }\n",
     "t.yaml:4:1: found a second document, expected one scenario in a file"},
    {"a tag",
     "hosts: { client: !!map {} }\n" + one_step,
     "t.yaml:1:18: found a tag (!), expected no tags: the keys say what a value is"},
    {"the first of two mistakes",
     "hosts: { client: { iss: x } }\nsteps:\n  - { at: 0, client: close }\n",
     "t.yaml:1:25: found 'x', expected a number from 0 to 4294967295"},
    {"a host read later",
     "steps:\n  - { at: 0s, sever: listen 80 }\n" + hosts_of_two,
     "t.yaml:2:15: found 'sever', expected one of at, when, same_event, client, server; did you mean "
     "'server'?"},
    {"characters of two octets before the mistake",
     "title: \"Grüße\"\nhosts: { client: { profile: línux } }\nsteps: [{ at: 0s, client: close }]\n",
     "t.yaml:2:29: found 'línux', expected the profile rfc9293 or linux; did you mean 'linux'?"},
};
// clang-format on

} // namespace

TEST_CASE("a bad file: one error, the first in the file, that names place, found, expected and the nearest word")
{
    CHECK(bad_files.size() >= 40);
    for (const BadFile& bad : bad_files) {
        CAPTURE(bad.what);
        const auto read = read_scenario(bad.text, "t.yaml");
        const auto* const error = std::get_if<ScenarioError>(&read);
        REQUIRE(error != nullptr);
        CHECK(error->message() == bad.message);
    }
}

TEST_CASE("what the bad files are made of is good")
{
    CHECK(std::holds_alternative<Scenario>(read_scenario(hosts_of_two + one_step, "t.yaml")));
    CHECK(std::holds_alternative<Scenario>(read_scenario(host("{ iss: [100, 200], reads: no }"), "t.yaml")));
    CHECK(std::holds_alternative<Scenario>(read_scenario(fault("lose: client.4"), "t.yaml")));
    CHECK(std::holds_alternative<Scenario>(read_scenario(change("{ at: 2s, loss: 0% }"), "t.yaml")));
    CHECK(std::holds_alternative<Scenario>(read_scenario(expect("segments: 3"), "t.yaml")));
}
