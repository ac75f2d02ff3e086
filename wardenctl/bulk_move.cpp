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
    enum class Stand { waiting, under_way, moved, failed } stand = Stand::waiting;
    bool was_known = false;
    Time begun;
};

class BulkMove {
public:
    BulkMove(const MoveFile& file, MovesOffice& office, const BulkSettings& settings)
        : file_(file), office_(office), settings_(settings) {}

    Result<BulkOutcome> run() {
        if (auto checked = check_all(); !checked) {
            return tl::unexpected(checked.error());
        }
        if (auto joined = join_known(); !joined) {
            return tl::unexpected(joined.error());
        }
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
            item.stand = item.checked.is_there_already ? Stand::moved : Stand::waiting;
            items_.push_back(std::move(item));
        }
        return {};
    }

    /// What an earlier run of the same file began.
    Status join_known() {
        const auto known = office_.known(file_.batch);
        if (!known) {
            return tl::unexpected(known.error());
        }
        for (const auto& move : *known) {
            const auto item =
                std::ranges::find(items_, move.vm_id, [](const Item& each) { return each.checked.vm_id; });
            if (item == items_.end() || item->stand == Stand::moved) {
                continue;
            }
            item->was_known = true;
            if (move.failure == "partial" || move.state == "unverified") {
                stop_at(*item, move.state + ": " + move.note);
            } else if (move.state != "failed" && move.state != "cancelled") {
                begin(*item);
            }
        }
        return {};
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
            if (auto filed = office_.file(*item.line, file_.batch, item.was_known); !filed) {
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
        const auto move = std::ranges::find(known, item.checked.vm_id, &KnownMove::vm_id);
        const std::string state = move == known.end() ? "not in the journal" : move->state;
        const auto action = move == known.end() ? "" : " (action " + std::to_string(move->action_id) + ")";
        if (state == "succeeded") {
            item.stand = Stand::moved;
            settings_.say(item.checked.vm + ": moved");
        } else if (state == "failed" || state == "unverified") {
            stop_at(item, state + action + ": " + move->note);
        } else if (state == "cancelled") {
            judge_cancelled(item);
        } else if (state == "observed") {
            stop_at(item, "the mode of reassign_retry is observe: nothing is done" + action);
        } else if (settings_.now() - item.begun > settings_.patience) {
            stop_at(item, "still " + state + " after " + inventory::to_words(settings_.patience) + action);
        }
    }

    /// Also what somebody else moved meanwhile ends so.
    void judge_cancelled(Item& item) {
        const auto checked = office_.check(*item.line);
        if (checked && checked->is_there_already) {
            item.stand = Stand::moved;
            settings_.say(item.checked.vm + ": is there already");
        } else {
            stop_at(item, "cancelled");
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
    [[nodiscard]] bool is_canary_through() const { return has(Stand::moved); }

    [[nodiscard]] BulkOutcome outcome() const {
        return {.moved = count(Stand::moved), .left = count(Stand::waiting), .failed = failed_};
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
