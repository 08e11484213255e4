// A unit test of network code: what does it do when the peer resets the connection? No root, no sockets, no sleeping.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
#include <tcpsm/tcpsm.hpp>

// The code under test: reads all there is, and says how it ended.
std::string read_all(tcpsm::Socket socket)
{
    const auto [text, error] = socket.receive();
    return text + "|" + error.message();
}

TEST_CASE("the peer resets the connection: the reader is told, and has lost what it had not read")
{
    tcpsm::Network net;
    auto [client, server] = tcpsm::established(net, "client", "server");
    server.send("hello");
    server.abort();
    net.run();
    INFO(tcpsm::ladder(net)); // printed where a check fails
    CHECK(read_all(client) == "|connection reset");
}
