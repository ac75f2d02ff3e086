"""CloudStack's layout of MAC addresses."""

import unittest

from management_server import nics


class MacAddress(unittest.TestCase):
    def test_names_the_zone_the_network_and_the_sequence(self) -> None:
        self.assertEqual(nics.mac_address(1, 200, 7), "02:01:00:c8:00:07")

    def test_a_sequence_beyond_16_bits_collides_with_the_network(self) -> None:
        self.assertEqual(nics.mac_address(1, 201, 65536), nics.mac_address(1, 201, 0))


if __name__ == "__main__":
    unittest.main()
