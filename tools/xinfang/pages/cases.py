"""The page of each case; of an accusation it has three lines (A13).

A register has thousands of these pages, and from one day's work to the next nearly all stay as
they are. So each has a key, a digest of all that it is made from; as long as the key is the same,
the page need not be made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from xinfang.cache import program
from xinfang.diagnostics import Finding
from xinfang.errors import XinfangError
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.packaged import forms_folder
from xinfang.pages import agenda as desk
from xinfang.pages import case as views
from xinfang.pages.frame import Frame
from xinfang.pages.papers import papers, possible
from xinfang.pages.recorded import recorded


@dataclass(frozen=True, slots=True)
class Filled:
    """A page, and the file it was made from.

    Attributes:
        text: The page.
        digest: SHA-256 of the bytes of the file; None where it was not read.
    """

    text: str
    digest: bytes | None


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the page of every sound case."""
    for number in frame.entries:
        yield address(number), fill(frame, number).text


def address(number: str) -> str:
    """Where the page of a case stands."""
    return f"cases/{number[3:7]}/{number}.md"


class CaseGoneError(XinfangError):
    """Somebody is in the middle of writing a case."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} 刚刚被移走或改坏,网站没有更新;请改好后再生成一次")


def fill(frame: Frame, number: str) -> Filled:
    """Make the page of a case.

    Raises:
        CaseGoneError: Its file can no longer be read, though the check could.
    """
    entry = frame.entries[number]
    if entry.sealed:
        return Filled(frame.case_page("sealed.md", {number: entry}, entry=entry), None)
    loaded = frame.register.load(frame.register.folder / entry.path)
    if loaded.record is None:
        raise CaseGoneError(entry.path)
    matter = frame.register.matter(loaded.record, entry.path)
    found = frame.findings_by_file.get(entry.path, ())
    return Filled(_case(frame, matter, entry, found), loaded.document.digest)


def _case(frame: Frame, matter: Matter, entry: Entry, found: Sequence[Finding]) -> str:
    stages = views.stages(matter)
    named = _named(frame, entry)
    return frame.case_page(
        "case.md",
        named,
        case=matter.case,
        entry=entry,
        state=matter.state,
        stages=stages,
        next=views.next_step(
            entry,
            stages,
            frame.nearest.get(entry.number),
            sorted(desk.promises(entry, frame.today), key=lambda promise: promise.left),
            frame.office.office_department,
        ),
        reviewing=views.reviewing(matter),
        deadlines=views.sorted_deadlines(matter),
        claims=views.claims(matter),
        timeline=views.timeline(matter),
        papers=papers(matter, frame.forms),
        possible=possible(matter, frame.forms.values()),
        related=views.related(entry, named, frame.later.get(entry.number, ())),
        findings=found,
        history=recorded(
            frame.history, entry.path, compare=frame.office.register_.sample_date is None
        ),
        source=views.source((frame.register.folder / entry.path).read_text("utf-8-sig", "replace")),
    )


def _named(frame: Frame, entry: Entry) -> dict[str, Entry]:
    """Give the matters that a case is linked with, and itself."""
    numbers = [*entry.earlier, *frame.later.get(entry.number, ()), entry.merged_into, entry.number]
    return {number: frame.entries[number] for number in numbers if number in frame.entries}


def keys(frame: Frame, digests: Mapping[str, bytes]) -> dict[str, str]:
    """Give the key of every case, by its number.

    Args:
        frame: What the pages are made from.
        digests: SHA-256 of the bytes of each case file, by its path.
    """
    common = _common(frame)
    return {number: _key(frame, entry, digests, common) for number, entry in frame.entries.items()}


def _key(frame: Frame, entry: Entry, digests: Mapping[str, bytes], common: bytes) -> str:
    """Sum up what the page of a case is made from.

    An entry follows from the bytes of its file and what all cases share, so that the bytes are
    enough. What Git tells of the file comes beside them, and the findings, some of which follow
    from other files.
    """
    linked = [(other.number, digests[other.path]) for other in _named(frame, entry).values()]
    found = frame.findings_by_file.get(entry.path, ())
    told = frame.history and (
        frame.history.packed.get(entry.path),
        frame.history.pending.get(entry.path),
    )
    return blake2b(repr((linked, found, told)).encode(), key=common, digest_size=16).hexdigest()


def _common(frame: Frame) -> bytes:
    """Sum up what all cases share: program, office, day, words of departments, templates, forms."""
    whole = blake2b(program())
    shared = (
        frame.today,
        frame.register.loaded.document.digest,
        frame.keys,
        frame.history and frame.history.whole,
    )
    whole.update(repr(shared).encode())
    templates = (file for folder in frame.folders for file in folder.rglob("*"))
    own = frame.register.folder / "forms"
    named = (file for folder in (own, forms_folder()) for file in folder.glob("*/form.yaml"))
    for file in sorted(file for file in (*templates, *named) if file.is_file()):
        whole.update(f"{file}\0".encode() + blake2b(file.read_bytes()).digest())
    return whole.digest()
