// What follows from an event: segments, timers, what the network does and what applications are told.

#include <doctest/doctest.h>

#include "explain/sayings.hpp"
#include "support/text.hpp"

using namespace tcpsm;
using namespace tcpsm::test;
using viz::Explanation;
using viz::Language;

TEST_CASE("an event: its segments, its timers and what the application is told, its row and its section")
{
    const Told told("lost-final-ack");
    const Explanation fin = told.moment("client got server's FIN in FIN-WAIT-2");
    CHECK(
        fin.detail ==
        "client.4 (ACK) leaves; nothing will tell client whether it arrives. client.4 is lost on the way; nobody knows "
        "yet. 2 MSL starts: 60 s, until 61.2 s. client's application learns that server sends nothing more.");
    CHECK(fin.row == "FIN-WAIT-2, rcv FIN -> TIME-WAIT: snd ACK, start 2 MSL");
    CHECK(fin.reference == "RFC 9293, 3.10.7.4");

    const Explanation again = told.moment("again in TIME-WAIT");
    CHECK(again.detail ==
          "client.5 (ACK) leaves; nothing will tell client whether it arrives. 2 MSL starts anew: 60 s, "
          "until 62.2 s.");
    CHECK(again.row == "TIME-WAIT, rcv FIN -> snd ACK, start 2 MSL");

    const Explanation end = told.moment("so the connection is CLOSED");
    CHECK(end.detail == "RTO and user timeout stop.");
    CHECK(end.row == "LAST-ACK, rcv ACK of FIN -> CLOSED");

    const Explanation open = told.moment("client calls connect()");
    CHECK(open.detail ==
          "client.1 (SYN) leaves. RTO starts: 1 s, until 2 s; and the user timeout: 300 s, until 301 s.");
    CHECK(open.row == "CLOSED, active OPEN -> SYN-SENT: snd SYN");
    CHECK(open.reference == "RFC 9293, 3.10.1");
}

TEST_CASE("the same in Chinese: in the order that Chinese has")
{
    const Told told("lost-final-ack");
    const Explanation fin = told.moment("client 在 FIN-WAIT-2 状态收到", Language::chinese);
    CHECK(fin.detail == "发出 client.4（ACK）；它是否到达，client 无从得知。client.4 在途中丢失；还没有谁知道。2 MSL "
                        "计时器启动：60 s，到 61.2 s 为止。client 的应用进程得知 server 不再发送数据。");
    CHECK(fin.row == "FIN-WAIT-2, rcv FIN -> TIME-WAIT: snd ACK, start 2 MSL");
}

TEST_CASE("a close in the same event as the FIN: follows it, and one segment carries both")
{
    const Explanation fin = Told("three-segment-teardown").moment("server got client's FIN");
    CHECK(fin.headline == "server got client's FIN in ESTABLISHED: client has nothing more to send, so server is in "
                          "CLOSE-WAIT.");
    CHECK(fin.detail ==
          "server calls close() in CLOSE-WAIT: now it has nothing more to send either, so its FIN leaves and "
          "it is in LAST-ACK. server.2 (FIN,ACK) leaves. RTO starts: 1 s, until 3.05 s; and the user "
          "timeout: 300 s, until 302.05 s. server's application learns that client sends nothing more.");
    CHECK(fin.row == "ESTABLISHED, rcv FIN -> CLOSE-WAIT: snd ACK");
}

TEST_CASE("a text of many segments: the first and the last are named")
{
    const Explanation send = Told("half-close").moment("server calls send() in CLOSE-WAIT");
    CHECK(send.detail.starts_with("7 segments leave, server.4 to server.10. RTO starts: 1 s, until "));
    CHECK(send.row == "CLOSE-WAIT, SEND -> queue text");
}

TEST_CASE("a segment that is refused and answered: the row is the answer's")
{
    const Explanation syn = Told("connection-refused").moment("nobody listens");
    CHECK(syn.row == "CLOSED, rcv segment -> reply RST");
    CHECK(syn.reference == "RFC 9293, 3.10.7.1");
    CHECK(syn.detail == "server.1 (RST,ACK) leaves.");
}

TEST_CASE("a call that fails: the row is the one that answers so")
{
    const Explanation send = Told("abort").moment("\"connection does not exist\"");
    CHECK(send.row == "CLOSED, SEND -> error: connection does not exist");
    CHECK(send.reference == "RFC 9293, 3.10.2");
    CHECK(send.detail.empty());
}

TEST_CASE("text that arrives: is delivered where the application reads, and read later where it does not")
{
    const Explanation text = Told("half-close").moment("1460 octets from server");
    CHECK(text.detail.find("client's application gets 1460 octets.") != std::string::npos);
    Alone world;
    world.is_in(State::Established);
    world.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
    world.socket.receive();
    CHECK(Told(world).moment("and acknowledges them").detail ==
          "In truth nobody sent inject.2: it was injected. A3 (ACK) leaves. A3 is lost on the way; nobody knows yet.");
    CHECK(Told(world).moment("calls receive()").detail.empty());
}

TEST_CASE("a window that closes: says what that means")
{
    Alone world;
    world.is_in(State::Established);
    world.gets("<SEQ=301><ACK=101><CTL=ACK><WND=0>");
    CHECK(Told(world).moment("the window is now 0 octets").detail ==
          "In truth nobody sent inject.2: it was injected. B's window is 0: A may send no text until it opens.");
}

TEST_CASE("what the network does: holds back, lets go and copies, told of the network and not of a host")
{
    Network world({.seed = 1, .delay = 10ms});
    const Host a = world.host("A", {.iss = {100}});
    const Host b = world.host("B", {.iss = {300}, .accepts = true});
    b.listen(80);
    world.hold("A1");
    world.duplicate("B1", 5ms);
    a.connect(b, 80);
    world.run_for(100ms);
    world.release("A1");
    world.run_for(100ms);
    const Told told(world);
    CHECK(told.moment("A calls connect()").detail == "A1 (SYN) leaves. The network holds A1 back. RTO starts: 1 s, "
                                                     "until 1 s; and the user timeout: 300 s, until 300 s.");
    const Explanation syn = told.moment("B got A's SYN in LISTEN");
    CHECK(syn.detail.starts_with(
        "The network had held A1 back until now. B1 (SYN,ACK) leaves. The network makes a copy of "
        "it, B1'. RTO starts"));
    CHECK(told.moment("SYN,ACK again").detail == "B1' is a copy that the network made. A3 (ACK) leaves.");
}

TEST_CASE("a segment to an address that nobody has: is lost, and it is said why")
{
    Network world;
    const Host a = world.host("A", {.iss = {100}});
    Network elsewhere; // with a host whose address nobody has here
    elsewhere.host("x");
    elsewhere.host("y");
    a.connect(elsewhere.host("z"), 80);
    CHECK(Told(world)
              .moment("A calls connect()")
              .detail.starts_with("A1 (SYN) leaves. Nobody has the address that A1 goes to."));
}

TEST_CASE("a listener that closes: its children are told, and what becomes of them is said")
{
    Alone world;
    world.is_in(State::SynReceived);
    world.listener.close();
    const Explanation close = Told(world).moment("A calls close() in LISTEN");
    CHECK(close.detail.starts_with("A goes from SYN-RECEIVED to CLOSED. A2 (RST) leaves."));
}

TEST_CASE("a RST, a refusal and a timeout: the application learns what it was")
{
    CHECK(Told("abort").moment("got client's RST").detail ==
          "server's application learns that the connection was reset.");
    CHECK(Told("connection-refused").moment("got server's RST").detail ==
          "RTO and user timeout stop. client's application learns that the connection was refused.");
    CHECK(Told("lost-final-ack-forever").moment("(R2)").detail ==
          "User timeout stops. server's application learns that the connection has timed out.");
}

TEST_CASE("text that is acknowledged in part: the timers start anew")
{
    Alone world;
    world.is_in(State::Established);
    world.socket.send("hello");
    world.gets("<SEQ=301><ACK=103><CTL=ACK>");
    const std::string detail = Told(world).moment("what lies before 103").detail;
    CHECK(detail.find("RTO starts anew: 1 s, until 1.02 s; and the user timeout: 300 s, until 300.02 s.") !=
          std::string::npos);
}

TEST_CASE("a second connection of a host: is told apart by its number")
{
    const Told told("peer-reboot-half-open-reconnect");
    CHECK(
        told.moment("client#2 got server's SYN,ACK").headline.starts_with("client#2 got server's SYN,ACK in SYN-SENT"));
    CHECK(told.moment("server got a SYN from client in ESTABLISHED").row ==
          "ESTABLISHED, rcv SYN -> snd challenge ACK");
}
