"""The guest that every virtual machine of the lab really is: QEMU without a disk, idle in its firmware.

It is as small as a guest can be (16 MiB, about 40 MB in all) and needs nothing of its host: no KVM, no image,
no network. A live migration between two unprivileged libvirt daemons works with it.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

_GUEST = """\
<domain type='qemu'>
  <name>{name}</name>
  <uuid>{uuid}</uuid>
  <memory unit='MiB'>16</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <controller type='usb' model='none'/>
    <memballoon model='none'/>
  </devices>
</domain>
"""


def guest_xml(name: str, uuid: str) -> str:
    """The libvirt domain of one virtual machine; CloudStack gives it the instance name and the VM's uuid."""
    return _GUEST.format(name=escape(name), uuid=escape(uuid))
