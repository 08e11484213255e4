#include <doctest/doctest.h>

#include "tcpsm/wire/address.hpp"

using namespace tcpsm;

TEST_CASE("an address: written as four numbers with dots")
{
    CHECK(to_string(Address{0xC0000201}) == "192.0.2.1");
    CHECK(to_string(Address{}) == "0.0.0.0");
    CHECK(to_string(Address{0xFFFFFFFF}) == "255.255.255.255");
}

TEST_CASE("an endpoint: written as its address and port with a colon between")
{
    CHECK(to_string(Endpoint{Address{0xC0000201}, 80}) == "192.0.2.1:80");
    CHECK(to_string(Endpoint{Address{0x0A000001}, 65535}) == "10.0.0.1:65535");
    CHECK(to_string(Endpoint{}) == "0.0.0.0:0");
}
