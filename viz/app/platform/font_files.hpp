#pragma once
// Font files on this computer.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tcpsm::viz {

/// Every file below some folders, by its name without folders. Where two have one name, the first folder's counts.
class FontFiles {
public:
    explicit FontFiles(const std::vector<std::string>& folders);
    [[nodiscard]] std::optional<std::string> path(const std::string& name) const;

private:
    std::map<std::string, std::string> paths_;
};

/// The octets of a file, as long as this lives. Only what is read of it comes from the disk.
class MappedFile {
public:
    explicit MappedFile(const std::string& path);
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    MappedFile& operator=(MappedFile&&) = delete;

    /// Empty where the file could not be read.
    [[nodiscard]] std::span<const std::uint8_t> octets() const { return octets_; }

private:
    std::span<const std::uint8_t> octets_;
};

/// Whether these are a TrueType or OpenType font (or a collection with more than `number` of them) that has all the
/// tables that are needed, each inside the file. ImGui stops the program at a file that is none.
[[nodiscard]] bool is_font(std::span<const std::uint8_t> octets, int number);

/// Whether ImGui finds all of these characters in what is_font() says to be a font. ImGui stops the program at a font
/// that has none of those that are asked for.
[[nodiscard]] bool has_characters(std::span<const std::uint8_t> octets, int number, std::u32string_view characters);

} // namespace tcpsm::viz
