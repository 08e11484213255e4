#include "tcpsm/wire/address.hpp"

namespace tcpsm {

std::string to_string(Address address)
{
    std::string text = std::to_string(address.value >> 24);
    for (const int shift : {16, 8, 0}) {
        text += '.';
        text += std::to_string((address.value >> shift) & 0xFF);
    }
    return text;
}

std::string to_string(Endpoint endpoint)
{
    return to_string(endpoint.address) + ':' + std::to_string(endpoint.port);
}

} // namespace tcpsm
