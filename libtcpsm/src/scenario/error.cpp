#include "tcpsm/scenario/error.hpp"

namespace tcpsm {

std::string ScenarioError::message() const
{
    std::string text = file;
    if (place.line > 0) text += ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
    text += ": found " + found;
    if (!expected.empty()) text += ", expected " + expected;
    if (!suggestion.empty()) text += "; did you mean '" + suggestion + "'?";
    return text;
}

} // namespace tcpsm
