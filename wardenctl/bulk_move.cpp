#include "wardenctl/bulk_move.hpp"

#include <algorithm>
#include <map>

namespace wardenctl {
namespace {

using inventory::Result;
using inventory::Status;
using inventory::Time;

/// One line on its way.
struct Item {
    const MoveLine* line = nullptr;
    CheckedLine checked;
    enum class Stand { waiting, under_way, moved, there, failed } stand = Stand::waiting;
    bool has_failed_before = false;  ///< and left its VM untouched: it is asked for anew
    Time begun;
};

/// Of an action: nothing comes after it.
bool has_ended(const std::string& state) {
    return state == "succeeded" || state == "failed" || state == "unverified" || state == "cancelled";
}

/// Nobody knows for certain that the VM is wholly its old owner's.
bool is_for_a_human(const KnownMove& move) {
    return move.failure == "partial" || move.state == "unverified";
}

std::string action_of(const KnownMove& move) {
    return " (action " + std::to_string(move.action_id) + ")";
}

/// The journal keeps what has ended in this way: this batch does not ask for the VM again.
std::string by_itself(const MoveLine& line) {
    std::string command =
        "wardenctl reassign --vm " + line.vm + " --account " + line.account + " --domain " + line.domain;
    for (const auto& network : line.networks) {
        command += " --network " + network;
    }
    return "move it by itself (" + command + " --reason WHY), or take its line out of the file";
}

class BulkMove {
public:
    BulkMove(const MoveFile& file, MovesOffice& office, const BulkSettings& settings)
        : file_(file), office_(office), settings_(settings) {}

    Result<BulkOutcome> run() {
        // Before the checks: what succeeds meanwhile is still open by this, and nothing looks moved back.
        const auto known = office_.known(file_.batch);
        if (!known) {
            return tl::unexpected(known.error());
        }
        if (auto checked = check_all(); !checked) {
            return tl::unexpected(checked.error());
        }
        refuse_twins();
        if (!failed_.empty()) {
            return outcome();
        }
        join_all(*known);
        pass_what_is_there();
        refuse_what_fails();
        while (has(Item::Stand::under_way) || may_go_on()) {
            if (auto filed = file_more(); !filed) {
                return tl::unexpected(filed.error());
            }
            settings_.pause(std::chrono::seconds{1});
            if (auto looked = look(); !looked) {
                return tl::unexpected(looked.error());
            }
        }
        return outcome();
    }

private:
    using Stand = Item::Stand;

    Status check_all() {
        for (const auto& line : file_.lines) {
            auto checked = office_.check(line);
            if (!checked) {
                return inventory::failure(line.vm, checked.error());
            }
            Item item;
            item.line = &line;
            item.checked = *std::move(checked);
            items_.push_back(std::move(item));
        }
        return {};
    }

    /// One VM may go by its uuid and by its instance name; only the controller knows.
    void refuse_twins() {
        std::map<std::string, const Item*> seen;
        for (auto& item : items_) {
            const auto [first, is_new] = seen.emplace(item.checked.vm_id, &item);
            if (!is_new) {
                stop_at(item, "it stands in the file twice, as " + first->second->line->vm + " and as " +
                                  item.line->vm + ": take one of the two lines out");
            }
        }
    }

    /// What an earlier run of the same file began. The journal's word comes before the check's: a VM may
    /// belong to the new account and still be in pieces, or under way.
    void join_all(const std::vector<KnownMove>& known) {
        for (const auto& move : known) {
            const auto item =
                std::ranges::find(items_, move.vm_id, [](const Item& each) { return each.checked.vm_id; });
            if (item != items_.end()) {
                join(*item, move);
            }
        }
    }

    void join(Item& item, const KnownMove& move) {
        if (!has_ended(move.state) && !is_for_a_human(move)) {
            begin(item);
        } else if (move.state == "succeeded" && item.checked.belongs_there) {
            item.stand = Stand::moved;  // wholly, when it ended: what its new owner does since is no piece
        } else if (item.checked.is_there() && move.state != "unverified") {
            item.stand = Stand::there;
        } else if (move.state == "failed" && !is_for_a_human(move)) {
            item.has_failed_before = true;
        } else {
            stop_at(item, why_not_again(item, move));
        }
    }

    /// What has ended otherwise than failed and untouched is not asked for anew: a human has a say.
    static std::string why_not_again(const Item& item, const KnownMove& move) {
        if (move.state == "succeeded") {
            return "it was moved" + action_of(move) + ", and is not there any more; if it is wanted there, " +
                   by_itself(*item.line);
        }
        if (move.state == "cancelled") {
            return "cancelled" + action_of(move) + "; if it is wanted after all, " + by_itself(*item.line);
        }
        if (move.state == "unverified") {
            return "unverified" + action_of(move) + ": " + move.note +
                   "; once a human has looked at it, take its line out of the file";
        }
        return "partial" + action_of(move) + ": " + move.note + "; once a human has mended it, " +
               by_itself(*item.line);
    }

    /// What the batch does not know, or somebody else moved since.
    void pass_what_is_there() {
        for (auto& item : items_) {
            if (item.stand == Stand::waiting && item.checked.is_there()) {
                item.stand = Stand::there;
            }
        }
    }

    /// Nothing is moved while the preflight of one that would be moved fails.
    void refuse_what_fails() {
        for (auto& item : items_) {
            const bool is_unknown = item.checked.standing == "unknown" && !settings_.accept_unknown;
            if (item.stand != Stand::waiting || (item.checked.standing != "fails" && !is_unknown)) {
                continue;
            }
            std::string why = "preflight " + item.checked.standing;
            for (const auto& sentence : item.checked.sentences) {
                why += "; " + sentence;
            }
            stop_at(item, why);
        }
    }

    Status file_more() {
        const auto limit = is_canary_through() ? settings_.at_once : std::size_t{1};
        for (auto& item : items_) {
            if (!failed_.empty() || count(Stand::under_way) >= limit) {
                break;
            }
            if (item.stand != Stand::waiting) {
                continue;
            }
            if (auto filed = office_.file(*item.line, file_.batch, item.has_failed_before); !filed) {
                stop_at(item, filed.error().message);
                break;
            }
            settings_.say(item.checked.vm + ": asked for");
            begin(item);
        }
        return {};
    }

    Status look() {
        const auto known = office_.known(file_.batch);
        if (!known) {
            return tl::unexpected(known.error());
        }
        for (auto& item : items_) {
            if (item.stand == Stand::under_way) {
                judge(item, *known);
            }
        }
        return {};
    }

    void judge(Item& item, const std::vector<KnownMove>& known) {
        const auto found = std::ranges::find(known, item.checked.vm_id, &KnownMove::vm_id);
        if (found == known.end()) {
            stop_at(item, "the journal does not have its move");
            return;
        }
        const auto& move = *found;
        if (move.state == "succeeded") {
            item.stand = Stand::moved;
            settings_.say(item.checked.vm + ": moved");
        } else if (is_for_a_human(move)) {
            stop_at(item, why_not_again(item, move));
        } else if (move.state == "failed") {
            stop_at(item, move.state + action_of(move) + ": " + move.note);
        } else if (move.state == "cancelled") {
            judge_cancelled(item, move);
        } else if (move.state == "observed") {
            stop_at(item, "the mode of reassign_retry is observe: nothing is done" + action_of(move));
        } else if (settings_.now() - item.begun > settings_.patience) {
            stop_at(item, "still " + move.state + " after " + inventory::to_words(settings_.patience) +
                              action_of(move) + "; it stays open, and is moved when nothing holds it: " +
                              "wardenctl cancel " + std::to_string(move.action_id) + " --reason WHY ends it");
        }
    }

    /// Also what somebody else moved meanwhile ends so.
    void judge_cancelled(Item& item, const KnownMove& move) {
        const auto checked = office_.check(*item.line);
        if (checked && checked->is_there()) {
            item.stand = Stand::there;
            settings_.say(item.checked.vm + ": is there already");
        } else {
            stop_at(item, why_not_again(item, move));
        }
    }

    void begin(Item& item) {
        item.stand = Stand::under_way;
        item.begun = settings_.now();
    }

    void stop_at(Item& item, const std::string& why) {
        item.stand = Stand::failed;
        failed_.push_back(item.checked.vm + ": " + why);
        settings_.say(failed_.back());
    }

    [[nodiscard]] std::size_t count(Stand stand) const {
        return static_cast<std::size_t>(std::ranges::count(items_, stand, &Item::stand));
    }
    [[nodiscard]] bool has(Stand stand) const { return count(stand) > 0; }
    [[nodiscard]] bool may_go_on() const { return failed_.empty() && has(Stand::waiting); }
    /// Only a move of this batch tells that moving works: what was there before does not.
    [[nodiscard]] bool is_canary_through() const { return has(Stand::moved); }

    [[nodiscard]] BulkOutcome outcome() const {
        return {.moved = count(Stand::moved),
                .there = count(Stand::there),
                .left = count(Stand::waiting),
                .failed = failed_};
    }

    const MoveFile& file_;
    MovesOffice& office_;
    const BulkSettings& settings_;
    std::vector<Item> items_;
    std::vector<std::string> failed_;
};

}  // namespace

Result<BulkOutcome> move_all(const MoveFile& file, MovesOffice& office, const BulkSettings& settings) {
    return BulkMove(file, office, settings).run();
}

}  // namespace wardenctl
