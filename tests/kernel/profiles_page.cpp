#include "kernel/profiles_page.hpp"

#include <array>
#include <fstream>
#include <string_view>
#include <vector>

#include "support/places.hpp"
#include "tcpsm/host/switches.hpp"
#include "tcpsm/trace/trace.hpp"

namespace tcpsm::kernel {
namespace {

/// A difference in SEGMENT ARRIVES that the switch linux_checks turns on.
struct Difference {
    std::string_view what;
    std::string_view rfc;
    std::string_view linux;
    std::string_view recording;
};

constexpr std::array differences{
    Difference{"right edge of the window", "SEQ below RCV.NXT + RCV.WND", "that number too, where there is no text",
               ""},
    Difference{"SYN,FIN to LISTEN", "the SYN is taken, the FIN kept", "dropped", "listen_odd_segments"},
    Difference{"text on a SYN or SYN,ACK", "kept, or taken", "dropped; it must come again", "syn_sent_synack_data"},
    Difference{"ACK of nothing in SYN-SENT", "RST", "RST, and once the SYN again 8 ms later", "syn_sent_rst_ack"},
    Difference{"SYN,ACK of a simultaneous open", "options that both offered", "all options offered again",
               "simultaneous_open_lost"},
    Difference{"end of a simultaneous open", "nothing is sent", "an ACK", "simultaneous_open_lost"},
    Difference{"RST in SYN-RECEIVED after an active OPEN", "\"connection refused\"", "connection_reset",
               "simultaneous_open_rst"},
    Difference{"another SYN in SYN-RECEIVED", "back to LISTEN", "RST,ACK, and back to LISTEN", "syn_rcvd_other_syn"},
    Difference{"RST in CLOSE-WAIT", "\"connection reset\"", "end of file, then broken_pipe", "close_wait_events"},
    Difference{"RST of ABORT", "<SEQ=SND.NXT><CTL=RST>", "with ACK and window", "linger0_states"},
    Difference{"RST for text after CLOSE", "<SEQ=SND.NXT><CTL=RST>", "<SEQ=SEG.ACK><CTL=RST>", "fin_wait1_data"},
    Difference{"SYN outside the window", "draws an ACK each", "counts in tcp_invalid_ratelimit", "estab_bad_seq"},
    Difference{"TIME-WAIT", "a repeated FIN restarts it", "whatever carries an ACK restarts it", "time_wait_dup_fin"},
    Difference{"inexact RST in TIME-WAIT", "challenge ACK", "nothing", "time_wait_rst"},
    Difference{"ACK of a FIN after text", "at once", "may wait, as the ACK of text does", "seq_wrap"},
    Difference{"first window", "the buffer", "whole segments", "recv_window_full"},
    Difference{"small segment while full ones are in flight", "waits (Nagle)", "goes (Minshall)", "mss_effective"},
    Difference{"PSH", "on what empties the queue", "on the last of half a cwnd, too", "mss_effective"},
    Difference{"least MSS", "as the peer says", "48", "mss_effective"},
    Difference{"calls that a state does not have", "the errors of 3.10", "those of its calls", "errors.md"},
    Difference{"CLOSE of a listener", "resets all its children", "half-open ones stay until their ACK draws a RST",
               "close_listener"},
    Difference{"bind to the port of a connection", "fine", "address_in_use, unless both have SO_REUSEADDR", ""},
    Difference{"a child that ended before ACCEPT", "gone", "accepted, and its next call tells", "rst_before_accept"},
};

std::string value_of(const Switch& one, const Profile& profile)
{
    const SwitchValue value = one.get(profile);
    if (const auto* const duration = std::get_if<Duration>(&value)) {
        if (*duration < Duration(0)) return one.words.empty() ? "2 MSL" : std::string(one.words);
        return to_string(*duration);
    }
    if (const auto* const number = std::get_if<std::int64_t>(&value))
        return *number < 0 ? "–" : std::to_string(*number);
    if (const auto* const word = std::get_if<std::string>(&value)) return *word;
    return std::get<bool>(value) ? "yes" : "no";
}

std::string switch_rows()
{
    const Profile rfc = rfc9293();
    const Profile linux = linux_profile();
    std::string rows;
    for (const Switch& one : switches()) {
        const std::string in_rfc = value_of(one, rfc);
        const std::string in_linux = value_of(one, linux);
        rows += "| `" + std::string(one.name) + "` | " + in_rfc + " | ";
        rows += in_rfc == in_linux ? std::string("=") : "**" + in_linux + "**";
        rows += " | " + std::string(one.effect) + " | " + std::string(one.from) + " |\n";
    }
    return rows;
}

std::string recording_link(std::string_view name)
{
    if (name.empty()) return "(measured)";
    if (name.ends_with(".md")) return "[" + std::string(name) + "](" + std::string(name) + ")";
    return "[" + std::string(name) + "](../tests/kernel/recordings/" + std::string(name) + ".jsonl)";
}

std::string difference_rows()
{
    std::string rows;
    for (const Difference& d : differences)
        rows += "| " + std::string(d.what) + " | " + std::string(d.rfc) + " | " + std::string(d.linux) + " | " +
                recording_link(d.recording) + " |\n";
    return rows;
}

struct Verdicts {
    int agree = 0;
    std::string others; // rows
};

Verdicts verdicts()
{
    Verdicts all;
    std::ifstream file(tcpsm::test::in_source("tests/kernel/expected.txt"));
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        const std::size_t colon = line.find(": ");
        const std::string name = line.substr(0, colon);
        const std::string verdict = line.substr(colon + 2);
        if (verdict == "agree") {
            ++all.agree;
            continue;
        }
        const std::size_t blank = verdict.find(' ');
        all.others +=
            "| " + recording_link(name) + " | " + verdict.substr(0, blank) + " | " + verdict.substr(blank + 1) + " |\n";
    }
    return all;
}

} // namespace

std::string profiles_page()
{
    const Verdicts recorded = verdicts();
    return "# Profiles\n\n"
           "Made by `TCPSM_NEW_PROFILES=1 build/release/tests/kernel_tests`; do not edit.\n\n"
           "A profile is a set of switches. `rfc9293`, the default, has the values of RFC 9293 and the RFCs that it "
           "names, and\n"
           "leaves off what goes beyond the bare protocol. `linux` behaves as Linux 6.18 was measured to. A host of a "
           "scenario\n"
           "takes any switch under its own name, over its profile: `server: { tcp_sack: yes, delayed_ack: 200ms }`.\n\n"
           "## The switches\n\n"
           "`=` is the value on the left; `–` is off.\n\n"
           "| switch | rfc9293 | linux | effect | from |\n|---|---|---|---|---|\n" +
           switch_rows() +
           "\nEphemeral ports are 49152 to 65535, `linux` 32768 to 60999 (`ip_local_port_range`).\n\n"
           "## What `linux_checks` turns on\n\n"
           "| what | rfc9293 | linux | recording |\n|---|---|---|---|\n" +
           difference_rows() +
           "\n## The recordings\n\n"
           "`tests/kernel/recordings` holds what one kernel did. Replayed into the profile `linux`, " +
           std::to_string(recorded.agree) +
           " agree with it\n(`build/release/bin/tcpsm-replay tests/kernel/recordings`). The others:\n\n"
           "| recording | | why |\n|---|---|---|\n" +
           recorded.others;
}

} // namespace tcpsm::kernel
