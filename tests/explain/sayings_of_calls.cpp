#include "explain/sayings.hpp"

namespace tcpsm::test {
namespace {

HostOptions with_descriptors(std::int32_t limit)
{
    HostOptions options;
    options.profile.rlimit_nofile = limit;
    return options;
}
/// For no socket, and for a listener with one more: three are standard ones.
HostOptions no_descriptor()
{
    return with_descriptors(3);
}
HostOptions two_descriptors()
{
    return with_descriptors(5);
}

} // namespace

std::vector<Saying> sayings_of_calls()
{
    using enum State;
    return {
        // ---- opening
        {"A calls bind(): its socket has a port now.", [](Alone& w) { static_cast<void>(w.a.socket().bind(7000)); }},
        {"A calls bind(): the answer is \"address already in use\".",
         [](Alone& w) {
             w.is_in(Listen);
             static_cast<void>(w.a.socket().bind(80));
         }},
        {"A calls bind(): the answer is \"invalid argument\".",
         [](Alone& w) { static_cast<void>(w.a.socket().bind(0)); }},
        {"A calls listen(): from now on it waits in LISTEN for a SYN.", [](Alone& w) { w.is_in(Listen); }},
        {"A calls connect(): it sends a SYN and is in SYN-SENT.", [](Alone& w) { w.is_in(SynSent); }},
        {"A calls connect() in LISTEN: instead of waiting it opens actively, so it sends a SYN and is in SYN-SENT.",
         [](Alone& w) {
             w.is_in(Listen);
             w.listener.connect(w.b, 5000);
         }},
        {"A calls connect() in ESTABLISHED: the answer is \"connection already exists\".",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.connect(w.b, 80);
         }},
        {"A calls connect(): the answer is \"remote socket unspecified\".",
         [](Alone& w) { w.a.socket().connect(w.b, 0); }},
        {"A calls connect(): the answer is \"no ephemeral port is free\".",
         [](Alone& w) {
             w.a.connect(w.b, 80);
             w.a.socket().connect(w.b, 80);
         },
         [] {
             HostOptions o;
             o.profile.ephemeral_first = o.profile.ephemeral_last = 50000;
             return o;
         }()},
        {"A calls connect(): the answer is \"the host is down\".",
         [](Alone& w) {
             const Socket s = w.a.socket();
             w.a.crash();
             s.connect(w.b, 80);
         }},
        {"A calls accept(): it takes over a connection that has been opened.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.gets("<SEQ=301><ACK=101><CTL=ACK>");
             w.accepts();
         }},
        {"A calls accept(): no connection is there to take over yet.",
         [](Alone& w) {
             w.is_in(Listen);
             w.accepts();
         }},
        {"A calls accept() in ESTABLISHED: the answer is \"the socket does not listen\".",
         [](Alone& w) {
             w.is_in(Established);
             static_cast<void>(w.socket.accept());
         }},
        // ---- sending and receiving
        {"A calls send() in ESTABLISHED: 5 octets leave at once.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send("hello");
         }},
        {"A calls send() in ESTABLISHED: of 5 octets, some leave at once, and the rest waits for room in B's window.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=2>");
             w.socket.send("hello");
         }},
        {"A calls send() in CLOSE-WAIT: 5 octets are queued until B's window has room.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><CTL=FIN,ACK><WND=0>");
             w.socket.send("hello");
         }},
        {"A calls send() in SYN-SENT: 5 octets are queued until the connection is ESTABLISHED.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.socket.send("hello");
         }},
        {"A calls send(): the answer is \"remote socket unspecified\".",
         [](Alone& w) {
             w.is_in(Listen);
             w.listener.send("hello");
         }},
        {"A calls send() in FIN-WAIT-1, but it has said that it has nothing more to send: the answer is \"connection "
         "closing\".",
         [](Alone& w) {
             w.is_in(FinWait1);
             w.socket.send("hello");
         }},
        {"A calls send() in ESTABLISHED: the answer is \"insufficient resources\".",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send("hello");
             w.socket.send("more");
         },
         with({.send_buffer = 5})},
        {"A calls send() in CLOSED: the answer is \"connection reset\".",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><CTL=RST>");
             w.socket.send("hello");
         }},
        {"A calls send() in CLOSED: the answer is \"connection refused\".",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><CTL=SYN>");
             w.gets("<SEQ=301><CTL=RST>");
             w.socket.send("hello");
         }},
        {"A calls send() in CLOSED: the answer is \"connection does not exist\".",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><CTL=RST>");
             w.socket.send("hello");
             w.socket.send("hello");
         }},
        {"A calls receive() in ESTABLISHED and reads 10 octets.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
             w.socket.receive();
         }},
        {"A calls receive() in ESTABLISHED: nothing is there to read yet.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.receive();
         }},
        {"A calls receive() in CLOSE-WAIT: B's FIN has come, so there will be nothing more to read.",
         [](Alone& w) {
             w.is_in(CloseWait);
             w.socket.receive();
         }},
        // ---- closing
        {"A calls close() in ESTABLISHED: it has nothing more to send, so a FIN leaves and it is in FIN-WAIT-1.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.close();
         }},
        {"A calls shutdown() in ESTABLISHED: it has nothing more to send, so a FIN leaves and it is in FIN-WAIT-1.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.shutdown();
         }},
        {"A calls close() in CLOSE-WAIT: now it has nothing more to send either, so its FIN leaves and it is in "
         "LAST-ACK.",
         [](Alone& w) {
             w.is_in(CloseWait);
             w.socket.close();
         }},
        {"A calls close() in ESTABLISHED: it is in FIN-WAIT-1, but the FIN can leave only behind the octets that are "
         "still queued.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><ACK=101><CTL=SYN,ACK><WND=2>");
             w.socket.send("hello");
             w.socket.close();
         }},
        {"A calls close() in SYN-RECEIVED: octets are still queued, so the FIN has to wait until the connection is "
         "ESTABLISHED.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><CTL=SYN>");
             w.socket.send("hello");
             w.socket.close();
         }},
        {"A calls close() in SYN-RECEIVED: it has nothing more to send, so a FIN leaves and it is in FIN-WAIT-1.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.gets("<SEQ=300><CTL=SYN>");
             w.socket.close();
         }},
        {"A calls close() in LISTEN: it waits for no more connections and is CLOSED.",
         [](Alone& w) {
             w.is_in(Listen);
             w.listener.close();
         }},
        {"A calls close() in SYN-SENT: nothing is open yet, so it forgets the connection and is CLOSED.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.socket.close();
         }},
        {"A calls close() in ESTABLISHED without having read all: a RST tells B that octets are lost, and the "
         "connection is CLOSED.",
         [](Alone& w) {
             w.is_in(Established);
             w.gets("<SEQ=301><ACK=101><DATA=10><CTL=ACK>");
             w.socket.close();
         },
         with({.half_duplex_close = true})},
        {"A calls close() in FIN-WAIT-1, but it has closed before: the answer is \"connection closing\".",
         [](Alone& w) {
             w.is_in(FinWait1);
             w.socket.close();
         }},
        {"A calls close(): there is no connection, so only the socket is given back.",
         [](Alone& w) { w.a.socket().close(); }},
        {"A calls close(): the answer is \"no such socket\".",
         [](Alone& w) {
             const Socket s = w.a.socket();
             s.close();
             s.close();
         }},
        {"A calls abort() in ESTABLISHED: it throws the connection away, a RST says so, and it is CLOSED.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.abort();
         }},
        {"A calls abort() in TIME-WAIT: it throws the connection away and is CLOSED; nobody needs a RST.",
         [](Alone& w) {
             w.is_in(TimeWait);
             w.socket.abort();
         }},
        // ---- processes and their descriptors
        {"A: the process idle makes sockets, 3 of them. Each takes a descriptor; TCP knows nothing of it yet.",
         [](Alone& w) { static_cast<void>(w.a.process("idle").sockets(3)); }},
        {"A: the process idle asks for a socket and has no descriptor left: the answer is \"too many open files\" "
         "(EMFILE).",
         [](Alone& w) { static_cast<void>(w.a.process("idle").socket()); }, no_descriptor()},
        {"A calls accept() and has no descriptor left: the answer is \"too many open files\" (EMFILE), and the "
         "connection waits on in the accept queue.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.gets("<SEQ=301><ACK=101><CTL=ACK>");
             static_cast<void>(w.a.process().socket());
             w.accepts();
         },
         two_descriptors()},
        {"The process user on A is killed: the system closes all its sockets, and nobody will read them any more.",
         [](Alone& w) {
             w.is_in(Established);
             w.a.process().kill();
         }},
        {"The process user on A exits: the system closes all its sockets, and nobody will read them any more.",
         [](Alone& w) {
             w.is_in(Established);
             w.a.process().exit();
         }},
        {"The process user on A crashes: the system closes all its sockets, and nobody will read them any more.",
         [](Alone& w) {
             w.is_in(Established);
             w.a.process().crash();
         }},
        {"The process on A exits: the system closes all its sockets, and nobody will read any more.",
         [](Alone& w) {
             w.is_in(Established);
             w.a.exit();
         }},
        // ---- hosts
        {"A crashes: it forgets all its connections, and nobody is told.",
         [](Alone& w) {
             w.is_in(Established);
             w.a.crash();
         }},
        {"A is up again: it knows nothing of its earlier connections.", [](Alone& w) { w.a.reboot(); }},
        {"The process on A is killed: the system closes all its sockets, and nobody will read any more.",
         [](Alone& w) {
             w.is_in(Established);
             w.a.kill();
         }},
        // ---- the network, and a history that begins later
        {"inject.1 (RST) appears on the way to A, though nobody sent it.",
         [](Alone& w) { w.inject(w.b, 80, w.a, 80, parse_notation("<SEQ=0><CTL=RST>").segment.value()); }},
        {"Here the history begins: A in ESTABLISHED.",
         [](Alone& w) {
             w.is_in(Established);
             w.clear_history();
         }},
    };
}

std::vector<Saying> sayings_of_timers()
{
    using enum State;
    ConnectionOptions impatient;
    impatient.r2 = impatient.r2_syn = 500ms;
    ConnectionOptions short_timeout;
    short_timeout.user_timeout = 500ms;
    ConnectionOptions fin_timeout;
    fin_timeout.fin_timeout = 60s;
    fin_timeout.half_duplex_close = true;
    return {
        {"A's RTO fires: it has heard no answer to its SYN, so it sends it again, and will wait 2 s next.",
         [](Alone& w) {
             w.is_in(SynSent);
             w.waits();
         }},
        {"A's RTO fires: it has heard no ACK of its SYN,ACK, so it sends it again, and will wait 2 s next.",
         [](Alone& w) {
             w.is_in(SynReceived);
             w.waits();
         }},
        {"A's RTO fires: it has heard no ACK of 5 octets, so it sends them again, and will wait 2 s next.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send("hello");
             w.waits();
         }},
        {"A's RTO fires: it has heard no ACK of 5 octets and its FIN, so it sends them again, and will wait 4 s next.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send("hello");
             w.socket.close();
             w.waits();
             w.waits();
         }},
        {"A's RTO fires: it has heard no ACK of its FIN, so it sends it again, and will wait 2 s next.",
         [](Alone& w) {
             w.is_in(LastAck);
             w.waits();
         }},
        {"A's RTO fires once more in LAST-ACK, and it has repeated itself for long enough (R2): it gives up, and the "
         "connection is CLOSED.",
         [](Alone& w) {
             w.is_in(LastAck);
             w.waits();
         },
         with(impatient)},
        {"A's user timeout fires in ESTABLISHED: what it has sent is still not acknowledged, so it gives up, and the "
         "connection is CLOSED.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.send("hello");
             w.waits();
         },
         with(short_timeout)},
        {"A has waited out 2 MSL: no segment of this connection can still be in the network, so it is CLOSED.",
         [](Alone& w) {
             w.is_in(TimeWait);
             w.waits();
         }},
        {"A has waited long enough in FIN-WAIT-2 for B's FIN (tcp_fin_timeout): it gives up, and the connection is "
         "CLOSED.",
         [](Alone& w) {
             w.is_in(Established);
             w.socket.close();
             w.gets("<SEQ=301><ACK=102><CTL=ACK>");
             w.waits();
         },
         with(fin_timeout)},
    };
}

} // namespace tcpsm::test
