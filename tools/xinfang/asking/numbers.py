"""The next number of a series of papers, found without reading the whole register."""

from __future__ import annotations

import re
from typing import Final

from xinfang.ledger import Entry
from xinfang.register import Register

_NUMBER: Final = r"〔{year}〕([1-9][0-9]*)号"


def suggested_number(register: Register, series: str) -> str:
    """Suggest what ``xinfang issue`` would give: one more than the highest number of this year.

    Cases are searched as text for numbers of the series; the few that name the highest are read.
    """
    from xinfang.issuing import next_number  # noqa: PLC0415 - papers take long to import

    year = register.today.year
    pattern = re.compile(re.escape(series) + _NUMBER.format(year=year))
    named: dict[int, list[str]] = {}
    for file in register.case_files():
        for number in pattern.findall(file.read_text("utf-8", "replace")):
            named.setdefault(int(number), []).append(str(file))
    for number in sorted(named, reverse=True):
        highest = next_number(_entries(register, named[number]), series, year)
        if highest.endswith(f"〕{number + 1}号"):
            return highest
    return next_number((), series, year)


def _entries(register: Register, files: list[str]) -> list[Entry]:
    loaded = [register.load(register.folder / file) for file in dict.fromkeys(files)]
    return [
        Entry.of(register.matter(one.record, one.document.path)) for one in loaded if one.record
    ]
