// Triangles as a graphics card fills them: a pixel belongs to a triangle if its middle lies inside, or on an edge that
// is an upper or a left one, so that of two triangles with a common edge exactly one has it. Positions are whole
// numbers of 1/256 pixel, and every decision is made in integers.

#include "app/platform/rasterizer.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <imgui.h>

#include "app/platform/imgui_compat.hpp"
#include "app/platform/pixels.hpp"

namespace tcpsm::viz {
namespace {

constexpr std::int64_t one = 256; // a pixel
constexpr std::int64_t half = one / 2;

struct Vertex {
    std::int64_t x = 0, y = 0; // in 1/256 pixels
    std::int64_t u = 0, v = 0; // in texels, with 16 bits behind the point
    ImU32 colour = 0;
};

// Pixels; the right and lower edges are the first ones outside.
struct Area {
    std::int64_t left = 0, top = 0, right = 0, bottom = 0;
};

// The first pixel whose middle is at or behind a place.
std::int64_t first_pixel(std::int64_t place)
{
    return (place + half - 1) >> 8;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b)
{
    const std::int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

Colour unpack(ImU32 c)
{
    return {(c >> IM_COL32_R_SHIFT) & 0xFF, (c >> IM_COL32_G_SHIFT) & 0xFF, (c >> IM_COL32_B_SHIFT) & 0xFF,
            (c >> IM_COL32_A_SHIFT) & 0xFF};
}

// A value that changes evenly over a triangle, with 32 bits behind the point. It is unsigned because it may overflow on
// its way, as the slope of a sliver times a distance does, and comes back: only differences count.
class Plane {
public:
    Plane() = default;
    Plane(const std::array<const Vertex*, 3>& t, std::int64_t a, std::int64_t b, std::int64_t c)
        : start_(static_cast<std::uint64_t>(a) << 16), x_(t[0]->x), y_(t[0]->y)
    {
        const std::int64_t x1 = t[1]->x - t[0]->x, y1 = t[1]->y - t[0]->y;
        const std::int64_t x2 = t[2]->x - t[0]->x, y2 = t[2]->y - t[0]->y;
        const auto area = static_cast<double>(x1 * y2 - x2 * y1);
        along_x_ = slope(static_cast<double>((b - a) * y2 - (c - a) * y1), area);
        along_y_ = slope(static_cast<double>((c - a) * x1 - (b - a) * x2), area);
    }

    // In the middle of a pixel.
    [[nodiscard]] std::uint64_t at(std::int64_t x, std::int64_t y) const
    {
        return start_ + along_x_ * static_cast<std::uint64_t>(x * one + half - x_) +
               along_y_ * static_cast<std::uint64_t>(y * one + half - y_);
    }
    [[nodiscard]] std::uint64_t step() const { return along_x_ * static_cast<std::uint64_t>(one); }

private:
    // A single division and nothing that a compiler may fuse: the same bits on every machine.
    static std::uint64_t slope(double rise, double area)
    {
        const double value = std::floor(rise * 65536.0 / area);
        if (!(std::abs(value) < 0x1p62)) return 0; // a sliver that holds no pixel, or hardly one
        return static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
    }

    std::uint64_t start_ = 0, along_x_ = 0, along_y_ = 0;
    std::int64_t x_ = 0, y_ = 0;
};

// One edge from row to row: the pixels of a row that lie on its inner side. What changes by the same amount in each row
// is divided once; then quotient and remainder are added.
class Edge {
public:
    // The inside is to the right of the way from a to b, where y grows downwards.
    Edge(const Vertex& a, const Vertex& b, std::int64_t row) : dy_(b.y - a.y)
    {
        const std::int64_t dx = b.x - a.x;
        const bool owns_its_pixels = dy_ < 0 || (dy_ == 0 && dx > 0); // it is a left or an upper one
        // dx * (py - a.y) - dy * (px - a.x) >= least, with px = x * one + half
        const std::int64_t value = dx * (row * one + half - a.y) - dy_ * (half - a.x) - (owns_its_pixels ? 0 : 1);
        const std::int64_t step = dx * one;
        divisor_ = dy_ == 0 ? 1 : std::abs(dy_) * one;
        // Below: x <= value / divisor. Left: -x <= value / divisor.
        quotient_ = floor_div(value, divisor_);
        remainder_ = value - quotient_ * divisor_;
        quotient_step_ = floor_div(step, divisor_);
        remainder_step_ = step - quotient_step_ * divisor_;
    }

    void cut(std::int64_t& left, std::int64_t& right) const
    {
        if (dy_ > 0)
            right = std::min(right, quotient_ + 1);
        else if (dy_ < 0)
            left = std::max(left, -quotient_);
        else if (quotient_ < 0)
            right = left;
    }

    void next_row()
    {
        quotient_ += quotient_step_;
        remainder_ += remainder_step_;
        if (remainder_ >= divisor_) {
            remainder_ -= divisor_;
            ++quotient_;
        }
    }

private:
    std::int64_t dy_;
    std::int64_t divisor_ = 1;
    std::int64_t quotient_ = 0, remainder_ = 0;
    std::int64_t quotient_step_ = 0, remainder_step_ = 0;
};

// What a triangle is filled with.
class Fill {
public:
    Fill(const std::array<const Vertex*, 3>& t, const Texture& texture)
        : texture_(texture),
          textured_(!same_place(*t[0], *t[1]) || !same_place(*t[0], *t[2])),
          shaded_(t[0]->colour != t[1]->colour || t[0]->colour != t[2]->colour),
          colour_(unpack(t[0]->colour))
    {
        if (textured_) {
            u_ = Plane(t, t[0]->u, t[1]->u, t[2]->u);
            v_ = Plane(t, t[0]->v, t[1]->v, t[2]->v);
        } else {
            coverage_ = texture.at(t[0]->u, t[0]->v);
        }
        if (shaded_) shade(t);
    }

    // Nothing of it can be seen.
    [[nodiscard]] bool invisible() const { return !shaded_ && colour_.a == 0; }

    void row(std::uint8_t* pixel, std::int64_t y, std::int64_t left, std::int64_t right) const
    {
        if (textured_)
            shaded_ ? fill<true, true>(pixel, y, left, right) : fill<true, false>(pixel, y, left, right);
        else if (shaded_)
            fill<false, true>(pixel, y, left, right);
        else
            plain(pixel, right - left);
    }

private:
    static bool same_place(const Vertex& a, const Vertex& b) { return a.u == b.u && a.v == b.v; }

    void shade(const std::array<const Vertex*, 3>& t)
    {
        const std::array<unsigned, 4> shifts{IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT, IM_COL32_A_SHIFT};
        for (std::size_t i = 0; i < shifts.size(); ++i) {
            const auto channel = [&](const Vertex& v) {
                return static_cast<std::int64_t>((v.colour >> shifts[i]) & 0xFF) << 16;
            };
            channels_[i] = Plane(t, channel(*t[0]), channel(*t[1]), channel(*t[2]));
        }
    }

    void plain(std::uint8_t* pixel, std::int64_t count) const
    {
        Colour c = colour_;
        c.a = divided_by_255(c.a * coverage_);
        if (c.a == 255)
            put(pixel, c, count);
        else
            for (; count > 0; --count, pixel += 4) blend(pixel, c);
    }

    template <bool Textured, bool Shaded>
    void fill(std::uint8_t* pixel, std::int64_t y, std::int64_t left, std::int64_t right) const
    {
        std::uint64_t u = u_.at(left, y);
        std::uint64_t v = v_.at(left, y);
        std::array<std::uint64_t, 4> channels{};
        if constexpr (Shaded)
            for (std::size_t i = 0; i < 4; ++i) channels[i] = channels_[i].at(left, y);
        for (; left < right; ++left, pixel += 4) {
            Colour c = colour_;
            if constexpr (Shaded) {
                c = {level(channels[0]), level(channels[1]), level(channels[2]), level(channels[3])};
                for (std::size_t i = 0; i < 4; ++i) channels[i] += channels_[i].step();
            }
            std::uint32_t coverage = coverage_;
            if constexpr (Textured) {
                coverage = texture_.at(static_cast<std::int64_t>(u) >> 16, static_cast<std::int64_t>(v) >> 16);
                u += u_.step();
                v += v_.step();
            }
            c.a = divided_by_255(c.a * coverage);
            if (c.a == 255)
                put(pixel, c);
            else if (c.a != 0)
                blend(pixel, c);
        }
    }

    static std::uint32_t level(std::uint64_t value)
    {
        const std::int64_t rounded = (static_cast<std::int64_t>(value) + 0x80000000) >> 32;
        return static_cast<std::uint32_t>(std::clamp<std::int64_t>(rounded, 0, 255));
    }

    const Texture& texture_;
    bool textured_, shaded_;
    Colour colour_;              // where it is not shaded
    std::uint32_t coverage_ = 0; // where it is not textured
    Plane u_, v_;
    std::array<Plane, 4> channels_{};
};

class Rasterizer {
public:
    Rasterizer(Image& image, const Texture& texture) : image_(image), texture_(texture) {}

    void clip(const Area& area)
    {
        clip_ = {std::max<std::int64_t>(area.left, 0), std::max<std::int64_t>(area.top, 0),
                 std::min<std::int64_t>(area.right, image_.width), std::min<std::int64_t>(area.bottom, image_.height)};
    }
    [[nodiscard]] bool clipped_away() const { return clip_.left >= clip_.right || clip_.top >= clip_.bottom; }

    void triangle(const Vertex& a, const Vertex& b, const Vertex& c)
    {
        const std::int64_t area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        if (area == 0) return;
        const Vertex& second = area > 0 ? b : c;
        const Vertex& third = area > 0 ? c : b;
        const Area box = bounds(a, b, c);
        if (box.left >= box.right || box.top >= box.bottom) return;
        const Fill fill({&a, &second, &third}, texture_);
        if (fill.invisible()) return;

        std::array<Edge, 3> edges{Edge(a, second, box.top), Edge(second, third, box.top), Edge(third, a, box.top)};
        for (std::int64_t y = box.top; y < box.bottom; ++y) {
            std::int64_t left = box.left;
            std::int64_t right = box.right;
            for (Edge& edge : edges) {
                edge.cut(left, right);
                edge.next_row();
            }
            if (left < right) fill.row(pixel(left, y), y, left, right);
        }
    }

    // Three corners of an upright rectangle, clockwise from the upper left. Most of what is drawn is one.
    void rectangle(const Vertex& a, const Vertex& b, const Vertex& c)
    {
        const Area box = bounds(a, b, c);
        if (box.left >= box.right || box.top >= box.bottom) return;
        const Fill fill({&a, &b, &c}, texture_);
        if (fill.invisible()) return;
        for (std::int64_t y = box.top; y < box.bottom; ++y) fill.row(pixel(box.left, y), y, box.left, box.right);
    }

private:
    [[nodiscard]] Area bounds(const Vertex& a, const Vertex& b, const Vertex& c) const
    {
        return {std::max(clip_.left, first_pixel(std::min({a.x, b.x, c.x}))),
                std::max(clip_.top, first_pixel(std::min({a.y, b.y, c.y}))),
                std::min(clip_.right, first_pixel(std::max({a.x, b.x, c.x}))),
                std::min(clip_.bottom, first_pixel(std::max({a.y, b.y, c.y})))};
    }
    [[nodiscard]] std::uint8_t* pixel(std::int64_t x, std::int64_t y) const
    {
        return image_.rgba.data() + (y * image_.width + x) * 4;
    }

    Image& image_;
    const Texture& texture_;
    Area clip_;
};

// ---- from ImGui's lists ---------------------------------------------------------------------------------------------

// Rounds to a whole number. What is no number is 0, and what is farther away than any screen stands at a million.
std::int64_t rounded(float value, double units)
{
    if (!std::isfinite(value)) return 0;
    constexpr double shift = 0x1p40; // above 0, cutting off is rounding down, and takes one instruction
    const double bounded = std::clamp(static_cast<double>(value), -1e6, 1e6);
    return static_cast<std::int64_t>(bounded * units + 0.5 + shift) - static_cast<std::int64_t>(shift);
}

// From ImGui's coordinates to those of the image.
struct Frame {
    ImVec2 origin, scale;

    [[nodiscard]] std::int64_t x(float value) const { return rounded((value - origin.x) * scale.x, one); }
    [[nodiscard]] std::int64_t y(float value) const { return rounded((value - origin.y) * scale.y, one); }
    [[nodiscard]] Area area(const ImVec4& clip) const
    {
        return {first_pixel(x(clip.x)), first_pixel(y(clip.y)), first_pixel(x(clip.z)), first_pixel(y(clip.w))};
    }
};

void convert(const ImDrawList& list, const Frame& frame, const Texture& texture, std::vector<Vertex>& vertices)
{
    vertices.clear();
    for (const ImDrawVert& v : list.VtxBuffer)
        vertices.push_back({frame.x(v.pos.x), frame.y(v.pos.y), rounded(v.uv.x, 65536.0 * texture.width),
                            rounded(v.uv.y, 65536.0 * texture.height), v.col});
}

// Whether the two triangles at `index` are a rectangle whose texture, if it has one, is upright, too.
bool is_rectangle(const ImDrawIdx* index, const Vertex* v)
{
    if (index[3] != index[0] || index[4] != index[2]) return false;
    const Vertex& a = v[index[0]];
    const Vertex& b = v[index[1]];
    const Vertex& c = v[index[2]];
    const Vertex& d = v[index[5]];
    return a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x && a.x < c.x && a.y < c.y && //
           a.v == b.v && b.u == c.u && c.v == d.v && d.u == a.u &&                           //
           a.colour == b.colour && a.colour == c.colour && a.colour == d.colour;
}

void draw(const ImDrawCmd& command, const ImDrawList& list, const std::vector<Vertex>& vertices, Rasterizer& rasterizer)
{
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawIdx* const end = index + command.ElemCount;
    const Vertex* const v = vertices.data() + command.VtxOffset;
    while (end - index >= 3) {
        if (end - index >= 6 && is_rectangle(index, v)) {
            rasterizer.rectangle(v[index[0]], v[index[1]], v[index[2]]);
            index += 6;
        } else {
            rasterizer.triangle(v[index[0]], v[index[1]], v[index[2]]);
            index += 3;
        }
    }
}

} // namespace

void rasterize(const ImDrawData& data, Image& image)
{
    const AtlasPixels atlas = atlas_pixels();
    const Texture texture{atlas.alpha, atlas.width, atlas.height};
    const Frame frame{data.DisplayPos, data.FramebufferScale};
    Rasterizer rasterizer(image, texture);
    std::vector<Vertex> vertices;
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        convert(list, frame, texture, vertices);
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (command.UserCallback != nullptr) continue;
            rasterizer.clip(frame.area(command.ClipRect));
            if (!rasterizer.clipped_away()) draw(command, list, vertices, rasterizer);
        }
    }
}

} // namespace tcpsm::viz
