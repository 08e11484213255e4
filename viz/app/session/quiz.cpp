#include "app/session/quiz.hpp"

#include <algorithm>

#include "tcpsm/wire/notation.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {
namespace {

constexpr std::size_t choice_count = 4;

/// The first change of a connection's state in the records of a stop.
const Record* change_in(const Future& future, std::size_t position)
{
    const auto& records = future.history().records();
    for (std::size_t i = future.timeline().records_at(position - 1); i < future.timeline().records_at(position); ++i)
        if (records[i].kind == RecordKind::state && records[i].connection != 0) return &records[i];
    return nullptr;
}

/// The flags of the first segment that the host sends at a stop; empty where it sends nothing.
std::string sent_in(const Future& future, std::size_t position, HostId host)
{
    const History& history = future.history();
    for (std::size_t i = future.timeline().records_at(position - 1); i < future.timeline().records_at(position); ++i) {
        const Record& record = history.records()[i];
        if (record.kind != RecordKind::sent) continue;
        const SentSegment& sent = history.segments()[record.segment];
        if (sent.name.host == host && sent.name.copy == 0) return to_string(sent.segment.flags);
    }
    return {};
}

/// The right answer first, then others that are not the same, in the order in which they come.
void add(std::vector<std::string>& choices, std::string choice)
{
    if (choices.size() < choice_count && std::find(choices.begin(), choices.end(), choice) == choices.end())
        choices.push_back(std::move(choice));
}

std::vector<std::string> states_like(const Record& change)
{
    std::vector<std::string> choices{std::string(name(change.to))};
    // What else could follow, says the table; then the neighbours in figure 5.
    for (const Transition& row : transitions())
        if (row.from == change.from && !row.stays) add(choices, std::string(name(row.to)));
    add(choices, std::string(name(change.from)));
    for (const State state : {State::TimeWait, State::Closing, State::FinWait2, State::Established, State::Closed})
        add(choices, std::string(name(state)));
    return choices;
}

std::vector<std::string> segments_like(const std::string& right)
{
    std::vector<std::string> choices{right};
    for (const char* const flags : {"ACK", "FIN,ACK", "", "SYN,ACK", "RST", "SYN"}) add(choices, flags);
    return choices;
}

/// Always the same order for the same question, and not always the same place for the right answer.
std::size_t shuffle(std::vector<std::string>& choices, std::size_t position)
{
    const std::string right = choices.front();
    std::sort(choices.begin(), choices.end());
    std::rotate(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(position % choices.size()),
                choices.end());
    return static_cast<std::size_t>(std::find(choices.begin(), choices.end(), right) - choices.begin());
}

/// What a stop begins with, in the words of the protocol: "client.3 (FIN,ACK): ", "close(): ", "RTO: ".
std::string trigger(const Future& future, std::size_t position)
{
    const History& history = future.history();
    const Record& first = history.records()[future.timeline().records_at(position - 1)];
    switch (first.kind) {
    case RecordKind::arrived: {
        const SentSegment& sent = history.segments()[first.segment];
        return history.name(sent) + " (" + to_string(sent.segment.flags) + "): ";
    }
    case RecordKind::call: return std::string(name(first.call)) + "(): ";
    case RecordKind::timer_fired: return std::string(name(first.timer)) + ": ";
    default: return {};
    }
}

} // namespace

std::optional<std::size_t> next_change(const Future& future, std::size_t position)
{
    for (std::size_t next = position + 1; next <= future.timeline().stops().size(); ++next)
        if (change_in(future, next) != nullptr) return next;
    return std::nullopt;
}

Question question_before(const Future& future, std::size_t position)
{
    const Record& change = *change_in(future, position);
    Question question;
    question.position = position;
    question.host = change.host;
    question.connection = change.connection;
    question.state = change.from;
    // An application that calls knows itself what it does: ask for the segment. Else take turns.
    question.kind =
        change.why.event <= Event::Status || position % 3 == 0 ? Question::Kind::sends : Question::Kind::state;
    question.choices = question.kind == Question::Kind::state ? states_like(change)
                                                              : segments_like(sent_in(future, position, change.host));
    question.right = shuffle(question.choices, position);
    return question;
}

std::string question_text(const Future& future, const Question& question, Language language)
{
    const std::string& host = future.history().hosts()[question.host].name;
    const std::string happens = trigger(future, question.position);
    const bool state = question.kind == Question::Kind::state;
    return happens + say(language, state ? Phrase::predict_which_state : Phrase::predict_what_segment, host,
                         name(question.state));
}

std::string choice_text(const std::string& choice, Language language)
{
    return choice.empty() ? std::string(phrase(language, Phrase::predict_nothing)) : choice;
}

} // namespace tcpsm::viz
