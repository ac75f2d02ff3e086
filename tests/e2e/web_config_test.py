"""TLS and authentication of both programs (--web.config.file), as curl, Prometheus and an operator meet them."""

import socket
import subprocess
import tempfile
import unittest
from contextlib import ExitStack
from pathlib import Path

import web
from lab import BINARIES
from lab_case import LabCase
from waiting import eventually

_PASSWORD = "hunter2"
_USERS = "basic_auth_users:\n  prometheus: $2y$10$abcdefghijklmnopqrstuu7gIUFBKrYXdzQy8HrouzMJyZ4cijAb2\n"
_TLS = "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n"
_CLIENTS = ("  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ca.pem\n"
            "  client_allowed_sans: [prometheus.example]\n")
_START_SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_certificates(folder: Path) -> None:
    """ca.pem signs server.pem for 127.0.0.1, and client.pem of prometheus.example."""
    new = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key")
    for name, words in (("ca", ()), ("server", (*signed, "-addext", "subjectAltName=IP:127.0.0.1")),
                        ("client", (*signed, "-addext", "subjectAltName=DNS:prometheus.example"))):
        subprocess.run([*new, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem", *words],
                       cwd=folder, check=True, capture_output=True, timeout=30)


class Folder:
    """Certificates, web.yml and what programs say, gone with the test that asked for it; its programs too."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wweb-")))
        make_certificates(self.path)

    def write(self, name: str, text: str) -> Path:
        (self.path / f"{name}.new").write_text(text, encoding="utf-8")
        return (self.path / f"{name}.new").rename(self.path / name)

    def start(self, *command: str | Path) -> None:
        log = self._stack.enter_context(open(self.path / f"{Path(command[0]).name}.log", "wb"))
        process = subprocess.Popen(command, cwd=self.path, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._stack.callback(process.wait, timeout=10)
        self._stack.callback(process.terminate)

    def curl(self, *words: str) -> tuple[int, str]:
        """curl's exit code, and the status of the answer."""
        done = subprocess.run(["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "--max-time", "10", *words],
                              cwd=self.path, check=False, capture_output=True, text=True, timeout=20)
        return done.returncode, done.stdout


class ExporterBehindTls(unittest.TestCase):
    """Without a cloud: what is asked of a client does not depend on one."""

    def setUp(self) -> None:
        stack = ExitStack()
        self.addCleanup(stack.close)
        self.folder = Folder(stack)
        self.address = f"127.0.0.1:{free_port()}"
        self.url = f"https://{self.address}"
        self.folder.write("password", "no database\n").chmod(0o600)
        self.config = self.folder.write("warden.yml", "\n".join((
            "cloud:", "  database: {host: 127.0.0.1, port: 1, user: nobody, password_file: password, timeout: 1s}",
            "  libvirt: {uri: 'qemu+tls://{private_ip}/system'}", "exporter:", f"  listen: {self.address}", "")))

    def start(self, web_config: str) -> None:
        self.folder.start(BINARIES / "warden-exporter", "--config.file", "warden.yml", "--web.config.file",
                          self.folder.write("web.yml", web_config))
        eventually("the exporter answers a client that it lets in", _START_SECONDS, lambda: self.curl("/metrics"),
                   lambda seen: seen == (0, "200"))

    def curl(self, path: str, *, ca: bool = True, client: bool = True, password: str = _PASSWORD) -> tuple[int, str]:
        return self.folder.curl(*(("--cacert", "ca.pem") if ca else ()),
                                *(("--cert", "client.pem", "--key", "client.key") if client else ()),
                                *(("--user", f"prometheus:{password}") if password else ()), f"{self.url}{path}")

    def test_curl_comes_in_with_certificate_and_password_alone(self) -> None:
        self.start(_TLS + _CLIENTS + _USERS)
        self.assertEqual((0, "200"), self.curl("/-/healthy"))
        self.assertEqual((0, "401"), self.curl("/metrics", password=""))
        self.assertEqual((0, "401"), self.curl("/metrics", password="hunter3"))
        code, status = self.curl("/metrics", client=False)
        self.assertEqual((True, "000"), (code in (35, 56), status), "a client without a certificate gets no answer")
        self.assertEqual((60, "000"), self.curl("/metrics", ca=False), "and one that does not know our CA asks nothing")
        self.assertEqual((0, "400"), self.folder.curl(f"http://{self.address}/metrics"))

    def test_prometheus_scrapes_with_certificate_and_password(self) -> None:
        self.start(_TLS + _CLIENTS + _USERS)
        prometheus = f"127.0.0.1:{free_port()}"
        self.folder.write("prometheus.yml", "\n".join((
            "global: {scrape_interval: 1s, scrape_timeout: 1s}", "scrape_configs:", "  - job_name: warden-exporter",
            "    scheme: https", f"    static_configs: [{{targets: ['{self.address}']}}]",
            f"    basic_auth: {{username: prometheus, password: {_PASSWORD}}}",
            "    tls_config: {ca_file: ca.pem, cert_file: client.pem, key_file: client.key}", "")))
        self.folder.start("prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data",
                          f"--web.listen-address={prometheus}", "--log.level=error")

        def health() -> list[str]:
            code, _ = self.folder.curl(f"http://{prometheus}/-/ready")
            targets = web.get(f"http://{prometheus}/api/v1/targets").json["data"]["activeTargets"] if code == 0 else []
            return [f"{target['health']} {target['lastError']}".strip() for target in targets]

        eventually("Prometheus scrapes the exporter", _START_SECONDS, health, lambda seen: seen == ["up"])

    def test_a_renewed_certificate_and_a_new_password_need_no_restart(self) -> None:
        self.start(_TLS + _USERS)
        make_certificates(self.folder.path)
        eventually("the renewed certificate is served", 10, lambda: self.curl("/metrics"), lambda seen: seen == (0, "200"))
        self.folder.write("web.yml", _TLS + "basic_auth_users: {}\n")
        eventually("no password is asked for", 10, lambda: self.curl("/metrics", password=""), lambda seen: seen == (0, "200"))

    def test_a_wrong_web_config_ends_the_program_before_it_serves(self) -> None:
        self.folder.write("web.yml", "basic_auth_users:\n  prometheus: hunter2\n")
        for program in ("warden-exporter", "warden-controller"):
            with self.subTest(program=program):
                done = subprocess.run([BINARIES / program, "--config.file", self.config, "--web.config.file", "web.yml"],
                                      cwd=self.folder.path, check=False, capture_output=True, text=True, timeout=20)
                self.assertEqual(2, done.returncode, done.stderr)
                if program == "warden-exporter":
                    self.assertEqual("warden-exporter: web.yml:2: basic_auth_users.prometheus: must be a bcrypt hash; "
                                     'make one with: htpasswd -nBC 10 ""\n', done.stderr)


class ControllerBehindTls(LabCase):
    up_options = ("--vms", "2", "--set", "controller.remedies.stop_sync.mode=observe")

    def test_tokens_open_their_routes_and_a_password_the_others(self) -> None:
        with ExitStack() as stack:
            folder = Folder(stack)
            address = f"127.0.0.1:{free_port()}"
            self.lab.program("stop", "controller")
            folder.start(BINARIES / "warden-controller", "--config.file", self.lab["config_file"], "--web.listen-address",
                         address, "--web.config.file", folder.write("web.yml", _TLS + _USERS))

            def status(path: str, *words: str) -> str:
                return folder.curl("--cacert", "ca.pem", *words, f"https://{address}{path}")[1]

            def token(name: str) -> tuple[str, str]:
                return "-H", f"Authorization: Bearer {self.lab[name]}"

            password = ("--user", f"prometheus:{_PASSWORD}")
            eventually("the controller serves", _START_SECONDS, lambda: status("/metrics", *password),
                       lambda seen: seen == "200")
            self.assertEqual("401", status("/metrics"))
            self.assertEqual("401", status("/metrics", *token("operator_token")))
            self.assertEqual("200", status("/api/v1/actions", *token("operator_token")))
            self.assertEqual("401", status("/api/v1/actions", *password))
            alert = ("-X", "POST", "-H", "Content-Type: application/json", "--data",
                     '{"version": "4", "status": "firing", "alerts": []}')
            self.assertEqual("200", status("/api/v1/alerts", *token("webhook_token"), *alert))
            self.assertEqual("401", status("/api/v1/alerts", *password, *alert))
