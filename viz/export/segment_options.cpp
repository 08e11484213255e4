#include "export/segment_options.hpp"

#include <fmt/format.h>

namespace tcpsm {
namespace {

std::string sack_text(const Options::SackBlocks& blocks)
{
    std::string text = "sack";
    for (std::size_t i = 0; i < blocks.count; ++i)
        text += fmt::format(" {}-{}", blocks.blocks[i].left.value(), blocks.blocks[i].right.value());
    return text;
}

/// Empty where the option is not what its kind says.
std::string text_of(OptionKind kind, const Options& options)
{
    switch (kind) {
    case OptionKind::mss: return options.mss() ? fmt::format("mss {}", *options.mss()) : "";
    case OptionKind::window_scale:
        return options.window_scale() ? fmt::format("window-scale {}", *options.window_scale()) : "";
    case OptionKind::sack_permitted: return options.sack_permitted() ? "sack-permitted" : "";
    case OptionKind::sack: return options.sack().count > 0 ? sack_text(options.sack()) : "";
    case OptionKind::timestamps: {
        const auto stamps = options.timestamps();
        return stamps ? fmt::format("timestamps {} {}", stamps->value, stamps->echo) : "";
    }
    case OptionKind::end:
    case OptionKind::nop: break;
    }
    return {};
}

} // namespace

std::vector<std::string> option_texts(const Options& options)
{
    std::vector<std::string> texts;
    const auto octets = options.octets();
    for (std::size_t at = 0; at < octets.size();) {
        const auto kind = static_cast<OptionKind>(octets[at]);
        if (kind == OptionKind::end) break;
        if (kind == OptionKind::nop) {
            ++at;
            continue;
        }
        const std::string text = text_of(kind, options);
        texts.push_back(text.empty() ? fmt::format("kind {}", octets[at]) : text);
        at += octets[at + 1]; // Options holds no other than well-formed ones
    }
    return texts;
}

} // namespace tcpsm
