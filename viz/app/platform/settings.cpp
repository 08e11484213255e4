#include "app/platform/settings.hpp"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "words/phrases.hpp"

namespace tcpsm::viz {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uintmax_t largest = 65536; // octets; ours has a few hundred

std::string reason(int error)
{
    return std::strerror(error);
}

// ---- from JSON ------------------------------------------------------------------------------------------------------

// Takes what is there and can be, and remembers the names of what cannot.
class Reader {
public:
    explicit Reader(const Json& json) : json_(json) {}

    void read(const char* key, bool& value)
    {
        take(key, &Json::is_boolean, [&](const Json& j) { return value = j.get<bool>(), true; });
    }
    void read(const char* key, float& value, float least, float most)
    {
        take(key, &Json::is_number, [&](const Json& j) {
            const auto number = j.get<double>();
            if (!(number >= least && number <= most)) return false;
            return value = static_cast<float>(number), true;
        });
    }
    void read(const char* key, int& value, int least, int most)
    {
        take(key, &Json::is_number_integer, [&](const Json& j) {
            const auto number = j.get<double>(); // a JSON integer may be too large for any integer of ours
            if (!(number >= least && number <= most)) return false;
            return value = static_cast<int>(number), true;
        });
    }
    template <class Value, class Parse>
    void read(const char* key, Value& value, Parse parse)
    {
        take(key, &Json::is_string, [&](const Json& j) {
            const auto parsed = parse(j.get<std::string>());
            if (parsed) value = *parsed;
            return parsed.has_value();
        });
    }

    [[nodiscard]] const std::vector<std::string>& absurd() const { return absurd_; }

private:
    template <class Take>
    void take(const char* key, bool (Json::*is_right_type)() const noexcept, Take take)
    {
        const auto found = json_.find(key);
        if (found == json_.end()) return;
        if (!((*found).*is_right_type)() || !take(*found)) absurd_.emplace_back(key);
    }

    const Json& json_;
    std::vector<std::string> absurd_;
};

LoadedSettings from_json(const Json& json, const std::string& path, Language language)
{
    LoadedSettings loaded;
    Settings& s = loaded.settings;
    Reader reader(json);
    reader.read("language", s.language, [](const std::string& text) { return parse_language(text); });
    reader.read("theme", s.theme, [](const std::string& text) { return parse_theme(text); });
    reader.read("scale", s.scale, 0.75F, 3.0F);
    reader.read("speed", s.speed, 0.001F, 1000.0F);
    reader.read("exact_time", s.exact_time);
    reader.read("predict", s.predict);
    reader.read("width", s.width, 1, 16384);
    reader.read("height", s.height, 1, 16384);
    if (!reader.absurd().empty())
        loaded.note = say(language, Phrase::settings_value, path, fmt::format("{}", fmt::join(reader.absurd(), ", ")));
    return loaded;
}

Json to_json(const Settings& s)
{
    // As a number with few digits, 1.1 and not 1.100000023841858.
    const auto short_number = [](float value) { return std::round(static_cast<double>(value) * 10000) / 10000; };
    return {{"language", code(s.language)},
            {"theme", name(s.theme)},
            {"scale", short_number(s.scale)},
            {"speed", short_number(s.speed)},
            {"exact_time", s.exact_time},
            {"predict", s.predict},
            {"width", s.width},
            {"height", s.height}};
}

// ---- files ----------------------------------------------------------------------------------------------------------

// The file that is meant, where `path` is a link to it: some keep all their settings in another folder.
fs::path without_links(const fs::path& path)
{
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    return error ? path : real;
}

// Empty, or why not.
std::string write_all(int file, const std::string& text)
{
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t count = write(file, text.data() + done, text.size() - done);
        if (count < 0 && errno != EINTR) return reason(errno);
        if (count > 0) done += static_cast<std::size_t>(count);
    }
    // Without it, a crash of the computer may leave the new name with nothing in it.
    return fsync(file) == 0 ? "" : reason(errno);
}

std::string replace_file(const fs::path& path, const std::string& text)
{
    std::string fresh = path.string() + ".XXXXXX";
    const int file = mkostemp(fresh.data(), O_CLOEXEC);
    if (file < 0) return reason(errno);
    std::string why = write_all(file, text);
    if (close(file) != 0 && why.empty()) why = reason(errno);
    if (why.empty() && std::rename(fresh.c_str(), path.c_str()) != 0) why = reason(errno);
    if (!why.empty()) unlink(fresh.c_str());
    return why;
}

} // namespace

std::string settings_path()
{
    // The XDG Base Directory Specification: a relative path is to be ignored.
    const char* const config = std::getenv("XDG_CONFIG_HOME");
    if (config != nullptr && *config == '/') return std::string(config) + "/tcpsm/settings.json";
    const char* const home = std::getenv("HOME");
    if (home != nullptr && *home != '\0') return std::string(home) + "/.config/tcpsm/settings.json";
    return {};
}

LoadedSettings load_settings(const std::string& path)
{
    const Language language = language_of_environment();
    const auto ignored = [&](auto... note) { return LoadedSettings{{}, say(language, note...)}; };
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (path.empty() || status.type() == fs::file_type::not_found) return {};
    // Opening a pipe or a terminal would wait for ever.
    if (status.type() == fs::file_type::directory) return ignored(Phrase::settings_unreadable, path, reason(EISDIR));
    if (!error && status.type() != fs::file_type::regular)
        return ignored(Phrase::settings_unreadable, path, reason(EINVAL));
    if (!error && fs::file_size(path, error) > largest) return ignored(Phrase::settings_too_large, path);

    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) return ignored(Phrase::settings_unreadable, path, reason(errno));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return ignored(Phrase::settings_broken, path);
    return from_json(json, path, language);
}

std::string save_settings(const Settings& settings, const std::string& path)
{
    const fs::path file = without_links(path);
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) return error.message();
    return replace_file(file, to_json(settings).dump(4) + "\n");
}

} // namespace tcpsm::viz
