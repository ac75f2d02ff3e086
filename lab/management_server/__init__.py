"""The lab's management server: it plays Apache CloudStack's part for a small cloud on one machine.

It keeps the `cloud` schema by CloudStack's own rules, watches real libvirt daemons as CloudStack's agents do, and
answers the part of CloudStack's API that Warden needs. Nothing in it is a mock: stop destroys a QEMU guest, start
makes one, migrate moves one.

    world.py, schema.sql     the tables, and the cloud that they hold at the beginning
    agents.py                one thread per host: asks its libvirt, and sends the power report
    power_sync.py            what a power report changes in vm_instance (pure)
    power_transitions.py     what the changed power state does to the VM's state
    vm_state.py              the state machine, and the one way to change a VM's state
    hosts.py                 Up and Alert, the heartbeat of the management server
    high_availability.py     op_ha_work: investigate, stop, start again
    stop.py start.py migrate.py nics.py capacity.py     what the operations do
    networks.py tenants.py   networks, and the domains and accounts that they belong to
    sequences.py             numbers that are handed out: MAC addresses and ids
    resource_counts.py       what accounts and domains are counted for, and limited to
    reassignment/            moving a VM to another account
    jobs.py                  asynchronous jobs, one at a time for each VM
    api/                     CloudStack's API: signature, errors, one file per group of commands
    control.py               the lab's own port, to make the API slow, add a job, choose a defect
"""
