"""Papers: a form's template filled with the values of a matter, or what stopped it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xinfang import RULES_EDITION
from xinfang.clocks import apply_overrides, default_clocks
from xinfang.diagnostics import Finding, Level, Place
from xinfang.documents.books import InspectionSheet
from xinfang.documents.source import source_of
from xinfang.documents.stamp import MARK, Stamp
from xinfang.documents.stops import Locate, named_in_clear, office_stops, state_of, stops, wording
from xinfang.documents.values import (
    SEALED,
    Identities,
    blank_values,
    office_values,
    values_of,
    watermarks,
)
from xinfang.fonts import font_faces, with_fonts
from xinfang.formatting import FILTERS, kept_whole, other_fonts
from xinfang.forms import SHARED, BrokenFormError, Form, form_folders, forms
from xinfang.matter import Matter
from xinfang.model import Assessment, words
from xinfang.model.office import Office
from xinfang.model.steps import StepBase
from xinfang.tables import PRINTED

_STYLE: Final = re.compile(r"<style>.*?</style>", re.DOTALL)
_MARKUP: Final = re.compile(r"<style>.*?</style>|<[^>]*>|\s", re.DOTALL)
_HEADING: Final = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
#: ``对象`` of a form that shows the office alone; stands for a case number in file names.
OFFICE_PAPER: Final = "本单位"
#: Layout → style sheets of ``forms/_shared``, the general one first.
_STYLES: Final[Mapping[str, tuple[str, ...]]] = {
    "公文": ("official.css",),
    "上行文": ("official.css",),
    "信函": ("official.css", "letter.css"),
    "纪要": ("official.css", "minutes.css"),
    "表格": ("table.css",),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of one matter, or what stopped it.

    Attributes:
        case: Case number.
        form: The form.
        ordinal: From 1; counts the papers of a form that has one for each step of a kind.
        html: The whole paper; None where an error stopped it.
        findings: What was found; errors stop the paper, warnings do not.
        state: 草稿, 送审稿, or empty for a final.
        source: The record that the paper was made from, as YAML without identity.
        number: Document number, where it has one.
        day: Day of the paper, or up to which its record reaches.
        version: Version that went out last; 0 where none did.
        issued_digest: SHA-256 of that version's file.
        frozen: Whether that version says the same as this paper.
    """

    case: str
    form: Form
    ordinal: int
    html: str | None
    findings: tuple[Finding, ...]
    state: str = ""
    source: str = ""
    number: str | None = None
    day: date | None = None
    version: int = 0
    issued_digest: str = ""
    frozen: bool = False

    @property
    def is_final(self) -> bool:
        """Whether it may go out."""
        return self.html is not None and not self.state

    @property
    def digest(self) -> str:
        """SHA-256 of what the paper says and of the record behind it, before any stamp.

        How it looks does not count: another style makes other bytes, but says nothing new.
        """
        said = _STYLE.sub("", self.html or "")
        return sha256(f"{said}\n{self.source}".encode()).hexdigest()

    def stamp(self, version: int) -> Stamp:
        """Make the mark of an issued version; the same content has the same mark."""
        return Stamp.of(self.case, self.form.id, self.ordinal, version, self.digest)

    def stamped(self, stamp: Stamp | None) -> str:
        """Give the page with an issued version's mark in its footer, or without one.

        Raises:
            ValueError: There is no page, because something stopped the paper.
        """
        if self.html is None:
            message = "a paper that was stopped has no page"
            raise ValueError(message)
        return self.html.replace(MARK, stamp.html if stamp else "")

    @property
    def title(self) -> str:
        """Heading of a 公文 or letter; a form has its name."""
        heading = _HEADING.search(self.html or "")
        if heading is None or self.form.layout == "表格":
            return self.form.name
        return _MARKUP.sub("", heading[1])

    @property
    def file_name(self) -> str:
        """Name of the PDF: ``XF-2026-0001-D08.pdf``, the second one ``…-D08-2.pdf``."""
        tail = f"-{self.ordinal}" if self.ordinal > 1 else ""
        return f"{self.case}-{self.form.id}{tail}.pdf"

    def issued_name(self, version: int) -> str:
        """Name of an issued version below the folder of issued papers."""
        return f"{self.case}/{self.file_name.removesuffix('.pdf')}-v{version}.pdf"

    @property
    def hides_somebody(self) -> bool:
        """Whether a sealed particular of a petitioner is missing in it."""
        return SEALED in _MARKUP.sub("", self.html or "")


class Papers:
    """The forms of a register and the way from a matter to its papers.

    Args:
        folders: Folders of forms; an earlier one overrides a later one.
    """

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.forms = forms(*folders)
        self._places = form_folders(*folders)
        self._environment = _environment(folders)
        self._styles: dict[Path, list[str]] = {}

    def applicable(self, matter: Matter) -> list[Form]:
        """List the forms that can be wanted for a matter as it stands."""
        return [form for form in self.forms.values() if form.applies_to(matter)]

    def compose(
        self,
        form: Form,
        matter: Matter,
        identities: Identities | None = None,
        locate: Locate | None = None,
    ) -> list[Paper]:
        """Make the papers of one form for a matter: one, or one for each step of its kind."""
        where = locate or (
            lambda _keys, in_office: Place("office.yaml" if in_office else matter.path)
        )
        if not form.applies_to(matter):
            return [Paper(matter.case.number, form, 1, None, (_not_applicable(form, where),))]
        return [
            self._compose(form, matter, step, ordinal, identities, where)
            for ordinal, step in enumerate(form.subjects(matter), 1)
        ]

    def _compose(
        self,
        form: Form,
        matter: Matter,
        step: StepBase | None,
        ordinal: int,
        identities: Identities | None,
        where: Locate,
    ) -> Paper:
        state = state_of(form, matter, step, ordinal)
        found = stops(form, matter, step, where, final=not state)
        found += named_in_clear(form, matter, identities, where) if not state else []
        if found:
            return Paper(matter.case.number, form, ordinal, None, tuple(found), state)
        values = values_of(form, matter, step, ordinal, identities, state)
        html = self._html(form, matter.office, values)
        found = wording(form, html, where, final=not state)
        paper = Paper(
            matter.case.number,
            form,
            ordinal,
            None if found else html,
            tuple(found),
            state,
            source_of(form, matter, step),
            values["number"],
            values["day"] or values["made"],
        )
        return _with_version(paper, matter)

    def blank(self, form: Form, office: Office) -> str:
        """Make the form as a blank sheet for handwriting."""
        return self._html(form, office, blank_values()).replace(MARK, "")

    def handed(self, form: Form, matter: Matter, **known: object) -> str:
        """Make a form that goes along with a matter: what is known printed, the rest to be filled.

        Args:
            form: The form.
            matter: The matter; nothing that is sealed is shown.
            known: Further names that the template may ask for.
        """
        values = {**blank_values(), "case": matter.case, "matter": matter, **known}
        marks = watermarks("", sample=matter.office.register_.sample)
        html = self._html(form, matter.office, {**values, "watermarks": marks})
        return html.replace(MARK, "")

    def office_papers(self, office: Office, locate: Locate) -> list[Paper]:
        """Make the papers that show the office alone, such as the notice board."""
        made = []
        for form in self.forms.values():
            if form.subject == OFFICE_PAPER:
                found = tuple(office_stops(form, office, locate))
                html = None if found else self.of_office(form, office)
                made.append(Paper(OFFICE_PAPER, form, 1, html, found))
        return made

    def decision_papers(self, decision: Assessment, office: Office) -> list[Paper]:
        """Make the papers of one assessed decision."""
        return [
            Paper(
                decision.number,
                form,
                1,
                self.of_office(form, office, decision, decision.written),
                (),
            )
            for form in self.forms.values()
            if form.subject == "评估"
        ]

    def inspection_papers(
        self, owner: str, sheets: Sequence[InspectionSheet], office: Office
    ) -> list[Paper]:
        """Make the papers of one month of inspections, one a sheet.

        Args:
            owner: What the month is called among the papers.
            sheets: The gathered one first, then one a department.
            office: The office.
        """
        return [
            Paper(owner, form, ordinal, self.of_office(form, office, sheet, sheet.written), ())
            for form in self.forms.values()
            if form.subject == "排查"
            for ordinal, sheet in enumerate(sheets, 1)
        ]

    def of_office(
        self, form: Form, office: Office, record: object = None, day: date | None = None
    ) -> str:
        """Fill a form that shows the office alone, or a record that is no case.

        Args:
            form: The form.
            office: The office.
            record: What the form calls ``record``.
            day: Day of the paper.
        """
        values = office_values(record, sample=office.register_.sample, day=day)
        return self._html(form, office, values).replace(MARK, "")

    def of_register(self, form: Form, office: Office, values: Mapping[str, Any]) -> str:
        """Fill a form that shows the whole register, such as the ledger.

        Args:
            form: The form.
            office: The office.
            values: What its template shows.
        """
        shown = {**office_values(None, sample=office.register_.sample), **values}
        return self._html(form, office, shown).replace(MARK, "")

    def _html(self, form: Form, office: Office, values: Mapping[str, Any]) -> str:
        """Fill a form's template.

        Raises:
            BrokenFormError: The template asks for something that does not exist.
        """
        folder = self._places[form.id]
        try:
            html = self._environment.get_template(f"{folder.name}/page.html").render(
                values,
                form=form,
                office=office,
                unit=office.own_unit,
                words=words,
                stacks=PRINTED,
                edition=RULES_EDITION,
                sample=office.register_.sample,
                clocks={
                    clock.id: clock for clock in apply_overrides(default_clocks(), office.clocks)[0]
                },
                css=self._css(form, folder),
                mark=MARK,
            )
        except TemplateError as error:
            raise BrokenFormError(folder.name, f"page.html:{error.message}") from error
        if form.subject != "整册":  # the columns of the ledger are measured by their contents
            html = kept_whole(html, cells=form.layout == "表格")
        return html if form.layout == "表格" else other_fonts(html)

    def _css(self, form: Form, folder: Path) -> list[str]:
        """Give the style sheets one by one: printing parses those that forms share only once."""
        if folder not in self._styles:
            shared = [self._shared(name) for name in ("base.css", *_STYLES[form.layout])]
            own = folder / "page.css"
            texts = [*shared, *([own.read_text("utf-8")] if own.exists() else [])]
            self._styles[folder] = [font_faces(), *map(with_fonts, texts)]
        return self._styles[folder]

    def _shared(self, name: str) -> str:
        return next(
            (folder / SHARED / name).read_text("utf-8")
            for folder in self.folders
            if (folder / SHARED / name).exists()
        )


@cache
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """Templates that refuse to guess and cannot reach out: a register may bring its own."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


def _with_version(paper: Paper, matter: Matter) -> Paper:
    """Say of a final which version of it went out last, and whether it says the same."""
    issued = matter.issued(paper.form.id, paper.ordinal)
    if not issued or not paper.is_final:
        return paper
    last = issued[-1]
    frozen = paper.stamp(last.version).code == last.code
    return replace(paper, version=last.version, issued_digest=last.digest, frozen=frozen)


def _not_applicable(form: Form, where: Locate) -> Finding:
    return Finding(
        where((), False),
        Level.ERROR,
        "paper-not-applicable",
        f"本事项目前不适用{form.name}({form.id})",
        f"它适用于: {form.conditions}",
    )


def stopped(papers: Iterable[Paper]) -> list[Finding]:
    """Collect the findings of papers, sorted."""
    return sorted({finding for paper in papers for finding in paper.findings})
