#pragma once
// The scenarios that can be opened, and the file that is open.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tcpsm/scenario/scenario.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {

struct GalleryEntry {
    std::string path;
    std::string name; ///< of the file, without folder and extension
    std::string title;
    std::string asks;
    Phrase group = Phrase::group_others; ///< the heading that it stands under
    std::optional<Phrase> called{};      ///< a short name, where it comes with tcpsm
};

/// The scenarios of a folder, by group, in the order in which they are best taught; what does not read is left out.
[[nodiscard]] std::vector<GalleryEntry> read_gallery(const std::filesystem::path& folder);
/// What it is called in a list: its short name, else its title.
[[nodiscard]] std::string_view short_name(const GalleryEntry& entry, Language language);
/// Whether names, title or question contain the words of a filter, whatever their case.
[[nodiscard]] bool fits(const GalleryEntry& entry, std::string_view filter, Language language);

/// A file's text with what was read from it.
struct OpenedFile {
    std::string path;
    std::string text;
    std::variant<Scenario, ScenarioError> read;
};
[[nodiscard]] OpenedFile open_scenario(const std::string& path);

/// Notices that a file has been written anew.
class FileWatch {
public:
    FileWatch() = default;
    explicit FileWatch(std::filesystem::path path);
    /// True once after each change. A file that is not there for a moment has not changed yet.
    [[nodiscard]] bool changed();

private:
    struct Stamp {
        std::filesystem::file_time_type time;
        std::uintmax_t size = 0;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    [[nodiscard]] std::optional<Stamp> stamp() const;

    std::filesystem::path path_;
    std::optional<Stamp> last_;
};

} // namespace tcpsm::viz
