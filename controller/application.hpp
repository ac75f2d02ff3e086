#pragma once

#include <functional>
#include <memory>
#include <string>

#include "controller/config.hpp"

namespace controller {

/// The composition root: makes the real collaborators, wires them, starts them in the order in which they
/// need each other, and stops them in reverse.
class Application {
public:
    /// Reads the configuration again, with what the command line says of it.
    using Reader = std::function<inventory::Result<ControllerConfig>()>;

    /// Errors: the journal cannot be opened, a listen address is taken, a file cannot be read.
    static inventory::Result<std::unique_ptr<Application>> start(const ControllerConfig& config,
                                                                 Reader reader);
    /// Lets what is under way go; see loop::LoopDriver::stop().
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// Takes over what may change while it runs; see reload::CurrentConfig. Safe from any thread.
    inventory::Result<std::string> reload();
    [[nodiscard]] std::uint16_t port() const;

private:
    Application();
    class Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace controller
