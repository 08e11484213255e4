// What is said of the scenarios that a class sees first, sentence by sentence.

#include <doctest/doctest.h>

#include "explain/told.hpp"

using namespace tcpsm;
using namespace tcpsm::test;
using viz::Language;

TEST_CASE("three-way handshake: each side knows that the other has heard it")
{
    CHECK(Told("three-way-handshake").headlines() == unfolded(R"(
        0 s  server calls bind(): its socket has a port now.
        0 s  server calls listen(): from now on it waits in LISTEN for a SYN.
        1 s  client calls connect(): it sends a SYN and is in SYN-SENT.
        1.05 s  server got client's SYN in LISTEN, so it answers with SYN,ACK: the new connection is in
            SYN-RECEIVED.
        1.1 s  client got server's SYN,ACK in SYN-SENT: its SYN is acknowledged, so the connection is
            ESTABLISHED.
        1.15 s  server got the ACK of its SYN in SYN-RECEIVED, so the connection is ESTABLISHED.
    )"));
}

TEST_CASE("the last ACK lost: the FIN comes again, and is answered again")
{
    CHECK(Told("lost-final-ack").headlines() == unfolded(R"(
        0 s  server calls bind(): its socket has a port now.
        0 s  server calls listen(): from now on it waits in LISTEN for a SYN.
        1 s  client calls connect(): it sends a SYN and is in SYN-SENT.
        1.05 s  server got client's SYN in LISTEN, so it answers with SYN,ACK: the new connection is in
            SYN-RECEIVED.
        1.1 s  client got server's SYN,ACK in SYN-SENT: its SYN is acknowledged, so the connection is
            ESTABLISHED.
        1.1 s  client calls close() in ESTABLISHED: it has nothing more to send, so a FIN leaves and it is in
            FIN-WAIT-1.
        1.15 s  server got the ACK of its SYN in SYN-RECEIVED, so the connection is ESTABLISHED.
        1.15 s  server got client's FIN in ESTABLISHED: client has nothing more to send, so server is in
            CLOSE-WAIT.
        1.15 s  server calls close() in CLOSE-WAIT: now it has nothing more to send either, so its FIN leaves
            and it is in LAST-ACK.
        1.2 s  client got the ACK of its FIN in FIN-WAIT-1, so it is in FIN-WAIT-2 and waits for server's FIN.
        1.2 s  client got server's FIN in FIN-WAIT-2, so it acknowledges it and waits out 2 MSL in TIME-WAIT, in
            case the FIN comes again.
        2.15 s  server's RTO fires: it has heard no ACK of its FIN, so it sends it again, and will wait 2 s
            next.
        2.2 s  client got server's FIN again in TIME-WAIT: its ACK may not have arrived, so it answers once more
            and starts 2 MSL anew.
        2.25 s  server got the ACK of its FIN in LAST-ACK, so the connection is CLOSED.
        62.2 s  client has waited out 2 MSL: no segment of this connection can still be in the network, so it is
            CLOSED.
    )"));
}

TEST_CASE("simultaneous open: nobody listens, and yet it works")
{
    CHECK(Told("simultaneous-open").headlines() == unfolded(R"(
        1 s  A calls bind(): its socket has a port now.
        1 s  A calls connect(): it sends a SYN and is in SYN-SENT.
        1 s  B calls bind(): its socket has a port now.
        1 s  B calls connect(): it sends a SYN and is in SYN-SENT.
        1.05 s  B got A's SYN in SYN-SENT before any answer to its own, so both open at once: it answers with
            SYN,ACK and is in SYN-RECEIVED.
        1.05 s  A got B's SYN in SYN-SENT before any answer to its own, so both open at once: it answers with
            SYN,ACK and is in SYN-RECEIVED.
        1.1 s  A got B's SYN,ACK in SYN-RECEIVED: its SYN is acknowledged, so the connection is ESTABLISHED.
        1.1 s  B got A's SYN,ACK in SYN-RECEIVED: its SYN is acknowledged, so the connection is ESTABLISHED.
    )"));
}

TEST_CASE("simultaneous close: both go through CLOSING")
{
    CHECK(Told("simultaneous-close").headlines() == unfolded(R"(
        0 s  B calls bind(): its socket has a port now.
        0 s  B calls listen(): from now on it waits in LISTEN for a SYN.
        1 s  A calls connect(): it sends a SYN and is in SYN-SENT.
        1.05 s  B got A's SYN in LISTEN, so it answers with SYN,ACK: the new connection is in SYN-RECEIVED.
        1.1 s  A got B's SYN,ACK in SYN-SENT: its SYN is acknowledged, so the connection is ESTABLISHED.
        1.15 s  B got the ACK of its SYN in SYN-RECEIVED, so the connection is ESTABLISHED.
        2 s  A calls close() in ESTABLISHED: it has nothing more to send, so a FIN leaves and it is in
            FIN-WAIT-1.
        2 s  B calls close() in ESTABLISHED: it has nothing more to send, so a FIN leaves and it is in
            FIN-WAIT-1.
        2.05 s  B got A's FIN in FIN-WAIT-1, but not the ACK of its own: both close at once, so it is in
            CLOSING.
        2.05 s  A got B's FIN in FIN-WAIT-1, but not the ACK of its own: both close at once, so it is in
            CLOSING.
        2.1 s  A got the ACK of its FIN in CLOSING: both FINs are acknowledged on its side, so it waits out 2
            MSL in TIME-WAIT.
        2.1 s  B got the ACK of its FIN in CLOSING: both FINs are acknowledged on its side, so it waits out 2
            MSL in TIME-WAIT.
        62.1 s  A has waited out 2 MSL: no segment of this connection can still be in the network, so it is
            CLOSED.
        62.1 s  B has waited out 2 MSL: no segment of this connection can still be in the network, so it is
            CLOSED.
    )"));
}

TEST_CASE("connection refused: a RST acknowledges the SYN")
{
    CHECK(Told("connection-refused").headlines() == unfolded(R"(
        1 s  client calls connect(): it sends a SYN and is in SYN-SENT.
        1.05 s  server got client's SYN, but nobody listens on port 80: it answers with a RST.
        1.1 s  client got server's RST in SYN-SENT, which acknowledges its SYN: the connection is refused, and
            CLOSED.
    )"));
}

TEST_CASE("abort: one RST says so")
{
    CHECK(Told("abort").headlines() == unfolded(R"(
        0 s  server calls bind(): its socket has a port now.
        0 s  server calls listen(): from now on it waits in LISTEN for a SYN.
        1 s  client calls connect(): it sends a SYN and is in SYN-SENT.
        1.05 s  server got client's SYN in LISTEN, so it answers with SYN,ACK: the new connection is in
            SYN-RECEIVED.
        1.1 s  client got server's SYN,ACK in SYN-SENT: its SYN is acknowledged, so the connection is
            ESTABLISHED.
        1.15 s  server got the ACK of its SYN in SYN-RECEIVED, so the connection is ESTABLISHED.
        2 s  client calls abort() in ESTABLISHED: it throws the connection away, a RST says so, and it is
            CLOSED.
        2.05 s  server got client's RST in ESTABLISHED, exactly where it expects the next octet, so the
            connection is CLOSED at once.
        3 s  server calls send() in CLOSED: the answer is "connection reset".
        4 s  server calls send() in CLOSED: the answer is "connection does not exist".
    )"));
}

TEST_CASE("FIN before the text: it is kept until nothing is missing")
{
    CHECK(Told("reordered-fin").headlines() == unfolded(R"(
        0 s  server calls bind(): its socket has a port now.
        0 s  server calls listen(): from now on it waits in LISTEN for a SYN.
        1 s  client calls connect(): it sends a SYN and is in SYN-SENT.
        1.05 s  server got client's SYN in LISTEN, so it answers with SYN,ACK: the new connection is in
            SYN-RECEIVED.
        1.1 s  client got server's SYN,ACK in SYN-SENT: its SYN is acknowledged, so the connection is
            ESTABLISHED.
        1.15 s  server got the ACK of its SYN in SYN-RECEIVED, so the connection is ESTABLISHED.
        2 s  client calls send() in ESTABLISHED: 100 octets leave at once.
        2.01 s  client calls close() in ESTABLISHED: it has nothing more to send, so a FIN leaves and it is in
            FIN-WAIT-1.
        2.06 s  server got client's FIN too early in ESTABLISHED: octets from 101 on are missing, so it keeps
            the FIN, and its ACK asks for 101.
        2.11 s  client got server's ACK in FIN-WAIT-1, which does not cover its FIN, so it waits on.
        2.25 s  server got in ESTABLISHED the octets that were missing before client's FIN: now the FIN counts,
            so it is in CLOSE-WAIT.
        2.25 s  server calls close() in CLOSE-WAIT: now it has nothing more to send either, so its FIN leaves
            and it is in LAST-ACK.
        2.3 s  client got the ACK of its FIN in FIN-WAIT-1, so it is in FIN-WAIT-2 and waits for server's FIN.
        2.3 s  client got server's FIN in FIN-WAIT-2, so it acknowledges it and waits out 2 MSL in TIME-WAIT, in
            case the FIN comes again.
        2.35 s  server got the ACK of its FIN in LAST-ACK, so the connection is CLOSED.
        62.3 s  client has waited out 2 MSL: no segment of this connection can still be in the network, so it is
            CLOSED.
    )"));
}

TEST_CASE("the last ACK lost, in Chinese: as a textbook would say it")
{
    CHECK(Told("lost-final-ack").headlines(Language::chinese) == unfolded(R"(
        0 s  server 调用 bind()：套接字现在有了端口。
        0 s  server 调用 listen()：从现在起在 LISTEN 状态等待 SYN。
        1 s  client 调用 connect()：发送 SYN，进入 SYN-SENT 状态。
        1.05 s  server 在 LISTEN 状态收到 client 的 SYN，以 SYN,ACK 应答：新连接进入 SYN-RECEIVED 状态。
        1.1 s  client 在 SYN-SENT 状态收到 server 的 SYN,ACK：自己的 SYN 已被确认，连接进入 ESTABLISHED 状态。
        1.1 s  client 在 ESTABLISHED 状态调用 close()：不再有数据要发送，于是发送 FIN，进入 FIN-WAIT-1 状态。
        1.15 s  server 在 SYN-RECEIVED 状态收到对自己 SYN 的确认，连接进入 ESTABLISHED 状态。
        1.15 s  server 在 ESTABLISHED 状态收到 client 的 FIN：client 不再发送数据，server 进入 CLOSE-WAIT 状态。
        1.15 s  server 在 CLOSE-WAIT 状态调用 close()：它也不再有数据要发送，于是发送 FIN，进入 LAST-ACK 状态。
        1.2 s  client 在 FIN-WAIT-1 状态收到对自己 FIN 的确认，进入 FIN-WAIT-2 状态，等待 server 的 FIN。
        1.2 s  client 在 FIN-WAIT-2 状态收到 server 的 FIN，发送确认后进入 TIME-WAIT 状态，等待 2 MSL，以防这个
            FIN 再次到来。
        2.15 s  server 的重传计时器超时：没有收到对 FIN 的确认，于是重传，下一次等待 2 s。
        2.2 s  client 在 TIME-WAIT 状态又收到 server 的
            FIN：自己的确认可能没有到达，于是再次确认，并重新开始等待 2 MSL。
        2.25 s  server 在 LAST-ACK 状态收到对自己 FIN 的确认，连接进入 CLOSED 状态。
        62.2 s  client 的 2 MSL 等待结束：网络中不会再有这条连接的报文段，进入 CLOSED 状态。
    )"));
}

TEST_CASE("simultaneous close, in Chinese: as a textbook would say it")
{
    CHECK(Told("simultaneous-close").headlines(Language::chinese) == unfolded(R"(
        0 s  B 调用 bind()：套接字现在有了端口。
        0 s  B 调用 listen()：从现在起在 LISTEN 状态等待 SYN。
        1 s  A 调用 connect()：发送 SYN，进入 SYN-SENT 状态。
        1.05 s  B 在 LISTEN 状态收到 A 的 SYN，以 SYN,ACK 应答：新连接进入 SYN-RECEIVED 状态。
        1.1 s  A 在 SYN-SENT 状态收到 B 的 SYN,ACK：自己的 SYN 已被确认，连接进入 ESTABLISHED 状态。
        1.15 s  B 在 SYN-RECEIVED 状态收到对自己 SYN 的确认，连接进入 ESTABLISHED 状态。
        2 s  A 在 ESTABLISHED 状态调用 close()：不再有数据要发送，于是发送 FIN，进入 FIN-WAIT-1 状态。
        2 s  B 在 ESTABLISHED 状态调用 close()：不再有数据要发送，于是发送 FIN，进入 FIN-WAIT-1 状态。
        2.05 s  B 在 FIN-WAIT-1 状态收到 A 的 FIN，而自己的 FIN 尚未得到确认：双方同时关闭，B 进入 CLOSING
            状态。
        2.05 s  A 在 FIN-WAIT-1 状态收到 B 的 FIN，而自己的 FIN 尚未得到确认：双方同时关闭，A 进入 CLOSING
            状态。
        2.1 s  A 在 CLOSING 状态收到对自己 FIN 的确认：在它这一侧，两个 FIN 都已确认，于是进入 TIME-WAIT
            状态，等待 2 MSL。
        2.1 s  B 在 CLOSING 状态收到对自己 FIN 的确认：在它这一侧，两个 FIN 都已确认，于是进入 TIME-WAIT
            状态，等待 2 MSL。
        62.1 s  A 的 2 MSL 等待结束：网络中不会再有这条连接的报文段，进入 CLOSED 状态。
        62.1 s  B 的 2 MSL 等待结束：网络中不会再有这条连接的报文段，进入 CLOSED 状态。
    )"));
}

TEST_CASE("FIN before the text, in Chinese: as a textbook would say it")
{
    CHECK(Told("reordered-fin").headlines(Language::chinese) == unfolded(R"(
        0 s  server 调用 bind()：套接字现在有了端口。
        0 s  server 调用 listen()：从现在起在 LISTEN 状态等待 SYN。
        1 s  client 调用 connect()：发送 SYN，进入 SYN-SENT 状态。
        1.05 s  server 在 LISTEN 状态收到 client 的 SYN，以 SYN,ACK 应答：新连接进入 SYN-RECEIVED 状态。
        1.1 s  client 在 SYN-SENT 状态收到 server 的 SYN,ACK：自己的 SYN 已被确认，连接进入 ESTABLISHED 状态。
        1.15 s  server 在 SYN-RECEIVED 状态收到对自己 SYN 的确认，连接进入 ESTABLISHED 状态。
        2 s  client 在 ESTABLISHED 状态调用 send()：100 字节数据立即发送。
        2.01 s  client 在 ESTABLISHED 状态调用 close()：不再有数据要发送，于是发送 FIN，进入 FIN-WAIT-1 状态。
        2.06 s  server 在 ESTABLISHED 状态过早地收到 client 的 FIN：序号 101 起的数据还没有到，于是保留这个
            FIN，并以确认号 101 表示所期望的数据。
        2.11 s  client 在 FIN-WAIT-1 状态收到 server 的确认，但其中不包括自己的 FIN：继续等待。
        2.25 s  server 在 ESTABLISHED 状态收到了 client 的 FIN 之前一直缺少的数据：FIN 现在生效，server 进入
            CLOSE-WAIT 状态。
        2.25 s  server 在 CLOSE-WAIT 状态调用 close()：它也不再有数据要发送，于是发送 FIN，进入 LAST-ACK 状态。
        2.3 s  client 在 FIN-WAIT-1 状态收到对自己 FIN 的确认，进入 FIN-WAIT-2 状态，等待 server 的 FIN。
        2.3 s  client 在 FIN-WAIT-2 状态收到 server 的 FIN，发送确认后进入 TIME-WAIT 状态，等待 2 MSL，以防这个
            FIN 再次到来。
        2.35 s  server 在 LAST-ACK 状态收到对自己 FIN 的确认，连接进入 CLOSED 状态。
        62.3 s  client 的 2 MSL 等待结束：网络中不会再有这条连接的报文段，进入 CLOSED 状态。
    )"));
}
