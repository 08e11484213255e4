#pragma once
// What the window is about: the open file, its futures, where one stands in them, and what is shown. Panels read it and
// ask for changes by commands; nothing else changes it.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/commands.hpp"
#include "app/session/future.hpp"
#include "app/session/gallery.hpp"
#include "app/session/look.hpp"
#include "app/session/quiz.hpp"

namespace tcpsm::viz {

/// Something to be read by the user, once.
struct Notice {
    std::string text;
    bool error = false;
};

struct SessionOptions {
    std::filesystem::path scenarios; ///< the gallery's folder; may be empty
    Look look{};
};

class Session {
public:
    /// Where stretches in which nothing happens are folded, playing takes so many seconds for each at most.
    static constexpr double fold_seconds = 1.2;
    /// Where nothing but numbers is told, playing the whole run takes so many seconds at most.
    static constexpr double numbers_seconds = 30;

    explicit Session(const SessionOptions& options);

    void apply(const Command& command);
    void apply(const Commands& commands)
    {
        for (const Command& one : commands) apply(one);
    }
    /// Real time goes on: what plays moves, what is not yet run runs on, a changed file is read again.
    void tick(double seconds);

    [[nodiscard]] const std::vector<GalleryEntry>& gallery() const { return gallery_; }
    [[nodiscard]] const Look& look() const { return look_; }
    [[nodiscard]] bool playing() const { return playing_; }
    [[nodiscard]] double speed() const { return speed_; }
    /// How fast it plays: not slower than its time mode wants.
    [[nodiscard]] double pace() const;
    [[nodiscard]] bool quits() const { return quits_; }

    // ---- futures: the first is the file's own
    [[nodiscard]] bool empty() const { return futures_.empty(); }
    [[nodiscard]] std::size_t future_count() const { return futures_.size(); }
    [[nodiscard]] const Future& future(std::size_t index) const { return *futures_[index]; }
    [[nodiscard]] std::size_t shown() const { return shown_; }
    [[nodiscard]] const Future& current() const { return *futures_[shown_]; }
    /// The future that stands beside the one that is shown; nothing where none does.
    [[nodiscard]] const Future* compared() const { return compared_ ? futures_[*compared_].get() : nullptr; }
    [[nodiscard]] std::optional<std::size_t> compared_index() const { return compared_; }

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::uint32_t selected() const { return selected_; } ///< segment, or `none`
    /// The segment that panels speak of: the selected one, else the last that left or arrived.
    [[nodiscard]] std::uint32_t segment() const;
    /// The host that "without TIME-WAIT" is about: the one that gets into it; no_host where none does.
    [[nodiscard]] HostId time_wait_host() const;
    /// The ends of a rare case, where it can be caused now.
    [[nodiscard]] std::optional<Ends> ends_for(RareCase which) const;

    // ---- the text of the scenario that is shown
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::optional<ScenarioError>& text_error() const { return text_error_; }
    [[nodiscard]] bool text_edited() const { return text_edited_; }
    /// The file has changed, and was not read again, for the text has been edited, too.
    [[nodiscard]] bool changed_on_disk() const { return changed_on_disk_; }

    [[nodiscard]] const std::optional<Notice>& notice() const { return notice_; }
    /// Something that the platform has to say.
    void tell(std::string note) { notice_ = Notice{std::move(note), false}; }

    // ---- predict, then reveal
    [[nodiscard]] bool predicting() const { return predicting_; }
    [[nodiscard]] const std::optional<Question>& question() const { return question_; }
    [[nodiscard]] const Score& score() const { return score_; }

    /// A picture of the window is wanted at this path; asked once by the one who can draw it.
    [[nodiscard]] std::string take_wanted_picture();
    [[nodiscard]] bool wants_picture() const { return !wanted_picture_.empty(); }
    /// What became of it: the error is empty where it is written.
    void picture_written(const std::string& path, const std::string& error);

private:
    /// A run that is not over is run on by so much a frame.
    static constexpr std::size_t steps_a_tick = 4096;
    /// Who asks for the end of a run in numbers waits for some seconds at most.
    static constexpr std::size_t steps_to_end = 1'000'000;

    void apply_one(const command::Play& c);
    void apply_one(const command::Speed& c);
    void apply_one(const command::StepBy& c);
    void apply_one(const command::GoTo& c);
    void apply_one(const command::GoToPosition& c);
    void apply_one(const command::GoToStart& c);
    void apply_one(const command::GoToEnd& c);
    void apply_one(const command::Select& c);
    void apply_one(const command::SetLook& c);
    void apply_one(const command::Zoom& c);
    void apply_one(const command::Scroll& c);
    void apply_one(const command::OpenFile& c);
    void apply_one(const command::Reload& c);
    void apply_one(const command::SaveFuture& c);
    void apply_one(const command::ExportPicture& c);
    void apply_one(const command::ExportHandout& c);
    void apply_one(const command::EditText& c);
    void apply_one(const command::RunText& c);
    void apply_one(const command::TouchSegment& c);
    void apply_one(const command::UserCall& c);
    void apply_one(const command::ChangeWorld& c);
    void apply_one(const command::CauseRareCase& c);
    void apply_one(const command::WithoutTimeWait& c);
    void apply_one(const command::ShowFuture& c);
    void apply_one(const command::Compare& c);
    void apply_one(const command::CloseFuture& c);
    void apply_one(const command::Predict& c);
    void apply_one(const command::Answer& c);
    void apply_one(const command::Continue& c);
    void apply_one(const command::Dismiss& c);
    void apply_one(const command::Quit& c);

    Future& here() { return *futures_[shown_]; }
    void begin(Scenario scenario, std::string text);
    void replace_original(Scenario scenario, std::string text);
    void refuse(OpenedFile opened);
    void file_changed();
    [[nodiscard]] bool shows_text_of_file() const { return shown_ == 0 || file_of_futures_ != path_; }
    [[nodiscard]] std::string suggested_path(Overlay overlay) const;
    void fork(Scenario scenario, std::string label, Time stand);
    void mark_difference();
    void show_text_of_current();
    void move_to(std::size_t position);
    void move_to(Time time);
    void advance(double seconds);
    void advance_in_numbers(double seconds);
    void take_along(); // the other future stands at the same time
    [[nodiscard]] bool held() const { return question_ && !question_->answered; }
    bool ask_before(std::size_t position);
    void say(Phrase what, bool error = false);
    template <class... Args>
    void say(bool error, Phrase what, const Args&... args)
    {
        notice_ = Notice{viz::say(look_.language, what, args...), error};
    }
    void write(const std::string& path, const std::string& content);

    std::vector<GalleryEntry> gallery_;
    Look look_;
    std::string path_;
    std::string file_of_futures_; // the path, but while a file that does not read is open: the last one that did
    FileWatch watch_;
    double since_watched_ = 0;

    std::vector<std::unique_ptr<Future>> futures_;
    std::uint32_t next_id_ = 0;
    std::size_t shown_ = 0;
    std::optional<std::size_t> compared_;
    bool playing_ = false;
    double speed_ = 0.1;
    std::uint32_t selected_ = none;

    std::string text_;
    std::string text_of_file_; // when it was last read
    bool text_edited_ = false;
    bool changed_on_disk_ = false;
    std::optional<ScenarioError> text_error_;

    std::optional<Notice> notice_;
    std::string wanted_picture_;
    bool quits_ = false;

    bool predicting_ = false;
    std::optional<Question> question_;
    Score score_;
};

} // namespace tcpsm::viz
