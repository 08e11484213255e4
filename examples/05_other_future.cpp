// A copy of the world takes the other future: the same moment, with and without a loss.
#include <iostream>

#include <tcpsm/tcpsm.hpp>

int main()
{
    tcpsm::Network net;
    auto [a, b] = tcpsm::established(net, "A", "B");
    a.close();
    net.run();

    tcpsm::Network other = net; // from here on, two worlds
    other.lose("A4");
    for (tcpsm::Network* world : {&net, &other}) {
        world->at(b).close(); // the same socket, in each world
        world->run();
        std::cout << tcpsm::ladder(*world) << "\n";
    }
}
