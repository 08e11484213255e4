#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <malloc.h>
#include <new>
#include <string>
#include <variant>

#include "support/places.hpp"
#include "tcpsm/scenario/scenario.hpp"

using namespace tcpsm;
using namespace std::string_literals;

namespace {

// What this program has allocated now, and at most: the parser's memory is counted too, since it shares operator new.
std::size_t allocated = 0;
std::size_t peak = 0;
std::size_t allocations = 0; // how many there have been: as much work as a reader does

void note(void* memory)
{
    ++allocations;
    allocated += malloc_usable_size(memory);
    peak = std::max(peak, allocated);
}

} // namespace

void* operator new(std::size_t size)
{
    void* const memory = std::malloc(size);
    if (memory == nullptr) throw std::bad_alloc();
    note(memory);
    return memory;
}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    void* const memory = std::malloc(size);
    if (memory == nullptr) return nullptr;
    note(memory);
    return memory;
}

void operator delete(void* memory) noexcept
{
    if (memory != nullptr) allocated -= malloc_usable_size(memory);
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    operator delete(memory);
}

void operator delete(void* memory, const std::nothrow_t&) noexcept
{
    operator delete(memory);
}

namespace {

const std::string small_file = "hosts: { client: {} }\nsteps: [{ at: 0s, client: close }]\n";

std::string times(std::size_t count, const std::string& text)
{
    std::string result;
    result.reserve(count * text.size());
    for (std::size_t i = 0; i < count; ++i) result += text;
    return result;
}

/// The message of a file that is refused after less than two million allocations and 50 MB.
std::string refused(const std::string& text)
{
    const std::size_t begun = allocations;
    const std::size_t before = allocated;
    peak = allocated;
    const auto read = read_scenario(text, "t.yaml");
    CHECK(peak - before < 50'000'000);
    CHECK(allocations - begun < 2'000'000);
    const auto* const error = std::get_if<ScenarioError>(&read);
    return error == nullptr ? "not refused" : error->message();
}

std::string in_utf_16(const std::string& text, bool mark)
{
    std::string result = mark ? "\xFF\xFE" : "";
    for (const char c : text) (result += c) += '\0';
    return result;
}

} // namespace

TEST_CASE("a file of 10 MB: refused by its size")
{
    CHECK(refused(times(180'000, small_file)) ==
          "t.yaml: found more than 1 MB, expected a scenario, which is much smaller");
    CHECK(refused(times(10'000'000, "[")) ==
          "t.yaml: found more than 1 MB, expected a scenario, which is much smaller");
}

TEST_CASE("a file of 10 MB on disk: refused without reading it all")
{
    const std::string path = tcpsm::test::in_build("ten_megabytes.yaml");
    std::filesystem::create_directories(tcpsm::test::in_build());
    std::ofstream(path) << times(180'000, small_file);
    const std::size_t before = allocated;
    peak = allocated;
    const auto read = read_scenario_file(path);
    CHECK(peak - before < 5'000'000);
    CHECK(std::get<ScenarioError>(read).message() ==
          path + ": found more than 1 MB, expected a scenario, which is much smaller");
    std::filesystem::remove(path);
}

TEST_CASE("a file that cannot be read: the error says so")
{
    CHECK(std::get<ScenarioError>(read_scenario_file("/no/such.yaml")).message() ==
          "/no/such.yaml: found no such file, expected a scenario file that can be read");
    CHECK(std::get<ScenarioError>(read_scenario_file("/")).message() ==
          "/: found a directory, expected a scenario file that can be read");
}

TEST_CASE("deep nesting: refused where it becomes too deep")
{
    const std::string why = "found nesting deeper than 32, expected a scenario, which needs four levels";
    CHECK(refused(std::string(40'000, '[')) == "t.yaml:1:33: " + why);
    CHECK(refused(times(400'000, "[\n")) == "t.yaml:33:1: " + why);
    CHECK(refused(times(10'000, "{a: ")) == "t.yaml:1:129: " + why);
    CHECK(refused(times(20'000, "- ")) == "t.yaml:1:65: " + why);
    CHECK(refused(times(20'000, "? ")) == "t.yaml:1:65: " + why);
    std::string steps;
    for (std::size_t i = 0; i < 1'000; ++i) steps += std::string(i, ' ') + "a:\n";
    CHECK(refused(steps) == "t.yaml:33:33: " + why);
}

TEST_CASE("thirty-two levels: not too deep")
{
    CHECK(refused(std::string(32, '[') + std::string(32, ']')) ==
          "t.yaml:1:1: found a list, expected a map with hosts and steps");
}

TEST_CASE("a line that goes on and on: refused")
{
    const std::string why = "t.yaml:1:50001: found a line of more than 50000 characters, expected shorter lines";
    CHECK(refused("title: " + std::string(900'000, 'x') + '\n' + small_file) == why);
    CHECK(refused("title: [" + times(400'000, "1,") + "]\n" + small_file) == why);
    CHECK(refused("{" + times(400'000, "a,") + "}") == why);
}

TEST_CASE("more values than any scenario has: refused")
{
    const std::string marks =
        "found more than 150000 brackets, commas, colons and quotes, expected a scenario, which has "
        "far fewer";
    CHECK(refused("steps: [\n" + times(300'000, "1,\n") + "]\n") == "t.yaml:150000:2: " + marks);
    CHECK(refused("steps: [\n" + times(220'000, "''\n") + "]\n") == "t.yaml:75001:1: " + marks);
    CHECK(refused("steps:\n" + times(240'000, "- x\n")) ==
          "t.yaml:99999:3: found more than 100000 values, expected a scenario, which has far fewer");
}

TEST_CASE("anchors, aliases, tags and merges: refused by name")
{
    CHECK(refused("hosts: &h { client: {} }\n") ==
          "t.yaml:1:8: found an anchor (&), expected no anchors: write the value where it is used");
    CHECK(refused("hosts: { client: &c }\n" + small_file) ==
          "t.yaml:1:18: found an anchor (&), expected no anchors: write the value where it is used");
    CHECK(refused("title: &t words\n" + small_file) ==
          "t.yaml:1:8: found an anchor (&), expected no anchors: write the value where it is used");
    CHECK(refused("hosts: *h\n") == "t.yaml:1:8: found an alias (*), expected the value itself");
    CHECK(refused("hosts: { <<: *h }\n") == "t.yaml:1:14: found an alias (*), expected the value itself");
    CHECK(refused("title: !!str words\n" + small_file) ==
          "t.yaml:1:8: found a tag (!), expected no tags: the keys say what a value is");
}

TEST_CASE("an alias that would make gigabytes of a line: refused at its anchor")
{
    std::string laughs = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c <= 'k'; ++c)
        laughs += std::string(1, c) + ": &" + c + " [" + times(10, "*"s + static_cast<char>(c - 1) + ",") + "]\n";
    CHECK(refused(laughs) == "t.yaml:1:4: found an anchor (&), expected no anchors: write the value where it is used");
}

TEST_CASE("a key given twice: refused where it comes again, at every level")
{
    CHECK(refused(small_file + "hosts: { client: {} }\n") ==
          "t.yaml:3:1: found 'hosts' a second time, expected each key once");
    CHECK(refused("hosts: { client: { iss: 1, reads: no, iss: 2 } }\nsteps: [{ at: 0s, client: close }]\n") ==
          "t.yaml:1:39: found 'iss' a second time, expected each key once");
    CHECK(refused("hosts: { client: {}, client: {} }\nsteps: [{ at: 0s, client: close }]\n") ==
          "t.yaml:1:22: found 'client' a second time, expected each key once");
    CHECK(refused("hosts: { client: {} }\nsteps: [{ at: 0s, client: close, client: abort }]\n") ==
          "t.yaml:2:34: found 'client' a second time, expected each key once");
}

TEST_CASE("a key that is no word: refused")
{
    CHECK(refused("? [a, b]\n: c\n" + small_file) == "t.yaml:1:3: found a list as a key, expected a word");
}

TEST_CASE("UTF-16 and UTF-32: recognized and named")
{
    CHECK(refused(in_utf_16(small_file, true)) ==
          "t.yaml:1:1: found UTF-16, expected UTF-8: save the file in that encoding");
    CHECK(refused(in_utf_16(small_file, false)) ==
          "t.yaml:1:1: found UTF-16, expected UTF-8: save the file in that encoding");
    CHECK(refused("\xFE\xFF\0h"s) == "t.yaml:1:1: found UTF-16, expected UTF-8: save the file in that encoding");
    CHECK(refused("\xFF\xFE\0\0h\0\0\0"s) ==
          "t.yaml:1:1: found UTF-32, expected UTF-8: save the file in that encoding");
}

TEST_CASE("octets that are not UTF-8: refused at their place")
{
    const auto why = [](const std::string& octet) {
        return "found the octet " + octet + ", which is not UTF-8, expected UTF-8: save the file in that encoding";
    };
    CHECK(refused("title: gr\xFC\xDF\x65\n" + small_file) == "t.yaml:1:10: " + why("0xfc"));
    CHECK(refused(small_file + "# \xE2\x82") == "t.yaml:3:3: " + why("0xe2"));         // cut off
    CHECK(refused(small_file + "# \xC0\xAF") == "t.yaml:3:3: " + why("0xc0"));         // overlong
    CHECK(refused(small_file + "# \xED\xA0\x80") == "t.yaml:3:3: " + why("0xed"));     // a surrogate
    CHECK(refused(small_file + "# \xF4\x90\x80\x80") == "t.yaml:3:3: " + why("0xf4")); // beyond Unicode
    CHECK(refused(small_file + "# \xC3\xBC\x80") == "t.yaml:3:4: " + why("0x80"));     // columns count characters
}

TEST_CASE("control characters: refused")
{
    CHECK(refused(small_file + "# \0"s) == "t.yaml:3:3: found the control character 0x00, expected text");
    CHECK(refused(small_file + "# \x1B[31m") == "t.yaml:3:3: found the control character 0x1b, expected text");
}

TEST_CASE("nothing in the file: refused, with a way on")
{
    const std::string message =
        "t.yaml:1:1: found an empty file, expected a scenario; 'tcpsm new' prints one to start from";
    CHECK(refused("") == message);
    CHECK(refused("# only a comment\n\n") == message);
    CHECK(refused("\xEF\xBB\xBF") == message);
    CHECK(refused("~") == message);
}

TEST_CASE("a text without its closing quote: refused, even at the end of the file")
{
    CHECK(refused(small_file + "title: \"half\n") ==
          "t.yaml:3:8: found a text without its closing quote, expected the quote");
    CHECK(refused(small_file + "title: 'it''s\n") ==
          "t.yaml:3:8: found a text without its closing quote, expected the quote");
}

TEST_CASE("what stands between good files and these: a mark of the byte order, and the ends of lines, are no matter")
{
    CHECK(refused("\xEF\xBB\xBF" + small_file) == "not refused");
    CHECK(refused("hosts: { client: {} }\r\nsteps: [{ at: 0s, client: close }]\r\n") == "not refused");
    CHECK(refused("title: \"say \\\"hi\\\"\"\nasks: 'it''s'\n" + small_file) == "not refused");
}
