// The counts by state over time as comma-separated values.

#include "export/csv.hpp"

#include <doctest/doctest.h>

#include "support/text.hpp"
#include "tcpsm/tcpsm.hpp"

using namespace tcpsm;

TEST_CASE("counts as CSV: a header, then a line for each host and instant that changed them, times exact")
{
    Network net({.delay = 10ms + 1ns});
    const Host client = net.host("client");
    const Host server = net.host("server", {.accepts = true});
    server.listen(80);
    client.connect(server, 80);
    client.connect(server, 80);
    net.run();
    CHECK(counts_csv(net.history()) == test::lines(R"(
        time,host,LISTEN,SYN-SENT,SYN-RECEIVED,ESTABLISHED,FIN-WAIT-1,FIN-WAIT-2,CLOSE-WAIT,CLOSING,LAST-ACK,TIME-WAIT
        0,client,0,2,0,0,0,0,0,0,0,0
        0,server,1,0,0,0,0,0,0,0,0,0
        0.010000001,server,1,0,2,0,0,0,0,0,0,0
        0.020000002,client,0,0,0,2,0,0,0,0,0,0
        0.030000003,server,1,0,0,2,0,0,0,0,0,0
    )"));
}

TEST_CASE("counts as CSV of a host whose name has a comma or a quote: it stands in quotes")
{
    Network net;
    net.host("a,b").listen(80);
    net.host("the \"server\"").listen(80);
    const std::string text = counts_csv(net.history());
    CHECK(text.find("\n0,\"a,b\",1,0,") != std::string::npos);
    CHECK(text.find("\n0,\"the \"\"server\"\"\",1,0,") != std::string::npos);
}

TEST_CASE("counts as CSV of a history in which nothing happened: the header alone")
{
    const std::string text = counts_csv(Network().history());
    CHECK(text.starts_with("time,host,LISTEN,"));
    CHECK(text.find('\n') == text.size() - 1);
}
