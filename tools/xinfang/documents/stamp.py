"""The mark of an issued paper: a short code and a QR, neither of which holds personal data.

The code follows from what the paper says, so that the same content of the same case, form
and version always has the same mark. It is no secret and opens nothing; it lets anybody who
holds a print ask the register whether it was issued.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

import segno

#: Stands in a page where the mark of an issued version goes.
MARK: Final = "<!--核验码-->"

_CODE_BYTES: Final = 5
_RFC4648: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
#: Crockford's letters: none that is taken for another when it is read out or typed.
_CROCKFORD: Final = str.maketrans(_RFC4648, "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_MISREAD: Final = str.maketrans("OILU", "011V")
_TEXT: Final = re.compile(
    r"(?P<case>XF-\d{4}-\d{4,6}) (?P<form>D\d\d[A-Z]?) (?P<ordinal>\d+)V(?P<version>\d+)"
    r" (?P<code>[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})"
)


@dataclass(frozen=True)
class Stamp:
    """Case, form, which paper of that form, which version of it, and the code.

    Attributes:
        code: Like 7K3M-9QXR.
    """

    case: str
    form: str
    ordinal: int
    version: int
    code: str

    @classmethod
    def of(cls, case: str, form: str, ordinal: int, version: int, digest: str) -> Stamp:
        """Derive the mark from the digest of a paper's content."""
        seed = f"{case} {form} {ordinal} {version} {digest}".encode()
        letters = base64.b32encode(sha256(seed).digest()[:_CODE_BYTES]).decode()
        code = letters.translate(_CROCKFORD)
        return cls(case, form, ordinal, version, f"{code[:4]}-{code[4:]}")

    @classmethod
    def parse(cls, text: str) -> Stamp | None:
        """Read what a QR holds; None where it is another QR."""
        found = _TEXT.fullmatch(text.strip())
        if found is None:
            return None
        form = found["form"][:3] + found["form"][3:].lower()
        return cls(found["case"], form, int(found["ordinal"]), int(found["version"]), found["code"])

    @property
    def text(self) -> str:
        """What the QR holds, in characters that QR codes store densely."""
        return f"{self.case} {self.form.upper()} {self.ordinal}V{self.version} {self.code}"

    @cached_property
    def html(self) -> str:
        """The mark as it stands in a footer."""
        qr = segno.make(self.text, error="m", micro=False)
        svg = qr.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None)
        return f'<div class="stamp">{svg}<span>核验码<br>{self.code}</span></div>'


def normalised(code: str) -> str:
    """Write a typed code as it is printed: capitals, one dash, letters that were misread mended."""
    plain = re.sub(r"[\s\-—–]", "", code).upper().translate(_MISREAD)
    return f"{plain[:4]}-{plain[4:]}"
