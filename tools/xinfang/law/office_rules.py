"""The 细则 itself as data: as it was found, as it is meant to be read, and what differs.

Text and notices stand in ``office_rules.yaml``, what the text asks for in ``requirements.yaml``,
what it leaves open in ``readings.yaml``. A clause's id is the place that citations name, so that
``细则 五·四·1`` finds its clause, and nothing has to be told twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from xinfang.law import Citation, parse_citation

_FOLDER: Final = Path(__file__).parent
#: Follows the id of a part whose only text is one paragraph without a number.
_PARAGRAPH: Final = "·正文"
#: Characters that the source types narrow and Chinese print sets wide.
_WIDE: Final = str.maketrans(",;:!()", "，；：！（）")


class UnexplainedChangeError(ValueError):
    """Source and reading of a clause differ by something that no restoration explains."""


@dataclass(frozen=True, slots=True)
class Restoration:
    """One word of the source and the word that was meant.

    Attributes:
        source: The word of the source; empty where the source lost one.
        text: The word that was meant; empty where the source has one too many.
        effect: What the source's word would mean if it were kept; empty for a reading aid.
        meaning: Whether a rule means something else with the word of the source.
    """

    source: str
    text: str
    effect: str = ""
    meaning: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a clause: the same in both texts, or one restoration."""

    source: str
    text: str
    restoration: Restoration | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What the register does where an article is missing, and whence it takes that."""

    name: str
    text: str
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of the source, or an article that it lacks.

    Attributes:
        id: Place in the text: ``五·四·1``; names such as ``落款`` outside its parts.
        original: The line as it was found; empty for a missing article.
        text: The line as it is read here; empty where it does not belong to the text.
        missing: Whether the source has no such article.
        steps: What is done instead of a missing article.
    """

    id: str
    original: str = ""
    text: str = ""
    missing: bool = False
    steps: tuple[Step, ...] = ()

    @property
    def cited_as(self) -> str:
        """The place under which citations name it."""
        return self.id.removesuffix(_PARAGRAPH)

    @property
    def part(self) -> str:
        """The part it belongs to: ``五``, ``通知``, ``落款``."""
        return self.id.partition("·")[0]

    @property
    def level(self) -> int:
        """1 for a part, 2 for an article or a paragraph of a part, 3 for an item."""
        return 1 + self.id.count("·")

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Both texts side by side, parted where they differ.

        Raises:
            UnexplainedChangeError: A difference is not in the table of restorations.
        """
        return _aligned(self.original, self.text)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader of some clauses has to know.

    Attributes:
        id: Anchor on the page.
        clauses: Ids of the clauses it stands with.
        kind: 缺漏, 有误 or 执行.
        title: What is the matter, in a few words.
        text: What that means here.
        works: Keys of works in the register of bases that it speaks of.
    """

    id: str
    clauses: tuple[str, ...]
    kind: str
    title: str
    text: str
    works: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Who answers for which clauses."""

    who: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of what the text asks for: R01 to R64.

    Attributes:
        id: Number of the row.
        clause: Place in the text.
        text: What is asked for, in a few words.
        unchecked: Why no rule can keep it; empty where a rule does.
    """

    id: str
    clause: str
    text: str
    unchecked: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the register reads what the text leaves open: A1 to A17.

    Attributes:
        id: Number, as citations name it (口径 A1).
        question: What is left open.
        clauses: Places in the text that leave it open.
        reading: How it is read here.
        reason: Why.
        kept: Where it is held: ``policy``, ``office``, ``code``.
        policy: Names of values under 口径 in ``office.yaml``.
        shows: Names of other values that show it.
        clocks: Ids of clocks that it sets.
        acts: Where it acts beside what cites it.
    """

    id: str
    question: str
    clauses: tuple[str, ...]
    reading: str
    reason: str
    kept: tuple[str, ...]
    policy: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    acts: str = ""


@cache
def clauses() -> dict[str, Clause]:
    """Every clause by its id, in the order of the source. Treat the result as read-only."""
    return {entry["id"]: _clause(entry) for entry in _data("office_rules")["clauses"]}


@cache
def restorations() -> tuple[Restoration, ...]:
    """The table of restorations, in the order of the file."""
    return tuple(
        Restoration(
            entry["from"], entry["to"], entry.get("effect", ""), entry.get("meaning", False)
        )
        for entry in _data("office_rules")["restorations"]
    )


@cache
def restored_in() -> dict[Restoration, tuple[str, ...]]:
    """For each restoration the clauses that it changes."""
    found: dict[Restoration, dict[str, None]] = {entry: {} for entry in restorations()}
    for clause in clauses().values():
        for piece in clause.pieces:
            if piece.restoration:
                found[piece.restoration][clause.id] = None
    return {entry: tuple(places) for entry, places in found.items()}


@cache
def notices() -> tuple[Notice, ...]:
    """What readers have to know, in the order of the file."""
    return tuple(Notice(**_tuples(entry)) for entry in _data("office_rules")["notices"])


@cache
def duties() -> tuple[Duty, ...]:
    """Who answers for which clauses."""
    return tuple(Duty(**_tuples(entry)) for entry in _data("office_rules")["duties"])


def source() -> tuple[str, str]:
    """Give the SHA-256 of the source as it was found, and where that was."""
    about = _data("office_rules")["source"]
    return about["sha256"], about["found"]


@cache
def requirements() -> dict[str, Requirement]:
    """Every row of what the text asks for, by its number."""
    return {key: Requirement(key, **fields) for key, fields in _data("requirements").items()}


@cache
def readings() -> dict[str, Reading]:
    """Every reading of the house, by its number."""
    return {key: Reading(key, **_tuples(fields)) for key, fields in _data("readings").items()}


@cache
def _data(name: str) -> Any:  # noqa: ANN401 - three files of different shape
    import yaml  # noqa: PLC0415 - citing must stay free of the cost of a YAML parser

    with (_FOLDER / f"{name}.yaml").open("rb") as stream:
        return yaml.load(stream, yaml.CSafeLoader)


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in fields.items()}


def _clause(entry: dict[str, Any]) -> Clause:
    steps = tuple(
        Step(step["name"], step["text"], tuple(map(parse_citation, step["basis"])))
        for step in entry.get("steps", ())
    )
    return Clause(**{**entry, "steps": steps})


@cache
def _aligned(source: str, text: str) -> tuple[Piece, ...]:
    """Walk along both texts; at each place the longest restoration that fits, or the same."""
    pieces: list[Piece] = []
    same = Piece("", "")
    at, to = 0, 0
    while at < len(source) or to < len(text):
        found = _restoration(source[at:], text[to:])
        if found:
            pieces += [same, Piece(found.source, found.text, found)]
            same = Piece("", "")
            at, to = at + len(found.source), to + len(found.text)
            continue
        more, on = _same(source[at : at + 1], text[to : to + 1])
        if not more and not on:
            raise UnexplainedChangeError(source[at:], text[to:])
        same = Piece(same.source + source[at : at + more], same.text + text[to : to + on])
        at, to = at + more, to + on
    return tuple(piece for piece in (*pieces, same) if piece.source or piece.text)


def _restoration(source: str, text: str) -> Restoration | None:
    """Find the longest restoration that leads from the one to the other here."""
    fitting = (
        entry
        for entry in restorations()
        if source.startswith(entry.source)
        and text.startswith(entry.text)
        # A word lost or added is told from the same word in both only by what follows.
        and (entry.source or source[:1] != text[:1])
    )
    return max(fitting, key=lambda entry: len(entry.source), default=None)


def _same(source: str, text: str) -> tuple[int, int]:
    """Say how many characters of each are the same but for width and blanks."""
    if source and source.translate(_WIDE) == text:
        return 1, 1
    if source.isspace():
        return 1, int(text.isspace())
    return 0, int(text.isspace())
