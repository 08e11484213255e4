// RFC 6298. Computing TCP's Retransmission Timer: the arithmetic.

#include <doctest/doctest.h>

#include "tcpsm/connection/rto.hpp"

using namespace tcpsm;
using namespace std::chrono_literals;

TEST_CASE("before the first sample: the RTO is 1 s (RFC 6298, 2.1)")
{
    const RtoEstimator rto;
    CHECK(rto.rto() == 1s);
    CHECK(rto.srtt() == 0s);
}

TEST_CASE("the first sample R: SRTT = R, RTTVAR = R/2, RTO = SRTT + 4 RTTVAR (RFC 6298, 2.2)")
{
    RtoEstimator rto;
    rto.sample(500ms, {});
    CHECK(rto.srtt() == 500ms);
    CHECK(rto.rttvar() == 250ms);
    CHECK(rto.rto() == 1500ms);
}

TEST_CASE("the next samples: RTTVAR before SRTT, in whole nanoseconds (RFC 6298, 2.3)")
{
    RtoEstimator rto;
    rto.sample(800ms, {});
    rto.sample(400ms, {});
    CHECK(rto.rttvar() == 400ms); // 3/4 400 + 1/4 |800 - 400|
    CHECK(rto.srtt() == 750ms);   // 7/8 800 + 1/8 400
    CHECK(rto.rto() == 2350ms);
    rto.sample(750ms, {});
    CHECK(rto.rttvar() == 300ms);
    CHECK(rto.srtt() == 750ms);
    rto.sample(1ns, {});
    CHECK(rto.rttvar() == Duration(412'499'999)); // (3 * 300,000,000 + 749,999,999) / 4, rounded down
    CHECK(rto.srtt() == Duration(656'250'000));   // (7 * 750,000,000 + 1) / 8
}

TEST_CASE("short round trips: the RTO is 1 s at least (RFC 6298, 2.4)")
{
    RtoEstimator rto;
    rto.sample(1ms, {});
    CHECK(rto.rto() == 1s);
    rto.sample(1ms, {.rto_min = 2s});
    CHECK(rto.rto() == 2s);
}

TEST_CASE("long round trips: the RTO is 60 s at most (RFC 6298, 2.5)")
{
    RtoEstimator rto;
    rto.sample(50s, {});
    CHECK(rto.rto() == 60s);
}

TEST_CASE("timeouts: the RTO doubles up to 60 s and the next sample ends that (RFC 6298, 5.4-5.6)")
{
    RtoEstimator rto;
    const ConnectionOptions options;
    rto.sample(200ms, options);
    for (const Duration expected : {2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        rto.back_off(options);
        CHECK(rto.rto() == expected);
    }
    rto.sample(200ms, options);
    CHECK(rto.rto() == 1s);
}

TEST_CASE("linux: 200 ms are the floor of the variance term")
{
    const ConnectionOptions linux_like{.rto_min = 200ms, .rto_max = 120s, .rto_min_is_variance_floor = true};
    RtoEstimator rto;
    rto.sample(10ms, linux_like);
    CHECK(rto.rto() == 210ms);
    rto.sample(10ms, linux_like);
    CHECK(rto.rto() == 210ms);
}
