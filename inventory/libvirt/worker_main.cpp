// warden-libvirt-worker URI: asks one host's libvirt for its domains whenever a line `list` comes on stdin,
// and answers each with one line on stdout; a line `changed` tells that they may have changed since.
// libvirt's calls take no deadline and cannot be cancelled; a process can be killed.

#include <csignal>
#include <iostream>
#include <mutex>
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

/// What goes to the parent, whole lines from two threads. A change is told once until the next list.
class Speaker {
public:
    void listing() {
        const std::lock_guard lock{mutex_};
        change_told_ = false;
    }
    void say(const std::string& answer) {
        const std::lock_guard lock{mutex_};
        std::cout << answer << std::endl;
    }
    void say_changed() {
        const std::lock_guard lock{mutex_};
        if (!change_told_) {
            change_told_ = true;
            std::cout << inventory::libvirt::change_notice << std::endl;
        }
    }

private:
    std::mutex mutex_;
    bool change_told_ = false;
};

int serve(const std::string& uri) {
    // Never destroyed, nor is the connection: the event loop's thread may use them to the end.
    static Speaker speaker;
    if (auto started = inventory::libvirt::start_event_loop(); !started) {
        speaker.say(inventory::libvirt::write_answer(tl::unexpected(started.error())));
        return 1;
    }
    speaker.say(std::string{inventory::libvirt::ready_notice});
    static inventory::libvirt::HostConnection host{uri, [] { speaker.say_changed(); }};
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line + "\n" == inventory::libvirt::list_request) {
            speaker.listing();
            speaker.say(inventory::libvirt::write_answer(host.domains()));
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
