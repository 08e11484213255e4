#include <doctest/doctest.h>

#include "tcpsm/wire/segment.hpp"

using namespace tcpsm;

TEST_CASE("SEG.LEN of a segment with text: SYN and FIN count one each")
{
    Segment segment;
    segment.text_len = 10;
    CHECK(segment.len() == 10);
    segment.flags = Flag::ACK | Flag::PSH;
    CHECK(segment.len() == 10);
    segment.flags = Flag::SYN;
    CHECK(segment.len() == 11);
    segment.flags = Flag::FIN | Flag::ACK;
    CHECK(segment.len() == 11);
    segment.flags = Flag::SYN | Flag::FIN;
    CHECK(segment.len() == 12);
}

TEST_CASE("a set of control bits: it has what was put in and nothing else")
{
    const Flags flags = Flag::SYN | Flag::ACK;
    CHECK(flags.has(Flag::SYN));
    CHECK(flags.has(Flag::ACK));
    CHECK_FALSE(flags.has(Flag::FIN));
    CHECK(flags.bits() == 0x12);
    CHECK((flags | Flag::SYN) == flags);
    CHECK(Flags(0x12) == flags);
}
