// warden-libvirt-worker URI: asks one host's libvirt for its domains whenever a line `list` comes on stdin,
// and answers each with one line on stdout. libvirt's calls take no deadline and cannot be cancelled; a
// process can be killed.

#include <csignal>
#include <iostream>
#include <string>

#include <sys/prctl.h>
#include <unistd.h>

#include "inventory/libvirt/answer.hpp"
#include "inventory/libvirt/host_connection.hpp"

namespace {

/// Nothing of the parent shall stay open here: its sockets would outlive it.
void leave_the_parents_descriptors() {
    constexpr unsigned first = 3;
    constexpr unsigned last = ~0U;
    (void)close_range(first, last, 0);
}

int serve(const std::string& uri) {
    if (auto started = inventory::libvirt::start_event_loop(); !started) {
        std::cout << inventory::libvirt::write_answer(tl::unexpected(started.error())) << std::endl;
        return 1;
    }
    inventory::libvirt::HostConnection host{uri};
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line + "\n" == inventory::libvirt::list_request) {
            std::cout << inventory::libvirt::write_answer(host.domains()) << std::endl;
        }
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    // End of file on stdin tells that the parent is gone, but not while a call of libvirt hangs.
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    leave_the_parents_descriptors();
    if (argc != 2) {
        std::cerr << "usage: warden-libvirt-worker URI (started by Warden's programs, not by hand)\n";
        return 2;
    }
    const int status = serve(argv[1]);
    // The event loop's thread still runs: leave without tearing down what it uses.
    std::cout.flush();
    _exit(status);
}
