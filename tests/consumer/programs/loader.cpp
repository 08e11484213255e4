// Loads a plugin and does what it does; so long as it is open, nobody else's symbols are there for it.

#include <dlfcn.h>

#include <iostream>

int main(int, char** arguments)
{
    void* const plugin = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    void* const consume = plugin != nullptr ? dlsym(plugin, "consume") : nullptr;
    if (consume == nullptr) {
        std::cerr << dlerror() << "\n";
        return 1;
    }
    return reinterpret_cast<int (*)()>(consume)();
}
