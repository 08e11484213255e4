#include "app/platform/fonts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>

#include "app/platform/font_files.hpp"
#include "app/platform/imgui_compat.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {
namespace {

// A font in a file; a collection has several, by number.
struct Face {
    const char* file = nullptr;
    int number = 0;
};

// The first that is found is taken. The picture is designed with the first, so that another one is worth a note.
struct Choice {
    std::span<const Face> faces;
    const char* package = nullptr;  // Debian's, that has the first
    std::u32string_view characters; // some of those that we need it for: who lacks one lacks most
};

constexpr auto sans_faces = std::to_array<Face>(
    {{"DejaVuSans.ttf"}, {"LiberationSans-Regular.ttf"}, {"NotoSans-Regular.ttf"}, {"FreeSans.ttf"}, {"Arial.ttf"}});
constexpr auto bold_faces = std::to_array<Face>({{"DejaVuSans-Bold.ttf"},
                                                 {"LiberationSans-Bold.ttf"},
                                                 {"NotoSans-Bold.ttf"},
                                                 {"FreeSansBold.ttf"},
                                                 {"DejaVuSans.ttf"},
                                                 {"LiberationSans-Regular.ttf"}});
constexpr auto mono_faces = std::to_array<Face>({{"DejaVuSansMono.ttf"},
                                                 {"LiberationMono-Regular.ttf"},
                                                 {"NotoSansMono-Regular.ttf"},
                                                 {"FreeMono.ttf"},
                                                 {"DejaVuSans.ttf"}});
// Number 2 of Noto's collections is the one for Simplified Chinese.
constexpr auto chinese_faces = std::to_array<Face>({{"NotoSansCJK-Regular.ttc", 2},
                                                    {"NotoSansCJKsc-Regular.otf"},
                                                    {"NotoSansSC-Regular.otf"},
                                                    {"SourceHanSansSC-Regular.otf"},
                                                    {"wqy-microhei.ttc"},
                                                    {"wqy-zenhei.ttc"},
                                                    {"DroidSansFallbackFull.ttf"},
                                                    {"uming.ttc"}});
constexpr auto bold_chinese_faces = std::to_array<Face>({{"NotoSansCJK-Bold.ttc", 2},
                                                         {"NotoSansCJKsc-Bold.otf"},
                                                         {"NotoSansSC-Bold.otf"},
                                                         {"SourceHanSansSC-Bold.otf"},
                                                         {"NotoSansCJK-Regular.ttc", 2},
                                                         {"NotoSansCJKsc-Regular.otf"},
                                                         {"wqy-microhei.ttc"},
                                                         {"wqy-zenhei.ttc"},
                                                         {"DroidSansFallbackFull.ttf"},
                                                         {"uming.ttc"}});

constexpr Choice sans{sans_faces, "fonts-dejavu-core", U"AZaz09?"};
constexpr Choice bold{bold_faces, "fonts-dejavu-core", U"AZaz09?"};
constexpr Choice mono{mono_faces, "fonts-dejavu-core", U"AZaz09?"};
constexpr Choice chinese{chinese_faces, "fonts-noto-cjk", U"中文"};
constexpr Choice bold_chinese{bold_chinese_faces, "fonts-noto-cjk", U"中文"};

// A size says how far it is from the highest to the lowest point of a font. Noto leaves more room above and below its
// characters than DejaVu; with this ratio both have nearly the same em, and neither looks larger.
constexpr float chinese_ratio = 1.25F;

// What we draw beside what is said in words, as far as DejaVu has it.
constexpr std::string_view signs = "←↑→↓↔⇄↺↻✓✗▶◀▸◂▲▼▴▾●○■□◆◇⚠❚×·•…–—“”‘’≤≥≠≈∞−⟳\xEF\xBF\xBD";

class Loader {
public:
    Loader(float scale, std::string_view characters, const FontSearch& search)
        : scale_(std::isfinite(scale) ? std::clamp(scale, 0.25F, 6.0F) : 1),
          files_(search.folders),
          language_(search.language),
          atlas_(*ImGui::GetIO().Fonts)
    {
        ImFontGlyphRangesBuilder builder;
        constexpr std::array<ImWchar, 3> latin{0x20, 0xFF, 0};
        builder.AddRanges(latin.data());
        builder.AddText(signs.data(), signs.data() + signs.size());
        builder.AddText(characters.data(), characters.data() + characters.size());
        builder.BuildRanges(&ranges_);
        needs_chinese_ =
            std::any_of(ranges_.begin(), ranges_.end(), [](ImWchar c) { return c >= 0x2E80 && c < 0xFFF0; });
    }

    Fonts load()
    {
        atlas_.Clear();
        Fonts fonts;
        fonts.regular = add(15, sans, chinese);
        fonts.tiny = add(10, sans, chinese);
        fonts.small = add(13, sans, chinese);
        fonts.bold = add(15, bold, bold_chinese);
        fonts.title = add(20, bold, bold_chinese);
        fonts.mono = add(14, mono, chinese);
        finish_atlas(atlas_, lent_);
        fonts.notes = std::move(notes_);
        return fonts;
    }

private:
    ImFont* add(float size, const Choice& choice, const Choice& other)
    {
        ImFontConfig config;
        config.OversampleH = 2; // letters stand where they belong, not on whole pixels
        ImFont* const font = add_first(size, choice, config);
        if (font == nullptr) {
            note(say(language_, Phrase::font_built_in, choice.faces[0].file, choice.package));
            return built_in(size);
        }
        if (needs_chinese_) merge(size * chinese_ratio, other);
        return font;
    }

    void merge(float size, const Choice& choice)
    {
        ImFontConfig config;
        config.MergeMode = true;
        config.OversampleH = scale_ < 1.5F ? 2 : 1; // or the atlas becomes larger than graphics cards like
        // Nobody who misses the font could read the note in Chinese.
        if (add_first(size, choice, config) == nullptr) note(say(Language::english, Phrase::font_no_chinese));
    }

    ImFont* built_in(float size) const
    {
        ImFontConfig config;
        config.OversampleH = config.OversampleV = 1; // it is a font of pixels
        config.PixelSnapH = true;
        config.SizePixels = pixels(size * 13 / 15); // as high with 13 as others with 15
        return atlas_.AddFontDefault(&config);
    }

    ImFont* add_first(float size, const Choice& choice, ImFontConfig& config)
    {
        for (const Face& face : choice.faces) {
            const auto path = files_.path(face.file);
            if (!path) continue;
            const auto octets = file(*path);
            if (!is_font(octets, face.number) || !has_characters(octets, face.number, choice.characters)) {
                note(say(language_, Phrase::font_broken, *path));
                continue;
            }
            if (&face != choice.faces.data())
                note(say(language_, Phrase::font_replaced, choice.faces[0].file, face.file));
            config.FontNo = face.number;
            config.FontDataOwnedByAtlas = lends_files_to_atlas;
            lent_.insert(octets.data());
            return atlas_.AddFontFromMemoryTTF(const_cast<std::uint8_t*>(octets.data()),
                                               static_cast<int>(octets.size()), pixels(size), &config, ranges_.Data);
        }
        return nullptr;
    }

    // Whole ones. ImGui 1.86 takes any size, 1.90 cuts it off and 1.92 rounds it: one text would need more or less
    // room by the version.
    [[nodiscard]] float pixels(float size) const { return std::round(size * scale_); }

    // One that is used by several fonts is read once.
    std::span<const std::uint8_t> file(const std::string& path)
    {
        return read_.try_emplace(path, path).first->second.octets();
    }

    void note(std::string text)
    {
        if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(std::move(text));
    }

    float scale_;
    FontFiles files_;
    Language language_;
    ImFontAtlas& atlas_;
    ImVector<ImWchar> ranges_;
    bool needs_chinese_ = false;
    std::map<std::string, MappedFile> read_;
    std::set<const void*> lent_;
    std::vector<std::string> notes_;
};

std::string variable(const char* name)
{
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

} // namespace

FontSearch usual_fonts(Language language)
{
    FontSearch search{{}, language};
    const auto add = [&search](const std::string& base, const char* folder) {
        if (!base.empty()) search.folders.push_back(base + folder);
    };
    const std::string home = variable("HOME");
    const std::string data_home = variable("XDG_DATA_HOME");
    add(data_home.empty() ? home : data_home, data_home.empty() ? "/.local/share/fonts" : "/fonts");
    add(home, "/.fonts");
    std::string folders = variable("XDG_DATA_DIRS");
    if (folders.empty()) folders = "/usr/local/share:/usr/share";
    for (std::size_t at = 0; at <= folders.size();) {
        const std::size_t end = std::min(folders.find(':', at), folders.size());
        add(folders.substr(at, end - at), "/fonts");
        at = end + 1;
    }
    if (std::find(search.folders.begin(), search.folders.end(), "/usr/share/fonts") == search.folders.end())
        search.folders.emplace_back("/usr/share/fonts");
    return search;
}

Fonts load_fonts(float scale, std::string_view characters, const FontSearch& search)
{
    return Loader(scale, characters, search).load();
}

void add_text_turned(ImDrawList& list, ImFont* font, float size, ImVec2 base_left, float angle, ImU32 colour,
                     const char* begin, const char* end)
{
    if ((colour & IM_COL32_A_MASK) == 0 || begin == end) return;
    constexpr float far = std::numeric_limits<float>::max();
    const int first = list.VtxBuffer.Size;
    font->RenderText(&list, size, {0, 0}, colour, {-far, -far, far, far}, begin, end);

    if (angle == 0) base_left = {std::floor(base_left.x), std::floor(base_left.y + 0.5F)};
    const float ascent = font_ascent(font, size);
    const float cosine = std::cos(angle);
    const float sine = std::sin(angle);
    for (int i = first; i < list.VtxBuffer.Size; ++i) {
        ImVec2& at = list.VtxBuffer[i].pos;
        const float x = at.x;
        const float y = at.y - ascent;
        at = {base_left.x + x * cosine - y * sine, base_left.y + x * sine + y * cosine};
    }
}

} // namespace tcpsm::viz
