"""What other YAML readers take an unquoted scalar for, where we take it for text."""

from __future__ import annotations

import re
from typing import Final

#: Kind → form; first by YAML 1.1 (PyYAML, Ruby), then by YAML 1.2 (most others): 0013800, 1e3.
_KINDS: Final = (
    # Most of what begins like a number is a date, which is read as text here and elsewhere.
    ("", re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")),
    ("bool", re.compile(r"(?i:yes|no|true|false|on|off)")),
    ("sixty", re.compile(r"[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?")),
    ("number", re.compile(r"[-+]?(0[box])?[0-9a-fA-F_]*[0-9][0-9a-fA-F_]*")),
    ("number", re.compile(r"[-+]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9_]+)([eE][-+]?[0-9]+)?")),
    ("number", re.compile(r"[-+]?\.(?i:inf|nan)")),
)
#: First characters of everything above; all other text is text to everybody.
TELLING: Final = frozenset("0123456789+-.yYnNtTfFoO")
#: Unquoted forms of nothing.
NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


def kind_of(text: str) -> str:
    """Tell what an unquoted text is to other readers: bool, number, sixty, or empty for text."""
    return next((kind for kind, form in _KINDS if form.fullmatch(text)), "")
