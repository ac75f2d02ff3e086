#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "controller/loop/judgement.hpp"
#include "controller/loop/surroundings.hpp"
#include "controller/model/world.hpp"

namespace controller::loop {

/// Carries a task out, now or later, on any thread.
using Execute = std::function<void(std::function<void()>)>;

/// What is done in one round. The journal is the whole state: what is forgotten in a crash is read again.
/// Each step judges every waiting action on the shared snapshot, and hands out those that may act and every
/// attempt whose outcome nobody wrote down: one task at a time per VM. A controller that does not hold the
/// lease leaves the journal's actions alone.
class ControlLoop {
public:
    ControlLoop(Surroundings around, LoopSettings settings, Execute execute);

    /// From the next round on, decisions go by these. From any thread.
    void take_over(LoopSettings settings);

    /// One round. Always from the same thread: it owns the decisions.
    void step();

private:
    std::shared_ptr<const CloudIndex> look();
    void settle_open_attempts();
    void judge_waiting_actions(const std::shared_ptr<const CloudIndex>& cloud);
    void judge(const Action& waiting, const StepFacts& facts);
    bool end_if_overtaken(const Action& waiting, const World& world);
    Action note_first_decision(const Action& waiting, const World& world, const Decision& decision);
    bool keep_news(const Action& action, const World& world, const Decision& decision);
    void count();
    void hand_out(const std::string& vm_uuid, std::function<void()> task);
    void hand_out_move(const std::string& vm_uuid, std::function<void()> task);
    [[nodiscard]] bool is_in_flight(const std::string& vm_uuid);
    [[nodiscard]] std::set<std::string> in_flight();

    Surroundings around_;
    std::shared_ptr<const LoopSettings> settings_;  ///< of this round; tasks keep those they began with
    Execute execute_;
    std::map<std::uint64_t, std::string> noted_;  ///< action -> refusing guards as last noted

    std::mutex mutex_;
    std::shared_ptr<const LoopSettings> newest_settings_;  ///< guarded by mutex_
    std::set<std::string> in_flight_;  ///< VM uuids that a task works on; guarded by mutex_
    std::size_t moving_ = 0;           ///< tasks that make a move; guarded by mutex_
};

}  // namespace controller::loop
