#include "app/platform/fonts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "app/platform/font_files.hpp"
#include "support/file.hpp"
#include "ui/drawing.hpp"
#include "ui/temporary_folder.hpp"

using namespace tcpsm::viz;
using tcpsm::test::octets_of;

namespace {

const std::string dejavu = "DejaVuSans.ttf";
const std::string chinese_text = "客户端等待确认。";

// An ImGui context, in which fonts are loaded from a folder of the test's own.
struct FontFolder {
    TemporaryFolder folder;
    ImGuiContext* context = ImGui::CreateContext();
    Fonts fonts;

    FontFolder() { ImGui::SetCurrentContext(context); }
    ~FontFolder() { ImGui::DestroyContext(context); }
    FontFolder(const FontFolder&) = delete;
    FontFolder& operator=(const FontFolder&) = delete;

    // One of this computer's fonts, under its own or another name.
    void link(const std::string& name, const std::string& as = {}) const
    {
        const auto path = FontFiles(usual_fonts().folders).path(name);
        REQUIRE_MESSAGE(path, name << " is needed by this test (fonts-dejavu-core, fonts-noto-cjk)");
        std::filesystem::create_symlink(*path, folder.file(as.empty() ? name : as));
    }
    [[nodiscard]] std::string octets(const std::string& name) const
    {
        const auto path = FontFiles(usual_fonts().folders).path(name);
        REQUIRE(path);
        return octets_of(*path);
    }
    void load(float scale = 1, const std::string& characters = {}, Language language = Language::english)
    {
        fonts = load_fonts(scale, characters, {{folder.path()}, language});
    }
    [[nodiscard]] bool noted(std::string_view text) const
    {
        return std::any_of(fonts.notes.begin(), fonts.notes.end(),
                           [&](const std::string& note) { return note.find(text) != std::string::npos; });
    }
    [[nodiscard]] float width(std::string_view text) const
    {
        return fonts.regular->CalcTextSizeA(font_size(fonts.regular), 1e6F, 0, text.data(), text.data() + text.size())
            .x;
    }
    // All fonts are there, and a frame with each of them is drawn without ImGui complaining.
    void check_usable() const
    {
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {200, 200};
        ImGui::NewFrame();
        for (ImFont* const font : {fonts.regular, fonts.small, fonts.bold, fonts.title, fonts.mono}) {
            REQUIRE(font != nullptr);
            push_font(font);
            CHECK(ImGui::CalcTextSize("ESTABLISHED").x > 20);
            ImGui::TextUnformatted("ESTABLISHED");
            ImGui::PopFont();
        }
        ImGui::Render();
        CHECK(ImGui::GetDrawData()->TotalVtxCount > 100);
    }
};

} // namespace

TEST_CASE_FIXTURE(FontFolder, "this computer's fonts: have every character that we show, and there is nothing to note")
{
    const std::string signs = "←↑→↓✓✗▶◀↺⚠×·•…–—≤≥";
    fonts = load_fonts(1, chinese_text + signs);
    CHECK(fonts.notes.empty());
    for (ImFont* const font : {fonts.regular, fonts.small, fonts.bold, fonts.title, fonts.mono}) {
        for (const char16_t c : std::u16string_view(u"AZaz09éß客户端等待确认。←↑→↓✓✗▶◀↺⚠×·•…–—≤≥"))
            CHECK_MESSAGE(has_glyph(font, c), "U+" << int{c});
    }
    check_usable();
}

TEST_CASE_FIXTURE(FontFolder, "the five fonts: have their sizes, times the scale")
{
    fonts = load_fonts(1, "");
    CHECK(font_size(fonts.regular) == 15.0F);
    CHECK(font_size(fonts.small) == 13.0F);
    CHECK(font_size(fonts.bold) == 15.0F);
    CHECK(font_size(fonts.title) == 20.0F);
    CHECK(font_size(fonts.mono) == 14.0F);
    const float at_one = width("server repeats its FIN");
    fonts = load_fonts(2, "");
    CHECK(font_size(fonts.regular) == 30.0F);
    CHECK(width("server repeats its FIN") == doctest::Approx(2 * at_one).epsilon(0.02));
}

TEST_CASE_FIXTURE(FontFolder, "no font anywhere: the built-in one serves, and the notes say so in the user's language")
{
    load();
    CHECK(fonts.notes.size() == 3);
    CHECK(noted("DejaVuSans.ttf was not found, a built-in font is used"));
    CHECK(noted("fonts-dejavu-core"));
    check_usable();
    load(1, chinese_text, Language::chinese);
    CHECK(noted("没有找到 DejaVuSans.ttf"));
    check_usable();
}

TEST_CASE_FIXTURE(FontFolder, "one font alone: serves as bold and mono, too, with a note each")
{
    link(dejavu);
    load();
    CHECK(fonts.notes.size() == 2);
    CHECK(noted("DejaVuSans-Bold.ttf was not found, DejaVuSans.ttf is used"));
    CHECK(noted("DejaVuSansMono.ttf was not found, DejaVuSans.ttf is used"));
    check_usable();
}

TEST_CASE_FIXTURE(FontFolder, "fonts in folders within folders: are found, and links that lead nowhere do no harm")
{
    std::filesystem::create_directories(folder.file("a/b"));
    link(dejavu, "a/b/" + dejavu);
    std::filesystem::create_directory_symlink(folder.path(), folder.file("round"));
    std::filesystem::create_symlink("nowhere", folder.file("DejaVuSansMono.ttf"));
    load();
    CHECK_FALSE(noted("built-in"));
    CHECK(noted("DejaVuSansMono.ttf was not found"));
    check_usable();
}

TEST_CASE_FIXTURE(FontFolder,
                  "Chinese text without a font for it: one note, in letters that can be read, and question marks")
{
    link(dejavu);
    load(1, chinese_text, Language::chinese);
    CHECK(std::count_if(fonts.notes.begin(), fonts.notes.end(), [](const std::string& note) {
              return note.find("No font with Chinese characters") != std::string::npos;
          }) == 1);
    CHECK_FALSE(has_glyph(fonts.regular, u'客'));
    check_usable();
}

TEST_CASE_FIXTURE(FontFolder, "text without Chinese: its font is not looked for")
{
    link(dejavu);
    load(1, "ESTABLISHED → TIME-WAIT ✓");
    CHECK_FALSE(noted("Chinese"));
}

TEST_CASE_FIXTURE(FontFolder, "characters beyond Latin: are loaded where they are asked for, and only these")
{
    link(dejavu);
    link("NotoSansCJK-Regular.ttc");
    load(1, chinese_text);
    CHECK(has_glyph(fonts.regular, u'客'));
    CHECK(has_glyph(fonts.mono, u'客'));
    CHECK_FALSE(has_glyph(fonts.regular, u'龙'));
    CHECK(noted("NotoSansCJK-Bold.ttc was not found, NotoSansCJK-Regular.ttc is used"));
    // About as high as a letter, as wide as high.
    CHECK(width("客") > 10);
    CHECK(width("客") < 17);
}

TEST_CASE_FIXTURE(FontFolder, "a font file that is cut off, or none at all: is not used, and noted")
{
    const std::string whole = octets(dejavu);
    for (const std::string& octets : {whole.substr(0, whole.size() / 2), whole.substr(0, 100), whole.substr(0, 3),
                                      std::string(100'000, '\0'), std::string("#!/bin/sh\nexit 1\n"), std::string()}) {
        static_cast<void>(folder.file(dejavu, octets));
        load();
        CHECK(noted("DejaVuSans.ttf is broken"));
        check_usable();
    }
}

TEST_CASE_FIXTURE(FontFolder, "a collection with too few fonts in it: is not used")
{
    link(dejavu);
    link(dejavu, "NotoSansCJK-Regular.ttc"); // one font, and we want the third
    load(1, chinese_text);
    CHECK(noted("NotoSansCJK-Regular.ttc is broken"));
    CHECK(noted("No font with Chinese characters"));
    check_usable();
}

TEST_CASE_FIXTURE(FontFolder, "a collection: has the fonts that it says it has")
{
    const auto number = [](std::size_t value) {
        std::string octets;
        for (int shift = 24; shift >= 0; shift -= 8) octets += static_cast<char>(value >> shift & 0xFF);
        return octets;
    };
    // It says that it has one font, and what follows looks like the places of more.
    const std::string collection =
        "ttcf" + number(0x10000) + number(1) + number(24) + number(24) + number(24) + octets(dejavu);
    const std::span<const std::uint8_t> all(reinterpret_cast<const std::uint8_t*>(collection.data()),
                                            collection.size());
    CHECK(is_font(all, 0));
    CHECK_FALSE(is_font(all, 1));
    CHECK_FALSE(is_font(all, 2));
    CHECK_FALSE(is_font(all, -1));
}

TEST_CASE_FIXTURE(FontFolder, "a font that looks whole and has no letters: is not used, and noted")
{
    std::string font = octets(dejavu);
    const auto number = [&font](std::size_t at) {
        std::size_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(font[at + i]);
        return value;
    };
    const std::size_t entry = font.find("cmap");
    REQUIRE(entry < 400);
    const std::size_t table = number(entry + 8), length = number(entry + 12);

    using namespace std::string_view_literals;
    // OpenType, "cmap": one list of characters, for Unicode, twelve octets after the table's beginning.
    constexpr auto list = "\0\0\0\1\0\3\0\1\0\0\0\14"sv;
    for (const std::string& characters : {
             std::string(),                                                    // no list
             std::string(list) + std::string("\0\6\0\14\0\0\xE0\0\0\1\0\3"sv), // format 6: glyph 3 is U+E000
             std::string(list) + std::string("\0\6\0\14\0\0\0A\0\1\0\3"sv),    // it is A, and that is all
             std::string(list) + std::string("\0\2\0\14\0\0"sv),               // format 2, which nobody reads
         }) {
        font.replace(table, length, characters + std::string(length - characters.size(), '\0'));
        static_cast<void>(folder.file(dejavu, font));
        load();
        CHECK(noted("DejaVuSans.ttf is broken"));
        CHECK(noted("built-in"));
        check_usable();
    }
}

TEST_CASE_FIXTURE(FontFolder, "a font for Chinese that has no Chinese: is not used, and noted")
{
    link(dejavu);
    link(dejavu, "wqy-microhei.ttc");
    load(1, chinese_text);
    CHECK(noted("wqy-microhei.ttc is broken"));
    CHECK(noted("No font with Chinese characters"));
    check_usable();
}

TEST_CASE_FIXTURE(FontFolder, "a scale that is absurd: fonts of a size that can be shown")
{
    link(dejavu);
    for (const float scale :
         {0.0F, -1.0F, 1e9F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        load(scale);
        CHECK(font_size(fonts.regular) >= 4.0F);
        CHECK(font_size(fonts.regular) <= 90.0F);
    }
    check_usable();
}

TEST_CASE("characters that the user types or that change with the language: the fonts are made anew")
{
    Drawing drawing;
    Headless headless(drawing, 100, 100);
    CHECK(drawing.fonts_changes == 1);
    headless.frame();
    CHECK(drawing.fonts_changes == 1);
    drawing.its_characters = chinese_text;
    headless.frame();
    CHECK(drawing.fonts_changes == 2);
    CHECK(has_glyph(drawing.fonts.regular, u'客'));
    drawing.its_scale = 1.5F;
    headless.frame();
    CHECK(drawing.fonts_changes == 3);
    CHECK(font_size(drawing.fonts.regular) == 23.0F); // of 22.5
    CHECK(drawing.total_scale == 1.5F);
}

namespace {

// Where there is ink.
struct Ink {
    int left = 1000, top = 1000, right = -1, bottom = -1;
    explicit Ink(const Image& image)
    {
        for (int y = 0; y < image.height; ++y)
            for (int x = 0; x < image.width; ++x)
                if (pixel(image, x, y) != white) {
                    left = std::min(left, x);
                    top = std::min(top, y);
                    right = std::max(right, x);
                    bottom = std::max(bottom, y);
                }
    }
};

// A line of text that begins at a place, turned.
Image turned_text(Canvas& canvas, std::string_view text, ImVec2 at, float angle)
{
    return canvas.draw([&](ImDrawList& list) {
        add_text_turned(list, ImGui::GetFont(), ImGui::GetFontSize(), at, angle, IM_COL32_BLACK, text.data(),
                        text.data() + text.size());
    });
}

} // namespace

TEST_CASE("text that is not turned: is what ImGui draws, on whole pixels")
{
    Canvas canvas(120, 60, usual_fonts());
    const Image ours = turned_text(canvas, "HELL", {20.4F, 40.3F}, 0);
    const Image theirs = canvas.draw([](ImDrawList& list) {
        const float top = 40 - font_ascent(ImGui::GetFont(), ImGui::GetFontSize());
        list.AddText({20, top}, IM_COL32_BLACK, "HELL");
    });
    CHECK(ours.rgba == theirs.rgba);
    CHECK(Ink(ours).bottom == 39); // it stands on its base line
}

TEST_CASE("text that is turned: begins at its place and goes where it should")
{
    Canvas canvas(120, 120);
    const float down = 1.5707963F;
    const Ink level(turned_text(canvas, "HELLO", {40, 60}, 0));
    const int length = level.right - level.left;
    const int height = level.bottom - level.top;

    const Ink downwards(turned_text(canvas, "HELLO", {40, 60}, down));
    CHECK(downwards.top >= 59);
    CHECK(downwards.left >= 39);
    CHECK(std::abs(downwards.bottom - downwards.top - length) <= 2);
    CHECK(std::abs(downwards.right - downwards.left - height) <= 2);

    const Ink upwards(turned_text(canvas, "HELLO", {40, 60}, -down));
    CHECK(upwards.bottom <= 60);
    CHECK(upwards.right <= 40);
    CHECK(std::abs(upwards.bottom - upwards.top - length) <= 2);
}

TEST_CASE("text whose beginning lies outside of the picture: is seen where it gets inside")
{
    Canvas canvas(60, 60);
    // Not turned, all of it would be above the picture.
    const Image image = turned_text(canvas, "HELLO HELLO HELLO HELLO", {30, -40}, 1.5707963F);
    CHECK(Ink(image).bottom > 40);
    CHECK(Ink(turned_text(canvas, "", {30, 30}, 1)).right == -1);
}
