#include "words/language.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <optional>
#include <string>

using namespace tcpsm::viz;

namespace {

/// Sets or unsets variables of the environment, and puts back what was there.
class Environment {
public:
    explicit Environment(const std::array<const char*, 3>& values)
    {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (const char* const value = std::getenv(names[i])) before_[i] = value;
            put(names[i], values[i]);
        }
    }
    ~Environment()
    {
        for (std::size_t i = 0; i < names.size(); ++i) put(names[i], before_[i] ? before_[i]->c_str() : nullptr);
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    static constexpr std::array names{"LC_ALL", "LC_MESSAGES", "LANG"};
    static void put(const char* name, const char* value)
    {
        if (value == nullptr)
            unsetenv(name);
        else
            setenv(name, value, 1);
    }
    std::array<std::optional<std::string>, 3> before_;
};

Language spoken_in(const char* lc_all, const char* lc_messages, const char* lang)
{
    const Environment environment({lc_all, lc_messages, lang});
    return language_of_environment();
}

} // namespace

TEST_CASE("a language's name: is read as people and locales write it")
{
    for (const char* const text : {"en", "en_US", "en_GB.UTF-8", "en-US", "en@quot", "C", "C.UTF-8", "POSIX"})
        CHECK_MESSAGE(parse_language(text) == Language::english, text);
    for (const char* const text : {"zh", "zh_CN", "zh_CN.UTF-8", "zh-Hans", "zh_TW", "zh.utf8"})
        CHECK_MESSAGE(parse_language(text) == Language::chinese, text);
    for (const char* const text : {"", "de", "de_DE.UTF-8", "english", "zhx", "EN", "_CN", " zh"})
        CHECK_MESSAGE(!parse_language(text), text);
}

TEST_CASE("a language's code: is read back as the same language")
{
    CHECK(code(Language::english) == "en");
    CHECK(code(Language::chinese) == "zh");
    for (const Language language : {Language::english, Language::chinese})
        CHECK(parse_language(code(language)) == language);
}

TEST_CASE("the environment: the first variable that is set decides, and English stands in for what is not spoken")
{
    CHECK(spoken_in(nullptr, nullptr, nullptr) == Language::english);
    CHECK(spoken_in(nullptr, nullptr, "zh_CN.UTF-8") == Language::chinese);
    CHECK(spoken_in(nullptr, "zh_CN.UTF-8", "en_US.UTF-8") == Language::chinese);
    CHECK(spoken_in("C.UTF-8", "zh_CN.UTF-8", "zh_CN.UTF-8") == Language::english);
    CHECK(spoken_in("", "", "zh_CN.UTF-8") == Language::chinese);
    CHECK(spoken_in("de_DE.UTF-8", nullptr, "zh_CN.UTF-8") == Language::english);
}
