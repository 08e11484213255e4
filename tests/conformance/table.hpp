#pragma once
// requirements.tsv and sections.tsv, read: what RFC 9293, and the RFCs beside it, ask for, and where their sections are
// in the code. Both are tables with a heading, a row a line, their cells between tabs.

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

/// An RFC besides 9293 of which the table has requirements.
struct OtherRfc {
    std::string_view number;
    std::string_view title;
};
inline constexpr std::array<OtherRfc, 7> other_rfcs{{
    {"6298", "Computing TCP's Retransmission Timer"},
    {"7323", "TCP Extensions for High Performance"},
    {"5961", "Improving TCP's Robustness to Blind In-Window Attacks"},
    {"6191", "Reducing the TIME-WAIT State Using TCP Timestamps"},
    {"1337", "TIME-WAIT Assassination Hazards in TCP"},
    {"4987", "TCP SYN Flooding Attacks and Common Mitigations"},
    {"6528", "Defending against Sequence Number Attacks"},
}};

/// A row of requirements.tsv.
struct Requirement {
    int line = 0;        ///< in the file
    std::string rfc{};   ///< "9293"
    std::string id{};    ///< as RFC 9293 has it, "MUST-61", and a word where it has an id twice, "MUST-15 IPv6"; of the
                         ///< other RFCs, section and a word of ours: "3.2 rst-1"
    std::string level{}; ///< "must", "must not", "should", "should not", "may", "info"
    std::string section{}; ///< of its RFC
    std::string scope{};   ///< "core"; "later": not built yet; "not taken": a choice left to us; "n/a": does not apply
    std::string says{};    ///< the requirement in our words
    std::string code{};    ///< where it is, as `places` reads it; empty: where a comment names the requirement
    std::string why{};     ///< why no test shows it; empty where one does
    std::string remark{};

    /// What a test's title says to claim it: "MUST-61", "RFC 5961, 3.2 rst-1".
    [[nodiscard]] std::string key() const { return rfc == "9293" ? id : "RFC " + rfc + ", " + id; }
    /// No test can or may show it.
    [[nodiscard]] bool is_left_out() const { return scope == "n/a" || scope == "not taken"; }
};

/// A row of sections.tsv.
struct Section {
    int line = 0;
    std::string number{}; ///< "3.10.7.4", and its checks as "3.10.7.4 first"
    std::string title{};
    std::string code{}; ///< as `places` reads it; empty where nothing in the code is about it
    std::string why{};  ///< then the reason
};

/// What cannot be read throws std::runtime_error, with the file and the line.
[[nodiscard]] std::vector<Requirement> read_requirements();
[[nodiscard]] std::vector<Section> read_sections();

} // namespace conformance
