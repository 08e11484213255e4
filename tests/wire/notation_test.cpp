#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "tcpsm/wire/notation.hpp"

using namespace tcpsm;

namespace {

Segment segment(std::uint32_t seq, std::uint32_t ack, Flags flags, std::uint32_t text_len = 0)
{
    Segment segment;
    segment.seq = Seq(seq);
    segment.ack = Seq(ack);
    segment.flags = flags;
    segment.text_len = text_len;
    return segment;
}

struct Notation {
    std::string_view text;
    Segment segment;
};

// As RFC 9293 prints them.
const std::array<Notation, 7> figures{{
    {"<SEQ=100><CTL=SYN>", segment(100, 0, Flag::SYN)},                            // figure 6, line 2
    {"<SEQ=300><ACK=101><CTL=SYN,ACK>", segment(300, 101, Flag::SYN | Flag::ACK)}, // line 3
    {"<SEQ=101><ACK=301><CTL=ACK>", segment(101, 301, Flag::ACK)},                 // line 4
    {"<SEQ=91><CTL=RST>", segment(91, 0, Flag::RST)},                              // figure 8, line 5
    {"<SEQ=300><ACK=100><DATA=10><CTL=ACK>", segment(300, 100, Flag::ACK, 10)},    // figure 10, line 2
    {"<SEQ=100><ACK=300><CTL=FIN,ACK>", segment(100, 300, Flag::FIN | Flag::ACK)}, // figure 12, line 2
    {"<SEQ=0><ACK=101><CTL=RST,ACK>", segment(0, 101, Flag::RST | Flag::ACK)},     // 3.10.7.1
}};

struct Wrong {
    std::string_view text;
    std::size_t column;
    std::string_view error;
};

void check_refused(const Wrong& wrong)
{
    CAPTURE(wrong.text);
    const ParsedNotation parsed = parse_notation(wrong.text);
    CHECK_FALSE(parsed.segment);
    CHECK(parsed.error == wrong.error);
    CHECK(parsed.column == wrong.column);
}

void check_read(std::string_view text, const Segment& expected)
{
    CAPTURE(text);
    const ParsedNotation parsed = parse_notation(text);
    CHECK(parsed.error == "");
    REQUIRE(parsed.segment);
    CHECK(to_notation(*parsed.segment) == to_notation(expected));
    CHECK(*parsed.segment == expected);
}

} // namespace

TEST_CASE("the segments of the figures: written as the RFC prints them")
{
    for (const Notation& figure : figures) CHECK(to_notation(figure.segment) == figure.text);
}

TEST_CASE("the segments of the figures: read as the RFC means them")
{
    for (const Notation& figure : figures) check_read(figure.text, figure.segment);
}

TEST_CASE("no control bit: neither ACK nor CTL is written")
{
    CHECK(to_notation(segment(7, 8, Flags())) == "<SEQ=7>");
    CHECK(to_notation(segment(7, 8, Flags(), 3)) == "<SEQ=7><DATA=3>");
}

TEST_CASE("PSH is set: not written in the notation, as in the figures, but named among the control bits")
{
    const Flags flags = Flag::PSH | Flag::ACK;
    CHECK(to_notation(segment(1, 2, flags, 5)) == "<SEQ=1><ACK=2><DATA=5><CTL=ACK>");
    CHECK(to_notation(segment(1, 2, Flag::PSH, 5)) == "<SEQ=1><DATA=5>");
    CHECK(to_string(flags) == "PSH,ACK");
}

TEST_CASE("window, urgent pointer and options: not written, as in the figures")
{
    Segment syn = segment(1, 0, Flag::SYN);
    syn.wnd = 1000;
    syn.up = 5;
    syn.options.add_mss(1460);
    CHECK(to_notation(syn) == "<SEQ=1><CTL=SYN>");
}

TEST_CASE("the largest numbers: written as unsigned")
{
    CHECK(to_notation(segment(0xFFFFFFFF, 0xFFFFFFFE, Flag::ACK)) == "<SEQ=4294967295><ACK=4294967294><CTL=ACK>");
}

TEST_CASE("several control bits: ACK comes last")
{
    CHECK(to_string(Flags()) == "");
    CHECK(to_string(Flag::SYN | Flag::ACK) == "SYN,ACK");
    CHECK(to_string(Flag::FIN | Flag::ACK) == "FIN,ACK");
    CHECK(to_string(Flag::RST | Flag::ACK) == "RST,ACK");
    CHECK(to_string(Flag::FIN | Flag::PSH | Flag::ACK) == "FIN,PSH,ACK");
    CHECK(to_string(Flag::URG | Flag::ACK) == "URG,ACK");
    CHECK(to_string(Flags(0xFF)) == "SYN,FIN,RST,PSH,URG,ECE,CWR,ACK");
}

TEST_CASE("any set of control bits: read as it was written")
{
    for (int bits = 0; bits < 256; ++bits) {
        const Flags flags(static_cast<std::uint8_t>(bits));
        CHECK(parse_flags(to_string(flags)) == flags);
    }
}

TEST_CASE("control bits with commas or blanks, in any case and order: read")
{
    const Flags fin_ack = Flag::FIN | Flag::ACK;
    for (const auto* text :
         {"FIN,ACK", "FIN ACK", "ACK FIN", "fin, ack", "  Fin\t,  aCk ", "FIN   ACK", "FIN,ACK,FIN"}) {
        CAPTURE(text);
        CHECK(parse_flags(text) == fin_ack);
    }
    CHECK(parse_flags("") == Flags());
    CHECK(parse_flags("  ") == Flags());
}

TEST_CASE("control bits with an unknown name or none where one is due: not read")
{
    for (const auto* text :
         {"FNI", "FIN,AKC", "FINACK", "FIN,,ACK", "FIN,", ",FIN", ",", "F", "FIN;ACK", "FIN|ACK", "16"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_flags(text));
    }
}

TEST_CASE("fields in another order, in any case, with blanks between: read")
{
    const Segment expected = segment(300, 100, Flag::FIN | Flag::ACK, 10);
    check_read("<CTL=FIN,ACK><DATA=10><ACK=100><SEQ=300>", expected);
    check_read("<seq=300><ack=100><data=10><ctl=fin ack>", expected);
    check_read("  < SEQ = 300 > <ACK =100>\t<DATA= 10>  <CTL= FIN , ACK >  ", expected);
}

TEST_CASE("PSH in CTL: read")
{
    check_read("<SEQ=1><ACK=2><DATA=5><CTL=PSH,ACK>", segment(1, 2, Flag::PSH | Flag::ACK, 5));
}

TEST_CASE("window, urgent pointer and MSS: read")
{
    Segment expected = segment(1, 0, Flag::SYN | Flag::URG);
    expected.wnd = 65535;
    expected.up = 7;
    expected.options.add_mss(1460);
    check_read("<SEQ=1><CTL=SYN,URG><WND=65535><UP=7><MSS=1460>", expected);
}

TEST_CASE("SEQ alone: enough, as everything else has a meaning when it is left out")
{
    check_read("<SEQ=5>", segment(5, 0, Flags()));
}

TEST_CASE("100,000 random segments: read as they were written")
{
    std::mt19937 random(35);
    const auto any = [&] { return static_cast<std::uint32_t>(random()); };
    for (int i = 0; i < 100'000; ++i) {
        CAPTURE(i);
        const Flags flags(static_cast<std::uint8_t>(any() & ~8U)); // PSH is not written
        const Segment written =
            segment(any(), flags.has(Flag::ACK) ? any() : 0, flags, any() % 3 == 0 ? any() % 65496 : 0);
        const ParsedNotation parsed = parse_notation(to_notation(written));
        REQUIRE(parsed.error == "");
        REQUIRE(parsed.segment == written);
    }
}

TEST_CASE("nothing to read: the error shows what a segment looks like")
{
    const auto* const error = "found nothing, expected a segment such as <SEQ=100><ACK=300><CTL=FIN,ACK>";
    check_refused({"", 0, error});
    check_refused({std::string_view(), 0, error});
    check_refused({"  ", 2, error});
}

TEST_CASE("text outside of the brackets: the error names it")
{
    check_refused({"SEQ=100", 0, R"(found "SEQ=100", expected "<" to begin a field)"});
    check_refused({"<SEQ=100> , <CTL=SYN>", 10, R"(found ",", expected "<" to begin a field)"});
    check_refused({"<SEQ=100>>", 9, R"(found ">", expected "<" to begin a field)"});
    check_refused({"-->  <SEQ=100>", 0, R"(found "-->", expected "<" to begin a field)"});
}

TEST_CASE("a field without its end: the error names the field")
{
    check_refused({"<SEQ=100", 8, R"(found the end, expected ">" to end the field "SEQ=100")"});
    check_refused({"<SEQ=100<CTL=SYN>", 8, R"(found "<", expected ">" to end the field "SEQ=100")"});
    check_refused({"<", 1, R"(found the end, expected ">" to end the field "")"});
    check_refused({"<<SEQ=100>>", 1, R"(found "<", expected ">" to end the field "")"});
}

TEST_CASE("an unknown field: the error lists the known ones and suggests the nearest")
{
    const std::string expected = "expected one of SEQ, ACK, DATA, CTL, WND, UP, MSS, WS, SACKOK, SACK, TS";
    check_refused({"<SQE=100>", 1, R"(found "SQE", )" + expected + "; did you mean SEQ?"});
    check_refused({"<SEQ=1><CLT=SYN>", 8, R"(found "CLT", )" + expected + "; did you mean CTL?"});
    check_refused({"<SEQ=1><window=5>", 8, R"(found "window", )" + expected + "; did you mean WND?"});
    check_refused({"<SEQ=1><DAT=5>", 8, R"(found "DAT", )" + expected + "; did you mean DATA?"});
    check_refused({"<SEQ=1><LEN=5>", 8, R"(found "LEN", )" + expected});
    check_refused({"<SEQ=1><LENGTH=5>", 8, R"(found "LENGTH", )" + expected});
    check_refused({"<SEQ=1><ACKNOWLEDGMENT=5>", 8, R"(found "ACKNOWLEDGMENT", )" + expected});
    check_refused({"<=5>", 1, "found nothing, " + expected});
    check_refused({"<>", 1, "found nothing, " + expected});
}

TEST_CASE("an unknown control bit: the error lists the known ones and suggests the nearest")
{
    const std::string expected = "expected one of SYN, FIN, RST, PSH, URG, ECE, CWR, ACK";
    check_refused({"<SEQ=1><CTL=FNI>", 12, R"(found "FNI", )" + expected + "; did you mean FIN?"});
    check_refused({"<SEQ=1><CTL=SYN,AKC>", 16, R"(found "AKC", )" + expected + "; did you mean ACK?"});
    check_refused({"<SEQ=1><CTL=reset>", 12, R"(found "reset", )" + expected + "; did you mean RST?"});
    check_refused({"<SEQ=1><CTL=PUSH>", 12, R"(found "PUSH", )" + expected + "; did you mean PSH?"});
    check_refused({"<SEQ=1><CTL=SYN+ACK>", 12, R"(found "SYN+ACK", )" + expected});
    check_refused({"<SEQ=1><CTL=ACK,>", 16, "found nothing, " + expected});
    check_refused({"<SEQ=1><CTL=>", 12, "found nothing, " + expected});
}

TEST_CASE("a field without a value: the error shows how it is written")
{
    check_refused({"<SEQ>", 4, "found SEQ without a value, expected SEQ=n, n from 0 to 4294967295"});
    check_refused({"<SEQ=1><data>", 12, "found DATA without a value, expected DATA=n, n from 0 to 65495"});
    check_refused({"<SEQ=1><CTL>", 11, "found CTL without a value, expected CTL= and bits, as in CTL=FIN,ACK"});
}

TEST_CASE("a value that is no number or too large: the error names it, its field and the range")
{
    check_refused({"<SEQ=abc>", 5, R"(found "abc", expected for SEQ a number from 0 to 4294967295)"});
    check_refused({"<SEQ=>", 5, "found nothing, expected for SEQ a number from 0 to 4294967295"});
    check_refused({"<SEQ=-1>", 5, R"(found "-1", expected for SEQ a number from 0 to 4294967295)"});
    check_refused({"<SEQ=+1>", 5, R"(found "+1", expected for SEQ a number from 0 to 4294967295)"});
    check_refused({"<SEQ=1 000>", 5, R"(found "1 000", expected for SEQ a number from 0 to 4294967295)"});
    check_refused({"<SEQ=0x10>", 5, R"(found "0x10", expected for SEQ a number from 0 to 4294967295)"});
    check_refused({"<SEQ==1>", 5, R"(found "=1", expected for SEQ a number from 0 to 4294967295)"});
    check_refused({"<SEQ=4294967296>", 5, R"(found "4294967296", expected for SEQ a number from 0 to 4294967295)"});
    check_refused({"<ACK=99999999999>", 5, R"(found "99999999999", expected for ACK a number from 0 to 4294967295)"});
    check_refused({"<SEQ=1><DATA=65496>", 13, R"(found "65496", expected for DATA a number from 0 to 65495)"});
    check_refused({"<SEQ=1><WND=65536>", 12, R"(found "65536", expected for WND a number from 0 to 65535)"});
    check_refused({"<SEQ=1><UP=65536>", 11, R"(found "65536", expected for UP a number from 0 to 65535)"});
    check_refused({"<SEQ=1><MSS=65536>", 12, R"(found "65536", expected for MSS a number from 0 to 65535)"});
}

TEST_CASE("a field given twice: the error names it")
{
    check_refused({"<SEQ=1><SEQ=1>", 8, "found SEQ a second time, expected each field once"});
    check_refused({"<SEQ=1><CTL=SYN><ctl=ACK>", 17, "found CTL a second time, expected each field once"});
    check_refused({"<SEQ=1><MSS=1><MSS=2>", 15, "found MSS a second time, expected each field once"});
}

TEST_CASE("no SEQ: the error asks for it where the segment ends")
{
    check_refused({"<ACK=1><CTL=ACK>", 16, "found no SEQ, expected <SEQ=n>"});
}

TEST_CASE("a number without its control bit or the reverse: the error asks for the other")
{
    check_refused({"<SEQ=1><ACK=2>", 8, "found ACK=n without its control bit, expected ACK in CTL"});
    check_refused({"<SEQ=1><ACK=2><CTL=SYN>", 8, "found ACK=n without its control bit, expected ACK in CTL"});
    check_refused({"<SEQ=1><CTL=ACK>", 8, "found ACK in CTL without its number, expected <ACK=n>"});
    check_refused({"<SEQ=1><UP=2>", 8, "found UP=n without its control bit, expected URG in CTL"});
}

TEST_CASE("a long or unprintable text: the error shortens it and stays printable")
{
    const std::string most = "99999999999999999999999"; // 23
    check_refused(
        {"<SEQ=" + most + "99>", 5, "found \"" + most + "9...\", expected for SEQ a number from 0 to 4294967295"});
    check_refused(
        {"<SEQ=" + most + "9>", 5, "found \"" + most + "9\", expected for SEQ a number from 0 to 4294967295"});
    check_refused({"<SEQ=\x1B[2J\n\xC3\xA9>", 5, R"(found "?[2J???", expected for SEQ a number from 0 to 4294967295)"});
    CHECK(parse_notation(std::string(1'000'000, 'x')).error.size() < 100);
}

TEST_CASE("100,000 damaged segments: read or refused with an error inside of the text")
{
    std::mt19937 random(36);
    const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
    constexpr std::string_view letters = "<>=, 019SEQACKDTLWNDUPMFIRSTsyn\t\n-";
    for (int i = 0; i < 100'000; ++i) {
        std::string text = "<SEQ=300><ACK=100><DATA=10><CTL=FIN,ACK><WND=5><MSS=9>";
        for (std::size_t damages = 1 + below(4); damages > 0; --damages) {
            const std::size_t at = below(text.size());
            switch (below(3)) {
            case 0: text[at] = letters[below(letters.size())]; break;
            case 1: text.insert(at, 1, letters[below(letters.size())]); break;
            default: text.erase(at, 1 + below(3)); break;
            }
        }
        CAPTURE(text);
        const ParsedNotation parsed = parse_notation(text);
        REQUIRE(parsed.segment.has_value() == parsed.error.empty());
        REQUIRE(parsed.column <= text.size());
        if (!parsed.segment) REQUIRE(parsed.error.starts_with("found "));
    }
}
