#pragma once

#include <set>

#include "exporter/exposition/group.hpp"
#include "inventory/support/error.hpp"
#include "service/web_server.hpp"

namespace exporter {

/// The groups that one scrape asks for: `?collect[]=vm&collect[]=host`. None named: all of them.
class Selection {
public:
    /// Error: a word that names no group, for the client to read.
    static inventory::Result<Selection> parse(const service::WebRequest& request);

    [[nodiscard]] bool covers(Group group) const { return groups_.empty() || groups_.contains(group); }

private:
    std::set<Group> groups_;
};

}  // namespace exporter
