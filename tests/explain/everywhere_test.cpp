// What holds of every sentence, whatever happens: over all scenarios and over worlds of random faults.

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <set>

#include "explain/busy_world.hpp"
#include "explain/told.hpp"
#include "network/rich_world.hpp"

using namespace tcpsm;
using namespace tcpsm::test;
using viz::Language;

namespace {

/// What may stand in a Chinese sentence in Latin letters, beside the names of hosts and segments.
bool known_term(const std::string& word)
{
    static const std::set<std::string> terms{"ACK",
                                             "SYN",
                                             "FIN",
                                             "RST",
                                             "PSH",
                                             "SO_LINGER",
                                             "TCP_DEFER_ACCEPT",
                                             "tcp_tw_recycle",
                                             "URG",
                                             "RTO",
                                             "MSL",
                                             "R",
                                             "CLOSED",
                                             "LISTEN",
                                             "SENT",
                                             "RECEIVED",
                                             "ESTABLISHED",
                                             "WAIT",
                                             "CLOSE",
                                             "CLOSING",
                                             "LAST",
                                             "TIME",
                                             "SEG",
                                             "SND",
                                             "RCV",
                                             "SEQ",
                                             "LEN",
                                             "UNA",
                                             "NXT",
                                             "WND",
                                             "MAX",
                                             "IRS",
                                             "s",
                                             "bind",
                                             "listen",
                                             "connect",
                                             "accept",
                                             "send",
                                             "receive",
                                             "close",
                                             "shutdown",
                                             "abort",
                                             "tcp_rfc",
                                             "tcp_fin_timeout",
                                             "Nagle",
                                             "SACK",
                                             "TS",
                                             "TSval",
                                             "Recent",
                                             "RFC",
                                             "MAY",
                                             "UP",
                                             "TCP",
                                             "EMFILE",
                                             "rfc"};
    return terms.contains(word);
}

std::set<std::string> words_of(const std::string& text)
{
    std::set<std::string> words;
    std::string word;
    for (const char c : text + " ") {
        const bool letter = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '_';
        if (letter)
            word += c;
        else if (!word.empty())
            words.insert(std::exchange(word, {}));
    }
    return words;
}

/// The kernel's own words are the same in every language.
std::string without_the_log(std::string text)
{
    for (std::size_t at = text.find("“TCP: "); at != std::string::npos; at = text.find("“TCP: "))
        text.erase(at, text.find("”", at) - at);
    return text;
}

void check_sentence(const std::string& text, Language language, const std::set<std::string>& names)
{
    CAPTURE(text);
    CHECK(!text.empty());
    CHECK(text.find_first_of("{}") == std::string::npos);
    CHECK(text.find("  ") == std::string::npos);
    CHECK(text.find(" .") == std::string::npos);
    CHECK(text.find(" ,") == std::string::npos);
    CHECK(!text.starts_with(' '));
    if (language == Language::english) {
        CHECK(text.find("状态") == std::string::npos);
        CHECK(text.find("数据") == std::string::npos);
        return;
    }
    for (const std::string& word : words_of(without_the_log(text))) {
        CAPTURE(word);
        CHECK((known_term(word) || names.contains(word)));
    }
}

bool is_whole_sentence(const std::string& text, Language language)
{
    return text.ends_with(language == Language::english ? "." : "。");
}

std::set<std::string> names_in(const History& history)
{
    std::set<std::string> names{"inject"};
    for (const HostInfo& host : history.hosts()) {
        names.insert(host.name);
        names.insert(host.processes.begin(), host.processes.end());
    }
    return names;
}

void check_moments(const Told& told, Language language)
{
    const std::set<std::string> names = names_in(told.history);
    for (const viz::Explanation& each : told.explanations(language)) {
        check_sentence(each.headline, language, names);
        CHECK(is_whole_sentence(each.headline, language));
        if (each.detail.empty()) continue;
        check_sentence(each.detail, language, names);
        CHECK(is_whole_sentence(each.detail, language));
    }
}

/// Exactly one check decides, those before it have passed, and those behind it were not reached.
void check_order(const std::vector<viz::CheckLine>& checks, bool refused)
{
    auto expected = viz::CheckResult::passed;
    int decided = 0;
    for (const viz::CheckLine& check : checks) {
        if (check.result == viz::CheckResult::decided) {
            ++decided;
            CHECK(check.refused == refused);
            CHECK(expected == viz::CheckResult::passed);
            expected = viz::CheckResult::not_reached;
        } else {
            CHECK(check.result == expected);
            CHECK(!check.refused);
        }
        CHECK(check.found.empty() == (check.result == viz::CheckResult::not_reached));
    }
    CHECK(decided == 1);
}

void check_checks(const Told& told, Language language)
{
    const std::set<std::string> names = names_in(told.history);
    for (std::uint32_t s = 0; s < told.story.flights().size(); ++s) {
        const viz::Flight& flight = told.story.flights()[s];
        CAPTURE(told.history.name(told.history.segments()[s]));
        const auto checks = explain_checks(told.history, told.story, s, language);
        const bool met_tcp = flight.arrived_record != viz::none && reaches_tcp(flight.check);
        REQUIRE(checks.empty() != met_tcp);
        if (met_tcp) check_order(checks, flight.check != Check::none);
        for (const viz::CheckLine& check : checks) {
            check_sentence(check.ordinal, language, names);
            check_sentence(check.name, language, names);
            if (!check.found.empty()) check_sentence(check.found, language, names);
        }
    }
}

void check_waiting(const Network& world, Language language)
{
    const std::set<std::string> names = names_in(world.history());
    Network copy = world;
    for (const viz::Waiting& each : explain_waiting(copy, world.now(), language)) {
        check_sentence(each.sentence, language, names);
        CHECK(is_whole_sentence(each.sentence, language));
    }
}

} // namespace

TEST_CASE("a moment of any scenario: has a whole sentence, in every language, and no words of another one")
{
    const auto names = scenario_names();
    CHECK(names.size() > 20);
    for (const std::string& name : names) {
        CAPTURE(name);
        const Told told(name);
        for (const Language language : languages) {
            check_moments(told, language);
            check_checks(told, language);
        }
    }
}

TEST_CASE("what is waited for, at every event of any scenario: whole sentences in every language")
{
    for (const std::string& name : scenario_names()) {
        CAPTURE(name);
        Simulation simulation(scenario(name));
        do {
            for (const Language language : languages) check_waiting(simulation.network, language);
        } while (simulation.step());
    }
}

TEST_CASE("worlds of random faults: whole sentences, in every language, for all that happens")
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Network world = rich_world(seed);
        world.run_for(20s);
        const Told told(world);
        CHECK(told.story.moments().size() > 50);
        for (const Language language : languages) {
            check_moments(told, language);
            check_checks(told, language);
            check_waiting(world, language);
        }
    }
}

TEST_CASE("worlds with all options: whole sentences, in every language, for all that happens and is waited for")
{
    for (const ConnectionOptions& options : {everything_on(), linux_profile().connection}) {
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            CAPTURE(seed);
            Network world = busy_world(seed, options);
            while (world.now() < Time{} + 60s && world.step())
                for (const Language language : languages) check_waiting(world, language);
            const Told told(world);
            CHECK(told.story.moments().size() > 100);
            for (const Language language : languages) {
                check_moments(told, language);
                check_checks(told, language);
            }
        }
    }
}

TEST_CASE("a moment in which no row was looked up: names none, and else the row that the history names")
{
    int rows = 0;
    for (const std::string& name : scenario_names()) {
        const Told told(name);
        for (std::uint32_t m = 0; m < told.story.moments().size(); ++m) {
            const viz::Moment& moment = told.story.moments()[m];
            const auto explained = explain_moment(told.history, told.story, m, Language::english);
            for (std::uint32_t i = moment.first; i < moment.end; ++i) {
                const Record& r = told.history.records()[i];
                if (r.kind != RecordKind::state) continue;
                CAPTURE(explained.headline);
                CHECK(!explained.row.empty());
                const bool of_linux = explained.reference == "linux tcp_fin_timeout";
                CHECK((of_linux || explained.reference.starts_with("RFC 9293, 3.")));
                ++rows;
            }
        }
    }
    CHECK(rows > 100);
}
