#include "cli/claim_card.hpp"

#include <fmt/format.h>

#include "cli/happenings.hpp"
#include "cli/terminal.hpp"
#include "cli/wrapped.hpp"
#include "tcpsm/trace/trace.hpp"
#include "words/phrases.hpp"

namespace tcpsm::cli {
namespace {

using viz::Phrase;

constexpr std::size_t label_width = 11; // "undecided" and two blanks

class Card {
public:
    explicit Card(const CardOptions& options) : options_(options) {}

    void line(Phrase label, std::string_view text, std::string_view code = "2", std::string_view text_code = "")
    {
        const std::string_view word = viz::phrase(options_.language, label);
        std::string margin = painted(word, code, options_.colour) + std::string(label_width - columns(word), ' ');
        for (const std::string& part : wrapped(text, options_.width - label_width)) {
            text_ += margin + (text_code.empty() ? part : painted(part, text_code, options_.colour)) + '\n';
            margin.assign(label_width, ' ');
        }
    }
    /// Without a label: it goes on.
    void more(std::string_view text)
    {
        for (const std::string& part : wrapped(text, options_.width - label_width))
            text_ += std::string(label_width, ' ') + part + '\n';
    }
    /// As it is, so that an editor finds the place that it names.
    void as_it_is(const std::string& text) { text_ += text + '\n'; }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    CardOptions options_;
    std::string text_;
};

struct Shown {
    Phrase word;
    std::string_view code; // of its colour
};

Shown shown(Claim::Verdict verdict)
{
    switch (verdict) {
    case Claim::Verdict::is_true: return {Phrase::claim_true, "32;1"};
    case Claim::Verdict::is_false: return {Phrase::claim_false, "31;1"};
    case Claim::Verdict::depends: return {Phrase::claim_depends, "33;1"};
    case Claim::Verdict::undecided: break;
    }
    return {Phrase::claim_undecided, "31"};
}

std::string evidence_in_words(const Evidence& evidence, const History& history, viz::Language language)
{
    const std::string time = to_string(evidence.time);
    if (!evidence.record)
        return viz::say(language, Phrase::claim_until_the_end, time, evidence.expectation, evidence.found);
    return time + "  " + in_words(history, history.records()[*evidence.record]);
}

} // namespace

std::string claim_card(const Scenario& scenario, const Decision& decision, const History& history,
                       const CardOptions& options)
{
    const Claim& claim = *scenario.claim;
    const bool chinese = options.language == viz::Language::chinese;
    const Shown verdict = shown(decision.verdict);
    Card card(options);
    card.line(verdict.word, chinese ? claim.says_zh : claim.says, verdict.code, "1");
    if (decision.verdict == claim.verdict)
        card.more(chinese ? claim.answer_zh : claim.answer);
    else
        card.more(viz::say(options.language, Phrase::claim_not_as_asserted,
                           viz::phrase(options.language, shown(claim.verdict).word)));
    for (const Evidence& evidence : decision.evidence)
        card.line(Phrase::claim_evidence, evidence_in_words(evidence, history, options.language));
    card.line(Phrase::claim_source, claim.source);
    card.line(Phrase::claim_file, scenario.file);
    for (const Failure& failure : decision.failures)
        card.as_it_is(fmt::format("{}:{}:{}: {}\n    found: {}", scenario.file, failure.place.line,
                                  failure.place.column, failure.expectation, failure.found));
    return card.take();
}

} // namespace tcpsm::cli
