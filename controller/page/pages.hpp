#pragma once

#include <string>

#include "controller/api/explainer.hpp"
#include "controller/journal/journal.hpp"
#include "controller/page/html.hpp"
#include "controller/page/status.hpp"

// Each page as a pure function of what it shows.
namespace controller::page {

std::string status_page(const Status& status, const PageHead& head);

/// One action with all that an operator needs to decide on it.
struct ActionView {
    inventory::Time now;
    ActionLine line;
    Mode mode = Mode::observe;
    std::vector<GuardVerdict> verdicts;  ///< all guards
    std::vector<journal::Step> steps;
    std::vector<Attempt> attempts;
    std::optional<World> world;  ///< now, of one that waits still; nullopt: unknown
    std::string trouble;         ///< why something of it could not be read
};
std::string action_page(const ActionView& view, const PageHead& head);

/// A VM as it is now.
std::string vm_page(const api::Explanation& explanation, const PageHead& head);

/// What is to be paused: a scope's word and its subject.
std::string pause_page(const std::string& scope, const std::string& subject, const PageHead& head);
std::string end_pause_page(const PauseLine& pause, const PageHead& head);
/// `trouble`: why the last try failed; empty: this is the first.
std::string sign_in_page(const std::string& trouble);
/// What went wrong, or was done, and how to go on.
std::string notice_page(const std::string& title, const std::string& sentence, const PageHead& head);

}  // namespace controller::page
