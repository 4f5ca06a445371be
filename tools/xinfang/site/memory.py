"""What the last build left, so that the next one makes only what changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xinfang.store import write_output


@dataclass(frozen=True, slots=True)
class Memory:
    """The keys of the pages that stand.

    Attributes:
        shells: Digest of the shells around them.
        keys: Number of each case → key of its page.
    """

    shells: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def taken(cls, file: Path) -> Memory:
        """Take the memory away: what breaks off halfway leaves none, and all is made anew."""
        try:
            data = json.loads(file.read_bytes())
            memory = cls(str(data["shells"]), dict(data["keys"]))
        except (OSError, ValueError, LookupError, TypeError):
            memory = cls()
        file.unlink(missing_ok=True)
        return memory

    def put_back(self, file: Path) -> None:
        """Keep it for the next build."""
        write_output(file, json.dumps({"shells": self.shells, "keys": self.keys}).encode())
