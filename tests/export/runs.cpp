#include "export/runs.hpp"

using namespace tcpsm;

namespace tcpsm::test {

Network lost_final_ack()
{
    Network net({.seed = 1, .delay = 50ms});
    const Host client = net.host("client", {.iss = {100}});
    const Host server = net.host("server", {.iss = {300}, .accepts = true});
    static_cast<void>(server.listen(80));
    const Socket a = client.connect(server, 80);
    net.lose("client.4");
    net.run_for(1s);
    a.close();
    net.run_for(60ms);
    server.connection(1).close();
    net.run();
    Segment old;
    old.flags = Flag::RST;
    net.inject(client, 9, server, 80, old);
    net.run();
    return net;
}

} // namespace tcpsm::test
