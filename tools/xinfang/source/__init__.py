"""Any bytes in; plain data, positions and findings out.

A file is read once, by libyaml, into nodes that keep their marks. Scalars stay text until
the model decides (no YAML booleans, octal phone numbers or sexagesimal times). Positions
are looked up only when a finding asks for one, so that a clean file costs nothing.
"""

from xinfang.source.reader import (
    Document,
    OddScalar,
    Plain,
    read,
    read_bytes,
    read_text,
    without_places,
)

__all__ = ["Document", "OddScalar", "Plain", "read", "read_bytes", "read_text", "without_places"]
