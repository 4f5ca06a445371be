"""The samples of the forms: each form filled in for a sample case, and blank.

A form's folder may hold ``sample/case.yaml``, a case made for it; otherwise ``样例`` in its
``form.yaml`` names a case of the sample register. A form that shows no case may hold
``sample/record.yaml``. Who the petitioners are stands in ``people.yaml`` beside
this file; everybody in it is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from xinfang.documents import Paper, Papers, books
from xinfang.exports.pdf import as_html
from xinfang.extract import extract
from xinfang.forms import Form, form_folders
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.model import load_case
from xinfang.register import Register, open_register
from xinfang.report_files.pdf import as_html as report_html
from xinfang.reports import Kind, Report, Reports, parse
from xinfang.selection import Selection
from xinfang.source import read

ROOT: Final = Path(__file__).resolve().parents[2]
FORMS: Final = ROOT / "forms"
TODAY: Final = date(2026, 9, 16)
#: Filled and blank page of each form as it should be, without its styles.
SAMPLE: Final = "sample"


@cache
def papers() -> Papers:
    """The forms of this repository."""
    return Papers(FORMS)


@cache
def register() -> Register:
    """The sample register."""
    return open_register(ROOT, TODAY, TODAY)


@cache
def folder_of(form_id: str) -> Path:
    """Folder of a form."""
    return form_folders(FORMS)[form_id]


@cache
def people() -> dict[str, Any]:
    """Invented identities of the petitioners A, B, C …"""
    data: dict[str, Any] = read(Path(__file__).with_name("people.yaml"), "people.yaml").data
    return data


def sample_data(form: Form) -> dict[str, Any]:
    """Give the sample case of a form as plain data."""
    own = folder_of(form.id) / SAMPLE / "case.yaml"
    file = own if own.exists() else register().file_of(form.sample or "")
    data: dict[str, Any] = read(file, file.name).data
    return data


def sample_matter(form: Form) -> Matter:
    """Load the sample case of a form.

    Raises:
        ValueError: The sample is no valid case.
    """
    own = folder_of(form.id) / SAMPLE / "case.yaml"
    file = own if own.exists() else register().file_of(form.sample or "")
    loaded = load_case(read(file, f"cases/{file.name}"))
    if loaded.record is None:
        raise ValueError(*loaded.findings)
    return register().matter(loaded.record, f"cases/{file.name}")


def sample_papers(form: Form) -> list[Paper]:
    """Fill a form in for its sample case."""
    return papers().compose(form, sample_matter(form), people())


def filled(form: Form) -> str:
    """Give the page of a form filled in.

    Raises:
        ValueError: Something stops the paper.
    """
    if form.subject == "事项":
        paper = sample_papers(form)[-1]
        if paper.html is None:
            raise ValueError(*map(str, paper.findings))
        return paper.stamped(None)
    office = register().office
    if office is None:
        raise ValueError(*register().loaded.findings)
    if form.subject == "整册":
        matters = (register().matter(c.record, c.document.path) for c in _cases())
        found = extract(office, TODAY, map(Entry.of, matters), Selection())
        return as_html(found, papers(), office)
    if form.subject == "报表":
        return report_html(sample_report(form), papers(), office)
    return papers().of_office(form, office, sample_record(form), TODAY)


def sample_report(form: Form) -> Report:
    """Make the report of the period that ``样例`` in a form names.

    Raises:
        ValueError: The register of the samples is broken.
    """
    office = register().office
    if office is None:
        raise ValueError(*register().loaded.findings)
    entries = [Entry.of(register().matter(c.record, c.document.path)) for c in _cases()]
    reports = Reports(office, register().clocks, entries, TODAY)
    return reports.of(parse(Kind.QUARTER, form.sample or ""))


def sample_record(form: Form) -> object:
    """Give what a form of another book shows; None for one that shows the office alone.

    Raises:
        ValueError: The sample register has no such record.
    """
    if form.subject == "评估":
        return next(d for d in books.decisions(register()) if d.number == form.sample)
    office = register().office
    if form.subject == "排查" and office is not None:
        reports = books.months(register())[form.sample or ""]
        return books.gathered(reports, office.office_department, TODAY)
    own = folder_of(form.id) / SAMPLE / "record.yaml"
    return read(own, "record.yaml").data if own.exists() else None


def _cases() -> Iterator[Any]:
    """List the sample cases as loaded; all of them are sound."""
    return (loaded for _, loaded in register().matters())


def blank(form: Form) -> str:
    """Give the page of a form to be filled in by hand."""
    office = register().office
    if office is None:
        raise ValueError(*register().loaded.findings)
    return papers().blank(form, office)


def all_forms() -> Iterator[Form]:
    """List every form but the ledger, which shows the whole register."""
    return (form for form in papers().forms.values() if form.subject != "整册")
