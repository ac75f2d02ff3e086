"""CloudStack's schema by release. schema.sql is the middle one; the others are told by what is different in them."""

from __future__ import annotations

import pathlib
import re
from dataclasses import dataclass

_BASE = pathlib.Path(__file__).with_name("schema.sql")


@dataclass(frozen=True)
class Schema:
    version: str  # as in the table `version`
    differences: tuple[str, ...] = ()

    def statements(self) -> list[str]:
        """What creates the tables in an empty schema."""
        text = re.sub(r"--.*", "", _BASE.read_text(encoding="utf-8"))
        suffix = " ENGINE=InnoDB DEFAULT CHARSET=utf8mb3"
        tables = [statement.strip() + suffix for statement in text.split(";") if statement.strip()]
        return tables + list(self.differences)


DEFAULT = "4.20"

SCHEMAS = {
    "4.18": Schema(
        "4.18.2.0",
        (
            "ALTER TABLE vm_instance DROP COLUMN delete_protection",
            "ALTER TABLE op_ha_work DROP COLUMN reason",
            "ALTER TABLE resource_limit DROP COLUMN tag",
            "ALTER TABLE account DROP COLUMN api_key_access",
            "ALTER TABLE user DROP COLUMN api_key_access",
            "ALTER TABLE mshost MODIFY state varchar(10) NOT NULL DEFAULT 'Down'",
        ),
    ),
    DEFAULT: Schema("4.20.1.0"),
    "4.22": Schema(
        "4.22.2.0",
        (
            "ALTER TABLE host ADD COLUMN last_mgmt_server_id bigint unsigned AFTER mgmt_server_id,"
            " ADD INDEX i_host__name_removed (name, removed)",
            "ALTER TABLE vm_instance ADD INDEX i_vm_instance__account_id_state (account_id, state)",
            "ALTER TABLE nics ADD INDEX i_nics__instance_id_removed (instance_id, removed)",
            "ALTER TABLE event ADD INDEX i_event__archived_level_created (archived, level, created),"
            " ADD INDEX i_event__account_id_archived_created (account_id, archived, created DESC),"
            " ADD INDEX i_event__domain_id (domain_id), ADD INDEX i_event__resource (resource_id, resource_type),"
            " ADD INDEX i_event__start_id (start_id)",
        ),
    ),
}
