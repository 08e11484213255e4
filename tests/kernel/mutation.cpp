#include "kernel/mutation.hpp"

#include <doctest/doctest.h>

namespace tcpsm::kernel {

std::string changed(std::string_view part, std::string_view by)
{
    std::string text(orderly);
    const std::size_t found = text.find(part);
    REQUIRE_MESSAGE(found != std::string::npos, "not in the recording: ", part);
    return text.replace(found, part.size(), by);
}

Result replay_lines(std::string_view lines)
{
    return replay(parse_recording("made.jsonl", std::string(meta).append(lines)));
}

} // namespace tcpsm::kernel
