// Every sentence of the catalogue is said by some run, and is the right one there.

#include "explain/sayings.hpp"

#include <doctest/doctest.h>

#include "words/phrases.hpp"

using namespace tcpsm;
using namespace tcpsm::test;
using viz::Language;
using viz::Phrase;

namespace tcpsm::test {

Told told_after(const Saying& saying)
{
    Alone world(saying.options);
    saying.run(world);
    return Told(world);
}

} // namespace tcpsm::test

namespace {

viz::Explanation last(const Told& told, Language language)
{
    return explain_moment(told.history, told.story, static_cast<std::uint32_t>(told.story.moments().size() - 1),
                          language);
}

void check(const std::vector<Saying>& sayings)
{
    for (const Saying& saying : sayings) {
        const Told told = told_after(saying);
        CHECK(last(told, Language::english).headline == saying.headline);
    }
}

/// A phrase as a pattern: its texts between the places must follow each other in what is said.
bool says(const std::string& said, std::string_view phrase)
{
    std::size_t at = 0;
    bool first = true;
    while (!phrase.empty()) {
        const std::size_t place = phrase.find('{');
        const std::string_view text = phrase.substr(0, place);
        const std::size_t found = said.find(text, at);
        if (found == std::string::npos || (first && found != 0)) return false;
        at = found + text.size();
        first = false;
        if (place == std::string_view::npos) return phrase.ends_with(said.substr(at)) && at == said.size();
        phrase.remove_prefix(phrase.find('}', place) + 1);
    }
    return true;
}

} // namespace

TEST_CASE("a segment that is processed: each meaning that it can have has its sentence")
{
    check(sayings_of_arrivals());
    check(sayings_of_windows());
}

TEST_CASE("a segment that is refused: each check has its sentences")
{
    check(sayings_of_refusals());
    check(sayings_of_limits());
}

TEST_CASE("a user call: each has its sentences, with its errors")
{
    check(sayings_of_calls());
    check(sayings_of_queues());
}

TEST_CASE("a timer: each has its sentence")
{
    check(sayings_of_timers());
    check(sayings_of_probes());
}

TEST_CASE("the options of sockets: each has its sentence")
{
    check(sayings_of_sockets());
}

TEST_CASE("every headline of the catalogue: is said by one of these runs, in every language")
{
    for (const Language language : {Language::english, Language::chinese}) {
        std::vector<std::string> said;
        for (const auto& sayings : {sayings_of_arrivals(), sayings_of_refusals(), sayings_of_calls(),
                                    sayings_of_timers(), sayings_of_windows(), sayings_of_limits(), sayings_of_queues(),
                                    sayings_of_probes(), sayings_of_sockets()})
            for (const Saying& saying : sayings) said.push_back(last(told_after(saying), language).headline);
        said.push_back(
            Told("self-connect").moment(say(language, Phrase::got_syn_of_itself, "client"), language).headline);

        const auto covered = [&](Phrase what) {
            return std::any_of(said.begin(), said.end(),
                               [&](const std::string& one) { return says(one, phrase(language, what)); });
        };
        const auto all_between = [&](Phrase from, Phrase to) {
            for (auto i = static_cast<std::size_t>(from); i <= static_cast<std::size_t>(to); ++i) {
                CAPTURE(phrase(language, static_cast<Phrase>(i)));
                CHECK(covered(static_cast<Phrase>(i)));
            }
        };
        all_between(Phrase::got_syn, Phrase::got_rst_ignored);
        all_between(Phrase::refused_syn_without_listener, Phrase::refused_ack_too_old);
        all_between(Phrase::calls_bind, Phrase::host_loses_process);
        all_between(Phrase::fires_syn, Phrase::fires_fin_wait_2);
        all_between(Phrase::network_injects, Phrase::history_begins);
        all_between(Phrase::got_new_syn, Phrase::got_rst_in_window);
        all_between(Phrase::refused_timestamp, Phrase::refused_ack_too_old_quietly);
        all_between(Phrase::calls_send_waits_for_ack, Phrase::calls_send_queued);
        all_between(Phrase::fires_persist, Phrase::fires_linger);
    }
}
