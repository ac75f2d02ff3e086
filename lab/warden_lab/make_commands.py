"""`labctl make`: THE list of what can be made. Adding one is a function in scenery, and one line here."""

from . import scenery
from .deeds import ACCOUNT, VALUE, VM, Deed, Settings, named

_PORT: Settings = VALUE | {"metavar": "PORT"}

ALL = [
    Deed("port-forwarding", scenery.port_forwarding, "forward a public PORT to the VM", {"vm": VM, "port": _PORT}),
    Deed("load-balancer", scenery.load_balancer, "put the VM behind a load balancer on PORT", {"vm": VM, "port": _PORT}),
    Deed("static-nat", scenery.static_nat, "give the VM a public address of its own", {"vm": VM}),
    Deed("volume", scenery.volume, "attach a data volume to the VM", {"vm": VM}),
    Deed("snapshot", scenery.snapshot, "make a snapshot of the VM's root volume",
         {"vm": VM, "--state": {"choices": scenery.SNAPSHOT_STATES, "help": "its state (default BackedUp)"}}),
    Deed("vm-snapshot", scenery.vm_snapshot, "make a snapshot of the whole VM", {"vm": VM}),
    Deed("private-template", scenery.private_template, "let the VM be made from a template that only its owner may use", {"vm": VM}),
    Deed("account-state", scenery.account_state, "enable, disable or lock ACCOUNT",
         {"account": ACCOUNT, "state": {"choices": scenery.ACCOUNT_STATES}}),
    Deed("network", scenery.network, "give ACCOUNT one more isolated network, NAME", {"account": ACCOUNT, "name": named("NAME")}),
    Deed("limit", scenery.limit, "limit what ACCOUNT may have", {"account": ACCOUNT, "kind": {"choices": scenery.LIMITED}, "most": VALUE}),
]
