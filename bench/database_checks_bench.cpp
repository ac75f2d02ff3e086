// How long each reading of the database beside the records takes in a large cloud: a private server with VMs,
// a NIC and a volume each, half as many removed, and events. Usage: database_checks_bench [VMS];
// WARDEN_TEST_DATABASE chooses the server, as for the tests.

#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "inventory/mariadb/health_source.hpp"
#include "tests/support/cloud_database.hpp"

namespace {

using inventory::mariadb::Connection;
using inventory::mariadb::HealthCollector;
using SteadyClock = std::chrono::steady_clock;

constexpr std::uint64_t vms_per_network = 16;
constexpr int rounds = 3;

/// Filling takes longer than any reading may.
Connection patient(inventory::mariadb::Server server) {
    server.timeout = std::chrono::minutes{10};
    return {std::move(server), inventory::mariadb::Access::read_write};
}

void run(Connection& connection, const std::string& statement) {
    if (const auto done = connection.execute(statement); !done) {
        throw std::runtime_error(done.error().message);
    }
}

/// A table `numbers` with 1 to `count`, since no two servers have the same generator of rows.
void make_numbers(Connection& connection, std::uint64_t count) {
    run(connection, "CREATE TABLE numbers (n BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY)");
    run(connection, "INSERT INTO numbers VALUES (1)");
    for (std::uint64_t rows = 1; rows < count; rows *= 2) {
        run(connection, "INSERT INTO numbers SELECT n + " + std::to_string(rows) +
                            " FROM numbers WHERE n <= " + std::to_string(count - rows));
    }
}

/// Every third VM and network is removed; CloudStack keeps such rows for ever.
void fill(Connection& connection, std::uint64_t live_vms) {
    const auto networks = std::to_string(live_vms / vms_per_network);
    make_numbers(connection, live_vms * 3 / 2);
    run(connection, "SET foreign_key_checks = 0, unique_checks = 0");
    run(connection,
        "INSERT INTO networks (id, name, uuid, traffic_type, broadcast_domain_type, network_offering_id,"
        " data_center_id, guru_name, state, related, domain_id, account_id, guest_type, created, removed)"
        " SELECT n, CONCAT('net', n), UUID(), 'Guest', 'Vlan', 1, 1, 'guru', 'Implemented', n, 1, 2, "
        "'Isolated',"
        " UTC_TIMESTAMP(), IF(n % 3 = 0, UTC_TIMESTAMP(), NULL) FROM numbers WHERE n <= " +
            networks);
    run(connection, "INSERT INTO op_networks (id, mac_address_seq) SELECT id, 100 FROM networks");
    run(connection,
        "INSERT INTO vm_instance (id, name, uuid, instance_name, state, guest_os_id, data_center_id, "
        "vnc_password,"
        " created, removed, type, vm_type, account_id, domain_id, service_offering_id, hypervisor_type)"
        " SELECT n, n, UUID(), CONCAT('i-2-', n, '-VM'), 'Running', 1, 1, '', UTC_TIMESTAMP(),"
        " IF(n % 3 = 0, UTC_TIMESTAMP(), NULL), 'User', 'User', 2, 1, 1, 'KVM' FROM numbers");
    run(connection,
        "INSERT INTO volumes (account_id, domain_id, instance_id, name, size, data_center_id, volume_type,"
        " disk_offering_id, removed) SELECT 2, 1, id, 'ROOT', 1, 1, 'ROOT', 1, removed FROM vm_instance");
    run(connection,
        "INSERT INTO nics (instance_id, mac_address, network_id, state, strategy, default_nic, vm_type, "
        "created,"
        " removed) SELECT id, CONCAT('02:01:00:00:00:', LPAD(HEX(id % 256), 2, '0')), 1 + id % " +
            networks + ", 'Reserved', 'Start', 1, 'User', created, removed FROM vm_instance");
    run(connection,
        "INSERT INTO event (type, description, user_id, account_id, domain_id, resource_id, resource_type, "
        "created,"
        " level) SELECT IF(n % 100 = 0, 'VM.MOVE', 'VM.START'), '', 1, 1, 1, n, 'VirtualMachine',"
        " UTC_TIMESTAMP() - INTERVAL n MINUTE, IF(n % 200 = 0, 'ERROR', 'INFO') FROM numbers");
    for (const char* table : {"networks", "op_networks", "vm_instance", "volumes", "nics", "event"}) {
        // The answer is rows, not a count: it is the statistics that are wanted.
        if (const auto done = connection.query(std::string("ANALYZE TABLE ") + table); !done) {
            throw std::runtime_error(done.error().message);
        }
    }
}

void measure(const std::vector<HealthCollector>& collectors, const inventory::mariadb::Server& reader) {
    Connection connection(reader, inventory::mariadb::Access::read_only);
    for (const auto& collector : collectors) {
        std::cout << std::setw(18) << collector.name << std::fixed << std::setprecision(4);
        for (int round = 0; round < rounds; ++round) {
            const auto began = SteadyClock::now();
            const auto change = collector.read(connection, inventory::system_now());
            const std::chrono::duration<double> took = SteadyClock::now() - began;
            std::cout << "  " << (change ? std::to_string(took.count()) + " s" : change.error().message);
        }
        std::cout << '\n';
    }
}

}  // namespace

int main(int argc, char** argv) {
    constexpr std::uint64_t usual = 100'000;
    const std::uint64_t vms = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : usual;
    test_support::CloudDatabase cloud;
    auto connection = patient(cloud.administrator());
    fill(connection, vms);
    std::cout << vms << " live VMs\n";
    const inventory::mariadb::HealthPlan plan;
    auto reader = cloud.reader();
    measure(inventory::mariadb::quick_collectors(plan), reader);
    reader.timeout = plan.scan_timeout;
    measure(inventory::mariadb::scanning_collectors(plan), reader);
}
