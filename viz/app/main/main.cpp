// tcpsm-viz: the window, or pictures and videos without one.

#include "app/start.hpp"

int main(int argc, char** argv)
{
    return tcpsm::viz::start(argc, argv);
}
