#pragma once

#include "controller/api/directory.hpp"
#include "controller/loop/cloud_view.hpp"

namespace controller {

/// Knows what the newest snapshot knows.
class LiveDirectory : public api::Directory {
public:
    explicit LiveDirectory(const loop::CloudView& cloud) : cloud_(cloud) {}

    inventory::Result<std::string> subject_of(PauseScope scope, const std::string& given) override;

private:
    const loop::CloudView& cloud_;
};

}  // namespace controller
