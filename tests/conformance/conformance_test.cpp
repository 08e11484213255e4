// docs/rfc9293.md, and what holds of the requirements, the tests that claim them, and their places in the code.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>

#include "conformance/page.hpp"
#include "support/places.hpp"

using namespace conformance;

namespace {

const Conformance& tree()
{
    static const Conformance all = read_conformance();
    return all;
}

const std::string page_path = tcpsm::test::in_source("docs/rfc9293.md");

std::string contents(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t lines_in(const std::string& path)
{
    const std::string text = contents(path);
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// The first groups of all that a pattern finds.
std::vector<std::smatch> all_matches(const std::string& text, const std::string& pattern)
{
    const std::regex regex(pattern);
    std::vector<std::smatch> matches;
    std::copy(std::sregex_iterator(text.begin(), text.end(), regex), {}, std::back_inserter(matches));
    return matches;
}

/// Where the row of a requirement is: for the message of a check that failed.
std::string row(const Requirement& requirement)
{
    return "tests/conformance/requirements.tsv:" + std::to_string(requirement.line) + ", " + requirement.key();
}

std::string place(const TestCase& test)
{
    return test.path + ":" + std::to_string(test.line) + ", \"" + test.title + "\"";
}

} // namespace

// ---- the page -------------------------------------------------------------------------------------------------------

TEST_CASE("docs/rfc9293.md: is what the tests and the tables say now")
{
    const std::string now = page(tree());
    if (std::getenv("TCPSM_NEW_RFC9293") != nullptr) std::ofstream(page_path, std::ios::binary) << now;
    INFO("renew it: TCPSM_NEW_RFC9293=1 build/release/tests/conformance_tests");
    const bool current = contents(page_path) == now;
    CHECK(current);
}

TEST_CASE("a link of the page: leads to a line, or a row, that is there")
{
    const std::string text = page(tree());
    const auto lines = all_matches(text, R"(\]\(\.\./([^)#]+)#L(\d+)\))");
    CHECK(lines.size() > 200);
    for (const std::smatch& match : lines) {
        CAPTURE(match.str());
        CHECK(std::stoul(match[2]) <= lines_in(tcpsm::test::in_source(match[1].str())));
    }
    std::multiset<std::string> anchors{"from-a-section-to-its-code"};
    for (const std::smatch& match : all_matches(text, R"(<a id="([^"]+)\")")) anchors.insert(match[1]);
    for (const std::string& name : anchors) {
        CAPTURE(name);
        CHECK(anchors.count(name) == 1);
    }
    for (const std::smatch& match : all_matches(text, R"(\]\(#([^)]+)\))")) {
        CAPTURE(match.str());
        CHECK(anchors.count(match[1]) == 1);
    }
    for (const std::smatch& match : all_matches(text, R"(\]\((decisions/[^)]+)\))")) {
        CAPTURE(match.str());
        CHECK(lines_in(tcpsm::test::in_source("docs/") + match[1].str()) > 0);
    }
}

// ---- the requirements -----------------------------------------------------------------------------------------------

TEST_CASE("the requirements: each id of RFC 9293 is there, appendix B's rows and those of seven more RFCs")
{
    std::set<std::string> ids;
    long of_9293 = 0;
    for (const Requirement& requirement : tree().requirements) {
        if (requirement.rfc != "9293") continue;
        ++of_9293;
        ids.insert(requirement.id.substr(0, requirement.id.find(' ')));
    }
    CHECK(of_9293 == 126);
    CHECK(tree().requirements.size() == 171);
    struct Kind {
        std::string prefix;
        int last;
    };
    for (const Kind& kind : {Kind{"MUST-", 69}, Kind{"SHLD-", 31}, Kind{"MAY-", 18}, Kind{"REC-", 1}})
        for (int number = 1; number <= kind.last; ++number) {
            const std::string id = kind.prefix + std::to_string(number);
            CAPTURE(id);
            CHECK(ids.contains(id));
        }
}

TEST_CASE("a row of the requirements: known words in its cells, a known section, and nothing left empty")
{
    const std::set<std::string> levels{"must", "must not", "should", "should not", "may", "info"};
    const std::set<std::string> scopes{"core", "later", "not taken", "n/a"};
    std::set<std::string> sections;
    for (const Section& section : tree().sections) sections.insert(section.number);
    for (const Requirement& requirement : tree().requirements) {
        CAPTURE(row(requirement));
        CHECK(levels.contains(requirement.level));
        CHECK(scopes.contains(requirement.scope));
        CHECK_FALSE(requirement.id.empty());
        CHECK_FALSE(requirement.says.empty());
        if (requirement.rfc == "9293") CHECK(sections.contains(requirement.section));
        const Claims own = claims_in("x (" + requirement.key() + ")"); // a title can claim it
        CHECK(own.error == "");
        CHECK(own.keys == std::vector{requirement.key()});
    }
}

TEST_CASE("a core requirement: a test claims it, or the row says why none can")
{
    for (const Requirement& requirement : tree().requirements) {
        if (requirement.scope != "core" || !tree().is_open(requirement)) continue;
        FAIL_CHECK(row(requirement), ": ", requirement.says, ". No test claims it.");
    }
}

TEST_CASE("a requirement that is for later: a test claims it all the same, or the row says what it waits for")
{
    for (const Requirement& requirement : tree().requirements) {
        if (requirement.scope != "later" || !tree().is_open(requirement)) continue;
        FAIL_CHECK(row(requirement), ": ", requirement.says, ". No test claims it.");
    }
}

TEST_CASE("a requirement that does not apply or is not taken: the row says why, and no test claims it")
{
    for (const Requirement& requirement : tree().requirements) {
        if (!requirement.is_left_out()) continue;
        CAPTURE(row(requirement));
        CHECK_FALSE(requirement.why.empty());
        CHECK(tree().tests_of(requirement).empty());
    }
}

TEST_CASE("a requirement with a test: the row gives no reason why it has none, and says where the code is")
{
    for (const Requirement& requirement : tree().requirements) {
        if (tree().tests_of(requirement).empty()) continue;
        CAPTURE(row(requirement));
        CHECK(requirement.why == "");
        // Where this fails: name the requirement in a comment of the library, or its place in the row.
        CHECK_FALSE(tree().places_of(requirement).empty());
    }
}

// ---- the tests ------------------------------------------------------------------------------------------------------

TEST_CASE("a claim in a title: names a requirement")
{
    std::set<std::string> known;
    for (const Requirement& requirement : tree().requirements) known.insert(requirement.key());
    CHECK(tree().tests.size() > 500);
    for (const TestCase& test : tree().tests) {
        CAPTURE(place(test));
        CHECK(test.error == "");
        for (const std::string& key : test.keys) {
            CAPTURE(key);
            CHECK(known.contains(key));
        }
    }
}

TEST_CASE("a test that claims a requirement: is built, runs wherever it is built, and can fail")
{
    std::set<std::string> folders; // whose files are programs that ctest runs
    std::istringstream words(TCPSM_TEST_FOLDERS);
    for (std::string folder; words >> folder;) folders.insert(folder);
    CHECK(folders.size() > 5);
    for (const TestCase& test : tree().tests) {
        if (test.keys.empty()) continue;
        CAPTURE(place(test));
        const std::string inside = test.path.substr(std::string("tests/").size());
        const std::size_t slash = inside.find('/');
        CHECK(folders.contains(inside.substr(0, slash)));
        CHECK(inside.find('/', slash + 1) == std::string::npos); // a program's files are its folder's own
        CHECK(inside.ends_with(".cpp"));
        CHECK_FALSE(test.conditional);
        CHECK_FALSE(test.decorated);
    }
}

// ---- the sections ---------------------------------------------------------------------------------------------------

TEST_CASE("the index: has every section of RFC 9293 from 3.4 to 3.10, and every check of SEGMENT ARRIVES")
{
    std::set<std::string> numbers;
    for (const Section& section : tree().sections) {
        CAPTURE(section.number);
        CHECK(numbers.insert(section.number).second);
        CHECK_FALSE(section.title.empty());
        CHECK(section.code.empty() != section.why.empty());
    }
    struct Chapter {
        std::string number;
        int sections;
    };
    for (const Chapter& chapter :
         {Chapter{"3.4", 3}, Chapter{"3.5", 3}, Chapter{"3.6", 1}, Chapter{"3.7", 5}, Chapter{"3.8", 6},
          Chapter{"3.8.6", 3}, Chapter{"3.8.6.2", 2}, Chapter{"3.9", 2}, Chapter{"3.9.1", 9}, Chapter{"3.9.2", 3},
          Chapter{"3.10", 8}, Chapter{"3.10.7", 4}}) {
        CAPTURE(chapter.number);
        CHECK(numbers.contains(chapter.number));
        for (int i = 1; i <= chapter.sections; ++i) {
            CAPTURE(i);
            CHECK(numbers.contains(chapter.number + "." + std::to_string(i)));
        }
    }
    for (const char* const check : {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"})
        CHECK(numbers.contains(std::string("3.10.7.4 ") + check));
}

TEST_CASE("a section of 3.10: its code is there, without exception")
{
    for (const Section& section : tree().sections) {
        if (!section.number.starts_with("3.10")) continue;
        CAPTURE(section.number);
        CHECK_FALSE(section.code.empty());
    }
}
