#pragma once
// What expected.txt says of a recording is so.

#include <string_view>

namespace tcpsm::kernel {

/// Replays recordings/<name>.jsonl and checks that it gives the verdict that the list has: "agree", "unsupported
/// <feature>" or "differs <reason>".
void check_recording(std::string_view name, std::string_view expected);

} // namespace tcpsm::kernel
