#include "exporter/selection.hpp"

namespace exporter {

inventory::Result<Selection> Selection::parse(const service::WebRequest& request) {
    Selection selection;
    const auto [first, last] = request.query.equal_range("collect[]");
    for (auto wanted = first; wanted != last; ++wanted) {
        const auto group = parse_group(wanted->second);
        if (!group) {
            return inventory::failure("collect[] names no group of metrics; the groups are " + group_words());
        }
        selection.groups_.insert(*group);
    }
    return selection;
}

}  // namespace exporter
