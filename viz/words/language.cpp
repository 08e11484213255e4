#include "words/language.hpp"

#include <cstdlib>

namespace tcpsm::viz {

std::optional<Language> parse_language(std::string_view text)
{
    const std::string_view first = text.substr(0, text.find_first_of("_-.@"));
    if (first == "en" || first == "C" || first == "POSIX") return Language::english;
    if (first == "zh") return Language::chinese;
    return std::nullopt;
}

std::string_view code(Language language)
{
    return language == Language::chinese ? "zh" : "en";
}

Language language_of_environment()
{
    // The first that is set decides, even where we do not speak its language.
    for (const char* const variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* const value = std::getenv(variable);
        if (value != nullptr && *value != '\0') return parse_language(value).value_or(Language::english);
    }
    return Language::english;
}

} // namespace tcpsm::viz
