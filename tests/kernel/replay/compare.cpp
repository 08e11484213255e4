#include "replay/compare.hpp"

#include <algorithm>
#include <tuple>

#include "replay/option_text.hpp"

namespace tcpsm::kernel {
namespace {

std::vector<std::string> kinds(const Seg& seg)
{
    std::vector<std::string> all;
    for (const std::string& option : seg.options.value_or(std::vector<std::string>{})) all.push_back(kind_of(option));
    return all;
}

bool windows_agree(const Seg& expected, const Seg& got, bool first)
{
    if (!expected.window || !got.window) return true;
    return first ? *expected.window == *got.window : (*expected.window == 0) == (*got.window == 0);
}

void sort(std::vector<SocketLine>& sockets)
{
    std::sort(sockets.begin(), sockets.end(), [](const SocketLine& a, const SocketLine& b) {
        return std::tie(a.remote, a.local, a.state) < std::tie(b.remote, b.local, b.state);
    });
}

} // namespace

std::string difference(const Seg& expected, const Seg& got, bool first)
{
    std::string fields;
    const auto check = [&](bool agrees, const char* name) {
        if (!agrees) fields += (fields.empty() ? "" : ", ") + std::string(name);
    };
    check(expected.flags == got.flags, "CTL");
    check(expected.seq == got.seq, "SEQ");
    const bool acks = expected.flags.has(Flag::ACK) && got.flags.has(Flag::ACK);
    check(!acks || expected.ack == got.ack, "ACK");
    check(expected.length == got.length, "DATA");
    check(windows_agree(expected, got, first), "WND");
    check(!expected.options || kinds(expected) == kinds(got), "OPT");
    return fields;
}

bool agree(std::vector<SocketLine> expected, std::vector<SocketLine> got)
{
    std::erase_if(expected, [](const SocketLine& s) { return s.state == "UNCONN" || s.state == "LISTEN"; });
    if (expected.size() != got.size()) return false;
    sort(expected);
    sort(got);
    return std::equal(expected.begin(), expected.end(), got.begin(), [](const SocketLine& a, const SocketLine& b) {
        return a.state == b.state && a.timer == b.timer && a.retransmissions == b.retransmissions;
    });
}

} // namespace tcpsm::kernel
