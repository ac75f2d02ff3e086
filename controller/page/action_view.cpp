#include "controller/page/action_view.hpp"

#include <utility>

#include "controller/api/action_json.hpp"

namespace controller::page {
namespace {

using inventory::Result;

template <class T>
void take(Result<std::vector<T>> read, std::vector<T>& into, std::string& trouble) {
    if (read) {
        into = std::move(*read);
    } else {
        trouble = read.error().message;
    }
}

void add_history(ActionView& view, journal::Journal& journal) {
    const auto& action = view.line.action;
    take(journal.steps(action.id), view.steps, view.trouble);
    take(journal.attempts_on(action.vm_uuid), view.attempts, view.trouble);
    std::erase_if(view.attempts,
                  [&action](const Attempt& attempt) { return attempt.action_id != action.id; });
    take(journal.evidence(action.id).and_then(
             [](const auto& evidence) { return api::newest_verdicts(evidence); }),
         view.verdicts, view.trouble);
}

/// What holds while it waits is said of the VM as it is now.
void add_present(ActionView& view, api::Explainer& explainer) {
    const auto explanation = explainer.explain(view.line.action.vm_uuid);
    if (!explanation) {
        view.trouble = explanation.error().message;
        return;
    }
    if (*explanation && (*explanation)->action && (*explanation)->action->id == view.line.action.id) {
        view.world = (*explanation)->world;
        view.verdicts = (*explanation)->decision.verdicts;
    }
}

}  // namespace

Result<std::optional<ActionView>> view_action(std::uint64_t id, const StatusSources& sources,
                                              api::Explainer& explainer) {
    const auto action = sources.journal.find(id);
    if (!action) {
        return tl::unexpected(action.error());
    }
    if (!*action) {
        return std::nullopt;
    }
    ActionView view;
    view.now = sources.clock();
    view.line.action = **action;
    const auto vm = explainer.identify((*action)->vm_uuid);
    view.line.vm = vm ? vm->instance_name : (*action)->vm_uuid;
    view.mode = sources.mode_of((*action)->remedy);
    add_history(view, sources.journal);
    if (is_waiting((*action)->state)) {
        add_present(view, explainer);
    }
    return view;
}

}  // namespace controller::page
