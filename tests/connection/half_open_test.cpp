// RFC 4987, 3.3: how long a half-open connection waits for its ACK.

#include <doctest/doctest.h>

#include "support/endpoint.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

namespace {

/// How long SYN-RECEIVED lasts where nobody answers.
Duration patience(const ConnectionOptions& options)
{
    test::Endpoint endpoint(options);
    endpoint.listen();
    endpoint.gets("<SEQ=300><CTL=SYN>");
    while (endpoint.state() == "SYN-RECEIVED") REQUIRE(endpoint.wait_for_timer());
    return endpoint.now() - Time{};
}

} // namespace

TEST_CASE("fewer retransmissions of the SYN,ACK: a half-open connection is given up sooner (RFC 4987, 3.3 timer)")
{
    CHECK(patience({}) == 183s);
    CHECK(patience({.synack_retries = 5}) == 63s); // 1 + 2 + 4 + 8 + 16 + 32: as Linux
    CHECK(patience({.synack_retries = 2}) == 7s);
    CHECK(patience({.synack_retries = 0}) == 1s);
}

TEST_CASE("a shorter R2 for SYNs: a half-open connection is given up sooner (RFC 4987, 3.3 timer)")
{
    CHECK(patience({.r2_syn = 10s}) == 15s); // the first time that the timer fires behind it
}
