-- The part of CloudStack's schema that Warden reads, and that the lab's management server writes: columns, types,
-- defaults and indexes as in CloudStack 4.20. Tables that only other parts of CloudStack need are left out.
-- A removed row keeps its place and carries the time of its removal in `removed`, where the table has that column.

CREATE TABLE version (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version char(40) NOT NULL UNIQUE,
  updated datetime NOT NULL,
  step char(32) NOT NULL
);

CREATE TABLE configuration (
  category varchar(255) NOT NULL DEFAULT 'Advanced',
  instance varchar(255) NOT NULL,
  component varchar(255) NOT NULL DEFAULT 'management-server',
  name varchar(255) NOT NULL PRIMARY KEY,
  value varchar(8191),                  -- NULL: default_value applies
  default_value varchar(8191),
  description varchar(1024),
  updated datetime,
  scope varchar(255),
  is_dynamic tinyint(1) NOT NULL DEFAULT 0
);

-- The next id of the tables whose ids CloudStack hands out itself.
CREATE TABLE sequence (
  name varchar(64) NOT NULL PRIMARY KEY,
  value bigint unsigned NOT NULL
);

-- Who runs the cloud, and who owns what in it.

CREATE TABLE domain (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  parent bigint unsigned,
  name varchar(255),
  uuid varchar(40) UNIQUE,
  owner bigint unsigned NOT NULL,
  path varchar(255) NOT NULL,
  level int NOT NULL DEFAULT 0,
  child_count int NOT NULL DEFAULT 0,
  next_child_seq bigint unsigned NOT NULL DEFAULT 1,
  removed datetime,
  state char(32) NOT NULL DEFAULT 'Active',
  network_domain varchar(255),
  type varchar(255) NOT NULL DEFAULT 'Normal',
  INDEX i_domain__path (path),
  INDEX i_domain__removed (removed)
);

CREATE TABLE account (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_name varchar(100),
  uuid varchar(40) UNIQUE,
  type int unsigned NOT NULL,           -- 0 user, 1 root admin, 2 domain admin, 5 project
  role_id bigint unsigned,
  domain_id bigint unsigned,
  state varchar(10) NOT NULL DEFAULT 'enabled',
  removed datetime,
  cleanup_needed tinyint(1) NOT NULL DEFAULT 0,
  network_domain varchar(255),
  default_zone_id bigint unsigned,
  `default` int unsigned NOT NULL DEFAULT 0,
  created datetime,
  api_key_access tinyint(1),
  INDEX i_account__account_name__domain_id__removed (account_name, domain_id, removed),
  INDEX i_account__removed (removed),
  CONSTRAINT fk_account__domain_id FOREIGN KEY (domain_id) REFERENCES domain (id)
);

CREATE TABLE user (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid varchar(40) UNIQUE,
  username varchar(255) NOT NULL,
  password varchar(255) NOT NULL,
  account_id bigint unsigned NOT NULL,
  firstname varchar(255),
  lastname varchar(255),
  email varchar(255),
  state varchar(10) NOT NULL DEFAULT 'enabled',
  api_key varchar(255) UNIQUE,
  secret_key varchar(255),
  created datetime NOT NULL,
  removed datetime,
  timezone varchar(30),
  `default` int unsigned NOT NULL DEFAULT 0,
  api_key_access tinyint(1),
  INDEX i_user__removed (removed),
  CONSTRAINT fk_user__account_id FOREIGN KEY (account_id) REFERENCES account (id)
);

CREATE TABLE account_details (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id bigint unsigned NOT NULL,
  name varchar(255) NOT NULL,
  value varchar(255) NOT NULL,
  UNIQUE uc_account_details (account_id, name),
  CONSTRAINT fk_account_details__account_id FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
);

CREATE TABLE domain_details (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  domain_id bigint unsigned NOT NULL,
  name varchar(255) NOT NULL,
  value varchar(255) NOT NULL,
  UNIQUE uc_domain_details (domain_id, name),
  CONSTRAINT fk_domain_details__domain_id FOREIGN KEY (domain_id) REFERENCES domain (id) ON DELETE CASCADE
);

-- `count` stands where the row's owner is: either the account or the domain, never both.
CREATE TABLE resource_count (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id bigint unsigned,
  domain_id bigint unsigned,
  type varchar(255) NOT NULL,           -- user_vm, volume, cpu, memory ...
  count bigint NOT NULL DEFAULT 0,
  UNIQUE i_resource_count__type_accountId (type, account_id),
  UNIQUE i_resource_count__type_domaintId (type, domain_id),
  CONSTRAINT fk_resource_count__account_id FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE,
  CONSTRAINT fk_resource_count__domain_id FOREIGN KEY (domain_id) REFERENCES domain (id) ON DELETE CASCADE
);

-- `max` is -1 where there is no limit. Without a row for an account or a domain, the global setting max.account.* or
-- max.domain.* applies.
CREATE TABLE resource_limit (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  domain_id bigint unsigned,
  account_id bigint unsigned,
  type varchar(255),
  max bigint NOT NULL DEFAULT -1,
  tag varchar(64),
  INDEX i_resource_limit__domain_id (domain_id),
  INDEX i_resource_limit__account_id (account_id)
);

-- Where things run.

CREATE TABLE data_center (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(255),
  uuid varchar(40) UNIQUE,
  description varchar(255),
  dns1 varchar(255) NOT NULL DEFAULT '',
  dns2 varchar(255),
  internal_dns1 varchar(255) NOT NULL DEFAULT '',
  internal_dns2 varchar(255),
  domain varchar(100),
  domain_id bigint unsigned,
  networktype varchar(255) NOT NULL DEFAULT 'Basic',
  mac_address bigint unsigned NOT NULL DEFAULT 1,
  is_security_group_enabled tinyint NOT NULL DEFAULT 0,
  is_local_storage_enabled tinyint NOT NULL DEFAULT 0,
  allocation_state varchar(32) NOT NULL DEFAULT 'Enabled',
  sort_key int NOT NULL DEFAULT 0,
  removed datetime,
  INDEX i_data_center__removed (removed)
);

CREATE TABLE host_pod_ref (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(255),
  uuid varchar(40) UNIQUE,
  data_center_id bigint unsigned NOT NULL,
  gateway varchar(255) NOT NULL,
  cidr_address varchar(15) NOT NULL,
  cidr_size bigint unsigned NOT NULL,
  description varchar(255),
  allocation_state varchar(32) NOT NULL DEFAULT 'Enabled',
  external_dhcp tinyint NOT NULL DEFAULT 0,
  removed datetime,
  INDEX i_host_pod_ref__data_center_id (data_center_id),
  INDEX i_host_pod_ref__removed (removed)
);

CREATE TABLE cluster (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(255),
  uuid varchar(40) UNIQUE,
  guid varchar(255) UNIQUE,
  pod_id bigint unsigned NOT NULL,
  data_center_id bigint unsigned NOT NULL,
  hypervisor_type varchar(32),
  cluster_type varchar(64) DEFAULT 'CloudManaged',
  allocation_state varchar(32) NOT NULL DEFAULT 'Enabled',
  managed_state varchar(32) NOT NULL DEFAULT 'Managed',
  removed datetime,
  UNIQUE i_cluster__pod_id__name (pod_id, name),
  INDEX i_cluster__allocation_state (allocation_state),
  INDEX i_cluster__removed (removed),
  CONSTRAINT fk_cluster__pod_id FOREIGN KEY (pod_id) REFERENCES host_pod_ref (id),
  CONSTRAINT fk_cluster__data_center_id FOREIGN KEY (data_center_id) REFERENCES data_center (id)
);

CREATE TABLE mshost (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  msid bigint unsigned NOT NULL UNIQUE,
  runid bigint NOT NULL DEFAULT 0,
  name varchar(255),
  uuid varchar(40),
  state varchar(25) NOT NULL DEFAULT 'Down',
  version varchar(255),
  service_ip char(40) NOT NULL,
  service_port int NOT NULL,
  last_update datetime,
  removed datetime,
  alert_count int NOT NULL DEFAULT 0,
  INDEX i_mshost__removed (removed),
  INDEX i_mshost__last_update (last_update)
);

CREATE TABLE host (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(255) NOT NULL,
  uuid varchar(40) UNIQUE,
  status varchar(32) NOT NULL,
  type varchar(32) NOT NULL,
  private_ip_address char(40) NOT NULL,
  private_netmask varchar(15),
  private_mac_address varchar(17),
  storage_ip_address char(40),
  storage_netmask varchar(15),
  storage_mac_address varchar(17),
  cluster_id bigint unsigned,
  public_ip_address char(40),
  public_netmask varchar(15),
  public_mac_address varchar(17),
  proxy_port int unsigned,
  data_center_id bigint unsigned NOT NULL,
  pod_id bigint unsigned,
  cpu_sockets int unsigned,
  cpus int unsigned,
  speed int unsigned,
  url varchar(255),
  hypervisor_type varchar(32),
  hypervisor_version varchar(32),
  ram bigint unsigned,
  resource varchar(255),
  version varchar(40) NOT NULL,
  parent varchar(255),
  total_size bigint unsigned,
  capabilities varchar(255),
  guid varchar(255) UNIQUE,
  available int unsigned NOT NULL DEFAULT 1,
  setup int unsigned NOT NULL DEFAULT 0,
  dom0_memory bigint unsigned NOT NULL DEFAULT 0,
  last_ping int unsigned NOT NULL,      -- epoch milliseconds >> 10, and not a heartbeat
  mgmt_server_id bigint unsigned,       -- mshost.msid; NULL when the connection is lost
  disconnected datetime,
  created datetime,
  removed datetime,
  update_count bigint unsigned NOT NULL DEFAULT 0,
  resource_state varchar(32) NOT NULL DEFAULT 'Enabled',
  owner varchar(255),
  lastUpdated datetime,
  engine_state varchar(32) NOT NULL DEFAULT 'Disabled',
  INDEX i_host__removed (removed),
  INDEX i_host__last_ping (last_ping),
  INDEX i_host__status (status),
  INDEX i_host__data_center_id (data_center_id),
  CONSTRAINT fk_host__pod_id FOREIGN KEY (pod_id) REFERENCES host_pod_ref (id),
  CONSTRAINT fk_host__cluster_id FOREIGN KEY (cluster_id) REFERENCES cluster (id)
);

CREATE TABLE host_details (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  host_id bigint unsigned NOT NULL,
  name varchar(255) NOT NULL,
  value varchar(255) NOT NULL,
  UNIQUE uk_host_id_name (host_id, name),
  CONSTRAINT fk_host_details__host_id FOREIGN KEY (host_id) REFERENCES host (id) ON DELETE CASCADE
);

CREATE TABLE op_host_capacity (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  host_id bigint unsigned,
  data_center_id bigint unsigned NOT NULL,
  pod_id bigint unsigned,
  cluster_id bigint unsigned,
  used_capacity bigint signed NOT NULL,
  reserved_capacity bigint signed NOT NULL,
  total_capacity bigint signed NOT NULL,
  capacity_type int(1) NOT NULL,        -- 0 memory, 1 cpu
  capacity_state varchar(32) NOT NULL DEFAULT 'Enabled',
  update_time datetime,
  created datetime,
  INDEX i_op_host_capacity__host_type (host_id, capacity_type),
  INDEX i_op_host_capacity__data_center_id (data_center_id)
);

CREATE TABLE ha_config (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  resource_id bigint unsigned,
  resource_type varchar(255) NOT NULL,
  enabled int unsigned DEFAULT 0,
  ha_state varchar(255) DEFAULT 'Disabled',
  provider varchar(255),
  update_count bigint unsigned NOT NULL DEFAULT 0,
  update_time datetime,
  mgmt_server_id bigint unsigned,
  UNIQUE i_ha_config__resource_id__resource_type (resource_id, resource_type),
  INDEX i_ha_config__enabled (enabled),
  INDEX i_ha_config__ha_state (ha_state),
  INDEX i_ha_config__mgmt_server_id (mgmt_server_id)
);

CREATE TABLE oobm (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  host_id bigint unsigned UNIQUE,
  enabled int unsigned DEFAULT 0,
  power_state varchar(32) DEFAULT 'Disabled',
  driver varchar(32),
  address varchar(255),
  port int unsigned,
  username varchar(255),
  password varchar(255),
  update_count bigint unsigned NOT NULL DEFAULT 0,
  update_time datetime,
  mgmt_server_id bigint unsigned,
  INDEX i_oobm__power_state (power_state),
  INDEX i_oobm__update_time (update_time),
  INDEX i_oobm__mgmt_server_id (mgmt_server_id),
  CONSTRAINT fk_oobm__host_id FOREIGN KEY (host_id) REFERENCES host (id) ON DELETE CASCADE
);

-- Virtual machines.

CREATE TABLE vm_template (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  unique_name varchar(255) NOT NULL,
  name varchar(255) NOT NULL,
  uuid varchar(40) UNIQUE,
  public int(1) unsigned NOT NULL,      -- any account may use it
  featured int(1) unsigned NOT NULL,
  type varchar(32),
  hvm int(1) unsigned NOT NULL,
  bits int(6) unsigned NOT NULL,
  url varchar(255),
  format varchar(32) NOT NULL,
  created datetime NOT NULL,
  removed datetime,
  account_id bigint unsigned NOT NULL,
  display_text varchar(4096),
  guest_os_id bigint unsigned NOT NULL,
  bootable int(1) unsigned NOT NULL DEFAULT 1,
  cross_zones int(1) unsigned NOT NULL DEFAULT 0,
  hypervisor_type varchar(32),
  state varchar(255),
  INDEX i_vm_template__removed (removed),
  INDEX i_vm_template__public (public)
);

-- Who else may use a template that is not public.
CREATE TABLE launch_permission (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  template_id bigint unsigned NOT NULL,
  account_id bigint unsigned NOT NULL,
  INDEX i_launch_permission_template_id (template_id)
);

CREATE TABLE service_offering (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid varchar(40) UNIQUE,
  name varchar(255) NOT NULL,
  display_text varchar(4096),
  unique_name varchar(32) UNIQUE,
  customized tinyint(1) unsigned NOT NULL DEFAULT 0,
  cpu int unsigned,
  speed int unsigned,
  ram_size bigint unsigned,
  nw_rate smallint unsigned DEFAULT 200,
  mc_rate smallint unsigned DEFAULT 10,
  ha_enabled tinyint(1) unsigned NOT NULL DEFAULT 0,
  limit_cpu_use tinyint(1) unsigned NOT NULL DEFAULT 0,
  host_tag varchar(255),
  default_use tinyint(1) unsigned NOT NULL DEFAULT 0,
  vm_type varchar(32),
  sort_key int NOT NULL DEFAULT 0,
  created datetime,
  removed datetime,
  state varchar(255) NOT NULL DEFAULT 'Active',
  disk_offering_id bigint unsigned,
  system_use tinyint(1) unsigned NOT NULL DEFAULT 0,
  disk_offering_strictness tinyint(1) unsigned NOT NULL DEFAULT 0
);

CREATE TABLE vm_instance (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(255) NOT NULL,
  uuid varchar(40) UNIQUE,
  instance_name varchar(255) NOT NULL,
  state varchar(32) NOT NULL,
  vm_template_id bigint unsigned,
  guest_os_id bigint unsigned NOT NULL,
  private_mac_address varchar(17),
  private_ip_address char(40),
  pod_id bigint unsigned,
  data_center_id bigint unsigned NOT NULL,
  host_id bigint unsigned,              -- NULL when Stopped
  last_host_id bigint unsigned,
  proxy_id bigint unsigned,
  proxy_assign_time datetime,
  vnc_password varchar(255) NOT NULL,
  ha_enabled tinyint(1) NOT NULL DEFAULT 0,
  limit_cpu_use tinyint(1) unsigned NOT NULL DEFAULT 0,
  update_count bigint unsigned NOT NULL DEFAULT 0,  -- the optimistic lock of every change of state
  update_time datetime,                 -- last change of state
  created datetime NOT NULL,
  removed datetime,
  type varchar(32) NOT NULL,
  vm_type varchar(32) NOT NULL,
  account_id bigint unsigned NOT NULL,
  domain_id bigint unsigned NOT NULL,
  service_offering_id bigint unsigned NOT NULL,
  reservation_id char(40),
  hypervisor_type char(32),
  dynamically_scalable tinyint(1) unsigned NOT NULL DEFAULT 0,
  display_vm tinyint(1) NOT NULL DEFAULT 1,
  owner varchar(255),
  host_name varchar(255),
  display_name varchar(255),
  desired_state varchar(32),
  user_id bigint unsigned NOT NULL DEFAULT 1,
  power_state varchar(74) DEFAULT 'PowerUnknown',
  power_state_update_time datetime,
  power_state_update_count int DEFAULT 0,
  power_host bigint unsigned,           -- the host that reported it last
  backup_offering_id bigint unsigned,
  backup_external_id varchar(255),
  delete_protection tinyint(1) DEFAULT 0,
  INDEX i_vm_instance__removed (removed),
  INDEX i_vm_instance__type (type),
  INDEX i_vm_instance__pod_id (pod_id),
  INDEX i_vm_instance__update_time (update_time),
  INDEX i_vm_instance__update_count (update_count),
  INDEX i_vm_instance__state (state),
  INDEX i_vm_instance__data_center_id (data_center_id),
  INDEX i_vm_instance__instance_name (instance_name),
  CONSTRAINT fk_vm_instance__host_id FOREIGN KEY (host_id) REFERENCES host (id),
  CONSTRAINT fk_vm_instance__last_host_id FOREIGN KEY (last_host_id) REFERENCES host (id),
  CONSTRAINT fk_vm_instance__power_host FOREIGN KEY (power_host) REFERENCES host (id),
  CONSTRAINT fk_vm_instance__account_id FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT fk_vm_instance__service_offering_id FOREIGN KEY (service_offering_id) REFERENCES service_offering (id)
);

CREATE TABLE user_vm (
  id bigint unsigned NOT NULL PRIMARY KEY,
  iso_id bigint unsigned,
  display_name varchar(255),
  user_data mediumtext,
  update_parameters tinyint NOT NULL DEFAULT 1,
  user_vm_type varchar(255) DEFAULT 'UserVM',
  CONSTRAINT fk_user_vm__id FOREIGN KEY (id) REFERENCES vm_instance (id) ON DELETE CASCADE
);

CREATE TABLE resource_tags (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid varchar(40) UNIQUE,
  `key` varchar(255),
  value varchar(255),
  resource_id bigint unsigned NOT NULL,
  resource_uuid varchar(40),
  resource_type varchar(255),
  customer varchar(255),
  domain_id bigint unsigned NOT NULL,
  account_id bigint unsigned NOT NULL,
  UNIQUE KEY i_tags__resource_id__resource_type__key (resource_id, resource_type, `key`),
  CONSTRAINT fk_tags__account_id FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT fk_tags__domain_id FOREIGN KEY (domain_id) REFERENCES domain (id)
);

CREATE TABLE volumes (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id bigint unsigned NOT NULL,
  domain_id bigint unsigned NOT NULL,
  pool_id bigint unsigned,
  last_pool_id bigint unsigned,
  instance_id bigint unsigned,
  device_id bigint unsigned,
  name varchar(255) NOT NULL,
  uuid varchar(40) UNIQUE,
  size bigint unsigned NOT NULL,
  folder varchar(255),
  path varchar(255),
  pod_id bigint unsigned,
  data_center_id bigint unsigned NOT NULL,
  volume_type varchar(64) NOT NULL,     -- ROOT, DATADISK
  pool_type varchar(64),
  disk_offering_id bigint unsigned NOT NULL,
  template_id bigint unsigned,
  created datetime,
  attached datetime,
  updated datetime,
  removed datetime,
  state varchar(32),
  update_count bigint unsigned NOT NULL DEFAULT 0,
  INDEX i_volumes__removed (removed),
  INDEX i_volumes__pod_id (pod_id),
  INDEX i_volumes__data_center_id (data_center_id),
  INDEX i_volumes__instance_id (instance_id),
  INDEX i_volumes__state (state),
  CONSTRAINT fk_volumes__account_id FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT fk_volumes__instance_id FOREIGN KEY (instance_id) REFERENCES vm_instance (id) ON DELETE CASCADE
);

CREATE TABLE snapshots (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  data_center_id bigint unsigned NOT NULL,
  account_id bigint unsigned NOT NULL,
  domain_id bigint unsigned NOT NULL,
  volume_id bigint unsigned NOT NULL,
  disk_offering_id bigint unsigned NOT NULL,
  status varchar(32),                   -- Allocated, Creating, BackedUp, Destroyed, Error ...
  path varchar(255),
  name varchar(255) NOT NULL,
  uuid varchar(40) UNIQUE,
  snapshot_type int(4) NOT NULL,        -- 0 manual, 1 recurring
  type_description varchar(25),
  size bigint unsigned NOT NULL,
  created datetime,
  removed datetime,
  hypervisor_type varchar(32),
  INDEX i_snapshots__account_id (account_id),
  INDEX i_snapshots__volume_id (volume_id),
  INDEX i_snapshots__removed (removed)
);

CREATE TABLE vm_snapshots (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid varchar(40) NOT NULL UNIQUE,
  name varchar(255) NOT NULL,
  display_name varchar(255),
  description varchar(255),
  vm_id bigint unsigned NOT NULL,
  account_id bigint unsigned NOT NULL,
  domain_id bigint unsigned NOT NULL,
  service_offering_id bigint unsigned,
  vm_snapshot_type varchar(32),         -- Disk, DiskAndMemory
  state varchar(32) NOT NULL,
  parent bigint unsigned,
  `current` int(1) unsigned,
  update_count bigint unsigned NOT NULL DEFAULT 0,
  updated datetime,
  created datetime,
  removed datetime,
  INDEX vm_snapshots_vm_id (vm_id),
  INDEX vm_snapshots_account_id (account_id),
  INDEX vm_snapshots_removed (removed),
  CONSTRAINT fk_vm_snapshots_vm_id__vm_instance_id FOREIGN KEY (vm_id) REFERENCES vm_instance (id)
);

-- Groups into which a user sorts VMs.
CREATE TABLE instance_group (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id bigint unsigned NOT NULL,
  name varchar(255) NOT NULL,
  uuid varchar(40) UNIQUE,
  removed datetime,
  created datetime,
  CONSTRAINT fk_instance_group__account_id FOREIGN KEY (account_id) REFERENCES account (id)
);

CREATE TABLE instance_group_vm_map (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  group_id bigint unsigned NOT NULL,
  instance_id bigint unsigned NOT NULL,
  CONSTRAINT fk_instance_group_vm_map___group_id FOREIGN KEY (group_id) REFERENCES instance_group (id) ON DELETE CASCADE,
  CONSTRAINT fk_instance_group_vm_map___instance_id FOREIGN KEY (instance_id) REFERENCES vm_instance (id) ON DELETE CASCADE
);

-- Networks.

CREATE TABLE network_offerings (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(64) NOT NULL,
  uuid varchar(40) UNIQUE,
  unique_name varchar(64) UNIQUE,
  display_text varchar(255) NOT NULL,
  traffic_type varchar(32) NOT NULL,
  system_only int(1) unsigned NOT NULL DEFAULT 0,
  specify_vlan int(1) unsigned NOT NULL DEFAULT 0,
  conserve_mode int(1) unsigned NOT NULL DEFAULT 1,
  created datetime NOT NULL,
  removed datetime,
  `default` int(1) unsigned NOT NULL DEFAULT 0,
  availability varchar(255) NOT NULL,   -- Required: what a move makes a network from
  state char(32),
  guest_type char(32),
  is_persistent int(1) unsigned NOT NULL DEFAULT 0
);

CREATE TABLE networks (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(255),
  uuid varchar(40) UNIQUE,
  display_text varchar(255),
  traffic_type varchar(32) NOT NULL,
  broadcast_domain_type varchar(32) NOT NULL,
  broadcast_uri varchar(255),
  gateway varchar(15),
  cidr varchar(18),
  mode varchar(32),
  network_offering_id bigint unsigned NOT NULL,
  physical_network_id bigint unsigned,
  data_center_id bigint unsigned NOT NULL,
  guru_name varchar(255) NOT NULL,
  state varchar(32) NOT NULL,
  related bigint unsigned NOT NULL,
  domain_id bigint unsigned NOT NULL,
  account_id bigint unsigned NOT NULL,
  dns1 varchar(255),
  dns2 varchar(255),
  guru_data varchar(1024),
  set_fields bigint unsigned NOT NULL DEFAULT 0,
  acl_type varchar(15),
  network_domain varchar(255),
  reservation_id char(40),
  guest_type char(32),                  -- Isolated, Shared, L2
  restart_required int unsigned NOT NULL DEFAULT 0,
  created datetime NOT NULL,
  removed datetime,
  specify_ip_ranges int unsigned NOT NULL DEFAULT 0,
  vpc_id bigint unsigned,
  ip6_gateway varchar(50),
  ip6_cidr varchar(50),
  network_cidr varchar(18),
  display_network tinyint NOT NULL DEFAULT 1,
  network_acl_id bigint unsigned,
  streched_l2 tinyint NOT NULL DEFAULT 0,
  redundant tinyint NOT NULL DEFAULT 0,
  external_id varchar(255),
  INDEX i_networks__removed (removed),
  CONSTRAINT fk_networks__data_center_id FOREIGN KEY (data_center_id) REFERENCES data_center (id),
  CONSTRAINT fk_networks__related FOREIGN KEY (related) REFERENCES networks (id) ON DELETE CASCADE,
  CONSTRAINT fk_networks__account_id FOREIGN KEY (account_id) REFERENCES account (id)
);

CREATE TABLE op_networks (
  id bigint unsigned NOT NULL PRIMARY KEY,
  mac_address_seq bigint unsigned NOT NULL DEFAULT 1,   -- the next MAC address's counter
  nics_count int unsigned NOT NULL DEFAULT 0,
  gc tinyint unsigned NOT NULL DEFAULT 1,
  check_for_gc tinyint unsigned NOT NULL DEFAULT 1,
  CONSTRAINT fk_op_networks__id FOREIGN KEY (id) REFERENCES networks (id) ON DELETE CASCADE
);

CREATE TABLE nics (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid varchar(40) UNIQUE,
  instance_id bigint unsigned,
  mac_address varchar(17),
  ip4_address char(40),
  netmask varchar(15),
  gateway varchar(15),
  ip_type varchar(32),
  broadcast_uri varchar(255),
  network_id bigint unsigned NOT NULL,
  mode varchar(32),
  state varchar(32) NOT NULL,           -- Allocated, Reserving, Reserved, Releasing, Deallocating
  strategy varchar(32) NOT NULL,
  reserver_name varchar(255),
  reservation_id varchar(64),
  device_id int,
  update_time timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  isolation_uri varchar(255),
  ip6_address char(40),
  ip6_gateway varchar(50),
  ip6_cidr varchar(50),
  default_nic tinyint NOT NULL,
  vm_type varchar(32),
  created datetime NOT NULL,
  removed datetime,
  secondary_ip smallint DEFAULT 0,
  display_nic tinyint NOT NULL DEFAULT 1,
  INDEX i_nics__removed (removed),
  CONSTRAINT fk_nics__instance_id FOREIGN KEY (instance_id) REFERENCES vm_instance (id) ON DELETE CASCADE,
  CONSTRAINT fk_nics__networks_id FOREIGN KEY (network_id) REFERENCES networks (id)
);

-- Whose a network is; a shared one is the system's.
CREATE TABLE account_network_ref (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id bigint unsigned NOT NULL,
  network_id bigint unsigned NOT NULL,
  is_owner smallint(1) NOT NULL,
  CONSTRAINT fk_account_network_ref__account_id FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE,
  CONSTRAINT fk_account_network_ref__networks_id FOREIGN KEY (network_id) REFERENCES networks (id) ON DELETE CASCADE
);

-- In which domain a network with acl_type Domain can be used.
CREATE TABLE domain_network_ref (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  domain_id bigint unsigned NOT NULL,
  network_id bigint unsigned NOT NULL,
  subdomain_access int(1) unsigned,
  CONSTRAINT fk_domain_network_ref__domain_id FOREIGN KEY (domain_id) REFERENCES domain (id) ON DELETE CASCADE,
  CONSTRAINT fk_domain_network_ref__networks_id FOREIGN KEY (network_id) REFERENCES networks (id) ON DELETE CASCADE
);

-- Rules by which the world outside reaches a VM.

CREATE TABLE user_ip_address (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid varchar(40) UNIQUE,
  account_id bigint unsigned,
  domain_id bigint unsigned,
  public_ip_address char(40) NOT NULL,
  data_center_id bigint unsigned NOT NULL,
  source_nat int(1) unsigned NOT NULL DEFAULT 0,
  allocated datetime,
  vlan_db_id bigint unsigned NOT NULL,
  one_to_one_nat int(1) unsigned NOT NULL DEFAULT 0,
  vm_id bigint unsigned,                -- where it is the static NAT address of a VM
  state char(32) NOT NULL DEFAULT 'Free',
  mac_address bigint unsigned NOT NULL,
  source_network_id bigint unsigned NOT NULL,
  network_id bigint unsigned,
  physical_network_id bigint unsigned NOT NULL,
  is_system int(1) unsigned NOT NULL DEFAULT 0,
  vpc_id bigint unsigned,
  dnat_vmip varchar(40),
  is_portable int(1) unsigned NOT NULL DEFAULT 0,
  display tinyint(1) NOT NULL DEFAULT 1,
  removed datetime,
  created datetime,
  UNIQUE uc_user_ip_address (public_ip_address, source_network_id, removed),
  CONSTRAINT fk_user_ip_address__account_id FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT fk_user_ip_address__vm_id FOREIGN KEY (vm_id) REFERENCES vm_instance (id),
  CONSTRAINT fk_user_ip_address__network_id FOREIGN KEY (network_id) REFERENCES networks (id)
);

-- What the rules of every kind have in common. Without `removed`: a rule that is deleted has no row.
CREATE TABLE firewall_rules (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid varchar(40) UNIQUE,
  ip_address_id bigint unsigned,
  start_port int(10),
  end_port int(10),
  state char(32) NOT NULL,
  protocol char(16) NOT NULL DEFAULT 'TCP',
  purpose char(32) NOT NULL,            -- Firewall, PortForwarding, LoadBalancing, StaticNat
  account_id bigint unsigned NOT NULL,
  domain_id bigint unsigned NOT NULL,
  network_id bigint unsigned NOT NULL,
  xid char(40) NOT NULL,
  created datetime,
  icmp_code int(10),
  icmp_type int(10),
  related bigint unsigned,
  type varchar(10) NOT NULL DEFAULT 'USER',
  vpc_id bigint unsigned,
  traffic_type char(32),
  display tinyint(1) NOT NULL DEFAULT 1,
  INDEX i_firewall_rules__purpose (purpose),
  CONSTRAINT fk_firewall_rules__ip_address_id FOREIGN KEY (ip_address_id) REFERENCES user_ip_address (id),
  CONSTRAINT fk_firewall_rules__network_id FOREIGN KEY (network_id) REFERENCES networks (id) ON DELETE CASCADE,
  CONSTRAINT fk_firewall_rules__account_id FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE,
  CONSTRAINT fk_firewall_rules__domain_id FOREIGN KEY (domain_id) REFERENCES domain (id) ON DELETE CASCADE
);

CREATE TABLE port_forwarding_rules (
  id bigint unsigned NOT NULL PRIMARY KEY,
  instance_id bigint unsigned NOT NULL,
  dest_ip_address char(40) NOT NULL,
  dest_port_start int(10) NOT NULL,
  dest_port_end int(10) NOT NULL,
  CONSTRAINT fk_port_forwarding_rules__id FOREIGN KEY (id) REFERENCES firewall_rules (id) ON DELETE CASCADE,
  CONSTRAINT fk_port_forwarding_rules__instance_id FOREIGN KEY (instance_id) REFERENCES vm_instance (id) ON DELETE CASCADE
);

CREATE TABLE load_balancing_rules (
  id bigint unsigned NOT NULL PRIMARY KEY,
  name varchar(255) NOT NULL,
  description varchar(4096),
  default_port_start int(10) NOT NULL,
  default_port_end int(10) NOT NULL,
  algorithm varchar(255) NOT NULL,
  CONSTRAINT fk_load_balancing_rules__id FOREIGN KEY (id) REFERENCES firewall_rules (id) ON DELETE CASCADE
);

CREATE TABLE load_balancer_vm_map (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  load_balancer_id bigint unsigned NOT NULL,
  instance_id bigint unsigned NOT NULL,
  `revoke` tinyint(1) unsigned NOT NULL DEFAULT 0,
  state varchar(40),
  instance_ip varchar(40),
  UNIQUE load_balancer_id_instance_id_instance_ip (load_balancer_id, instance_id, instance_ip),
  CONSTRAINT fk_load_balancer_vm_map__load_balancer_id FOREIGN KEY (load_balancer_id)
    REFERENCES load_balancing_rules (id) ON DELETE CASCADE,
  CONSTRAINT fk_load_balancer_vm_map__instance_id FOREIGN KEY (instance_id) REFERENCES vm_instance (id) ON DELETE CASCADE
);

-- Work under way.

CREATE TABLE async_job (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id bigint unsigned NOT NULL,
  account_id bigint unsigned NOT NULL,
  instance_type varchar(64),
  instance_id bigint unsigned,
  job_cmd varchar(255) NOT NULL,
  job_cmd_info text,
  job_cmd_ver int,
  related char(40) NOT NULL,
  job_type varchar(32),
  job_dispatcher varchar(64),
  job_status int,                       -- 0 in progress, 1 succeeded, 2 failed, 3 cancelled; no index on it
  job_process_status int,
  job_result_code int,
  job_result text,
  job_init_msid bigint,
  job_complete_msid bigint,
  job_executing_msid bigint,
  job_pending_signals int NOT NULL DEFAULT 0,
  created datetime,
  last_updated datetime,
  last_polled datetime,
  removed datetime,
  uuid varchar(40) UNIQUE,
  INDEX i_async_job__removed (removed),
  INDEX i_async__user_id (user_id),
  INDEX i_async__account_id (account_id),
  INDEX i_async__instance_type_id (instance_type, instance_id),
  INDEX i_async__job_cmd (job_cmd),
  INDEX i_async__created (created),
  INDEX i_async__last_updated (last_updated),
  INDEX i_async__last_poll (last_polled)
);

CREATE TABLE vm_work_job (
  id bigint unsigned NOT NULL PRIMARY KEY,
  step char(32) NOT NULL,
  vm_type char(32) NOT NULL,            -- always Instance
  vm_instance_id bigint unsigned NOT NULL,
  INDEX i_vm_work_job__vm (vm_type, vm_instance_id),
  INDEX i_vm_work_job__step (step),
  CONSTRAINT fk_vm_work_job__instance_id FOREIGN KEY (vm_instance_id) REFERENCES vm_instance (id) ON DELETE CASCADE,
  CONSTRAINT fk_vm_work_job__id FOREIGN KEY (id) REFERENCES async_job (id) ON DELETE CASCADE
);

CREATE TABLE async_job_join_map (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  job_id bigint unsigned NOT NULL,
  join_job_id bigint unsigned NOT NULL,
  join_status int NOT NULL,
  join_result varchar(1024),
  join_msid bigint,
  complete_msid bigint,
  sync_source_id bigint,
  wakeup_handler varchar(64),
  wakeup_dispatcher varchar(64),
  wakeup_interval bigint NOT NULL DEFAULT 3000,
  created datetime NOT NULL,
  last_updated datetime,
  next_wakeup datetime,
  expiration datetime,
  UNIQUE u_async_job_join_map__join (job_id, join_job_id),
  INDEX i_async_job_join_map__next_wakeup (next_wakeup),
  INDEX i_async_job_join_map__expiration (expiration),
  CONSTRAINT fk_async_job_join_map__job_id FOREIGN KEY (job_id) REFERENCES async_job (id) ON DELETE CASCADE,
  CONSTRAINT fk_async_job_join_map__join_job_id FOREIGN KEY (join_job_id) REFERENCES async_job (id)
);

CREATE TABLE sync_queue (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  sync_objtype varchar(64) NOT NULL,
  sync_objid bigint unsigned NOT NULL,
  queue_proc_number bigint unsigned,
  created datetime,
  last_updated datetime,
  queue_size smallint NOT NULL DEFAULT 0,
  queue_size_limit smallint NOT NULL DEFAULT 1,
  UNIQUE i_sync_queue__objtype__objid (sync_objtype, sync_objid),
  INDEX i_sync_queue__created (created)
);

CREATE TABLE sync_queue_item (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  queue_id bigint unsigned NOT NULL,
  content_type varchar(64),
  content_id bigint,
  queue_proc_msid bigint,
  queue_proc_number bigint unsigned,    -- NULL: still waiting
  queue_proc_time datetime,
  created datetime,
  INDEX i_sync_queue_item__queue_proc_number (queue_proc_number),
  INDEX i_sync_queue_item__queue_proc_time (queue_proc_time),
  INDEX i_sync_queue_item__created (created),
  CONSTRAINT fk_sync_queue_item__queue_id FOREIGN KEY (queue_id) REFERENCES sync_queue (id) ON DELETE CASCADE
);

CREATE TABLE op_it_work (
  id char(40) NOT NULL PRIMARY KEY,
  mgmt_server_id bigint unsigned,
  created_at bigint unsigned NOT NULL,  -- seconds
  thread varchar(255) NOT NULL,
  type char(32) NOT NULL,
  vm_type char(32) NOT NULL,
  step char(32) NOT NULL,
  updated_at bigint unsigned NOT NULL,
  instance_id bigint unsigned NOT NULL,
  resource_type char(32),
  resource_id bigint unsigned,
  INDEX i_op_it_work__step (step),
  INDEX i_op_it_work__type (type),
  CONSTRAINT fk_op_it_work__mgmt_server_id FOREIGN KEY (mgmt_server_id) REFERENCES mshost (msid),
  CONSTRAINT fk_op_it_work__instance_id FOREIGN KEY (instance_id) REFERENCES vm_instance (id) ON DELETE CASCADE
);

CREATE TABLE op_ha_work (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  instance_id bigint unsigned NOT NULL,
  type varchar(32) NOT NULL,
  vm_type varchar(32) NOT NULL,
  state varchar(32) NOT NULL,
  mgmt_server_id bigint unsigned,
  host_id bigint unsigned,
  created datetime NOT NULL,
  tried int unsigned,
  taken datetime,                       -- NULL: no worker has it
  step varchar(32) NOT NULL,
  time_to_try bigint,                   -- epoch milliseconds >> 10
  updated bigint unsigned NOT NULL,     -- vm_instance.update_count when it was queued
  reason varchar(32),
  INDEX i_op_ha_work__instance_id (instance_id),
  INDEX i_op_ha_work__host_id (host_id),
  INDEX i_op_ha_work__step (step),
  INDEX i_op_ha_work__type (type),
  INDEX i_op_ha_work__mgmt_server_id (mgmt_server_id),
  CONSTRAINT fk_op_ha_work__instance_id FOREIGN KEY (instance_id) REFERENCES vm_instance (id) ON DELETE CASCADE,
  CONSTRAINT fk_op_ha_work__host_id FOREIGN KEY (host_id) REFERENCES host (id),
  CONSTRAINT fk_op_ha_work__mgmt_server_id FOREIGN KEY (mgmt_server_id) REFERENCES mshost (msid)
);

-- What happened.

CREATE TABLE event (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid varchar(40) UNIQUE,
  type varchar(32) NOT NULL,
  state varchar(32) NOT NULL DEFAULT 'Completed',
  description varchar(1024) NOT NULL,
  user_id bigint unsigned NOT NULL,
  account_id bigint unsigned NOT NULL,
  domain_id bigint unsigned NOT NULL,
  resource_id bigint unsigned,
  resource_type varchar(32),
  created datetime NOT NULL,
  level varchar(16) NOT NULL,
  start_id bigint unsigned NOT NULL DEFAULT 0,
  parameters varchar(1024),
  archived tinyint(1) NOT NULL DEFAULT 0,
  display tinyint(1) NOT NULL DEFAULT 1,
  INDEX i_event__created (created),
  INDEX i_event__user_id (user_id),
  INDEX i_event__account_id (account_id),
  INDEX i_event__level_id (level),
  INDEX i_event__type_id (type),
  INDEX i_event__archived (archived),
  INDEX i_event__state (state)
);

CREATE TABLE usage_event (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  type varchar(32) NOT NULL,
  account_id bigint unsigned NOT NULL,
  created datetime NOT NULL,
  zone_id bigint unsigned NOT NULL,
  resource_id bigint unsigned,
  resource_name varchar(255),
  offering_id bigint unsigned,
  template_id bigint unsigned,
  size bigint unsigned,
  resource_type varchar(32),
  processed tinyint NOT NULL DEFAULT 0,
  virtual_size bigint unsigned,
  INDEX i_usage_event__created (created)
);

CREATE TABLE alert (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uuid varchar(40) UNIQUE,
  type int unsigned NOT NULL,
  cluster_id bigint unsigned,
  pod_id bigint unsigned,
  data_center_id bigint unsigned NOT NULL,
  subject varchar(999),
  content varchar(5000),
  sent_count int unsigned NOT NULL,
  created datetime,
  last_sent datetime,
  resolved datetime,
  archived tinyint(1) unsigned NOT NULL DEFAULT 0,
  name varchar(255),
  INDEX i_alert__last_sent (last_sent)
);
