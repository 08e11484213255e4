// The least program that uses the library: one connection, opened and closed.

#include "tcpsm/tcpsm.hpp"

int main()
{
    tcpsm::Network net;
    auto [a, b] = tcpsm::established(net, "A", "B");
    a.close();
    net.run();
    b.close();
    net.run();
    return a.state() == tcpsm::State::Closed ? 0 : 1;
}
