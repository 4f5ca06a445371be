"""Reports of months, quarters and years (月报、季报、年报), the last ones that are over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from xinfang.pages import counted, words
from xinfang.pages.drawing import drawn
from xinfang.pages.frame import Frame
from xinfang.reports import Cell, Kind, Report, Reports, Term

#: So many of each kind have a page.
_PAGES: Final = {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.YEAR: 10}
#: Word of a dimension in names of cells → what gives the word of a group in lists.
_GROUPS: Final[Mapping[str, Callable[[str], str]]] = {
    "by-channel": words.channel,
    "by-category": words.category,
}


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make a page for each report, and the list of them; no report for an empty register."""
    made: dict[Kind, list[Report]] = {kind: [] for kind in Kind}
    if frame.listed:
        cut = frame.office.reporting.month_end
        book = Reports(frame.office, frame.register.clocks, frame.listed, frame.today)
        for kind, count in _PAGES.items():
            made[kind] = [book.of(term) for term in book.complete(kind, count, cut)]
    for reports in made.values():
        for place, report in enumerate(reports):
            yield (
                f"reports/{report.term.id}.md",
                frame.page(
                    "report.md",
                    root="../",
                    report=report,
                    later=reports[place - 1].term if place else None,
                    earlier=reports[place + 1].term if place + 1 < len(reports) else None,
                    drawn=drawn,
                    address=_Addresses(frame, report.term),
                ),
            )
    yield "reports/index.md", frame.page("reports.md", root="../", made=made)


class _Addresses:
    """Says which words of the ledger show the cases of a cell; none where no words do."""

    def __init__(self, frame: Frame, term: Term) -> None:
        self._frame = frame
        self._term = term

    def __call__(self, cell: Cell) -> str:
        """Give the words for a cell of the period itself."""
        measure, _, rest = cell.id.partition(".")
        if not cell.cases or measure not in {"received", "closed"} or self._term.cut:
            return ""
        entries = self._frame.entries
        if any(entries[number].sealed for number in cell.cases):
            return ""  # of an accusation lists carry no words
        match self._term.kind:
            case Kind.MONTH:
                when = words.month(measure, self._term.last)
            case Kind.YEAR:
                when = f"{measure}-{self._term.year}"
            case Kind.QUARTER:
                return ""
        if not rest:
            return when
        dimension, _, code = rest.partition(".")
        if "." in code:  # of another period
            return ""
        group = self._group(dimension, cell.name.partition("/")[2])
        return f"{when},{group}" if group else ""

    def _group(self, dimension: str, name: str) -> str:
        """Word of a group of the period itself; none for what is told together."""
        if dimension == "by-department" and name in self._frame.keys:
            return counted.lead(self._frame.keys[name])
        found = _GROUPS.get(dimension)
        try:
            return found(name) if found else ""
        except KeyError:
            return ""
