// What is read, and what is wrong with it.

#include <doctest/doctest.h>

#include <string>

#include "kernel/mutation.hpp"

using namespace tcpsm;
using namespace tcpsm::kernel;

namespace {

std::string problem(const std::string& text)
{
    try {
        (void)parse_recording("dir/bad.jsonl", text);
    } catch (const ReadError& error) {
        return error.what();
    }
    return "";
}

/// What is wrong with one line behind the first.
std::string problem_of_line(const std::string& line)
{
    return problem(std::string(meta) + line + "\n");
}

std::string unsupported(std::string_view lines)
{
    const Result result = replay_lines(lines);
    return result.verdict == kernel::Verdict::unsupported ? result.text : "";
}

} // namespace

TEST_CASE("a recording: is read with its name, addresses, lines and their numbers")
{
    const kernel::Recording recording =
        parse_recording("some/where/orderly.jsonl", std::string(meta) + std::string(orderly));
    CHECK(recording.name == "orderly");
    CHECK(recording.host.value == 0x0a000001);
    CHECK(recording.peer.value == 0x0a000002);
    CHECK(recording.unsupported.empty());
    REQUIRE(recording.lines.size() == 12);
    CHECK(recording.lines[2].number == 4);
    CHECK(recording.lines[2].time == Time(std::chrono::microseconds(200'100)));
    const auto& seg = std::get<Seg>(recording.lines[2].what);
    CHECK(seg.sent);
    CHECK(seg.flags == (Flag::SYN | Flag::ACK));
    CHECK(seg.window == 64240);
}

TEST_CASE("a bad file: its place and what was expected are said")
{
    CHECK(problem("") == "dir/bad.jsonl:1:1: found nothing, expected a line of kind meta");
    CHECK(problem("\n{") == "dir/bad.jsonl:2:2: found no JSON, expected it");
    CHECK(problem("{\"ev\":\"meta\",}\n").starts_with("dir/bad.jsonl:1:14: "));
    CHECK(problem("[]") == "dir/bad.jsonl:1:1: found a value, expected a JSON object");
    CHECK(problem(std::string(orderly)).starts_with("dir/bad.jsonl:1:10: found \"call\" as \"ev\", expected meta"));
    CHECK(problem(R"({"ev":"meta","hut":"10.0.0.256","peer":"10.0.0.2"})") ==
          "dir/bad.jsonl:1:14: found \"10.0.0.256\" as \"hut\", expected an IPv4 address");
}

TEST_CASE("a bad line: the field is named")
{
    CHECK(problem_of_line(R"({"t":0})") == "dir/bad.jsonl:2:1: found nothing as \"ev\", expected a text");
    CHECK(problem_of_line(R"({"t":-1,"ev":"wait"})") ==
          "dir/bad.jsonl:2:2: found -1 as \"t\", expected seconds, not negative");
    CHECK(problem_of_line(R"({"t":"now","ev":"wait"})").find("expected seconds") != std::string::npos);
    CHECK(problem_of_line(R"({"t":1,"ev":"seg","dir":"up"})").find("expected tx or rx") != std::string::npos);
    CHECK(problem_of_line(R"({"t":1,"ev":"seg","dir":"tx","conn":0,"flags":"Q"})").find("letters") !=
          std::string::npos);
    CHECK(problem_of_line(R"({"t":1,"ev":"seg","dir":"tx","conn":0,"flags":"S","seq":1.5})").find("a whole number") !=
          std::string::npos);
    CHECK(problem_of_line(R"({"t":1,"ev":"seg","dir":"tx","conn":0,"flags":"S","seq":0,"ack":0,"len":-1})")
              .find("from 0 to 65535") != std::string::npos);
    CHECK(problem_of_line(R"({"t":1,"ev":"state","sockets":[{"state":"ESTAB","timer":["on"]}]})")
              .find("kind, time left and retransmissions") != std::string::npos);
    CHECK(problem_of_line(R"({"t":1,"ev":"call","call":"close"})").find("\"ret\"") != std::string::npos);
}

TEST_CASE("what is not known: is unsupported by name, never skipped")
{
    const auto call = [](const std::string& text) {
        return unsupported(R"({"t":1,"ev":"call","call":")" + text + R"(","ret":"ok"})");
    };
    CHECK(unsupported(R"({"t":1,"ev":"reboot"})") == "a line of kind reboot");
    CHECK(unsupported(R"({"t":1,"ev":"wait","dur":1,"speed":2})") == "the field speed of a line of kind wait");
    CHECK(call("ioctl(SIOCATMARK)") == "ioctl(SIOCATMARK)");
    CHECK(call("read (MSG_PEEK)") == "read (MSG_PEEK)");
    CHECK(call("close (SO_LINGER 2)") == "SO_LINGER");
    CHECK(call("setsockopt(TCP_DEFER_ACCEPT)") == "TCP_DEFER_ACCEPT");
    CHECK(unsupported(R"({"t":1,"ev":"note","text":"with TCP_CORK"})") == "TCP_CORK");
    CHECK(unsupported(R"({"t":1,"ev":"seg","dir":"rx","conn":0,"flags":"S","seq":0,"ack":0,"len":0,)"
                      R"("opts":["exp 1"]})") == "the option exp 1");
}

TEST_CASE("a sysctl without a switch: is unsupported where the recording set it")
{
    std::string text(meta);
    const std::string_view set = R"("sysctl_set":{})";
    text.replace(text.find(set), set.size(),
                 R"("sysctl_set":{"net.ipv4.tcp_mtu_probing":"1","net.ipv4.tcp_sack":"0"})");
    const Result result = replay(parse_recording("made.jsonl", text));
    CHECK(result.verdict == kernel::Verdict::unsupported);
    CHECK(result.text == "tcp_mtu_probing");
}
