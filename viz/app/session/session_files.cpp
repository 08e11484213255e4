// The open file, its text, and what is written.

#include "app/session/session.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>
#include <variant>

#include "app/session/handout.hpp"
#include "export/svg.hpp"
#include "export/svg_counts.hpp"

namespace tcpsm::viz {
namespace {

/// The first of name.svg, name-2.svg, name-3.svg and so on that is not there yet.
std::string free_name(const std::string& name, const std::string& extension, int first = 1)
{
    constexpr int most = 1000; // then it is for the user to find another
    for (int number = first;; ++number) {
        std::string path = name;
        if (number > 1) path.append("-").append(std::to_string(number));
        path += extension;
        std::error_code ignored;
        if (number == most || !std::filesystem::exists(path, ignored)) return path;
    }
}

} // namespace

/// What stands in the field of an overlay that asks for a file when it opens.
std::string Session::suggested_path(Overlay overlay) const
{
    std::string name = std::filesystem::path(path_).stem().string();
    if (name.empty()) name = "tcpsm";
    switch (overlay) {
    case Overlay::save_as: return free_name(name, ".yaml", 2); // the first is the file itself, wherever it is
    case Overlay::picture: return free_name(name, ".svg");
    case Overlay::handout: return free_name(name + "-handout", ".html");
    default: return {};
    }
}

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
    file_of_futures_ = path_;
    look_.only.reset();
    look_.scroll = 0;
    look_.zoom = 1;
    look_.follow = true;
    show_text_of_current();
}

/// The file's own future is another one from now on. The others are as they were, and one stands at the same time.
void Session::replace_original(Scenario scenario, std::string text)
{
    const Time now = current().now();
    futures_.front() = std::make_unique<Future>(next_id_++, std::move(scenario), std::move(text), std::string());
    futures_.front()->run_ahead(steps_a_tick);
    if (shown_ == 0) {
        selected_ = none;
        question_.reset();
        here().go_to(now);
        show_text_of_current();
        if (look_.only && look_.only->host >= current().history().hosts().size()) look_.only.reset();
    }
    mark_difference();
    take_along();
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
    changed_on_disk_ = false;
    notice_.reset();
    if (auto* const scenario = std::get_if<Scenario>(&opened.read)) {
        text_of_file_ = opened.text;
        begin(std::move(*scenario), std::move(opened.text));
    } else {
        refuse(std::move(opened));
    }
}

/// The text is shown with its error; the last good run stays.
void Session::refuse(OpenedFile opened)
{
    const auto& error = std::get<ScenarioError>(opened.read);
    notice_ = Notice{error.message(), true};
    if (opened.text.empty() || !shows_text_of_file()) return;
    text_of_file_ = opened.text;
    text_ = std::move(opened.text);
    text_error_ = error;
    text_edited_ = true;
    look_.tab = Tab::text;
}

/// It is read again, unless what somebody wrote would be lost.
void Session::file_changed()
{
    const bool unsaved = text_edited_ && text_ != text_of_file_;
    if (!unsaved || !shows_text_of_file()) return apply_one(command::Reload{});
    if (!changed_on_disk_) say(Phrase::notice_changed_on_disk);
    changed_on_disk_ = true; // it is asked for again, until there is nothing to lose
}

void Session::apply_one(const command::Reload&)
{
    if (path_.empty()) return;
    OpenedFile opened = open_scenario(path_);
    changed_on_disk_ = false;
    playing_ = false;
    auto* const scenario = std::get_if<Scenario>(&opened.read);
    if (scenario == nullptr) return refuse(std::move(opened));
    text_of_file_ = opened.text;
    if (empty() || file_of_futures_ != path_)
        begin(std::move(*scenario), std::move(opened.text));
    else
        replace_original(std::move(*scenario), std::move(opened.text));
    say(futures_.size() > 1 ? Phrase::notice_reloaded_kept : Phrase::notice_reloaded);
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
    const Future& future = current();
    write(c.path, future.in_numbers() ? counts_svg(future.history().hosts(), future.census().plots(), options)
                                      : ladder_svg(future.history(), options));
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
    if (here().in_numbers()) return say(Phrase::notice_numbers_no_handout, true);
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
