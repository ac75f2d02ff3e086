#include "inventory/model/vm_picture.hpp"

#include <algorithm>

namespace inventory {

VmPicture picture_of(const VmFacts& facts) {
    VmPicture picture;
    picture.state = facts.record->state;
    picture.may_live_on = facts.last_seen_alive;
    for (const auto& sighting : facts.sightings) {
        if (may_be_alive(sighting.state)) {
            picture.may_live_on.push_back(sighting.host);
        }
    }
    std::sort(picture.may_live_on.begin(), picture.may_live_on.end());
    // Of a VM that is seen, hosts that come and go are no news: they would hide that it lives twice.
    picture.may_live_unseen = picture.may_live_on.empty() && !facts.silent_candidates.empty();
    // Of a VM that runs twice, the reports of both hosts rewrite the row in turn, for as long as it does.
    if (picture.may_live_on.size() < 2) {
        picture.host = facts.record->host;
        picture.update_count = facts.record->update_count;
    }
    return picture;
}

Time pictured_since(const VmPicture& before, Time before_since, const VmPicture& picture, Time now) {
    // A clock that went back would keep it from counting until the clock has caught up.
    return before == picture && before_since <= now ? before_since : now;
}

Time PictureHistory::note(VmId vm, const VmPicture& picture, Time now) {
    auto& entry = entries_.try_emplace(vm, Entry{picture, now, true}).first->second;
    entry.since = pictured_since(entry.picture, entry.since, picture, now);
    entry.picture = picture;
    entry.noted = true;
    return entry.since;
}

void PictureHistory::forget_unnoted() {
    std::erase_if(entries_, [](const auto& item) { return !item.second.noted; });
    for (auto& [vm, entry] : entries_) {
        entry.noted = false;
    }
}

}  // namespace inventory
