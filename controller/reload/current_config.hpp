#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "controller/config.hpp"
#include "inventory/support/time.hpp"

namespace controller::reload {

/// What the metrics say of the configuration.
struct ConfigFacts {
    double hash = 0;             ///< of the file that is in force
    bool last_read_good = true;  ///< false: it was read again since, and could not be taken over
    inventory::Time read_at;     ///< when the one in force was read
};

/// The newest configuration that could be taken over. Safe from any thread.
class CurrentConfig {
public:
    using Reader = std::function<inventory::Result<ControllerConfig>()>;
    /// Hands a new configuration to whoever works by it. Error: it is of no use to them, and nothing of it is
    /// in force.
    using Apply = std::function<inventory::Status(const ControllerConfig&)>;

    CurrentConfig(ControllerConfig config, Reader reader, inventory::Clock clock);

    [[nodiscard]] std::shared_ptr<const ControllerConfig> get() const;
    [[nodiscard]] ConfigFacts facts() const;

    /// Reads the file and every file of secrets again. A sentence about what is in force now; or an Error
    /// that names every mistake, and every key whose change needs a restart: then nothing has changed.
    inventory::Result<std::string> reload(const Apply& apply);

private:
    inventory::Result<std::shared_ptr<const ControllerConfig>> read_again() const;

    const Reader reader_;
    const inventory::Clock clock_;
    std::mutex
        reload_mutex_;  ///< one at a time; taken before mutex_, which is never held while a file is read
    mutable std::mutex mutex_;
    std::shared_ptr<const ControllerConfig> config_;  ///< guarded by mutex_
    ConfigFacts facts_;                               ///< guarded by mutex_
};

}  // namespace controller::reload
