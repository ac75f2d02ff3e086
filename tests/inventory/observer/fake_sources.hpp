#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "inventory/observer/sources.hpp"

namespace inventory::observer {

/// A cloud for tests, which the fake sources below show: what each host holds, and what the database says.
class FakeCloud {
public:
    void set_records(CloudRecords records) {
        const std::lock_guard lock{mutex_};
        records_ = std::move(records);
    }
    void set_database_error(std::string error) {
        const std::lock_guard lock{mutex_};
        database_error_ = std::move(error);
    }
    void set_domains(const std::string& uri, Result<std::vector<Domain>> domains) {
        const std::lock_guard lock{mutex_};
        hosts_.insert_or_assign(uri, std::move(domains));
        if (announces_changes_) {
            ++changes_told_[uri];
        }
    }
    /// From now on a host tells when its domains have changed.
    void announce_changes() {
        const std::lock_guard lock{mutex_};
        announces_changes_ = true;
    }
    void tell_of_change(const std::string& uri) {
        const std::lock_guard lock{mutex_};
        ++changes_told_[uri];
    }
    /// Whether more changes were told than were `heard`, which is then brought up to date.
    bool has_changed(const std::string& uri, int& heard) {
        const std::lock_guard lock{mutex_};
        return std::exchange(heard, changes_told_[uri]) != changes_told_[uri];
    }
    /// A frozen host says nothing until its deadline is over.
    void freeze(const std::string& uri, bool frozen) {
        const std::lock_guard lock{mutex_};
        frozen_[uri] = frozen;
        changed_.notify_all();
    }
    int questions(const std::string& uri) {
        const std::lock_guard lock{mutex_};
        return questions_[uri];
    }

    /// What CloudStack does while this host answers its next question: the records are these from then on.
    void change_records_while_answering(const std::string& uri, CloudRecords records) {
        const std::lock_guard lock{mutex_};
        changes_.insert_or_assign(uri, std::move(records));
    }

    Result<Reading> read(Time now) {
        const std::lock_guard lock{mutex_};
        if (!database_error_.empty()) {
            return failure(database_error_, true);
        }
        Reading reading{records_, {CollectorReport{"vms", true, {}, {}, now}}};
        reading.records.read_at = now;
        return reading;
    }

    Result<std::vector<Domain>> domains(const std::string& uri, Duration deadline) {
        std::unique_lock lock{mutex_};
        ++questions_[uri];
        if (!changed_.wait_for(lock, deadline, [&] { return !frozen_[uri]; })) {
            return failure("no answer in time", true);
        }
        if (const auto change = changes_.find(uri); change != changes_.end()) {
            records_ = std::move(change->second);
            changes_.erase(change);
        }
        const auto found = hosts_.find(uri);
        return found == hosts_.end() ? Result<std::vector<Domain>>{std::vector<Domain>{}} : found->second;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    CloudRecords records_;
    std::string database_error_;
    std::map<std::string, Result<std::vector<Domain>>> hosts_;
    std::map<std::string, bool> frozen_;
    std::map<std::string, CloudRecords> changes_;
    std::map<std::string, int> questions_;
    std::map<std::string, int> changes_told_;
    bool announces_changes_ = false;
};

class FakeRecords final : public RecordSource {
public:
    explicit FakeRecords(FakeCloud& cloud) : cloud_(cloud) {}
    Result<Reading> read(Time now) override { return cloud_.read(now); }
    Result<Reading> read_vm(const std::string& uuid, Time now) override {
        auto reading = cloud_.read(now);
        if (reading) {
            std::erase_if(reading->records.vms, [&uuid](const VmRecord& vm) { return vm.uuid != uuid; });
        }
        return reading;
    }

private:
    FakeCloud& cloud_;
};

class FakeDomains final : public DomainSource {
public:
    FakeDomains(FakeCloud& cloud, std::string uri) : cloud_(cloud), uri_(std::move(uri)) {}
    Result<std::vector<Domain>> domains(Duration deadline) override { return cloud_.domains(uri_, deadline); }
    void wait_for_change(Duration limit, const Wakeup& wakeup) override {
        constexpr std::chrono::milliseconds glance{1};
        const auto until = std::chrono::steady_clock::now() + limit;
        while (!cloud_.has_changed(uri_, heard_) && wakeup.wait(glance) == Wakeup::Reason::time_over &&
               std::chrono::steady_clock::now() < until) {
        }
    }

private:
    FakeCloud& cloud_;
    std::string uri_;
    int heard_ = 0;
};

}  // namespace inventory::observer
