"""Which columns of an exported ledger may be edited, and which step an edit becomes; as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

_DATA: Final = Path(__file__).with_name("edits.yaml")


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edited cell becomes.

    Attributes:
        step: Kind of step.
        field: Key in it.
    """

    step: str
    field: str


@dataclass(frozen=True, slots=True)
class Edits:
    """What may be edited.

    Attributes:
        columns: Heading → what an edit becomes.
        registered: Headings of what is written at registration; it is mended in the case file.
        needed: Kind of step → what it needs that no column holds.
    """

    columns: Mapping[str, Edit]
    registered: frozenset[str]
    needed: Mapping[str, str]

    def why_not(self, heading: str) -> str:
        """Say why a column cannot be edited."""
        if heading in self.registered:
            return "是登记的内容,请在事项文件里改"
        return "由登记和步骤推算,不能改"


@cache
def edits() -> Edits:
    """Read what may be edited, once."""
    with _DATA.open("rb") as stream:
        data: dict[str, Any] = yaml.load(stream, yaml.CSafeLoader)
    columns = {name: Edit(facts["步骤"], facts["项"]) for name, facts in data["可改"].items()}
    return Edits(columns, frozenset(data["登记内容"]), data["还须"])
