"""The signature, against a vector that was computed from CloudStack's own rules."""

import datetime
import unittest

from management_server.api import signature
from management_server.api.errors import ApiError

SECRET = "s3cr+t/KEY"
PARAMETERS = {
    "command": "stopVirtualMachine",
    "id": "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69",
    "forced": "true",
    "apiKey": "Ab-_x~Y*z",
    "response": "json",
    "signatureVersion": "3",
    "expires": "2026-01-02T03:04:05+0000",
    "name": "a b/c",
}
BASE = (
    "apikey=ab-_x%7ey*z&command=stopvirtualmachine&expires=2026-01-02t03%3a04%3a05%2b0000&forced=true"
    "&id=6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69&name=a%20b%2fc&response=json&signatureversion=3"
)
SIGNATURE = "GpUl32trjVSdDtTZCNSdb5X9Jqo="


class Signature(unittest.TestCase):
    def test_the_vector(self) -> None:
        self.assertEqual(signature.base_string(PARAMETERS), BASE)
        self.assertEqual(signature.sign(PARAMETERS, SECRET), SIGNATURE)

    def test_does_not_sign_itself(self) -> None:
        self.assertEqual(signature.sign({**PARAMETERS, "signature": "anything"}, SECRET), SIGNATURE)

    def test_sorts_names_as_sent_so_upper_case_comes_first(self) -> None:
        self.assertEqual(signature.base_string({"a": "1", "B": "2"}), "b=2&a=1")

    def test_encodes_utf8_and_leaves_brackets_in_names(self) -> None:
        self.assertEqual(signature.base_string({"details[0].key": "ü+"}), "details[0].key=%c3%bc%2b")


class Expiry(unittest.TestCase):
    NOW = datetime.datetime(2026, 1, 2, 3, 4, 5)

    def _check(self, **parameters: str) -> None:
        signature.check_expiry(parameters, self.NOW)

    def test_accepts_each_way_to_write_a_time_that_is_not_over(self) -> None:
        for expires in ("2026-01-02T03:04:05+0000", "2026-01-02T03:04:06Z", "2026-01-02T05:04:05+02:00"):
            self._check(signatureVersion="3", expires=expires)

    def test_refuses_what_is_over_missing_or_malformed(self) -> None:
        for expires in ("2026-01-02T03:04:04+0000", "", "tomorrow", "2026-01-02T03:04:05"):
            with self.assertRaises(ApiError, msg=expires) as refused:
                self._check(signatureVersion="3", expires=expires)
            self.assertEqual(refused.exception.code, 401)

    def test_any_other_version_ignores_it(self) -> None:
        self._check(expires="2001-01-01T00:00:00Z")


if __name__ == "__main__":
    unittest.main()
