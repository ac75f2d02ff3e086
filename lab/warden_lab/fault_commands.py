"""`labctl fault`: THE list of faults. Adding one is a function in the module of its kind, and one line here."""

from . import database_faults, faults, options, record_faults
from .deeds import HOST, NETWORK, SECONDS, TABLE, VALUE, VM, Deed, Settings, named

_ON: dict[str, Settings] = {"vm": VM, "--host": HOST | {"help": "which one, where the VM runs on several hosts"}}

ALL = [
    # Guests and hosts
    Deed("destroy", faults.destroy, "virsh destroy, without telling CloudStack", _ON),
    Deed("crash", faults.crash, "kill the VM's QEMU process", _ON),
    Deed("pause", faults.pause, "virsh suspend", _ON),
    Deed("resume", faults.resume, "virsh resume", _ON),
    Deed("duplicate", faults.duplicate, "start a second domain of the VM on HOST, or bring a destroyed one back",
          {"vm": VM, "host": HOST}),
    Deed("migrate", faults.migrate, "live migration to HOST, without telling CloudStack", {"vm": VM, "host": HOST}),
    Deed("freeze", faults.freeze, "stop HOST's libvirtd in its tracks (SIGSTOP); its guests go on", {"host": HOST}),
    Deed("thaw", faults.thaw, "let HOST's libvirtd go on", {"host": HOST}),
    Deed("power-cut", faults.power_cut, "freeze HOST's libvirtd and kill its guests; thaw is the power's return", {"host": HOST}),
    # CloudStack at work
    Deed("job", faults.job, "put a job of CloudStack's own in progress for the VM", {"vm": VM, "seconds": SECONDS}),
    Deed("api", faults.api, "make CloudStack's API slow, failing, silent, or well again",
          {"mode": {"choices": ["ok", "slow", "fail", "off"]}, "--seconds": SECONDS | {"help": "how slow (default 5)"}}),
    Deed("defect", faults.defect, "let CloudStack have one of its own defects from now on, or none",
         {"name": {"choices": options.DEFECTS}}),
    Deed("ha-work", record_faults.ha_work, "put HA work for the VM in progress",
          {"vm": VM, "step": {"choices": record_faults.HA_STEPS}}),
    Deed("host-ha", record_faults.host_ha, "set the state of host HA", {"host": HOST, "state": {"choices": record_faults.HA_STATES}}),
    Deed("transition", record_faults.transition, "leave the VM in a transition that nobody works on",
          {"vm": VM, "state": {"choices": record_faults.TRANSITIONS}}),
    Deed("failed-move", record_faults.failed_move, "let a move of the VM to another account fail as in #10825; takes a lock wait timeout",
          {"vm": VM}),
    Deed("inconsistent-move", record_faults.inconsistent_move, "leave what a move leaves that fails half way",
          {"vm": VM, "what": {"choices": record_faults.INCONSISTENCIES}}),
    Deed("finished-move", record_faults.finished_move, "write the event of a move that succeeded", {"vm": VM}),
    # Sequences
    Deed("lock-sequence", faults.lock_sequence, "hold the lock on NETWORK's row of op_networks (F3)",
          {"network": NETWORK, "seconds": SECONDS}),
    Deed("take-mac", faults.take_mac, "let CloudStack take a MAC address of NETWORK; waits while the row is locked (F2)",
          {"network": NETWORK}),
    Deed("drop-sequence", record_faults.drop_sequence, "delete NETWORK's row of op_networks (F1)", {"network": NETWORK}),
    Deed("mac-set", record_faults.mac_set, "set NETWORK's MAC sequence, for example near 65536 (F5)",
          {"network": NETWORK, "value": VALUE}),
    Deed("mac-duplicate", record_faults.mac_duplicate, "give a NIC of NETWORK another one's MAC address (F6)",
          {"network": NETWORK, "--other": NETWORK | {"help": "take it from this network of the same zone"}}),
    Deed("mac-behind", record_faults.mac_behind, "set NETWORK's MAC sequence back to one that is in use (F7)", {"network": NETWORK}),
    Deed("nics-count", record_faults.nics_count, "set how many NICs CloudStack counts in NETWORK",
          {"network": NETWORK, "value": VALUE}),
    Deed("id-sequence-behind", record_faults.id_sequence_behind, "set a generator of ids back to 1, for example vm_instance_seq",
          {"name": named("NAME")}),
    # The database server
    Deed("database", faults.database, "stop or start it; let it answer nobody for a while (slow), be read-only or out of"
          " connections (full), or well again", {"mode": {"choices": database_faults.MODES},
                                                 "--seconds": SECONDS | {"help": "how slow (default 10)"}}),
    Deed("kill-queries", faults.kill_queries, "kill the statements that Warden has under way (KILL QUERY)"),
    Deed("kill-connections", faults.kill_connections, "kill Warden's connections (KILL CONNECTION)"),
    Deed("lock-chain", faults.lock_chain, "three sessions that wait for one another in TABLE, the root idle in its transaction",
          {"table": TABLE, "seconds": SECONDS}),
    Deed("lock-table", faults.lock_table, "lock TABLE, so that every statement on it waits", {"table": TABLE, "seconds": SECONDS}),
    Deed("named-lock", faults.named_lock, "hold GET_LOCK(NAME), with one session that waits for it",
          {"name": named("NAME"), "seconds": SECONDS}),
    Deed("time-zone", faults.time_zone, "set the database's global time zone",
          {"offset": {"metavar": "OFFSET", "help": "like +05:30, -- -08:00, or SYSTEM"}}),
]

