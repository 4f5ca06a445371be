"""Earlier matters that may be about the same thing, for whoever registers a new one.

Only matters are compared: titles first, then what is claimed. Who brought them is not looked
at, nobody is counted, and nothing is ever refused because of what is found: it is shown so that
the earlier answer and its promises are looked up and, where it is the same matter, linked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xinfang.matter import Matter
from xinfang.model import Case
from xinfang.model.words import Purpose
from xinfang.register import Register

#: Words that open nearly every title and tell nothing.
_OPENINGS: Final = re.compile(r"^(?:再次|又|继续)?(?:反映|要求|请求|咨询|关于|投诉)")
_HEAD: Final = re.compile(r"^(标题|目的|类别): *(.+?) *$", re.MULTILINE)
#: How alike two texts must be, from 0 to 1 (Sørensen–Dice over pairs of characters).
_ALIKE: Final = 0.4
#: What the same category adds.
SAME_CATEGORY: Final = 0.1
#: Titles less alike are not looked at more closely, unless the category is the same.
_WORTH_A_LOOK: Final = 0.1
#: So many of the likeliest are read whole.
_READ: Final = 30


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier matter that may be the same.

    Attributes:
        matter: The matter as it stands.
        likeness: From 0 to 1.
    """

    matter: Matter
    likeness: float

    @property
    def lines(self) -> tuple[str, ...]:
        """Tell enough to judge: day, where it stands, claims, conclusions, what is not kept."""
        matter, case = self.matter, self.matter.case
        claims = "；".join(claim.content for claim in case.claims)
        outcomes = "、".join(
            f"第{number}条{answer.outcome}" for number, answer in sorted(matter.answers.items())
        )
        kept = "、".join(f"第{answer.claim}条" for answer in matter.open_promises)
        told = (
            f"{case.received.day} 收到,{matter.state},{case.category}",
            f"请求: {claims}" if claims else "",
            f"结论: {outcomes}" if outcomes else "",
            f"承诺尚未兑现: {kept}" if kept else "",
        )
        return (f"{case.number} {case.title}", *filter(None, told))


def similar(register: Register, case: Case, limit: int = 5) -> list[Similar]:
    """List earlier matters that may be about the same, the likeliest first; closed ones, too.

    Args:
        register: The register; needs a sound ``office.yaml``.
        case: The new case.
        limit: At most so many.
    """
    if case.purpose is Purpose.ACCUSATION:
        return []
    found = sorted(_read(register, case, _likely(register, case)), key=lambda one: -one.likeness)
    return [one for one in found if one.likeness >= _ALIKE][:limit]


def _likely(register: Register, case: Case) -> list[Path]:
    """Find the files whose titles come nearest, looking at their first lines only."""
    title = pairs(case.title)
    rated = []
    for file in register.case_files():
        head = dict(_HEAD.findall(_text(file)))
        if head.get("目的") == Purpose.ACCUSATION or file.stem == case.number:
            continue
        likeness = dice(title, pairs(head.get("标题", "")))
        if head.get("类别") == case.category:
            likeness += SAME_CATEGORY
        if likeness >= _WORTH_A_LOOK:
            rated.append((likeness, file))
    return [file for _, file in sorted(rated, reverse=True)[:_READ]]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _read(register: Register, case: Case, files: Iterable[Path]) -> Iterator[Similar]:
    traits = Traits.of(case)
    for file in files:
        loaded = register.load(file)
        if loaded.record is not None:
            matter = register.matter(loaded.record, loaded.document.path)
            yield Similar(matter, rated(traits, Traits.of(loaded.record)))


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a matter is compared; nothing in it is about a person.

    Attributes:
        title: Pairs of characters of its title.
        claims: Pairs of characters of what is claimed.
        category: What it is about.
    """

    title: frozenset[str]
    claims: frozenset[str]
    category: str

    @classmethod
    def of(cls, case: Case) -> Traits:
        """Take them from a case."""
        claimed = "".join(claim.content for claim in case.claims)
        return cls(pairs(case.title), pairs(claimed), case.category)


def rated(one: Traits, other: Traits) -> float:
    """Say how alike two matters are: by their titles or by what is claimed, whichever is more."""
    best = max(dice(one.title, other.title), dice(one.claims, other.claims))
    return min(1.0, best + (SAME_CATEGORY if one.category == other.category else 0.0))


def pairs(text: str) -> frozenset[str]:
    """Give the pairs of neighbouring characters of a text, whatever its width and spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = _OPENINGS.sub("", "".join(char for char in folded if char.isalnum()))
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1)) or frozenset({bare} - {""})


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Say how alike two sets of pairs are, from 0 to 1."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0
