#include "conformance/claims.hpp"

#include <algorithm>
#include <cctype>
#include <regex>
#include <stdexcept>

#include "conformance/table.hpp"

namespace conformance {
namespace {

// An id of RFC 9293, with a word behind it where the RFC has it twice.
const std::regex& id_pattern()
{
    static const std::regex pattern(R"((MUST|SHLD|MAY|REC)-\d+( \w+)?)");
    return pattern;
}

bool has_requirements(std::string_view rfc) // "RFC 6298"
{
    return std::any_of(other_rfcs.begin(), other_rfcs.end(),
                       [&](const OtherRfc& other) { return rfc == "RFC " + std::string(other.number); });
}

/// What stands in the parentheses at the end; empty where there are none.
std::string_view last_parentheses(std::string_view title)
{
    const std::size_t begin = title.rfind('(');
    if (begin == std::string_view::npos || !title.ends_with(')')) return {};
    return title.substr(begin + 1, title.size() - begin - 2);
}

std::vector<std::string> items_of(std::string_view list)
{
    std::vector<std::string> items;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(", "), list.size());
        items.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 2, list.size()));
    }
    return items;
}

} // namespace

Claims claims_in(std::string_view title)
{
    Claims claims;
    std::string rfc; // of the items that follow it
    bool rfc_has_item = true;
    std::string stranger;
    const auto end_of_rfc = [&] {
        if (!rfc_has_item) claims.error = "\"" + rfc + "\" without one of its ids";
        rfc_has_item = true;
    };
    for (const std::string& item : items_of(last_parentheses(title))) {
        if (std::regex_match(item, id_pattern())) {
            end_of_rfc();
            rfc.clear();
            claims.keys.push_back(item);
        } else if (item.starts_with("RFC ")) {
            end_of_rfc();
            rfc = item;
            rfc_has_item = !has_requirements(rfc);
        } else if (rfc.empty()) {
            stranger = item;
        } else if (has_requirements(rfc)) {
            claims.keys.push_back(std::string(rfc).append(", ").append(item));
            rfc_has_item = true;
        }
    }
    end_of_rfc();
    if (!stranger.empty() && !claims.keys.empty()) claims.error = "\"" + stranger + "\" among the claims";
    // Every id must have been read as a claim.
    const std::string text(title);
    const auto ids = std::distance(std::sregex_iterator(text.begin(), text.end(), id_pattern()), {});
    const auto claimed = std::count_if(claims.keys.begin(), claims.keys.end(),
                                       [](const std::string& key) { return !key.starts_with("RFC "); });
    if (ids != claimed) claims.error = "an id that is not in the parentheses at the end, between commas";
    return claims;
}

std::string_view without_claims(std::string_view title)
{
    if (claims_in(title).keys.empty()) return title;
    title = title.substr(0, title.rfind('('));
    return title.substr(0, title.find_last_not_of(' ') + 1);
}

namespace {

/// A string literal, or several that are one, from its first quote on.
struct Literal {
    std::string text;
    std::size_t end; ///< the first place behind it that is no blank
};

Literal read_literal(const std::string& code, std::size_t at)
{
    Literal literal{{}, at};
    while (literal.end < code.size() && code[literal.end] == '"') {
        for (++literal.end; literal.end < code.size() && code[literal.end] != '"'; ++literal.end) {
            if (code[literal.end] == '\\') ++literal.end;
            if (literal.end < code.size()) literal.text += code[literal.end];
        }
        literal.end = std::min(code.find_first_not_of(" \n", literal.end + 1), code.size());
    }
    return literal;
}

/// For each line, from 1, whether an #if is open there.
std::vector<bool> conditional_lines(const std::string& code)
{
    std::vector<bool> conditional{false};
    int depth = 0;
    for (const std::string& line : tidy::lines(code)) {
        const std::size_t hash = line.find_first_not_of(' ');
        const bool directive = hash != std::string::npos && line[hash] == '#';
        const std::size_t word = directive ? line.find_first_not_of(' ', hash + 1) : std::string::npos;
        if (word != std::string::npos && line.compare(word, 2, "if") == 0) ++depth;
        if (word != std::string::npos && line.compare(word, 5, "endif") == 0) --depth;
        conditional.push_back(depth > 0);
    }
    return conditional;
}

} // namespace

std::vector<TestCase> test_cases_in(const tidy::Source& source)
{
    static const std::regex pattern(R"(\b(TEST_CASE\w*|SCENARIO\w*)\s*\()");
    const std::string code = source.code(); // so that neither comments nor quoted code count
    const std::string quoted = source.without_comments();
    const std::vector<bool> conditional = conditional_lines(code);
    std::vector<TestCase> cases;
    for (std::sregex_iterator match(code.begin(), code.end(), pattern); match != std::sregex_iterator(); ++match) {
        const auto at = static_cast<std::size_t>(match->position());
        const std::size_t quote = quoted.find('"', at);
        if (quote == std::string::npos) continue;
        const Literal title = read_literal(quoted, quote);
        TestCase found;
        found.path = source.path;
        found.line = 1 + static_cast<std::size_t>(
                             std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
        found.title = title.text;
        found.conditional = conditional[found.line];
        found.decorated = title.end < quoted.size() && quoted[title.end] != ')';
        Claims claims = claims_in(found.title);
        found.keys = std::move(claims.keys);
        found.error = std::move(claims.error);
        cases.push_back(std::move(found));
    }
    return cases;
}

std::vector<TestCase> test_cases()
{
    std::vector<TestCase> all;
    for (const tidy::Source& source : tidy::cpp_files_in("tests")) {
        std::vector<TestCase> cases = test_cases_in(source);
        std::move(cases.begin(), cases.end(), std::back_inserter(all));
    }
    return all;
}

} // namespace conformance
