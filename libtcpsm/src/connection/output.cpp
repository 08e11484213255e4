#include "tcpsm/connection/output.hpp"

namespace tcpsm {

std::string_view name(Recording level)
{
    switch (level) {
    case Recording::nothing: return "nothing";
    case Recording::counts: return "counts";
    case Recording::states: return "states";
    case Recording::everything: return "everything";
    }
    return "";
}

} // namespace tcpsm
