#pragma once

#include <memory>

#include "controller/config.hpp"

namespace controller {

/// The composition root: makes the real collaborators, wires them, starts them in the order in which they
/// need each other, and stops them in reverse.
class Application {
public:
    /// Errors: the journal cannot be opened, a listen address is taken, a file cannot be read.
    static inventory::Result<std::unique_ptr<Application>> start(ControllerConfig config);
    /// Lets what is under way go; see loop::LoopDriver::stop().
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    [[nodiscard]] std::uint16_t port() const;

private:
    Application();
    class Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace controller
