"""The webhook under repetition and under bad input: each answer is clear, counted, and nothing is acted on."""

import gzip
import json
import socket
import unittest
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import web
from lab_case import LabCase
from warden import alert_on, batch_of, total

_JUDGED_WITHIN = 20
_UNKNOWN_VM = "00000000-0000-4000-8000-000000000000"


class Webhook(LabCase):
    up_options = ("--vms", "3", "--ha", "0", "--programs", "controller,exporter")

    def setUp(self) -> None:
        self.actions_before = len(self.controller.all_actions())

    def new_actions(self) -> int:
        return len(self.controller.all_actions()) - self.actions_before

    def metric(self, name: str, **labels: str) -> float:
        return total(self.lab["controller_url"], f"warden_controller_{name}", **labels)

    def post(self, body: bytes, **headers: str) -> web.Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.post(self.controller.webhook_url, body,
                        {"Content-Type": "application/json", **web.bearer(self.lab["webhook_token"]), **named})

    def rejected(self) -> float:
        return self.metric("alerts_rejected_total")

    def test_a_hundred_deliveries_by_two_senders_at_once_are_one_action(self):
        vm = self.take_vm()
        batch = batch_of(alert_on(self.lab.vm(vm)["id"], vm=vm))
        with ThreadPoolExecutor(50) as one, ThreadPoolExecutor(50) as other:
            sent = [sender.submit(self.controller.deliver, batch) for _ in range(50) for sender in (one, other)]
            answers = [delivery.result() for delivery in sent]

        self.assertEqual({200}, {answer.status for answer in answers}, {answer.text for answer in answers})
        self.assertEqual(1, sum('"created"' in answer.text for answer in answers))
        self.assertEqual(1, self.new_actions())
        self.assertEqual("held", self.eventually_action(vm, _JUDGED_WITHIN, "held")["state"])
        self.assertEqual(0, self.lab.stop_requests(vm))

    def test_the_same_alert_firing_again_later_is_another_action(self):
        vm = self.take_vm()
        first = alert_on(self.lab.vm(vm)["id"])
        again = {**first, "startsAt": alert_on(None)["startsAt"]}
        for alert in (first, again, first, again):
            self.assertEqual(200, self.controller.deliver(batch_of(alert)).status)
        self.assertEqual(2, self.new_actions())

    def test_an_alert_that_nobody_configured_is_rejected_by_name(self):
        self.assert_rejects(alert_on(_UNKNOWN_VM, name="SomebodyElses"), "unknown_alert")

    def test_an_alert_without_a_vm_id_is_rejected(self):
        self.assert_rejects(alert_on(None), "no_vm_id")

    def test_a_vm_id_that_is_no_uuid_is_rejected(self):
        for false in ("i-2-43-VM", "43", "' OR 1=1 --", _UNKNOWN_VM + "0", "../../etc/passwd"):
            with self.subTest(vm_id=false):
                self.assert_rejects(alert_on(false), "vm_id_not_uuid")

    def test_one_bad_alert_does_not_lose_its_neighbour(self):
        vm_id = self.lab["vms"][0]["id"]
        answer = self.controller.deliver(batch_of(alert_on(None), alert_on(vm_id), alert_on("false")))
        self.assertEqual(200, answer.status)
        self.assertEqual(1, self.new_actions())

    def assert_rejects(self, alert: dict, reason: str) -> None:
        before = self.metric("alerts_rejected_total", reason=reason)
        answer = self.controller.deliver(batch_of(alert))
        # 200: it was understood and noted. Any other answer would make Alertmanager deliver it again for ever.
        self.assertEqual(200, answer.status)
        self.assertIn(reason, answer.text)
        self.assertEqual(before + 1, self.metric("alerts_rejected_total", reason=reason))
        self.assertEqual(0, self.new_actions())

    def test_what_is_no_delivery_is_400(self):
        for body in (b"", b"{", b"[]", b"null", b"true", b"\xff\xfe", b'{"version":"4"}', b'{"alerts":{}}',
                     b'{"alerts":[1]}', b'{"alerts":[{"status":"firing","labels":[]}]}', b"[" * 5000,
                     json.dumps({"version": "4", "alerts": [{"status": "maybe"}]}).encode()):
            with self.subTest(body=body[:60]):
                before = self.rejected()
                answer = self.post(body)
                self.assertEqual(400, answer.status, answer.text)
                self.assertNotEqual("", answer.text.strip())
                self.assertGreater(self.rejected(), before)
        self.assertEqual(0, self.new_actions())

    def test_without_the_right_token_it_is_401(self):
        body = json.dumps(batch_of(alert_on(self.lab["vms"][0]["id"]))).encode()
        operator = web.bearer(self.lab["operator_token"])["Authorization"]
        token = self.lab["webhook_token"]
        for authorization in ("", "Bearer", "Bearer ", "Bearer wrong", operator, f"Basic {token}", f"Bearer {token}x",
                              f"Bearer {token[:-1]}"):
            with self.subTest(authorization=authorization):
                before = self.rejected()
                self.assertEqual(401, self.post(body, Authorization=authorization).status)
                self.assertGreater(self.rejected(), before)
        self.assertEqual(0, self.new_actions())

    def test_a_compressed_delivery_is_415(self):
        body = gzip.compress(json.dumps(batch_of(alert_on(self.lab["vms"][0]["id"]))).encode())
        self.assert_turned_away(415, lambda: self.post(body, Content_Encoding="gzip").status)

    def test_a_delivery_that_is_not_json_is_415(self):
        self.assert_turned_away(415, lambda: self.post(b"a=b", Content_Type="application/x-www-form-urlencoded").status)

    def test_an_oversized_delivery_is_413(self):
        self.assert_turned_away(413, lambda: self.raw(f"Content-Length: {1 << 40}\r\n", b"{"))

    def test_a_delivery_without_a_length_is_411(self):
        self.assert_turned_away(411, lambda: self.raw("", b""))

    def test_a_chunked_delivery_is_turned_away(self):
        body = json.dumps(batch_of(alert_on(self.lab["vms"][0]["id"]))).encode()
        chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        self.assert_turned_away(411, lambda: self.raw("Transfer-Encoding: chunked\r\n", chunked))

    def assert_turned_away(self, status: int, send) -> None:
        before = self.rejected()
        self.assertEqual(status, send())
        self.assertGreater(self.rejected(), before)
        self.assertEqual(0, self.new_actions())

    def raw(self, headers: str, body: bytes) -> int:
        """Sends a request that no well-behaved client would, and returns the status of its answer."""
        url = urllib.parse.urlsplit(self.controller.webhook_url)
        with socket.create_connection((url.hostname, url.port), timeout=web.TIMEOUT_SECONDS) as connection:
            connection.sendall(f"POST {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\nContent-Type: application/json\r\n"
                               f"Authorization: Bearer {self.lab['webhook_token']}\r\n{headers}\r\n".encode() + body)
            answer = connection.makefile("rb").readline()
        return int(answer.split()[1])


if __name__ == "__main__":
    unittest.main()
