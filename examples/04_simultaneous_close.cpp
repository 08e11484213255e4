// Both sides close before either has heard of it. Figure 13 of RFC 9293.
#include <iostream>

#include <tcpsm/tcpsm.hpp>

int main()
{
    tcpsm::Network net({.delay = std::chrono::milliseconds(50)});
    auto [a, b] = tcpsm::established(net, "A", "B");
    a.close();
    net.run_for(std::chrono::milliseconds(20)); // try 60: then B has heard of it
    b.close();
    net.run();
    std::cout << tcpsm::ladder(net, {.times = true});
}
