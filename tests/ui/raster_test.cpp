// The rasterizer against what can be said without it: which pixels a shape covers, and what laying colours over each
// other gives.

#include "app/platform/rasterizer.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "ui/drawing.hpp"

using namespace tcpsm::viz;

namespace {

constexpr ImU32 black = IM_COL32(0, 0, 0, 255);
constexpr ImU32 half_black = IM_COL32(0, 0, 0, 128);

// Pixels, the right and lower edges not included.
struct Pixels {
    int left, top, right, bottom;
    [[nodiscard]] bool has(int x, int y) const { return left <= x && x < right && top <= y && y < bottom; }
};

// The first pixel that is black where it should be white, or the reverse.
void check_black_only_in(const Image& image, const Pixels& box)
{
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            if ((pixel(image, x, y) == 0) != box.has(x, y)) {
                FAIL_CHECK("pixel " << x << "," << y << " is " << pixel(image, x, y));
                return;
            }
}

void triangle(ImDrawList& list, std::array<ImVec2, 3> corners, ImU32 colour)
{
    list.AddTriangleFilled(corners[0], corners[1], corners[2], colour);
}

// A number from 0 to below `end`, in 1/256: the standard's distributions differ from library to library.
float random_place(std::mt19937& random, std::uint32_t end)
{
    return static_cast<float>(random() % (end * 256)) / 256;
}

ImVec2 random_point(std::mt19937& random, std::uint32_t end)
{
    const float x = random_place(random, end);
    return {x, random_place(random, end)};
}

// Whether the middle of a pixel lies in a triangle, by the definition: on the inner side of each edge, or on it where
// it is an upper or left one. All places are multiples of 1/256, so that doubles are exact.
bool covers(std::array<ImVec2, 3> t, int px, int py)
{
    const auto side = [](ImVec2 a, ImVec2 b, double x, double y) {
        return (double{b.x} - double{a.x}) * (y - double{a.y}) - (double{b.y} - double{a.y}) * (x - double{a.x});
    };
    const double area = side(t[0], t[1], t[2].x, t[2].y);
    if (area == 0) return false;
    if (area < 0) std::swap(t[1], t[2]);
    for (std::size_t i = 0; i < 3; ++i) {
        const ImVec2 a = t[i];
        const ImVec2 b = t[(i + 1) % 3];
        const double value = side(a, b, px + 0.5, py + 0.5);
        const bool upper_or_left = b.y < a.y || (b.y == a.y && b.x > a.x);
        if (value < 0 || (value == 0 && !upper_or_left)) return false;
    }
    return true;
}

// A tile of the font atlas, in texels, on pixels.
void draw_atlas(ImDrawList& list, float from, float texels, ImVec2 to, float pixels)
{
    const AtlasPixels atlas = atlas_pixels();
    const ImVec2 first{from / static_cast<float>(atlas.width), from / static_cast<float>(atlas.height)};
    const ImVec2 last{(from + texels) / static_cast<float>(atlas.width),
                      (from + texels) / static_cast<float>(atlas.height)};
    list.AddImage(ImGui::GetIO().Fonts->TexID, to, {to.x + pixels, to.y + pixels}, first, last, black);
}

int texel(const AtlasPixels& atlas, int x, int y)
{
    x = std::clamp(x, 0, atlas.width - 1);
    y = std::clamp(y, 0, atlas.height - 1);
    return atlas.alpha[y * atlas.width + x];
}

} // namespace

TEST_CASE("a rectangle on whole pixels: fills these and no others")
{
    Canvas canvas(40, 30);
    const Image image = canvas.draw([](ImDrawList& list) { list.AddRectFilled({10, 5}, {20, 15}, black); });
    check_black_only_in(image, {10, 5, 20, 15});
}

TEST_CASE("an edge in the middle of pixels: they belong to what is to their right and below")
{
    Canvas canvas(40, 30);
    check_black_only_in(canvas.draw([](ImDrawList& l) {
        l.AddRectFilled({10.5F, 5.5F}, {20.5F, 15.5F}, black);
    }),
                        {10, 5, 20, 15});
    check_black_only_in(canvas.draw([](ImDrawList& l) {
        l.AddRectFilled({10.51F, 5.51F}, {20.51F, 15.51F}, black);
    }),
                        {11, 6, 21, 16});
    // The same as two triangles that are no rectangle to the rasterizer, because they begin at another corner.
    check_black_only_in(canvas.draw([](ImDrawList& l) {
        l.AddQuadFilled({20.5F, 5.5F}, {20.5F, 15.5F}, {10.5F, 15.5F}, {10.5F, 5.5F}, black);
    }),
                        {10, 5, 20, 15});
}

TEST_CASE("triangles at random: each covers the pixels whose middle lies in it")
{
    constexpr int size = 32;
    Canvas canvas(size, size);
    std::mt19937 random(1);
    for (int i = 0; i < 300; ++i) {
        // Some are on half pixels, where middles lie exactly on edges.
        const auto point = [&random, i] {
            ImVec2 p = random_point(random, size);
            if (i % 3 == 0) p = {std::floor(p.x) + 0.5F, std::floor(p.y) + 0.5F};
            return p;
        };
        const ImVec2 a = point(), b = point(), c = point();
        const std::array<ImVec2, 3> corners{a, b, c};
        const Image image = canvas.draw([&](ImDrawList& list) { triangle(list, corners, black); });
        int wrong = 0;
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) wrong += (pixel(image, x, y) == 0) != covers(corners, x, y) ? 1 : 0;
        CHECK_MESSAGE(wrong == 0, "triangle " << i);
    }
}

TEST_CASE("triangles around a point: no pixel is left out or covered twice")
{
    constexpr int size = 64;
    Canvas canvas(size, size);
    std::mt19937 random(2);
    for (int i = 0; i < 50; ++i) {
        const ImVec2 middle{16 + random_place(random, 32), 16 + random_place(random, 32)};
        const Image image = canvas.draw([&](ImDrawList& list) {
            const std::array<ImVec2, 4> corners{{{0, 0}, {size, 0}, {size, size}, {0, size}}};
            for (std::size_t k = 0; k < 4; ++k) triangle(list, {corners[k], corners[(k + 1) % 4], middle}, half_black);
        });
        const Image plain = canvas.draw([](ImDrawList& list) { list.AddRectFilled({0, 0}, {size, size}, half_black); });
        CHECK(image.rgba == plain.rgba);
    }
}

TEST_CASE("black over white: leaves exactly the rest, for each opacity")
{
    Canvas canvas(256, 1);
    const Image image = canvas.draw([](ImDrawList& list) {
        for (int a = 0; a < 256; ++a) {
            const auto x = static_cast<float>(a);
            list.AddRectFilled({x, 0}, {x + 1, 1}, IM_COL32(0, 0, 0, a));
        }
    });
    for (int a = 0; a < 256; ++a) CHECK(pixel(image, a, 0) == static_cast<std::uint32_t>(255 - a) * 0x010101);
}

TEST_CASE("a colour over another: is mixed with it, rounded to the nearest")
{
    Canvas canvas(4, 4);
    const Image image = canvas.draw([](ImDrawList& list) {
        list.AddRectFilled({0, 0}, {4, 4}, IM_COL32(200, 100, 0, 255));
        list.AddRectFilled({0, 0}, {4, 4}, IM_COL32(0, 50, 255, 51)); // a fifth
    });
    CHECK(pixel(image, 1, 1) == 0xA05A33); // 160, 90, 51
    CHECK(image.rgba[3] == 255);
}

TEST_CASE("colours that differ at the corners: change evenly between them")
{
    Canvas canvas(256, 8);
    const Image image = canvas.draw([](ImDrawList& list) {
        list.AddRectFilledMultiColor({0, 0}, {256, 8}, black, IM_COL32_WHITE, IM_COL32_WHITE, black);
    });
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 256; ++x) {
            const double exact = 255 * (x + 0.5) / 256;
            CHECK(std::abs(static_cast<double>(pixel(image, x, y) & 0xFF) - exact) <= 0.51);
        }
}

TEST_CASE("a clip rectangle: nothing is drawn outside, and its edges are like any other's")
{
    Canvas canvas(40, 30);
    const auto clipped = [&canvas](ImVec2 from, ImVec2 to) {
        return canvas.draw([=](ImDrawList& list) {
            list.PushClipRect(from, to);
            list.AddRectFilled({0, 0}, {40, 30}, black);
            list.PopClipRect();
        });
    };
    check_black_only_in(clipped({10, 5}, {20, 15}), {10, 5, 20, 15});
    check_black_only_in(clipped({10.6F, 5.4F}, {20.6F, 15.4F}), {11, 5, 21, 15});
    check_black_only_in(clipped({-100, -100}, {5, 1000}), {0, 0, 5, 30});
    check_black_only_in(clipped({20, 5}, {10, 15}), {0, 0, 0, 0});

    const Image image = canvas.draw([](ImDrawList& list) {
        list.PushClipRect({10, 5}, {20, 15});
        triangle(list, {{{-50, -50}, {100, -50}, {0, 200}}}, black);
        list.PopClipRect();
    });
    check_black_only_in(image, {10, 5, 20, 15});
}

TEST_CASE("a texture on whole pixels: is drawn texel by texel")
{
    constexpr int size = 64;
    Canvas canvas(size, size);
    const Image image = canvas.draw([](ImDrawList& list) { draw_atlas(list, 0, size, {0, 0}, size); });
    const AtlasPixels atlas = atlas_pixels();
    int inked = 0;
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const int ink = texel(atlas, x, y);
            inked += ink > 0 ? 1 : 0;
            CHECK(static_cast<int>(pixel(image, x, y) & 0xFF) == 255 - ink);
        }
    CHECK(inked > 100); // the atlas begins with the mouse's cursors and letters
}

TEST_CASE("an enlarged texture: lies between the four nearest texels")
{
    constexpr int texels = 32, times = 3, size = texels * times;
    Canvas canvas(size, size);
    const Image image = canvas.draw([](ImDrawList& list) { draw_atlas(list, 8, texels, {0, 0}, size); });
    const AtlasPixels atlas = atlas_pixels();
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const double u = 8 + (x + 0.5) / times - 0.5, v = 8 + (y + 0.5) / times - 0.5;
            const int left = static_cast<int>(std::floor(u)), top = static_cast<int>(std::floor(v));
            const double right = u - left, below = v - top;
            const double ink =
                (texel(atlas, left, top) * (1 - right) + texel(atlas, left + 1, top) * right) * (1 - below) +
                (texel(atlas, left, top + 1) * (1 - right) + texel(atlas, left + 1, top + 1) * right) * below;
            CHECK(std::abs(255 - ink - static_cast<double>(pixel(image, x, y) & 0xFF)) <= 2);
        }
}

TEST_CASE("a textured rectangle: is drawn like the two triangles that it is")
{
    constexpr int size = 64;
    Canvas canvas(size, size);
    const AtlasPixels atlas = atlas_pixels();
    const float u = 40.0F / static_cast<float>(atlas.width), v = 40.0F / static_cast<float>(atlas.height);
    const Image upright = canvas.draw([&](ImDrawList& list) {
        list.AddImage(ImGui::GetIO().Fonts->TexID, {3.3F, 4.6F}, {60.1F, 59.9F}, {0, 0}, {u, v}, half_black);
    });
    const Image turned = canvas.draw([&](ImDrawList& list) { // from another corner
        list.AddImageQuad(ImGui::GetIO().Fonts->TexID, {60.1F, 4.6F}, {60.1F, 59.9F}, {3.3F, 59.9F}, {3.3F, 4.6F},
                          {u, 0}, {u, v}, {0, v}, {0, 0}, half_black);
    });
    int different = 0;
    for (std::size_t i = 0; i < upright.rgba.size(); ++i)
        different = std::max(different, std::abs(int{upright.rgba[i]} - int{turned.rgba[i]}));
    CHECK(different <= 1);
}

TEST_CASE("a user callback in the list: is skipped, and what follows is drawn")
{
    Canvas canvas(20, 20);
    static bool called; // a callback is a plain function
    called = false;
    const Image image = canvas.draw([](ImDrawList& list) {
        list.AddCallback([](const ImDrawList*, const ImDrawCmd*) { called = true; }, nullptr);
        list.AddRectFilled({5, 5}, {10, 10}, black);
    });
    CHECK_FALSE(called);
    check_black_only_in(image, {5, 5, 10, 10});
}

TEST_CASE("more vertices than 16 bits can count: all are drawn")
{
    Canvas canvas(200, 200);
    const Image image = canvas.draw([](ImDrawList& list) {
        for (float y = 0; y < 200; ++y)
            for (float x = 0; x < 200; ++x) list.AddRectFilled({x, y}, {x + 1, y + 1}, black);
    });
    check_black_only_in(image, {0, 0, 200, 200});
}

TEST_CASE("places that are no numbers or far away: draw nothing wrong and harm nothing")
{
    Canvas canvas(20, 20);
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    constexpr float infinite = std::numeric_limits<float>::infinity();
    constexpr float large = 1e30F;
    const Image image = canvas.draw([](ImDrawList& list) {
        for (const float wild : {nan, infinite, -infinite, large, -large})
            for (const float other : {0.0F, 1.5F, wild})
                triangle(list, {{{wild, other}, {other, wild}, {0, 0}}}, half_black);
        list.AddRectFilled({0, 0}, {20, 20}, black);
    });
    check_black_only_in(image, {0, 0, 20, 20});
    // What reaches from far away into the picture is seen in it.
    check_black_only_in(canvas.draw([](ImDrawList& l) {
        l.AddRectFilled({-large, -large}, {large, large}, black);
    }),
                        {0, 0, 20, 20});
    check_black_only_in(canvas.draw([](ImDrawList& l) {
        l.AddRectFilled({-9e5F, 4}, {9e5F, 6}, black);
    }),
                        {0, 4, 20, 6});
}

TEST_CASE("the same list: gives the same octets, with every compiler and on every run")
{
    const auto draw = [] {
        Canvas canvas(128, 128);
        return canvas.draw([](ImDrawList& list) {
            std::mt19937 random(3);
            for (int i = 0; i < 500; ++i) {
                const ImVec2 a = random_point(random, 128), b = random_point(random, 128),
                             c = random_point(random, 128);
                list.PrimReserve(3, 3);
                for (const ImVec2 corner : {a, b, c})
                    list.PrimVtx(corner, ImGui::GetFontTexUvWhitePixel(), static_cast<ImU32>(random()));
            }
        });
    };
    const std::uint64_t first = hash(draw());
    CHECK(hash(draw()) == first);
    CHECK(first == 6696194439775760591U);
}

TEST_CASE("two images that differ in one octet or in shape: have different hashes")
{
    const Image image = blank_image(8, 4, 0x123456);
    Image other = image;
    CHECK(hash(other) == hash(image));
    other.rgba[77] ^= 1;
    CHECK(hash(other) != hash(image));
    CHECK(hash(blank_image(4, 8, 0x123456)) != hash(image));
    CHECK(hash(blank_image(-1, 5, 0)) == hash(blank_image(0, 5, 0)));
}
