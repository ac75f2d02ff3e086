#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "controller/journal/operators.hpp"
#include "tests/support/fake_journal.hpp"

namespace test_support {

/// Operators' words in memory, beside a fake journal; keeps the contract of the real one (both pass the same
/// tests). It can be told to fail.
class FakeOperators : public controller::journal::Operators {
public:
    template <class T>
    using Result = inventory::Result<T>;
    using Time = inventory::Time;
    using Action = controller::Action;
    using Word = controller::Word;

    explicit FakeOperators(FakeJournal& journal) : journal_(journal) {}

    /// From now on every call gives this error; nullopt ends that.
    void fail_with(std::optional<inventory::Error> error);
    /// Called at the beginning of each reading of words, with how many there have been since now.
    void before_reading(std::function<void(int)> hook) {
        before_reading_ = std::move(hook);
        readings_ = 0;
    }

    Result<controller::journal::OperatorsWords> words_on(const Action& action, Time now) override;
    Result<controller::journal::OperatorsWords> words_on_open_actions(Time now) override;
    Result<std::vector<controller::Pause>> pauses(const controller::journal::PauseFilter& filter) override;
    Result<controller::Pause> pause(const controller::Pause& wanted) override;
    Result<std::optional<controller::Pause>> end_pause(std::uint64_t id, const Word& word) override;
    Result<controller::Approval> approve(const Action& action, const Word& word, Time expires_at) override;
    Result<controller::Lift> lift(const Action& action, const std::string& guard, const Word& word,
                                  Time until) override;
    Result<controller::Acknowledgement> acknowledge(const std::string& vm_uuid, const Word& word) override;
    Result<Action> cancel(const Action& action, const Word& word) override;

private:
    /// On the actions and VMs that it is asked about.
    [[nodiscard]] controller::journal::OperatorsWords words(const std::vector<Action>& actions,
                                                            Time now) const;
    void announce_reading();
    [[nodiscard]] inventory::Status working() const;
    [[nodiscard]] inventory::Status ready(const Word& word, std::optional<Time> until) const;

    FakeJournal& journal_;
    mutable std::mutex mutex_;
    std::optional<inventory::Error> failure_;
    std::function<void(int)> before_reading_;
    int readings_ = 0;
    std::vector<controller::Pause> pauses_;  // the id is the position + 1
    std::vector<controller::Approval> approvals_;
    std::vector<controller::Lift> lifts_;
    std::vector<controller::Acknowledgement> acknowledgements_;
};

}  // namespace test_support
