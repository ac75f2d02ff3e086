-- The two database accounts of CloudStack Warden, for MariaDB and MySQL. Run it as an administrator on CloudStack's
-- database server (on the writable node; both accounts may then be used on any replica):
--   replace the two passwords, then:  mysql < grants.sql
-- '%' lets Warden connect from anywhere: put the address of the machine that runs Warden there if it is fixed.

-- warden: looks, and cannot touch. SELECT is its only right on CloudStack's data, table by table. It deliberately does
-- not include `user` (API keys), `host_details`, `account_details` and `domain_details` (passwords), `vpn_users`,
-- `keystore` and `ssh_keypairs`.
CREATE USER IF NOT EXISTS 'warden'@'%' IDENTIFIED BY 'CHANGE-ME-warden';

-- The three witnesses: what CloudStack records about a VM, where it could be, and whose it is.
GRANT SELECT ON cloud.vm_instance TO 'warden'@'%';
GRANT SELECT ON cloud.host TO 'warden'@'%';
GRANT SELECT ON cloud.cluster TO 'warden'@'%';
GRANT SELECT ON cloud.data_center TO 'warden'@'%';
GRANT SELECT ON cloud.account TO 'warden'@'%';
GRANT SELECT ON cloud.domain TO 'warden'@'%';
GRANT SELECT ON cloud.volumes TO 'warden'@'%';

-- The tag by which the owner of a VM keeps Warden away from it.
GRANT SELECT (resource_id, resource_type, `key`, value) ON cloud.resource_tags TO 'warden'@'%';

-- CloudStack at work: Warden holds while CloudStack has a job, HA work or a migration for the VM.
GRANT SELECT ON cloud.mshost TO 'warden'@'%';
GRANT SELECT ON cloud.async_job TO 'warden'@'%';
GRANT SELECT ON cloud.vm_work_job TO 'warden'@'%';
GRANT SELECT ON cloud.op_ha_work TO 'warden'@'%';
GRANT SELECT ON cloud.ha_config TO 'warden'@'%';
-- Its other columns hold a password.
GRANT SELECT (host_id, power_state, enabled, update_time, mgmt_server_id) ON cloud.oobm TO 'warden'@'%';
GRANT SELECT ON cloud.event TO 'warden'@'%';

-- Its settings (ping.interval, ha.*) and the version of its schema.
GRANT SELECT ON cloud.configuration TO 'warden'@'%';
GRANT SELECT ON cloud.version TO 'warden'@'%';

-- Networks, and the sequences that MAC addresses and ids are taken from.
GRANT SELECT ON cloud.nics TO 'warden'@'%';
GRANT SELECT ON cloud.networks TO 'warden'@'%';
GRANT SELECT ON cloud.op_networks TO 'warden'@'%';
GRANT SELECT ON cloud.sequence TO 'warden'@'%';

-- Moving a VM to another account: what CloudStack checks before it does so.
GRANT SELECT ON cloud.domain_network_ref TO 'warden'@'%';
GRANT SELECT ON cloud.network_offerings TO 'warden'@'%';
GRANT SELECT ON cloud.service_offering TO 'warden'@'%';
GRANT SELECT ON cloud.port_forwarding_rules TO 'warden'@'%';
GRANT SELECT ON cloud.firewall_rules TO 'warden'@'%';
GRANT SELECT ON cloud.load_balancer_vm_map TO 'warden'@'%';
GRANT SELECT ON cloud.user_ip_address TO 'warden'@'%';
GRANT SELECT ON cloud.snapshots TO 'warden'@'%';
-- Its url may hold a password.
GRANT SELECT (id, name, public, account_id) ON cloud.vm_template TO 'warden'@'%';
GRANT SELECT ON cloud.launch_permission TO 'warden'@'%';
GRANT SELECT ON cloud.resource_count TO 'warden'@'%';
GRANT SELECT ON cloud.resource_limit TO 'warden'@'%';

-- Who waits for which InnoDB lock: information_schema.innodb_trx and the process list show only one's own without it.
GRANT PROCESS ON *.* TO 'warden'@'%';
-- MySQL tells of locks in performance_schema only; MariaDB does not have these tables and skips the lines. Of statements
-- Warden reads the digest, in which MySQL has replaced every literal.
/*!80000 GRANT SELECT ON performance_schema.data_locks TO 'warden'@'%' */;
/*!80000 GRANT SELECT ON performance_schema.data_lock_waits TO 'warden'@'%' */;
/*!80000 GRANT SELECT ON performance_schema.metadata_locks TO 'warden'@'%' */;
/*!80000 GRANT SELECT ON performance_schema.threads TO 'warden'@'%' */;
/*!80000 GRANT SELECT (THREAD_ID, NESTING_EVENT_LEVEL, DIGEST_TEXT) ON performance_schema.events_statements_current
    TO 'warden'@'%' */;

-- warden_journal: what Warden decided and did. A schema of its own, and no right on CloudStack's.
CREATE DATABASE IF NOT EXISTS warden;
CREATE USER IF NOT EXISTS 'warden_journal'@'%' IDENTIFIED BY 'CHANGE-ME-warden-journal';
GRANT ALL PRIVILEGES ON warden.* TO 'warden_journal'@'%';
