// The open file, its text, and what is written.

#include "app/session/session.hpp"

#include <fstream>
#include <memory>
#include <utility>
#include <variant>

#include "app/session/handout.hpp"
#include "export/svg.hpp"

namespace tcpsm::viz {

void Session::begin(Scenario scenario, std::string text)
{
    futures_.clear();
    compared_.reset();
    shown_ = 0;
    selected_ = none;
    question_.reset();
    score_ = {};
    futures_.push_back(std::make_unique<Future>(next_id_++, std::move(scenario), std::move(text), std::string()));
    futures_.back()->run_ahead(steps_a_tick);
    look_.only.reset();
    look_.scroll = 0;
    look_.zoom = 1;
    look_.follow = true;
    show_text_of_current();
}

void Session::show_text_of_current()
{
    text_ = current().text();
    text_edited_ = false;
    text_error_.reset();
}

void Session::apply_one(const command::OpenFile& c)
{
    OpenedFile opened = open_scenario(c.path);
    path_ = c.path;
    watch_ = FileWatch(c.path);
    playing_ = false;
    notice_.reset();
    if (auto* const scenario = std::get_if<Scenario>(&opened.read)) {
        begin(std::move(*scenario), std::move(opened.text));
    } else {
        const auto& error = std::get<ScenarioError>(opened.read);
        notice_ = Notice{error.message(), true};
        if (opened.text.empty()) return; // the last good run and its text stay
        text_ = std::move(opened.text);
        text_error_ = error;
        text_edited_ = true;
        look_.tab = Tab::text;
    }
}

/// The file has changed: where it reads, its run takes the place of the old one, and one stands at the same time.
void Session::apply_one(const command::Reload&)
{
    if (path_.empty()) return;
    const Time now = empty() ? Time{} : current().now();
    const Look look = look_;
    apply_one(command::OpenFile{path_});
    if (notice_ || empty()) return;
    look_ = look;
    here().go_to(now);
    say(Phrase::notice_reloaded);
}

void Session::write(const std::string& path, const std::string& content)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file)
        say(true, Phrase::notice_cannot_write, path);
    else
        say(false, Phrase::notice_written, path);
}

void Session::apply_one(const command::SaveFuture& c)
{
    if (empty()) return;
    write(c.path, current().text());
    look_.overlay = Overlay::nothing;
}

void Session::apply_one(const command::ExportPicture& c)
{
    if (empty()) return;
    look_.overlay = Overlay::nothing;
    if (!c.path.ends_with(".svg")) {
        wanted_picture_ = c.path;
        return;
    }
    here().run_to_end();
    SvgOptions options;
    options.title = current().scenario().title;
    options.asks = current().scenario().asks;
    options.language = look_.language;
    write(c.path, ladder_svg(current().history(), options));
}

void Session::picture_written(const std::string& path, const std::string& error)
{
    say(!error.empty(), error.empty() ? Phrase::notice_written : Phrase::notice_cannot_write, path);
}

std::string Session::take_wanted_picture()
{
    return std::exchange(wanted_picture_, {});
}

void Session::apply_one(const command::ExportHandout& c)
{
    if (empty()) return;
    look_.overlay = Overlay::nothing;
    here().run_to_end();
    write(c.path, handout(current(), look_.language));
}

void Session::apply_one(const command::EditText& c)
{
    text_ = c.text;
    text_edited_ = empty() || text_ != current().text();
    auto read = read_scenario(text_, path_);
    text_error_.reset();
    if (const auto* const error = std::get_if<ScenarioError>(&read)) text_error_ = *error;
}

void Session::apply_one(const command::RunText&)
{
    auto read = read_scenario(text_, path_);
    auto* const scenario = std::get_if<Scenario>(&read);
    if (scenario == nullptr) return;
    if (empty()) return begin(std::move(*scenario), text_);
    const std::string text = text_;
    const Time now = current().now();
    fork(std::move(*scenario), std::string(phrase(look_.language, Phrase::fork_edited)), now);
    // The comments of whoever edited it stay.
    text_ = text;
    text_edited_ = false;
}

} // namespace tcpsm::viz
