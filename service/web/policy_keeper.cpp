#include "service/web/policy_keeper.hpp"

#include <algorithm>
#include <utility>

#include "service/log.hpp"

namespace service::web {
namespace {

constexpr std::chrono::seconds time_between_looks{1};

void log_warnings(const LoadedPolicy& loaded, const std::string& path) {
    for (const auto& warning : loaded.warnings) {
        log_warn(warning, {{"file", path}});
    }
}

}  // namespace

PolicyKeeper::PolicyKeeper(std::string path, LoadedPolicy&& loaded)
    : path_(std::move(path)), files_(std::move(loaded.files)), policy_(std::move(loaded.policy)) {}

inventory::Result<std::unique_ptr<PolicyKeeper>> PolicyKeeper::open(const std::string& path) {
    LoadedPolicy loaded{std::make_shared<WebPolicy>(), {}, {}};
    if (!path.empty()) {
        auto read = load_web_policy(path);
        if (!read) {
            return tl::unexpected(read.error());
        }
        loaded = std::move(*read);
        log_warnings(loaded, path);
    }
    return std::unique_ptr<PolicyKeeper>{new PolicyKeeper{path, std::move(loaded)}};
}

std::shared_ptr<const WebPolicy> PolicyKeeper::current(Instant now) {
    if (const std::unique_lock looking{looking_, std::try_to_lock}; looking && now >= next_look_) {
        next_look_ = now + time_between_looks;
        look();
    }
    const std::lock_guard lock{mutex_};
    return policy_;
}

/// What is wrong is read again at each look: which files it names is not known for sure.
bool PolicyKeeper::has_changed() const {
    return !current_ || std::any_of(files_.begin(), files_.end(),
                                    [](const auto& file) { return stamp_of(file.path) != file.stamp; });
}

void PolicyKeeper::look() {
    if (path_.empty() || !has_changed()) {
        return;
    }
    auto loaded = load_web_policy(path_);
    current_ = loaded.has_value();
    if (!loaded) {
        if (std::exchange(last_mistake_, loaded.error().message) != loaded.error().message) {
            log_error(
                "the web configuration has changed and cannot be used; the last good one stays in force",
                {{"error", loaded.error().message}});
        }
        return;
    }
    last_mistake_.clear();
    log_warnings(*loaded, path_);
    files_ = std::move(loaded->files);
    {
        const std::lock_guard lock{mutex_};
        policy_.swap(loaded->policy);
    }
    log_info("the web configuration has been read again", {{"file", path_}});
}

}  // namespace service::web
