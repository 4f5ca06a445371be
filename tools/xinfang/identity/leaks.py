"""The search for leaks: does a sealed value stand in clear anywhere?"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from xinfang.identity.record import SealedContent

JUNK: Final = re.compile(r"[\s\-\u2010-\u2015]+")
#: Shorter values are too common to be told from ordinary words.
SHORTEST: Final = {"姓名": 2, "住址": 6, "联系方式": 7, "证件号": 8, "统一社会信用代码": 18}
#: So many characters of a value are looked up first.
_PREFIX: Final = 2


@dataclass(frozen=True, slots=True)
class Secret:
    """One sealed value that must stand nowhere in clear.

    Attributes:
        case: Case number.
        field: Which particular it is.
        value: The value, folded.
    """

    case: str
    field: str
    value: str = dataclasses.field(repr=False)


@dataclass(frozen=True, order=True, slots=True)
class Leak:
    """A sealed value found in clear: which field of which case, and the line; never the value."""

    case: str
    field: str
    line: int


def secrets_of(content: SealedContent, *, known: frozenset[str] = frozenset()) -> list[Secret]:
    """List the values of a sealed file that must stand nowhere in clear.

    Args:
        content: The opened file.
        known: Names of office staff: a namesake among them is no leak.
    """
    found = []
    for _, identity in content.people():
        pairs = [("姓名", identity.name), ("住址", identity.address)]
        pairs += [("联系方式", contact.number) for contact in identity.contacts]
        pairs += [("证件号", identity.id_number), ("统一社会信用代码", identity.credit_code)]
        found += secrets_among(content.label, pairs, known=known)
    return found


def secrets_among(
    case: str, values: Iterable[tuple[str, str | None]], *, known: frozenset[str] = frozenset()
) -> list[Secret]:
    """List the values that are long enough to be told from ordinary words, as secrets.

    Args:
        case: Case number.
        values: Which particular, and its value.
        known: Names of office staff: a namesake among them is no leak.
    """
    return [
        Secret(case, field_name, fold(value))
        for field_name, value in values
        if value and value not in known and len(fold(value)) >= SHORTEST[field_name]
    ]


def fold(text: str) -> str:
    """Bring a text to the form in which it is compared: width folded, no blanks or dashes."""
    return JUNK.sub("", unicodedata.normalize("NFKC", text))


class Leaks:
    """All secrets of a register, ready to be searched for in many texts."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._by_prefix: dict[str, list[Secret]] = defaultdict(list)
        for secret in secrets:
            self._by_prefix[secret.value[:_PREFIX]].append(secret)

    def find(self, text: str) -> Iterator[Leak]:
        """Yield each secret that stands in a text, with its line."""
        for secret in self._candidates(fold(text)):
            for number, line in enumerate(text.splitlines(), 1):
                if secret.value in fold(line):
                    yield Leak(secret.case, secret.field, number)
                    break
            else:
                # It runs over the end of a line.
                yield Leak(secret.case, secret.field, 0)

    def _candidates(self, folded: str) -> Iterator[Secret]:
        pairs = {folded[i : i + _PREFIX] for i in range(len(folded) - 1)}
        for prefix in sorted(pairs & self._by_prefix.keys()):
            for secret in self._by_prefix[prefix]:
                if secret.value in folded:
                    yield secret
