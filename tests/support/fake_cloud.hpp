#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "controller/cloudstack/api.hpp"
#include "controller/loop/cloud_view.hpp"

namespace test_support {

/// A cloud of three hosts and one VM for unit tests of the loop: both what CloudStack records and what the
/// hypervisors show, and the API that changes it. Safe from any thread.
class FakeCloud : public controller::loop::CloudView, public controller::cloudstack::Api {
public:
    /// What assignVirtualMachine does with the world, and what its caller is told.
    enum class MoveBehaviour {
        works,
        waits_for_a_lock,  ///< 50 s, then it fails and changes nothing
        is_refused,
        loses_the_answer,   ///< and moves the VM
        loses_the_request,  ///< nothing was taken
        leaves_pieces,      ///< the new owner, without a NIC
        only_says_success,
        goes_on,  ///< its answer is lost, and CloudStack is at it for eight more minutes
    };
    /// What stopVirtualMachine does with the world, and what its caller is told.
    enum class StopBehaviour {
        works,
        refused,
        fails_unexpectedly,
        fails_in_a_proxy,
        not_sent,
        lost_before,
        lost_after,
        job_fails,
        job_goes_on,  ///< until finish_job(); only then is the VM stopped
        only_says_success
    };

    /// The same for startVirtualMachine.
    enum class StartBehaviour {
        works,
        refused,
        fails_unexpectedly,  ///< though the VM is started
        not_sent,
        lost_before,
        lost_after,
        job_fails,
        only_says_success
    };

    explicit FakeCloud(inventory::Clock clock);

    static constexpr auto vm_uuid = "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69";

    /// The domain disappears from its host; CloudStack goes on recording Running.
    void destroy_domain();
    /// The domain is running on this host (1 to 3).
    void run_domain_on(std::uint64_t host);
    void silence_host(std::uint64_t host);
    /// CloudStack removes the VM: no live row of it is left, and none of its jobs is found.
    void expunge();
    void set_stop_behaviour(StopBehaviour behaviour);
    void set_start_behaviour(StartBehaviour behaviour);
    /// The host answers again.
    void wake_host(std::uint64_t host);
    /// CloudStack's own HA starts the VM on this host, without any request.
    void ha_starts_on(std::uint64_t host);
    /// Somebody asks CloudStack for this ("StopVMCmd"); nothing comes of it.
    void somebody_asks_for(const std::string& command);
    /// The job that goes on ends, with success.
    void finish_job();
    /// The database stops answering, or answers again.
    void set_read_failure(bool fails);
    /// The shared snapshot stays as it is now, whatever happens afterwards.
    void freeze_snapshot();
    void set_drift_since(inventory::Time since);
    void set_ha(bool enabled);

    /// alice's VM is stopped, and may become bob's.
    void prepare_move(MoveBehaviour behaviour);
    void set_move_behaviour(MoveBehaviour behaviour);
    void set_sequence_waiters(std::optional<std::size_t> waiters);
    /// Somebody else moves it to bob, with a call of their own that may leave pieces.
    void somebody_moves_it(bool in_pieces);
    /// Somebody else tries, and fails at once.
    void somebody_fails_to_move_it();
    [[nodiscard]] int moves_called() const;
    /// Calls for a VM that was not wholly alice's and Stopped, or while another was at work: what must never
    /// be.
    [[nodiscard]] int moves_of_what_is_not_to_be_moved() const;
    [[nodiscard]] inventory::VmOwnership ownership() const;

    [[nodiscard]] int stops_executed() const;  ///< times that a stop really ran in CloudStack
    [[nodiscard]] int starts_executed() const;
    [[nodiscard]] int start_calls() const;
    [[nodiscard]] int most_alive() const;  ///< live domains at once, at any time until now
    [[nodiscard]] int alive() const;       ///< live domains now
    /// Starts by request that ran in CloudStack while a domain of the VM was alive: what must never be.
    [[nodiscard]] int starts_over_life() const;
    [[nodiscard]] int stop_calls() const;     ///< times that the API was called
    [[nodiscard]] int job_questions() const;  ///< times that the state of a job was asked for
    [[nodiscard]] inventory::VmState recorded() const;

    [[nodiscard]] std::shared_ptr<const inventory::Snapshot> latest() const override;
    inventory::Result<inventory::Snapshot> read_afresh(const std::string& uuid) override;
    inventory::Result<std::optional<controller::loop::FoundJob>> find_job(const std::string& uuid,
                                                                          controller::Command command,
                                                                          inventory::Time since) override;
    inventory::Result<inventory::VmPast> read_past(inventory::VmId vm) override;
    controller::cloudstack::Submission stop_virtual_machine(const std::string& uuid, bool forced,
                                                            inventory::Time expires_at) override;
    controller::cloudstack::Submission start_virtual_machine(const std::string& uuid,
                                                             inventory::Time expires_at) override;
    controller::loop::MoveReading read_move(const std::string& uuid,
                                            const controller::MoveTarget& target) override;
    controller::cloudstack::Submission assign_virtual_machine(const std::string& uuid,
                                                              const controller::MoveTarget& target,
                                                              inventory::Time expires_at) override;
    inventory::Result<controller::cloudstack::JobStatus> job_status(const std::string& job_id,
                                                                    inventory::Time expires_at) override;

private:
    struct Job {
        std::string id;
        controller::Command command = controller::Command::stop_vm;
        inventory::Time created;
        controller::cloudstack::JobState state = controller::cloudstack::JobState::succeeded;
        std::string cause{};  ///< what somebody else asked for; empty: the command
    };
    [[nodiscard]] inventory::Snapshot compose() const;
    [[nodiscard]] std::shared_ptr<const inventory::HostWitness> witness(std::uint64_t host) const;
    std::string record_job(controller::cloudstack::JobState state,
                           controller::Command command = controller::Command::stop_vm);
    std::string record_stop();
    std::string record_start();
    void stop_vm();
    void start_vm_on(std::uint64_t host);
    void note_life();
    [[nodiscard]] int count_alive() const;
    void end_move(bool fails, inventory::Duration took);
    void give_to_bob(bool in_pieces);
    [[nodiscard]] bool is_alices() const;
    void end_move_that_went_on();

    mutable std::mutex mutex_;
    inventory::Clock clock_;
    inventory::VmRecord vm_;
    std::vector<std::optional<inventory::DomainState>> domains_{3};
    std::vector<bool> silent_{false, false, false};
    inventory::Time drift_since_;
    StopBehaviour behaviour_ = StopBehaviour::works;
    StartBehaviour start_behaviour_ = StartBehaviour::works;
    bool read_fails_ = false;
    bool expunged_ = false;
    std::shared_ptr<const inventory::Snapshot> frozen_;
    std::vector<Job> jobs_;
    inventory::VmOwnership owned_;
    inventory::MoveDestination destination_;
    std::optional<std::map<std::uint64_t, std::size_t>> waiters_{std::in_place};
    MoveBehaviour move_behaviour_ = MoveBehaviour::works;
    int moves_ = 0;
    int wrong_moves_ = 0;
    std::optional<inventory::Time> move_goes_on_until_;
    int executed_ = 0;
    int started_ = 0;
    int start_calls_ = 0;
    int most_alive_ = 1;
    int starts_over_life_ = 0;
    int calls_ = 0;
    int questions_ = 0;
};

}  // namespace test_support
