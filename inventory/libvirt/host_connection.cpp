#include "inventory/libvirt/host_connection.hpp"

#include <array>
#include <thread>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

namespace inventory::libvirt {
namespace {

std::string last_words() {
    const auto* error = virGetLastError();
    return error == nullptr || error->message == nullptr ? "no reason given" : error->message;
}

DomainState state_of(int state) {
    switch (state) {
        case VIR_DOMAIN_RUNNING:
        case VIR_DOMAIN_BLOCKED:
        case VIR_DOMAIN_SHUTDOWN:  // on its way down: QEMU is still there
            return DomainState::running;
        case VIR_DOMAIN_PAUSED:
            return DomainState::paused;
        case VIR_DOMAIN_SHUTOFF:
            return DomainState::shutoff;
        case VIR_DOMAIN_CRASHED:
            return DomainState::crashed;
        case VIR_DOMAIN_PMSUSPENDED:
            return DomainState::pmsuspended;
        default:
            return DomainState::no_state;
    }
}

Result<Domain> domain_of(const virDomainStatsRecord& record) {
    const char* name = virDomainGetName(record.dom);
    std::array<char, VIR_UUID_STRING_BUFLEN> uuid{};
    if (name == nullptr || virDomainGetUUIDString(record.dom, uuid.data()) != 0) {
        return failure("libvirt named a domain without name or uuid: " + last_words(), true);
    }
    int state = VIR_DOMAIN_NOSTATE;
    (void)virTypedParamsGetInt(record.params, record.nparams, "state.state", &state);
    return Domain{name, uuid.data(), state_of(state)};
}

struct RecordsDeleter {
    void operator()(virDomainStatsRecordPtr* records) const { virDomainStatsRecordListFree(records); }
};

}  // namespace

Status start_event_loop() {
    virSetErrorFunc(nullptr, [](void*, virErrorPtr) {});
    if (virInitialize() != 0 || virEventRegisterDefaultImpl() != 0) {
        return failure("libvirt's client library does not start: " + last_words());
    }
    // It has no end of its own: it serves every connection until the process exits.
    std::thread([] {
        while (virEventRunDefaultImpl() == 0) {
        }
    }).detach();
    return {};
}

/// One open connection, with what is subscribed to on it.
class HostConnection::Connection {
public:
    Connection(virConnectPtr handle, Notice* changed) : handle_(handle), changed_(changed) {
        // A host that vanishes is noticed after three unanswered keepalives. Neither every driver nor every
        // libvirtd has all three of these, and each only makes us look earlier than we would anyway.
        constexpr int seconds = 5;
        constexpr unsigned unanswered = 3;
        (void)virConnectSetKeepAlive(handle_, seconds, unanswered);
        hears_end_ = virConnectRegisterCloseCallback(handle_, connection_lost, changed_, nullptr) == 0;
        subscription_ = virConnectDomainEventRegisterAny(handle_, nullptr, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                                         as_any_event(domain_changed), changed_, nullptr);
    }
    ~Connection() {
        // A subscription holds the connection open: one that stays would tell of changes twice.
        if (subscription_ >= 0) {
            (void)virConnectDomainEventDeregisterAny(handle_, subscription_);
        }
        if (hears_end_) {
            (void)virConnectUnregisterCloseCallback(handle_, connection_lost);
        }
        (void)virConnectClose(handle_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] virConnectPtr handle() const { return handle_; }

private:
    /// libvirt takes callbacks of every kind of event as this one type.
    static virConnectDomainEventGenericCallback as_any_event(virConnectDomainEventCallback callback) {
        return reinterpret_cast<virConnectDomainEventGenericCallback>(reinterpret_cast<void (*)()>(callback));
    }

    /// What happened is not told: a domain that has stopped here may have moved to another host, and events
    /// can be lost. What is so, a list shows.
    static int domain_changed(virConnectPtr /*handle*/, virDomainPtr /*domain*/, int /*event*/,
                              int /*detail*/, void* changed) {
        (*static_cast<Notice*>(changed))();
        return 0;
    }

    static void connection_lost(virConnectPtr /*handle*/, int /*reason*/, void* changed) {
        (*static_cast<Notice*>(changed))();
    }

    virConnectPtr handle_;
    Notice* changed_;
    bool hears_end_ = false;
    int subscription_ = -1;
};

HostConnection::HostConnection(std::string uri, Notice changed)
    : uri_(std::move(uri)), changed_(std::move(changed)) {}

HostConnection::~HostConnection() = default;

Status HostConnection::connect() {
    if (connection_ && virConnectIsAlive(connection_->handle()) == 1) {
        return {};
    }
    connection_.reset();
    auto* handle = virConnectOpenReadOnly(uri_.c_str());
    if (handle == nullptr) {
        return failure("cannot connect to " + uri_ + ": " + last_words(), true);
    }
    connection_ = std::make_unique<Connection>(handle, &changed_);
    return {};
}

Result<std::vector<Domain>> HostConnection::domains() {
    if (auto connected = connect(); !connected) {
        return tl::unexpected(std::move(connected.error()));
    }
    // Subscribed before it is listed, so that no change falls between.
    // One call for all, which reads only what the daemon knows by itself: it waits for no domain's job, so
    // that a hung or migrating QEMU does not hide the others.
    virDomainStatsRecordPtr* list = nullptr;
    const int count = virConnectGetAllDomainStats(connection_->handle(), VIR_DOMAIN_STATS_STATE, &list,
                                                  VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
    if (count < 0) {
        auto words = last_words();
        connection_.reset();
        return failure("cannot list the domains of " + uri_ + ": " + words, true);
    }
    const std::unique_ptr<virDomainStatsRecordPtr, RecordsDeleter> records{list};
    std::vector<Domain> domains;
    for (int i = 0; i < count; ++i) {
        auto domain = domain_of(*list[i]);
        if (!domain) {
            return tl::unexpected(std::move(domain.error()));
        }
        domains.push_back(std::move(*domain));
    }
    return domains;
}

}  // namespace inventory::libvirt
