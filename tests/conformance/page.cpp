#include "conformance/page.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace conformance {

std::vector<TestCase> Conformance::tests_of(const Requirement& requirement) const
{
    std::vector<TestCase> result;
    for (const TestCase& test : tests)
        if (std::find(test.keys.begin(), test.keys.end(), requirement.key()) != test.keys.end()) result.push_back(test);
    return result;
}

std::vector<Place> Conformance::places_of(const Requirement& requirement) const
{
    if (!requirement.code.empty()) return places(requirement.code);
    std::vector<Place> named = mentions(requirement);
    if (!named.empty() || requirement.rfc != "9293") return named;
    const auto section = std::find_if(sections.begin(), sections.end(),
                                      [&](const Section& s) { return s.number == requirement.section; });
    return section == sections.end() ? named : places(section->code);
}

bool Conformance::is_open(const Requirement& requirement) const
{
    return requirement.why.empty() && tests_of(requirement).empty();
}

Conformance read_conformance()
{
    return {read_requirements(), read_sections(), test_cases()};
}

namespace {

// ---- markdown -------------------------------------------------------------------------------------------------------

/// Text that means nothing but itself, in a cell of a table too.
std::string plain(std::string_view text)
{
    const auto in_word = [&](std::size_t at) { // where an underscore means nothing
        return at > 0 && at + 1 < text.size() && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0 &&
               std::isalnum(static_cast<unsigned char>(text[at + 1])) != 0;
    };
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '<') {
            result += "&lt;";
        } else if (c == '>') {
            result += "&gt;";
        } else {
            const bool special = std::string_view("|*[]`\\").find(c) != std::string_view::npos;
            if (special || (c == '_' && !in_word(at))) result += '\\';
            result += c;
        }
    }
    return result;
}

std::string link(std::string_view text, const std::string& path, std::size_t line)
{
    return "[" + plain(text) + "](../" + path + "#L" + std::to_string(line) + ")";
}

/// A name that a link can lead to: "RFC 5961, 3.2 rst-1" is "rfc-5961-3.2-rst-1".
std::string anchor(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        const bool keeps = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.';
        if (keeps)
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!result.empty() && result.back() != '-')
            result += '-';
    }
    return result;
}

std::string marked(std::string_view name, std::string_view text)
{
    return "<a id=\"" + anchor(name) + "\"></a>" + plain(text);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator)
{
    std::string result;
    for (const std::string& part : parts) {
        if (!result.empty()) result += separator;
        result += part;
    }
    return result;
}

std::string links_to(const std::vector<Place>& all)
{
    std::vector<std::string> links;
    for (const Place& place : all) {
        const std::string file = place.path.substr(place.path.rfind('/') + 1);
        links.push_back(link(file + ":" + std::to_string(place.line), place.path, place.line));
    }
    return joined(links, "<br>");
}

// ---- the requirements -----------------------------------------------------------------------------------------------

std::string proof_of(const Requirement& requirement, const Conformance& all)
{
    std::vector<std::string> lines;
    for (const TestCase& test : all.tests_of(requirement))
        lines.push_back(link(without_claims(test.title), test.path, test.line));
    if (all.is_open(requirement)) lines.emplace_back("**open**");
    if (!requirement.why.empty()) {
        const std::string scope = requirement.scope == "n/a" ? "does not apply" : requirement.scope;
        lines.push_back("*" + scope + ":* " + requirement.why);
    }
    if (!requirement.remark.empty()) lines.push_back("*" + requirement.remark + "*");
    return joined(lines, "<br>");
}

/// Its first row of that key has the anchor.
bool is_first_of_key(const Requirement& requirement, const Conformance& all)
{
    const auto first = std::find_if(all.requirements.begin(), all.requirements.end(),
                                    [&](const Requirement& other) { return other.key() == requirement.key(); });
    return first->line == requirement.line;
}

std::string row_of(const Requirement& requirement, const Conformance& all)
{
    const bool of_9293 = requirement.rfc == "9293";
    const std::string id =
        is_first_of_key(requirement, all) ? marked(requirement.key(), requirement.id) : plain(requirement.id);
    const std::string level = of_9293 ? "" : "<br>" + requirement.level;
    const std::string section =
        of_9293 ? "[" + requirement.section + "](#section-" + requirement.section + ")" : requirement.section;
    const std::string code = requirement.is_left_out() ? "" : links_to(all.places_of(requirement));
    return "| " + id + level + " | " + section + " | " + plain(requirement.says) + " | " + code + " | " +
           proof_of(requirement, all) + " |\n";
}

constexpr std::string_view table_heading = "| id | section | what it asks for | code | test, or why there is none |\n"
                                           "|---|---|---|---|---|\n";

/// The first numbers of a section, at most so many: 3.8.6 of 3.8.6.2.1.
std::string shortened(const std::string& section, std::size_t numbers)
{
    std::size_t end = 0;
    for (; numbers > 0 && end < section.size(); --numbers) end = std::min(section.find('.', end + 1), section.size());
    return section.substr(0, end);
}

std::string title_of(const std::string& section, const Conformance& all)
{
    const auto found = std::find_if(all.sections.begin(), all.sections.end(),
                                    [&](const Section& other) { return other.number == section; });
    return found == all.sections.end() ? "" : found->title;
}

/// A table for each section of RFC 9293 with three numbers, in the order of sections.tsv, which is the RFC's.
std::string requirements_of_9293(const Conformance& all)
{
    std::string text;
    std::string topic;
    for (const Section& section : all.sections)
        for (const Requirement& requirement : all.requirements) {
            if (requirement.rfc != "9293" || requirement.section != section.number) continue;
            if (shortened(section.number, 3) != topic) {
                topic = shortened(section.number, 3);
                text += "\n### " + topic + ". " + title_of(topic, all) + "\n\n";
                text += table_heading;
            }
            text += row_of(requirement, all);
        }
    return text;
}

std::string requirements_of_others(const Conformance& all)
{
    std::string text;
    for (const OtherRfc& rfc : other_rfcs) {
        text += "\n### RFC " + std::string(rfc.number) + ". " + std::string(rfc.title) + "\n\n";
        text += table_heading;
        for (const Requirement& requirement : all.requirements)
            if (requirement.rfc == rfc.number) text += row_of(requirement, all);
    }
    return text;
}

// ---- the beginning and the end --------------------------------------------------------------------------------------

std::string counts(const Conformance& all)
{
    struct Count {
        std::string_view what;
        std::string_view means;
        int core;
        int rows;
    };
    std::array<Count, 5> counts{{{"shown", "a test claims it", 0, 0},
                                 {"later", "not built yet", 0, 0},
                                 {"not taken", "a choice that the RFC leaves", 0, 0},
                                 {"does not apply", "not to this program, or to none", 0, 0},
                                 {"open", "no test yet, and no reason why", 0, 0}}};
    const auto place = [&](const Requirement& requirement) -> std::size_t {
        if (!all.tests_of(requirement).empty()) return 0;
        if (requirement.why.empty()) return 4;
        return requirement.scope == "n/a" ? 3 : requirement.scope == "not taken" ? 2 : 1;
    };
    for (const Requirement& requirement : all.requirements) {
        Count& count = counts[place(requirement)];
        ++count.rows;
        if (requirement.scope == "core") ++count.core;
    }
    std::string text = "| | | rows | of these core |\n|---|---|---|---|\n";
    for (const Count& count : counts)
        text += "| " + std::string(count.what) + " | " + std::string(count.means) + " | " + std::to_string(count.rows) +
                " | " + std::to_string(count.core) + " |\n";
    return text;
}

std::string index(const Conformance& all)
{
    std::string text = "| section | | code |\n|---|---|---|\n";
    for (const Section& section : all.sections) {
        const std::string code = section.code.empty() ? section.why : links_to(places(section.code));
        text += "| " + marked("section " + section.number, section.number) + " | " + plain(section.title) + " | " +
                code + " |\n";
    }
    return text;
}

} // namespace

std::string page(const Conformance& conformance)
{
    std::string text =
        R"(# RFC 9293, requirement by requirement

Generated from the titles of the tests and from `tests/conformance/*.tsv`; renewed by
`TCPSM_NEW_RFC9293=1 build/release/tests/conformance_tests`. What each requirement of RFC 9293's appendix B, and of
seven RFCs beside it, asks for, in our words; where in the code it is; and which test shows it. A test claims a
requirement in parentheses at the end of its title, `(MUST-61)` or `(RFC 6298, 5.7)`; it is one of those that
`./run test` runs, so a claim that does not hold fails, and so does a `core` row that no test claims.

[From a section to its code](#from-a-section-to-its-code) is at the end.

)";
    text += counts(conformance);
    text += "\n## RFC 9293. Transmission Control Protocol (TCP)\n";
    text += requirements_of_9293(conformance);
    text += "\n## The RFCs beside it\n";
    text += requirements_of_others(conformance);
    text += "\n## From a section to its code\n\n";
    text += index(conformance);
    return text;
}

} // namespace conformance
