// Predict, then reveal.

#include "app/session/session.hpp"

namespace tcpsm::viz {

void Session::apply_one(const command::Predict& c)
{
    if (!empty() && here().in_numbers()) return; // no single change stands out
    predicting_ = c.on;
    question_.reset();
    score_ = {};
}

/// Where a question stands before a position, the run is held there.
bool Session::ask_before(std::size_t position)
{
    if (!predicting_ || here().in_numbers()) return false;
    if (held()) return true;
    const auto change = next_change(here(), here().position());
    if (!change || *change > position) return false;
    here().wait_before(*change);
    take_along();
    question_ = question_before(here(), *change);
    playing_ = false;
    return true;
}

void Session::apply_one(const command::Answer& c)
{
    if (!held() || c.choice >= question_->choices.size()) return;
    question_->answered = c.choice;
    ++(c.choice == question_->right ? score_.right : score_.wrong);
    here().go_to(question_->position); // the reason is shown with what happens
    take_along();
}

void Session::apply_one(const command::Continue&)
{
    if (!question_) return;
    const bool answered = question_->answered.has_value();
    const std::size_t position = question_->position;
    question_.reset();
    if (!answered) here().go_to(position); // passed over: it counts neither way
    take_along();
}

} // namespace tcpsm::viz
