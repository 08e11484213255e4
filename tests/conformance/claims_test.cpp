// How claims are read from titles, titles from files, and places from the code.

#include <doctest/doctest.h>

#include <stdexcept>

#include "conformance/claims.hpp"
#include "conformance/places.hpp"

using namespace conformance;

namespace {

using Keys = std::vector<std::string>;

// Put together here, so that these are no claims of this file.
std::string title(const std::string& claims)
{
    return "a condition: an outcome (" + claims + ")";
}

std::vector<TestCase> cases(const std::string& text)
{
    return test_cases_in({"tests/x/x_test.cpp", text});
}

} // namespace

TEST_CASE("a title: claims what its last parentheses name")
{
    CHECK(claims_in(title("MUST-61")).keys == Keys{"MUST-61"});
    CHECK(claims_in(title("SHLD-5, MUST-15 IPv6, MAY-3, REC-1")).keys ==
          Keys{"SHLD-5", "MUST-15 IPv6", "MAY-3", "REC-1"});
    CHECK(claims_in(title("RFC 6298, 5.7")).keys == Keys{"RFC 6298, 5.7"});
    CHECK(claims_in(title("RFC 5961, 3.2 rst-1, 3.2 rst-2")).keys ==
          Keys{"RFC 5961, 3.2 rst-1", "RFC 5961, 3.2 rst-2"});
    CHECK(claims_in(title("RFC 6528, 3 mono, MUST-8, RFC 6298, 2.1")).keys ==
          Keys{"RFC 6528, 3 mono", "MUST-8", "RFC 6298, 2.1"});
}

TEST_CASE("a title: claims nothing by other parentheses, nor by an RFC that the table does not have")
{
    for (const std::string& other : {title("figure 12"), title("RFC 9293, 3.10.8"), title("RFC 2018, 4"),
                                     std::string("no parentheses"), std::string("text (in between) and on")}) {
        CAPTURE(other);
        const Claims claims = claims_in(other);
        CHECK(claims.keys.empty());
        CHECK(claims.error == "");
        CHECK(without_claims(other) == other);
    }
    CHECK(claims_in(title("RFC 2018, 4, MUST-5")).keys == Keys{"MUST-5"});
}

TEST_CASE("a title whose claims are not in order: an error")
{
    CHECK(claims_in(title("Karn, MUST-18")).error != "");
    CHECK(claims_in(title("MUST-18 and MUST-19")).error != "");
    CHECK(claims_in(title("RFC 6298")).error != "");
    CHECK(claims_in(title("RFC 6298, MUST-18")).error != "");
    CHECK(claims_in("it is " + std::string("MUST-18") + ": an outcome").error != "");
    CHECK(claims_in("it is (" + std::string("MUST-18") + "): an outcome (MUST-19)").error != "");
}

TEST_CASE("a title without its claims: what it says")
{
    CHECK(without_claims(title("MUST-61")) == "a condition: an outcome");
}

TEST_CASE("test cases of a file: their lines and titles, those with a fixture or in two literals too")
{
    const auto found = cases("TEST_CASE(\"one\")\n{\n}\n"
                             "TEST_CASE_FIXTURE(\n    Two,\n    \"two \" // why\n    \"and \\\"more\\\"\")\n");
    REQUIRE(found.size() == 2);
    CHECK(found[0].title == "one");
    CHECK(found[0].line == 1);
    CHECK(found[1].title == "two and \"more\"");
    CHECK(found[1].line == 4);
    CHECK(found[1].path == "tests/x/x_test.cpp");
    CHECK_FALSE(found[1].decorated);
}

TEST_CASE("test cases in comments and in quotes: none")
{
    CHECK(cases("// TEST_CASE(\"one\")\n/* TEST_CASE(\"two\") */ auto s = \"TEST_CASE(\";\n").empty());
    CHECK(cases("auto s = R\"(TEST_CASE(\"three\"))\";\n").empty());
}

TEST_CASE("a test case with a decorator, or inside of an #if: noted")
{
    CHECK(cases("TEST_CASE(\"one\" * doctest::skip())\n")[0].decorated);
    const auto found = cases("#if A\n#if B\n#endif\nTEST_CASE(\"one\")\n#endif\nTEST_CASE(\"two\")\n");
    CHECK(found[0].conditional);
    CHECK_FALSE(found[1].conditional);
}

TEST_CASE("a place in the code: the first line with the text, or the first behind another")
{
    const std::string file = "libtcpsm/src/connection/segment_arrives.cpp";
    const std::size_t listen = places(file + ": 3.10.7.2. LISTEN STATE")[0].line;
    const std::size_t in_listen = places(file + ": 3.10.7.2. LISTEN STATE > check for a RST")[0].line;
    CHECK(listen < in_listen);
    CHECK(places(file + ": check for a RST")[0].line == in_listen);
    const auto two = places(file + ": check for a RST | " + file + ": 3.10.7.2. LISTEN STATE");
    CHECK(two == std::vector{Place{file, in_listen}, Place{file, listen}});
    CHECK(places("libtcpsm/src/connection: 3.10.7.2. LISTEN STATE > check for a RST")[0] == Place{file, in_listen});
    CHECK(places("").empty());
}

TEST_CASE("a place in the code that is not there: an error that names it")
{
    CHECK_THROWS_WITH_AS(static_cast<void>(places("libtcpsm/src/nowhere.cpp: text")),
                         "nothing in the library is libtcpsm/src/nowhere.cpp", std::runtime_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(places("libtcpsm/src/wire/address.cpp: text that is not there")),
                         "libtcpsm/src/wire/address.cpp does not say \"text that is not there\"", std::runtime_error);
}

TEST_CASE("a requirement that a comment of the library names: found there, by its whole id")
{
    const auto at = [](const Requirement& requirement) { return mentions(requirement).at(0).path; };
    CHECK(at({.rfc = "9293", .id = "MUST-3"}) == "libtcpsm/src/wire/octets.cpp"); // and not MUST-34's place
    CHECK(at({.rfc = "6298", .id = "5.7", .section = "5.7"}) == "libtcpsm/src/connection/actions.cpp");
    CHECK(mentions({.rfc = "9293", .id = "MUST-999"}).empty());
}
