#include <functional>
#include <optional>

#include <gtest/gtest.h>

#include "inventory/observer/composer.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/worlds_dice.hpp"

/// A VM in a cloud that is asked as it really is: every host and the database at moments of their own, each
/// answer true of some moment while it was under way. Whatever happens in good order, nothing false is shown.
namespace inventory::observer {
namespace {

using namespace std::chrono_literals;
using support::Dice;
using support::host_id;
using support::now;

constexpr Duration tick = 100ms;
constexpr Duration longest_until_heard = 25s;  ///< two questions and the pauses before them
constexpr std::uint64_t hosts_in_all = 3;

/// What is so, whether or not anybody has seen it.
struct Truth {
    VmRecord record = support::a_vm();
    std::optional<HostId> alive_on = host_id(1);

    Truth() { record.update_time = now + 1h; }  // no transition is stuck

    void set(VmState state, std::optional<HostId> host) {
        record.state = state;
        record.host = host;
        ++record.update_count;
    }
};

/// One question, asked again and again: `look` happens somewhere between the question and its answer. Where
/// silence may be, there is no answer now and then, but never twice in succession.
template <class Answer>
class Question {
public:
    bool may_be_silent = false;

    /// Goes on to `at`; true when an answer has just come.
    bool advance(Dice& dice, Time at, const std::function<Answer()>& look) {
        if (!asked_at_ && at >= next_) {
            asked_at_ = at;
            looks_at_ = at + dice.roll(15) * tick;
            answers_at_ = looks_at_ + dice.roll(15) * tick;
            seen_.reset();
        }
        if (asked_at_ && !seen_ && at >= looks_at_) {
            seen_ = look();
        }
        if (!asked_at_ || at < answers_at_) {
            return false;
        }
        is_silent_ = may_be_silent && !is_silent_ && dice.one_in(4);
        if (!is_silent_) {
            answer_ = std::pair{*asked_at_, *seen_};
        }
        asked_at_.reset();
        next_ = at + dice.roll(80) * tick;
        return true;
    }

    /// The last one that came.
    [[nodiscard]] const auto& answer() const { return answer_; }
    [[nodiscard]] bool is_silent() const { return is_silent_; }

private:
    Time next_;
    std::optional<Time> asked_at_;
    Time looks_at_;
    Time answers_at_;
    std::optional<Answer> seen_;
    std::optional<std::pair<Time, Answer>> answer_;
    bool is_silent_ = false;
};

/// Lets time pass over one VM, and composes whenever an answer comes.
class Passage {
public:
    explicit Passage(std::uint64_t seed) : dice_(seed) {}

    Truth truth;

    Dice& dice() { return dice_; }

    void let_hosts_fall_silent() {
        for (auto& host : hosts_) {
            host.may_be_silent = true;
        }
    }

    void pass(Duration time, const std::function<void(const Verdict&)>& law) {
        for (const auto end = at_ + time; at_ < end; at_ += tick) {
            if (!advance()) {
                continue;
            }
            const auto snapshot = composer_.compose(evidence(), at_);
            if (snapshot.records) {
                law(snapshot.judged.at(0).verdict);
            }
        }
    }

private:
    bool advance() {
        bool answered = records_.advance(dice_, at_, [this] { return truth.record; });
        for (std::uint64_t i = 0; i < hosts_in_all; ++i) {
            const auto look = [this, i] { return truth.alive_on == host_id(i + 1); };
            answered = hosts_.at(i).advance(dice_, at_, look) || answered;
        }
        return answered;
    }

    [[nodiscard]] Evidence evidence() const {
        Evidence evidence;
        if (const auto& read = records_.answer()) {
            auto records = support::a_cloud();
            records.read_at = read->first;
            records.vms = {read->second};
            evidence.records = std::make_shared<const CloudRecords>(std::move(records));
        }
        for (std::uint64_t i = 0; i < hosts_in_all; ++i) {
            if (const auto& answer = hosts_.at(i).answer()) {
                auto witness = support::a_witness(host_id(i + 1));
                witness.asked_at = answer->first;
                witness.up = !hosts_.at(i).is_silent();
                if (answer->second) {
                    witness.domains = {support::domain_of(truth.record)};
                }
                evidence.witnesses[witness.host] = std::make_shared<const HostWitness>(std::move(witness));
            }
        }
        return evidence;
    }

    Dice dice_;
    Time at_ = now;
    Composer composer_{{}};
    Question<VmRecord> records_;
    std::array<Question<bool>, hosts_in_all> hosts_;
};

void on_random_passages(const std::function<void(Passage&)>& law) {
    constexpr std::uint64_t runs_in_dev = 60;
    const auto seed = support::first_seed();
    for (auto world = seed; world < seed + support::property_runs(runs_in_dev); ++world) {
        Passage passage{world};
        law(passage);
        ASSERT_FALSE(::testing::Test::HasFailure())
            << "WARDEN_PROPERTY_SEED=" << world << " WARDEN_PROPERTY_RUNS=1";
    }
}

/// As long as every host is heard at least once between two moves.
TEST(ComposerProperty, a_vm_that_moves_behind_cloudstacks_back_is_never_dead_nor_twice_alive) {
    on_random_passages([](Passage& passage) {
        const auto law = [](const Verdict& verdict) {
            EXPECT_NE(verdict.kind, DriftKind::stopped_out_of_band) << verdict.reason;
            EXPECT_NE(verdict.kind, DriftKind::duplicate_running) << verdict.reason;
            EXPECT_NE(verdict.shown, HypervisorState::absent) << verdict.reason;
        };
        passage.let_hosts_fall_silent();
        passage.pass(passage.dice().roll(120) * tick, law);  // not everybody was asked at its end
        for (int moves = 0; moves < 8; ++moves) {
            passage.pass(moves == 0 ? 0s : longest_until_heard + passage.dice().roll(100) * tick, law);
            passage.truth.alive_on = host_id(1 + passage.dice().roll(hosts_in_all));
        }
    });
}

/// As long as every host is heard at least once while the VM runs, and once while it is stopped. A life, or a
/// rest, that no host was heard in may show as a drift until the record is read again: that is why grace, and
/// the facts read afresh (hosts first, then the record), stand between a drift and a remedy.
TEST(ComposerProperty, what_cloudstack_does_in_its_order_is_never_a_drift) {
    on_random_passages([](Passage& passage) {
        const auto law = [](const Verdict& verdict) {
            EXPECT_TRUE(verdict.kind == DriftKind::none || verdict.kind == DriftKind::unknown)
                << verdict.reason;
        };
        passage.let_hosts_fall_silent();
        auto& truth = passage.truth;
        const auto wait = [&] {
            passage.pass(passage.dice().roll(passage.dice().one_in(2) ? 4 : 200) * tick, law);
        };
        const auto settle = [&] { passage.pass(longest_until_heard + passage.dice().roll(100) * tick, law); };
        for (int cycle = 0; cycle < 10; ++cycle) {
            settle();
            truth.set(VmState::stopping, truth.record.host);
            wait();
            truth.alive_on.reset();
            wait();
            truth.set(VmState::stopped, std::nullopt);
            settle();
            const auto host = host_id(1 + passage.dice().roll(hosts_in_all));
            truth.set(VmState::starting, host);
            wait();
            truth.alive_on = host;
            wait();
            truth.set(VmState::running, host);
        }
    });
}

TEST(ComposerProperty, a_death_is_seen_once_everybody_was_asked_again) {
    on_random_passages([](Passage& passage) {
        passage.pass(30s, [](const Verdict&) {});
        passage.truth.alive_on.reset();
        auto kind = DriftKind::none;
        passage.pass(40s, [&kind](const Verdict& verdict) { kind = verdict.kind; });
        EXPECT_EQ(kind, DriftKind::stopped_out_of_band);
    });
}

}  // namespace
}  // namespace inventory::observer
