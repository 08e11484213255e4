#include "export/svg_text.hpp"

#include <array>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

namespace tcpsm::viz {
namespace {

// Advance widths of U+0020 to U+017F, in parts of an em.
constexpr float em = 2048;
constexpr char32_t first_letter = 0x20;
constexpr std::array<std::uint16_t, 0x160> regular_widths{
    651,  821,  942,  1716, 1303, 1946, 1597, 563,  799,  799,  1024, 1716, 651,  739,  651,  690,  1303, 1303, 1303,
    1303, 1303, 1303, 1303, 1303, 1303, 1303, 690,  690,  1716, 1716, 1716, 1087, 2048, 1401, 1405, 1430, 1577, 1294,
    1178, 1587, 1540, 604,  604,  1343, 1141, 1767, 1532, 1612, 1235, 1612, 1423, 1300, 1251, 1499, 1401, 2025, 1403,
    1251, 1403, 799,  690,  799,  1716, 1024, 1024, 1255, 1300, 1126, 1300, 1260, 721,  1300, 1298, 569,  569,  1186,
    569,  1995, 1298, 1253, 1300, 1300, 842,  1067, 803,  1298, 1212, 1675, 1212, 1212, 1075, 1303, 690,  1303, 1716,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    651,  821,  1303, 1303, 1303,
    1303, 690,  1024, 1024, 2048, 965,  1253, 1716, 739,  2048, 1024, 1024, 1716, 821,  821,  1024, 1303, 1303, 651,
    1024, 821,  965,  1253, 1985, 1985, 1985, 1087, 1401, 1401, 1401, 1401, 1401, 1401, 1995, 1430, 1294, 1294, 1294,
    1294, 604,  604,  604,  604,  1587, 1532, 1612, 1612, 1612, 1612, 1612, 1716, 1612, 1499, 1499, 1499, 1499, 1251,
    1239, 1290, 1255, 1255, 1255, 1255, 1255, 1255, 2011, 1126, 1260, 1260, 1260, 1260, 569,  569,  569,  569,  1253,
    1298, 1253, 1253, 1253, 1253, 1253, 1716, 1253, 1298, 1298, 1298, 1298, 1212, 1300, 1212, 1401, 1255, 1401, 1255,
    1401, 1255, 1430, 1126, 1430, 1126, 1430, 1126, 1430, 1126, 1577, 1300, 1587, 1300, 1294, 1260, 1294, 1260, 1294,
    1260, 1294, 1260, 1294, 1260, 1587, 1300, 1587, 1300, 1587, 1300, 1587, 1300, 1540, 1298, 1876, 1423, 604,  569,
    604,  569,  604,  569,  604,  569,  604,  569,  1208, 1138, 604,  569,  1343, 1186, 1186, 1141, 569,  1141, 569,
    1141, 768,  1141, 700,  1151, 582,  1532, 1298, 1532, 1298, 1532, 1298, 1666, 1532, 1298, 1612, 1253, 1612, 1253,
    1612, 1253, 2191, 2095, 1423, 842,  1423, 842,  1423, 842,  1300, 1067, 1300, 1067, 1300, 1067, 1300, 1067, 1251,
    803,  1251, 803,  1251, 803,  1499, 1298, 1499, 1298, 1499, 1298, 1499, 1298, 1499, 1298, 1499, 1298, 2025, 1675,
    1251, 1212, 1251, 1403, 1075, 1403, 1075, 1403, 1075, 721,
};
constexpr std::array<std::uint16_t, 0x160> bold_widths{
    713,  934,  1067, 1716, 1425, 2052, 1786, 627,  936,  936,  1071, 1716, 778,  850,  778,  748,  1425, 1425, 1425,
    1425, 1425, 1425, 1425, 1425, 1425, 1425, 819,  819,  1716, 1716, 1716, 1188, 2048, 1585, 1561, 1503, 1700, 1399,
    1399, 1681, 1714, 762,  762,  1587, 1305, 2038, 1714, 1741, 1501, 1741, 1577, 1475, 1397, 1663, 1585, 2259, 1579,
    1483, 1485, 936,  748,  936,  1716, 1024, 1024, 1382, 1466, 1214, 1466, 1389, 891,  1466, 1458, 702,  702,  1362,
    702,  2134, 1458, 1407, 1466, 1466, 1010, 1219, 979,  1458, 1335, 1892, 1321, 1335, 1192, 1458, 748,  1458, 1716,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    713,  934,  1425, 1425, 1303,
    1425, 748,  1024, 1024, 2048, 1155, 1323, 1716, 850,  2048, 1024, 1024, 1716, 897,  897,  1024, 1507, 1303, 778,
    1024, 897,  1155, 1323, 2120, 2120, 2120, 1188, 1585, 1585, 1585, 1585, 1585, 1585, 2222, 1503, 1399, 1399, 1399,
    1399, 762,  762,  762,  762,  1716, 1714, 1741, 1741, 1741, 1741, 1741, 1716, 1741, 1663, 1663, 1663, 1663, 1483,
    1511, 1473, 1382, 1382, 1382, 1382, 1382, 1382, 2146, 1214, 1389, 1389, 1389, 1389, 702,  702,  702,  702,  1407,
    1458, 1407, 1407, 1407, 1407, 1407, 1716, 1407, 1458, 1458, 1458, 1458, 1335, 1466, 1335, 1585, 1382, 1585, 1382,
    1585, 1382, 1503, 1214, 1503, 1214, 1503, 1214, 1503, 1214, 1700, 1466, 1716, 1466, 1399, 1389, 1399, 1389, 1399,
    1389, 1399, 1389, 1399, 1389, 1681, 1466, 1681, 1466, 1681, 1466, 1681, 1466, 1714, 1458, 1994, 1618, 762,  702,
    762,  702,  762,  702,  762,  702,  762,  702,  1524, 1404, 762,  702,  1587, 1362, 1362, 1305, 702,  1305, 702,
    1305, 982,  1305, 1140, 1315, 760,  1714, 1458, 1714, 1458, 1714, 1458, 2013, 1714, 1458, 1741, 1407, 1741, 1407,
    1741, 1407, 2390, 2241, 1577, 1010, 1577, 1010, 1577, 1010, 1475, 1219, 1475, 1219, 1475, 1219, 1475, 1219, 1397,
    979,  1397, 979,  1397, 979,  1663, 1458, 1663, 1458, 1663, 1458, 1663, 1458, 1663, 1458, 1663, 1458, 2259, 1892,
    1483, 1335, 1483, 1485, 1192, 1485, 1192, 1485, 1192, 891,
};
constexpr std::uint16_t mono_width = 1233;
constexpr std::uint16_t arrow_width = 1716; // and what else there is between the alphabets

constexpr char32_t unreadable = 0xFFFD;

/// The next letter of UTF-8, which is taken away; U+FFFD for an octet that is not part of one.
char32_t next_letter(std::string_view& text)
{
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = octet(0);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    bool good = length > 0 && length <= text.size();
    char32_t letter = length < 2 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; good && i < length; ++i) {
        good = (octet(i) & 0xC0U) == 0x80;
        letter = letter << 6 | (octet(i) & 0x3FU);
    }
    const char32_t least = length == 3 ? 0x800 : length == 4 ? 0x10000 : 0;
    const bool surrogate = 0xD800 <= letter && letter < 0xE000;
    if (!good || letter < least || surrogate || letter > 0x10FFFF) {
        text.remove_prefix(1);
        return unreadable;
    }
    text.remove_prefix(length);
    return letter;
}

std::uint16_t advance(char32_t letter, Weight weight)
{
    if (weight == Weight::mono) return letter < 0x2E80 ? mono_width : static_cast<std::uint16_t>(em);
    if (letter < first_letter) return 0;
    const std::size_t index = letter - first_letter;
    if (index < regular_widths.size()) return (weight == Weight::bold ? bold_widths : regular_widths)[index];
    return letter < 0x2E80 ? arrow_width : static_cast<std::uint16_t>(em);
}

/// XML knows no others, not even by their numbers.
bool in_xml(char32_t letter)
{
    return letter == '\t' || letter == '\n' || letter == '\r' ||
           (letter >= 0x20 && letter != 0xFFFE && letter != 0xFFFF);
}

} // namespace

float SvgTextMeasure::width(std::string_view text, float size, Weight weight) const
{
    std::uint32_t sum = 0;
    while (!text.empty()) sum += advance(next_letter(text), weight);
    return static_cast<float>(sum) * size / em;
}

std::string escaped(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::string_view before = text;
        const char32_t letter = next_letter(text);
        switch (letter) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default:
            if (letter == unreadable || !in_xml(letter))
                out += "\xEF\xBF\xBD";
            else
                out += before.substr(0, before.size() - text.size());
        }
    }
    return out;
}

std::string number(float value)
{
    const auto tenths = static_cast<long long>(std::lround(value * 10));
    if (tenths % 10 == 0) return fmt::format("{}", tenths / 10);
    return fmt::format("{}{}.{}", tenths < 0 ? "-" : "", std::abs(tenths) / 10, std::abs(tenths) % 10);
}

} // namespace tcpsm::viz
