// Two hosts shake hands. Figure 6 of RFC 9293.
#include <iostream>

#include <tcpsm/tcpsm.hpp>

int main()
{
    tcpsm::Network net;
    tcpsm::Host a = net.host("A", {.iss = {100}}); // try another initial sequence number
    tcpsm::Host b = net.host("B", {.iss = {300}});
    b.listen(80); // try deleting this line
    a.connect(b, 80);
    net.run();
    std::cout << tcpsm::ladder(net);
}
