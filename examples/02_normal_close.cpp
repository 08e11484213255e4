// Each side closes once it has nothing more to say. Figure 12 of RFC 9293.
#include <iostream>

#include <tcpsm/tcpsm.hpp>

int main()
{
    tcpsm::Network net;
    auto [a, b] = tcpsm::established(net, "A", "B");
    a.close();
    net.run();
    b.send("one more word"); // B may still send: A has only said that it will not
    net.run();
    std::cout << "A still reads: " << a.receive().octets << "\n";
    b.close(); // try closing B first
    net.run();
    std::cout << tcpsm::ladder(net);
}
