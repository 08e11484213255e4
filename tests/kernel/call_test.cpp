#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "replay/call.hpp"

using namespace tcpsm::kernel;
using Switches = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("a call's text: gives the verb and its numbers")
{
    const Call listen = parse_call("listen(port=8080, backlog=5)");
    CHECK(listen.verb == Verb::listen);
    CHECK(listen.port == 8080);
    CHECK(listen.backlog == 5);
    CHECK(parse_call("bind(40000)").port == 40000);
    CHECK(parse_call("connect").port == 0);
    CHECK(parse_call("connect #3").verb == Verb::connect);
    CHECK(parse_call("connect (ephemeral)").verb == Verb::connect);
    CHECK(parse_call("connect (bound port 40000)").port == 40000);
    CHECK(parse_call("write 10 in CLOSE-WAIT").count == 10);
    CHECK_FALSE(parse_call("write after shutdown").counted);
    CHECK(parse_call("read again").verb == Verb::read);
    CHECK(parse_call("shutdown(WR)").verb == Verb::shutdown);
    CHECK(parse_call("close listener").verb == Verb::close_listener);
    CHECK(parse_call("close (SO_LINGER 0)").verb == Verb::close);
    CHECK(parse_call("close (SO_LINGER 0)").switches == Switches{{"so_linger", "0"}});
    CHECK(parse_call("close (SO_LINGER 2) begins").verb == Verb::set_option);
    CHECK(parse_call("close (SO_LINGER 2) begins").switches == Switches{{"so_linger", "2"}});
    CHECK(parse_call("close returned").verb == Verb::close_returned);
    CHECK(parse_call("getsockopt(SO_ERROR)").verb == Verb::get_error);
}

TEST_CASE("setsockopt: becomes the switches of the same meaning")
{
    const Switches all{{"so_keepalive", "1"},
                       {"tcp_keepalive_time", "2"},
                       {"tcp_keepalive_intvl", "1"},
                       {"tcp_keepalive_probes", "3"}};
    CHECK(parse_call("setsockopt(SO_KEEPALIVE), idle 2 intvl 1 cnt 3").switches == all);
    CHECK(parse_call_in_note("keepalive on: idle 2 intvl 1 cnt 3").switches == all);
    CHECK(parse_call("setsockopt(TCP_NODELAY)").switches == Switches{{"tcp_nodelay", "1"}});
    CHECK(parse_call("setsockopt(TCP_KEEPIDLE, 7)").switches == Switches{{"tcp_keepalive_time", "7"}});
}

TEST_CASE("a call with other arguments: is not guessed at")
{
    for (const char* text :
         {"listen(8080)", "bind(port)", "connect (from the other socket)", "close first", "close (SO_LINGER 2)",
          "read (MSG_OOB)", "shutdown(RD)", "accept second", "frobnicate", ""})
        CHECK_MESSAGE(parse_call(text).verb == Verb::unknown, text);
    CHECK(parse_call_in_note("SYN-SENT").verb == Verb::unknown);
}

TEST_CASE("socket options: are found in a text, each once")
{
    CHECK(socket_options_in("TCP_DEFER_ACCEPT: a bare ACK (SO_LINGER 0), TCP_DEFER_ACCEPT") ==
          std::vector<std::string>{"TCP_DEFER_ACCEPT", "SO_LINGER"});
    CHECK(socket_options_in("PAWS: TSval before TS.Recent; tcp_tw_reuse=1").empty());
}
