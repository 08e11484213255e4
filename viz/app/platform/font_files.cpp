#include "app/platform/font_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// What ImGui reads fonts with. Its copy stops the program where a file is not as it should be; this one says so.
namespace tcpsm::viz {
struct Unreadable {};
} // namespace tcpsm::viz
#define STBTT_assert(is_so) ((is_so) ? static_cast<void>(0) : throw tcpsm::viz::Unreadable())
#define STBTT_STATIC
#define STB_TRUETYPE_IMPLEMENTATION
#include <stb_truetype.h>

namespace tcpsm::viz {
namespace {

namespace fs = std::filesystem;

using Octets = std::span<const std::uint8_t>;

// OpenType, "The OpenType Font File": all numbers have their highest octet first. Outside of the file there are zeros.
std::uint32_t number16(Octets o, std::size_t at)
{
    if (at + 2 > o.size()) return 0;
    return static_cast<std::uint32_t>(o[at] << 8 | o[at + 1]);
}
std::uint32_t number32(Octets o, std::size_t at)
{
    return number16(o, at) << 16 | number16(o, at + 2);
}

constexpr std::uint32_t tag(std::string_view four)
{
    std::uint32_t value = 0;
    for (const char c : four) value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
}

// Where the font's directory of tables begins.
std::optional<std::size_t> start_of_font(Octets o, std::size_t number)
{
    if (number32(o, 0) != tag("ttcf")) return number == 0 ? std::optional<std::size_t>(0) : std::nullopt;
    if (number >= number32(o, 8)) return std::nullopt;
    return number32(o, 12 + 4 * number);
}

} // namespace

FontFiles::FontFiles(const std::vector<std::string>& folders)
{
    for (const std::string& folder : folders) {
        std::error_code error;
        constexpr auto options = fs::directory_options::skip_permission_denied;
        fs::recursive_directory_iterator entries(folder, options, error);
        for (const fs::recursive_directory_iterator end; !error && entries != end; entries.increment(error))
            if (entries->is_regular_file(error)) paths_.emplace(entries->path().filename(), entries->path());
    }
}

std::optional<std::string> FontFiles::path(const std::string& name) const
{
    const auto found = paths_.find(name);
    if (found == paths_.end()) return std::nullopt;
    return found->second;
}

MappedFile::MappedFile(const std::string& path)
{
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    struct stat about {};
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0) {
        const auto size = static_cast<std::size_t>(about.st_size);
        void* const start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
        if (start != MAP_FAILED) octets_ = {static_cast<const std::uint8_t*>(start), size};
    }
    close(file);
}

MappedFile::~MappedFile()
{
    if (!octets_.empty()) munmap(const_cast<std::uint8_t*>(octets_.data()), octets_.size());
}

MappedFile::MappedFile(MappedFile&& other) noexcept : octets_(std::exchange(other.octets_, {})) {}

bool is_font(std::span<const std::uint8_t> octets, int number)
{
    if (number < 0) return false;
    const auto start = start_of_font(octets, static_cast<std::size_t>(number));
    if (!start) return false;
    const std::uint32_t version = number32(octets, *start);
    if (version != 0x00010000 && version != tag("true") && version != tag("OTTO")) return false;

    std::set<std::uint32_t> tables;
    const std::uint32_t count = number16(octets, *start + 4);
    for (std::size_t at = *start + 12, i = 0; i < count; ++i, at += 16) {
        const std::uint64_t end = std::uint64_t{number32(octets, at + 8)} + number32(octets, at + 12);
        if (at + 16 > octets.size() || end > octets.size()) return false;
        tables.insert(number32(octets, at));
    }
    const auto has = [&tables](std::string_view name) { return tables.contains(tag(name)); };
    return has("cmap") && has("head") && has("hhea") && has("hmtx") && has("maxp") &&
           ((has("glyf") && has("loca")) || has("CFF "));
}

bool has_characters(std::span<const std::uint8_t> octets, int number, std::u32string_view characters)
try {
    stbtt_fontinfo font{};
    const int start = stbtt_GetFontOffsetForIndex(octets.data(), number);
    return start >= 0 && stbtt_InitFont(&font, const_cast<std::uint8_t*>(octets.data()), start) != 0 &&
           std::all_of(characters.begin(), characters.end(),
                       [&](char32_t c) { return stbtt_FindGlyphIndex(&font, static_cast<int>(c)) != 0; });
} catch (const Unreadable&) {
    return false;
}

} // namespace tcpsm::viz
