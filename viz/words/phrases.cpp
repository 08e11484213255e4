#include "words/phrases.hpp"

#include "words/catalogue.hpp"

namespace tcpsm::viz {

std::string_view phrase(Language language, Phrase phrase)
{
    return (language == Language::chinese ? chinese() : english())[static_cast<std::size_t>(phrase)];
}

std::string all_characters()
{
    std::string all;
    for (const Catalogue* const texts : {&english(), &chinese()})
        for (const std::string_view text : *texts) all += text;
    return all;
}

} // namespace tcpsm::viz
