#include "words/catalogue.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

using namespace tcpsm::viz;

namespace {

/// The places of a phrase, "{0}" and "{1:.2f}" both by their number; "?" for a brace that opens none.
std::set<std::string> places(std::string_view text)
{
    std::set<std::string> all;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '}') {
            if (text.substr(i).starts_with("}}"))
                ++i;
            else
                all.insert("?");
        }
        if (text[i] != '{') continue;
        if (text.substr(i).starts_with("{{")) {
            ++i;
            continue;
        }
        const std::size_t end = text.find('}', i);
        const std::string_view inside = text.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
        const std::string_view number = inside.substr(0, inside.find(':'));
        const bool digits = !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos;
        all.insert(digits && end != std::string_view::npos ? std::string(number) : "?");
        i = std::min(end, text.size() - 1);
    }
    return all;
}

/// Whether a text has characters of the block of CJK unified ideographs, U+4E00 to U+9FFF.
bool has_chinese(std::string_view text)
{
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        const auto octet = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(text[at])); };
        if ((octet(i) & 0xF0U) != 0xE0U) continue;
        const unsigned point = ((octet(i) & 0x0FU) << 12U) | ((octet(i + 1) & 0x3FU) << 6U) | (octet(i + 2) & 0x3FU);
        if (0x4E00 <= point && point <= 0x9FFF) return true;
    }
    return false;
}

/// Whether there is anything to translate: letters beside the places and beside what is the same everywhere.
bool has_english_words(std::string_view text)
{
    // Variables and bits of the RFC, units, and names of formats.
    static const std::set<std::string_view> same_everywhere{
        "SND",   "UNA", "NXT",    "WND", "RCV", "SEG", "SEQ", "ACK", "LEN", "ISS",  "IRS",  "MAX", "RTO", "MSL",
        "TSval", "TS",  "Recent", "SYN", "FIN", "RST", "PSH", "URG", "TCB", "Recv", "Send", "Q",   "s",   "ms"};
    std::string word;
    const auto to_translate = [&] { return !word.empty() && !same_everywhere.contains(word); };
    int depth = 0;
    for (const char c : text) {
        depth += (c == '{') - (c == '}');
        const bool letter = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
        if (depth == 0 && letter) {
            word += c;
            continue;
        }
        if (to_translate()) return true;
        word.clear();
    }
    return to_translate();
}

constexpr std::array languages{Language::english, Language::chinese};

template <class See>
void each_phrase(See&& see)
{
    for (std::size_t i = 0; i < phrase_count; ++i) {
        const auto what = static_cast<Phrase>(i);
        see(what, phrase(Language::english, what), phrase(Language::chinese, what));
    }
}

} // namespace

TEST_CASE("a phrase: has the same places in every language, and well-formed ones")
{
    each_phrase([](Phrase, std::string_view in_english, std::string_view in_chinese) {
        CAPTURE(in_english);
        CAPTURE(in_chinese);
        CHECK(places(in_english) == places(in_chinese));
        CHECK(!places(in_english).contains("?"));
        CHECK(!places(in_chinese).contains("?"));
    });
}

TEST_CASE("a phrase in Chinese: has Chinese characters wherever the English one has words")
{
    int told = 0;
    each_phrase([&](Phrase, std::string_view in_english, std::string_view in_chinese) {
        CAPTURE(in_english);
        CAPTURE(in_chinese);
        CHECK((has_chinese(in_chinese) || !has_english_words(in_english)));
        told += has_chinese(in_chinese) ? 1 : 0;
    });
    CHECK(told > 200);
}

TEST_CASE("a phrase in English: is ASCII but for a few typographic characters")
{
    each_phrase([](Phrase what, std::string_view in_english, std::string_view) {
        if (what == Phrase::language_name) return;
        CAPTURE(in_english);
        CHECK(!has_chinese(in_english));
    });
}

TEST_CASE("a phrase: does not begin or end with a blank")
{
    each_phrase([](Phrase, std::string_view in_english, std::string_view in_chinese) {
        for (const std::string_view text : {in_english, in_chinese}) {
            CAPTURE(text);
            CHECK(!text.starts_with(' '));
            CHECK(!text.ends_with(' '));
        }
    });
}

TEST_CASE("a phrase with arguments: each language puts them where it wants them")
{
    CHECK(say(Language::english, Phrase::told_closing, "server", "client") ==
          "server's application learns that client sends nothing more.");
    CHECK(say(Language::chinese, Phrase::told_closing, "server", "client") ==
          "server 的应用进程得知 client 不再发送数据。");
    for (const Language language : languages) CHECK(!phrase(language, Phrase::language_name).empty());
}
