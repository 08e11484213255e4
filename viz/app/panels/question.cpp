// Predict, then reveal.

#include "app/panels/panels.hpp"
#include "app/widgets.hpp"

namespace tcpsm::viz {
namespace {

std::string choice_label(const View& view, const Question& question, std::size_t i)
{
    std::string label = std::to_string(i + 1) + "  " + choice_text(question.choices[i], view.language());
    if (question.answered && i == question.right) label += "  ✓";
    if (question.answered && i == *question.answered && i != question.right) label += "  ✗";
    return label;
}

void draw_choices(const View& view, const Question& question, Commands& commands)
{
    for (std::size_t i = 0; i < question.choices.size(); ++i) {
        const std::string label = choice_label(view, question, i);
        if (i > 0) flow(view, button_width(view, label));
        ButtonStyle style;
        style.enabled = !question.answered;
        style.on = question.answered && i == question.right;
        style.danger = question.answered && i == *question.answered && i != question.right;
        if (button(view, "answer." + std::to_string(i), label, style)) commands.push_back(command::Answer{i});
    }
}

} // namespace

void draw_question(const View& view, Commands& commands)
{
    const Score& score = view.session.score();
    text_line(view, view.text(Phrase::predict_score, score.right, score.wrong), view.fonts.small, view.theme.faint);
    const auto& question = view.session.question();
    if (!question) {
        text_wrapped(view, view.text(Phrase::predict_go_on), view.fonts.regular, view.theme.faint);
        return;
    }
    text_wrapped(view, question_text(view.session.current(), *question, view.language()), view.fonts.bold,
                 view.theme.text);
    draw_choices(view, *question, commands);
    const std::string_view go_on = view.text(question->answered ? Phrase::predict_next : Phrase::predict_skip);
    flow(view, button_width(view, go_on));
    if (button(view, "answer.next", go_on, {.primary = question->answered.has_value()}))
        commands.push_back(command::Continue{});
    if (!question->answered) return;
    const bool right = *question->answered == question->right;
    text_wrapped(view, view.text(right ? Phrase::predict_right : Phrase::predict_wrong), view.fonts.bold,
                 right ? view.theme.good.text : view.theme.error.text);
}

} // namespace tcpsm::viz
