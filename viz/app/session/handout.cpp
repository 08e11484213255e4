#include "app/session/handout.hpp"

#include <algorithm>

#include "app/session/quiz.hpp"
#include "explain/explain.hpp"
#include "export/svg.hpp"
#include "words/phrases.hpp"

namespace tcpsm::viz {
namespace {

// A handout of more steps is a book; the rest is said to be left out.
constexpr std::size_t most_steps = 40;

constexpr std::string_view style = R"(
body { font: 16px/1.5 "DejaVu Sans", Verdana, "Noto Sans CJK SC", sans-serif; }
body { max-width: 60em; margin: 2em auto; padding: 0 1em; color: #1b2430; background: #fff; }
section { break-after: page; margin-bottom: 3em; }
svg { max-width: 100%; max-height: 20cm; height: auto; }
h2 { font-size: 1.15em; }
li { margin: .3em 0; list-style: none; }
li::before { content: "\2610\00a0\00a0"; }
table { border-collapse: collapse; }
td, th { border-bottom: 1px solid #c8d0da; padding: .4em .8em; text-align: left; vertical-align: top; }
small { color: #5b6878; }
)";

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '&': out += "&amp;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    }
    return out;
}

/// The picture inside of a page: without what a file begins with.
std::string element(const std::string& svg)
{
    return svg.substr(std::min(svg.find("<svg"), svg.size()));
}

class Writer {
public:
    Writer(const Future& future, Language language) : future_(future), language_(language), replay_(future.scenario())
    {
        replay_.run_to_end();
    }

    std::string write()
    {
        const std::string title = escaped(future_.scenario().title);
        html_ = "<!doctype html>\n<html lang=\"" + std::string(code(language_)) +
                "\">\n<meta charset=\"utf-8\">\n<title>" + title + "</title>\n<style>" + std::string(style) +
                "</style>\n<h1>" + title + "</h1>\n";
        if (!future_.scenario().asks.empty()) html_ += "<p>" + escaped(future_.scenario().asks) + "</p>\n";
        std::size_t step = 0;
        for (auto next = next_change(future_, 0); next; next = next_change(future_, *next)) {
            if (step == most_steps) {
                html_ += "<p>" + escaped(say(language_, Phrase::handout_more, most_steps)) + "</p>\n";
                break;
            }
            add_step(++step, question_before(future_, *next));
        }
        html_ += "<section>\n<h2>" + escaped(phrase(language_, Phrase::handout_key)) + "</h2>\n<table>\n" + key_ +
                 "</table>\n</section>\n</html>\n";
        return std::move(html_);
    }

private:
    void add_step(std::size_t step, const Question& question)
    {
        // The world before the answer knows nothing of it.
        const History& history = replay_.at(question.position - 1).network.history();
        SvgOptions picture;
        picture.language = language_;
        picture.theme = SvgTheme::print;
        html_ += "<section>\n<h2>" + std::to_string(step) + ". " +
                 escaped(question_text(future_, question, language_)) + "</h2>\n" +
                 element(ladder_svg(history, picture)) + "<ul>\n";
        for (const std::string& choice : question.choices)
            html_ += "<li>" + escaped(choice_text(choice, language_)) + "</li>\n";
        html_ += "</ul>\n</section>\n";
        add_answer(step, question);
    }

    void add_answer(std::size_t step, const Question& question)
    {
        const std::uint32_t moment = moment_behind(future_, question.position);
        const Explanation why = explain_moment(future_.history(), future_.story(), moment, language_);
        key_ += "<tr><td>" + std::to_string(step) + "</td><td><b>" +
                escaped(choice_text(question.choices[question.right], language_)) + "</b></td><td>" +
                escaped(why.headline);
        if (!why.reference.empty()) key_ += "<br><small>" + escaped(why.reference) + "</small>";
        key_ += "</td></tr>\n";
    }

    const Future& future_;
    Language language_;
    Timeline replay_; // the future that is shown stays where it stands
    std::string html_;
    std::string key_;
};

} // namespace

std::string handout(const Future& future, Language language)
{
    return Writer(future, language).write();
}

} // namespace tcpsm::viz
