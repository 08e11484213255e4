// What is compared, and that each part of it can fail.

#include <doctest/doctest.h>

#include <string>

#include "kernel/mutation.hpp"

using namespace tcpsm::kernel;

namespace {

/// The first difference where one part of the orderly recording is another.
std::string difference(std::string_view part, std::string_view by)
{
    const Result result = replay_lines(changed(part, by));
    REQUIRE(result.verdict == Verdict::differs);
    return result.text;
}

void check_agrees(std::string_view part, std::string_view by)
{
    const Result result = replay_lines(changed(part, by));
    CHECK_MESSAGE(result.verdict == Verdict::agrees, result.text);
}

} // namespace

TEST_CASE("an orderly recording: agrees")
{
    const Result result = replay_lines(orderly);
    CHECK(result.text.empty());
    CHECK(result.verdict == Verdict::agrees);
}

TEST_CASE("a segment's fields: each is compared")
{
    const std::string_view ack = R"("tx","conn":0,"flags":".","seq":2,"ack":2,"len":0)";
    CHECK(difference(ack, R"("tx","conn":0,"flags":"P.","seq":2,"ack":2,"len":0)") ==
          "1.000100 s: expected --> <SEQ=2><ACK=2><CTL=PSH,ACK><WND=64239>, "
          "got --> <SEQ=2><ACK=2><CTL=ACK><WND=64239>: CTL");
    CHECK(difference(ack, R"("tx","conn":0,"flags":".","seq":3,"ack":2,"len":0)").ends_with(": SEQ"));
    CHECK(difference(ack, R"("tx","conn":0,"flags":".","seq":2,"ack":1,"len":0)").ends_with(": ACK"));
    CHECK(difference(ack, R"("tx","conn":0,"flags":".","seq":2,"ack":2,"len":1)").ends_with(": DATA"));
}

TEST_CASE("a segment's options: their kinds are compared in order, their values are not")
{
    const std::string_view options = R"("win":64240,"opts":["mss 1460"])";
    CHECK(difference(options, R"("win":64240,"opts":[])").ends_with(": OPT"));
    CHECK(difference(options, R"("win":64240,"opts":["mss 1460","nop","nop","sackOK"])").ends_with(": OPT"));
    check_agrees(options, R"("win":64240,"opts":["mss 536"])");
    check_agrees(options, R"("win":64240)"); // not stated
}

TEST_CASE("a window: the first of an incarnation is compared, of the others whether they are zero")
{
    CHECK(difference(R"("win":64240,"opts":["mss 1460"])", R"("win":64239,"opts":["mss 1460"])").ends_with(": WND"));
    check_agrees(R"("win":64239)", R"("win":5)");
    CHECK(difference(R"("win":64239)", R"("win":0)").ends_with(": WND"));
}

TEST_CASE("a segment that the kernel did not send: differs")
{
    const std::string_view ack =
        R"({"t":1.0001,"ev":"seg","dir":"tx","conn":0,"flags":".","seq":2,"ack":2,"len":0,"win":64239,"opts":[]}
)";
    CHECK(difference(ack, "") == "1.000000 s: expected nothing, got --> <SEQ=2><ACK=2><CTL=ACK><WND=64239>");
}

TEST_CASE("a segment that only the kernel sent: differs")
{
    const std::string_view state = R"({"t":1.1,)";
    const std::string more =
        R"({"t":1.05,"ev":"seg","dir":"tx","conn":0,"flags":"R","seq":2,"ack":0,"len":0,"win":0,"opts":[]}
)";
    CHECK(difference(state, more + std::string(state)) ==
          "1.050000 s: expected --> <SEQ=2><CTL=RST><WND=0>, got nothing");
}

TEST_CASE("a retransmission's time: may be late by 13 % of the RTO, and early by 5 ms")
{
    const std::string_view then = R"("t":0.71,)";
    check_agrees(then, R"("t":0.702,)");
    check_agrees(then, R"("t":0.724,)");
    CHECK(difference(then, R"("t":0.69,)").find("got nothing") != std::string::npos);
    CHECK(difference(then, R"("t":0.74,)").ends_with(": the time, 0.700200 s"));
}

TEST_CASE("an answer's time: may be seen late, by less than an ACK may be delayed")
{
    const std::string_view then = R"("t":1.0001,)";
    check_agrees(then, R"("t":1.034,)");
    CHECK(difference(then, R"("t":1.038,)").ends_with(": the time, 1.000000 s"));
}

TEST_CASE("a kernel's timer that was late: the next one counts from there")
{
    std::string text = changed(R"("t":0.71,)", R"("t":0.724,)");
    const std::string fin =
        R"({"t":1.13,"ev":"seg","dir":"tx","conn":0,"flags":"F.","seq":1,"ack":1,"len":0,"win":64240,"opts":[]}
)";
    const std::size_t next = text.find(R"({"t":1.0,)");
    text.erase(next);
    const auto with = [&](const char* t) {
        std::string line = fin;
        return replay_lines(text + line.replace(line.find("1.13"), 4, t)).verdict;
    };
    CHECK(with("1.13") == Verdict::agrees);
    CHECK(with("1.17") == Verdict::agrees);  // 0.724 + 0.4 and an eighth of it
    CHECK(with("1.11") == Verdict::differs); // it would do after 0.7
}

TEST_CASE("a socket: its state, the kind of its timer and its retransmissions are compared")
{
    const std::string_view socket = R"("state":"FIN-WAIT-1","lport":8080,"rport":5555,"timer":["on","150ms",0])";
    CHECK(difference(socket, R"("state":"CLOSING","lport":8080,"rport":5555,"timer":["on","150ms",0])") ==
          "0.550000 s: expected CLOSING on 0, got FIN-WAIT-1 on 0");
    CHECK(difference(socket, R"("state":"FIN-WAIT-1","lport":8080,"rport":5555,"timer":["persist","150ms",0])") ==
          "0.550000 s: expected FIN-WAIT-1 persist 0, got FIN-WAIT-1 on 0");
    CHECK(difference(socket, R"("state":"FIN-WAIT-1","lport":8080,"rport":5555,"timer":["on","150ms",1])") ==
          "0.550000 s: expected FIN-WAIT-1 on 1, got FIN-WAIT-1 on 0");
    CHECK(difference(socket, R"("state":"FIN-WAIT-1","lport":8080,"rport":5555)") ==
          "0.550000 s: expected FIN-WAIT-1, got FIN-WAIT-1 on 0");
    CHECK(difference("{" + std::string(socket) + "}", "") == "0.550000 s: expected CLOSED, got FIN-WAIT-1 on 0");
    check_agrees(R"("timer":["on","150ms",0])", R"("timer":["on","1ms",0],"rto":"7","cwnd":"3")");
}

TEST_CASE("a call's result: is compared")
{
    CHECK(difference(R"("call":"accept","ret":"ok")", R"("call":"accept","ret":"EAGAIN")") ==
          "0.400000 s: accept: expected EAGAIN, got ok");
}

TEST_CASE("a timer that sends nothing: a list of sockets may show it late, or early, within its tolerance")
{
    constexpr std::string_view last = R"({"t":1.1,"ev":"state",)";
    const auto there_at = [&](const std::string& t) {
        return replay_lines(changed(last, R"({"t":)" + t + R"(,"ev":"state",)")).verdict;
    };
    const auto gone_at = [&](const std::string& t) {
        std::string text(orderly);
        text.erase(text.find(last));
        return replay_lines(text + R"({"t":)" + t + R"(,"ev":"state","sockets":[]})").verdict;
    };
    CHECK(there_at("60.9") == Verdict::agrees); // 2 MSL end at 61 s
    CHECK(there_at("64") == Verdict::agrees);
    CHECK(there_at("70") == Verdict::differs);
    CHECK(gone_at("61.1") == Verdict::agrees);
    CHECK(gone_at("60.997") == Verdict::agrees);
    CHECK(gone_at("60.9") == Verdict::differs);
}

TEST_CASE("a mutated recording: tells the line and the rest of the ladder")
{
    const Result result = replay_lines(changed(R"("seq":2)", R"("seq":5)"));
    CHECK(result.line == 12);
    CHECK(result.steps.back().recorded == "TIME-WAIT timewait 0");
    CHECK(result.steps.back().replayed == "TIME-WAIT timewait 0");
}
