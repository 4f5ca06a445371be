"""Templates are compiled once in a process, however often a site is built in it.

Compiling the theme's templates is a third of the time of a small site; ``serve`` builds one after
every change. Jinja itself asks for the compiled form of the same text only.
"""

from __future__ import annotations

from typing import Final

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """What one kind of environment has compiled; another kind compiles the same text otherwise."""

    def __init__(self) -> None:
        self._kept: Final[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was kept; the bucket itself refuses what was made of another text."""
        if (known := self._kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()
