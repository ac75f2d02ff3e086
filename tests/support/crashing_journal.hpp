#pragma once

#include <functional>

#include "controller/journal/journal.hpp"

namespace test_support {

/// A journal whose process dies at its n-th write: that write is lost (`before`) or durable though its caller
/// never hears of it (`after`), and nothing is read or written from then on. What is durable is in `inner`.
class CrashingJournal : public controller::journal::Journal {
public:
    enum class Moment { before, after };

    CrashingJournal(controller::journal::Journal& inner, int at_write, Moment moment)
        : inner_(inner), left_(at_write), moment_(moment) {}

    [[nodiscard]] bool crashed() const { return crashed_; }

    inventory::Result<controller::journal::Reception> receive(const controller::Alert& alert,
                                                              controller::Remedy remedy,
                                                              inventory::Time now) override {
        return write<controller::journal::Reception>([&] { return inner_.receive(alert, remedy, now); });
    }
    inventory::Result<std::size_t> resolve(const controller::Alert& alert, inventory::Time now) override {
        return write<std::size_t>([&] { return inner_.resolve(alert, now); });
    }
    inventory::Result<controller::Action> advance(const controller::Action& action,
                                                  controller::ActionState to, std::string_view note,
                                                  inventory::Time now) override {
        return write<controller::Action>([&] { return inner_.advance(action, to, note, now); });
    }
    inventory::Result<std::uint64_t> keep_evidence(std::uint64_t action_id,
                                                   const controller::journal::Evidence& evidence) override {
        return write<std::uint64_t>([&] { return inner_.keep_evidence(action_id, evidence); });
    }
    inventory::Result<controller::Attempt> begin_attempt(const controller::Action& action,
                                                         const controller::journal::Intent& intent,
                                                         inventory::Time now) override {
        return write<controller::Attempt>([&] { return inner_.begin_attempt(action, intent, now); });
    }
    inventory::Status note_job(std::uint64_t attempt_id, const controller::journal::NotedJob& job) override {
        return write<void>([&] { return inner_.note_job(attempt_id, job); });
    }
    inventory::Status end_attempt(const controller::Attempt& attempt,
                                  const controller::journal::Ending& ending, inventory::Time now) override {
        return write<void>([&] { return inner_.end_attempt(attempt, ending, now); });
    }

    inventory::Result<std::optional<controller::Action>> find(std::uint64_t id) override {
        return read<std::optional<controller::Action>>([&] { return inner_.find(id); });
    }
    inventory::Result<std::vector<controller::Action>> list(
        const controller::journal::ActionFilter& filter) override {
        return read<std::vector<controller::Action>>([&] { return inner_.list(filter); });
    }
    inventory::Result<std::vector<controller::journal::Step>> steps(std::uint64_t action_id) override {
        return read<std::vector<controller::journal::Step>>([&] { return inner_.steps(action_id); });
    }
    inventory::Result<std::vector<controller::journal::Evidence>> evidence(std::uint64_t action_id) override {
        return read<std::vector<controller::journal::Evidence>>([&] { return inner_.evidence(action_id); });
    }
    inventory::Result<std::vector<controller::Attempt>> attempts_on(const std::string& vm_uuid) override {
        return read<std::vector<controller::Attempt>>([&] { return inner_.attempts_on(vm_uuid); });
    }
    inventory::Result<std::vector<controller::Attempt>> attempts_on_open_vms() override {
        return read<std::vector<controller::Attempt>>([&] { return inner_.attempts_on_open_vms(); });
    }
    inventory::Result<std::vector<controller::Attempt>> attempts_without_outcome() override {
        return read<std::vector<controller::Attempt>>([&] { return inner_.attempts_without_outcome(); });
    }
    inventory::Result<std::map<controller::ActionState, std::uint64_t>> count_by_state() override {
        return read<std::map<controller::ActionState, std::uint64_t>>(
            [&] { return inner_.count_by_state(); });
    }

private:
    template <class T>
    inventory::Result<T> write(const std::function<inventory::Result<T>()>& call) {
        if (crashed_) {
            return gone<T>();
        }
        if (--left_ > 0) {
            return call();
        }
        crashed_ = true;
        if (moment_ == Moment::after) {
            (void)call();
        }
        return gone<T>();
    }

    template <class T>
    inventory::Result<T> read(const std::function<inventory::Result<T>()>& call) {
        return crashed_ ? gone<T>() : call();
    }

    template <class T>
    static inventory::Result<T> gone() {
        return inventory::failure("the process is gone");
    }

    controller::journal::Journal& inner_;
    int left_;
    Moment moment_;
    bool crashed_ = false;
};

}  // namespace test_support
