// Why the side that closes first waits in TIME-WAIT.
#include <iostream>

#include <tcpsm/tcpsm.hpp>

int main()
{
    tcpsm::Network net;
    auto [a, b] = tcpsm::established(net, "A", "B");
    net.lose("A4"); // try deleting this line
    a.close();
    net.run();
    b.close();
    net.run();
    std::cout << tcpsm::ladder(net, {.times = true});
}
