#pragma once

#include "controller/api/move_desk.hpp"
#include "controller/journal/journal.hpp"
#include "controller/observed_cloud.hpp"

namespace controller {

/// Checks moves on the database as it is now, and writes them into the journal.
class LiveMoveDesk : public api::MoveDesk {
public:
    /// All but the clock must outlive this.
    LiveMoveDesk(ObservedCloud& cloud, api::Explainer& explainer, journal::Journal& journal,
                 journal::Moves& moves, inventory::Clock clock);

    inventory::Result<std::optional<api::CheckedMove>> check(const api::MoveOrder& order) override;
    inventory::Result<api::Filing> file(const api::MoveOrder& order) override;
    inventory::Result<std::vector<Move>> of_batch(const std::string& batch) override;

private:
    /// What somebody asked for before and still stands in the way, or is the very same.
    inventory::Result<std::optional<api::Filing>> earlier(const std::string& vm_uuid,
                                                          const api::MoveOrder& order);

    ObservedCloud& cloud_;
    api::Explainer& explainer_;
    journal::Journal& journal_;
    journal::Moves& moves_;
    inventory::Clock clock_;
};

}  // namespace controller
