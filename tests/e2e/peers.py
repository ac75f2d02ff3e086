"""KVM hosts that misbehave on the network: real sockets, where the exporter expects a libvirtd."""

import contextlib
import select
import socket
import threading

from lab import Lab

Address = tuple[str, int]

_CHUNK = 65536
_FULL_SECONDS = 1


class Peer:
    """One address of the hosts' network. Until it is cured, by becoming a way to a real libvirtd, it ails."""

    def __init__(self, address: Address, healthy: Address) -> None:
        self.address = address
        self._healthy = healthy
        self._listener: socket.socket | None = None
        self._fillers: list[socket.socket] = []
        self._ended = False

    def accept_and_stay_silent(self) -> None:
        """The kernel shakes hands, and nobody ever speaks."""
        self._listen(128)

    def refuse(self) -> None:
        """Nobody listens."""

    def drop(self) -> None:
        """With the queue of connections full, the kernel drops every further SYN, as a firewall would."""
        self._listen(0)
        for _ in range(8):
            filler = socket.socket()
            filler.settimeout(_FULL_SECONDS)
            self._fillers.append(filler)
            if filler.connect_ex(self.address) != 0:
                return
        raise AssertionError(f"{self.address} still takes connections")

    def cure(self) -> None:
        if self._listener is None or self._fillers:
            self.close()
            self._ended = False
            self._listen(128)
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def close(self) -> None:
        self._ended = True
        for one in (*self._fillers, self._listener):
            if one is not None:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)  # whoever waits in accept() holds it open otherwise
                one.close()
        self._fillers, self._listener = [], None

    def _listen(self, backlog: int) -> None:
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(self.address)
        self._listener.listen(backlog)

    def _serve(self, listener: socket.socket) -> None:
        while not self._ended:
            try:
                near, _ = listener.accept()
            except OSError:
                return  # closed: the test is over
            threading.Thread(target=_join, args=(near, self._healthy), daemon=True).start()


def _join(near: socket.socket, healthy: Address) -> None:
    """Passes everything on in both directions until one side ends."""
    with near, contextlib.suppress(OSError), socket.create_connection(healthy, timeout=5) as far:
        other = {near: far, far: near}
        while True:
            for ready in select.select([near, far], [], [])[0]:
                data = ready.recv(_CHUNK)
                if not data:
                    return
                other[ready].sendall(data)


def add_hosts(lab: Lab, count: int) -> dict[str, Peer]:
    """Rows in the host table, in the first host's cluster, at addresses where nobody listens yet; by name.

    Whoever is cured is a way to the lab's last host, which should hold no VM.
    """
    first, last = (host["uri"].split("/")[2].split(":") for host in (lab["hosts"][0], lab["hosts"][-1]))
    network, port = first[0].rsplit(".", 1)[0], int(first[1])
    peers = {}
    with lab.database() as cursor:
        for number in range(count):
            name, address = f"ailing{number + 1}", f"{network}.{200 + number}"
            cursor.execute("CREATE TEMPORARY TABLE one AS SELECT * FROM host WHERE name = 'host1'")
            cursor.execute("UPDATE one SET id = %s, name = %s, uuid = UUID(), guid = UUID(), private_ip_address = %s,"
                           " mgmt_server_id = NULL", (1000 + number, name, address))
            cursor.execute("INSERT INTO host SELECT * FROM one")
            cursor.execute("DROP TEMPORARY TABLE one")
            peers[name] = Peer((address, port), (last[0], port))
    return peers
