"""Papers of a register as commands make them: its forms, and names where a key opens them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from xinfang.cli.context import Context
from xinfang.diagnostics import Finding, KeyPath, Level, Place
from xinfang.documents import Identities, Paper, Papers, Stamp
from xinfang.errors import XinfangError
from xinfang.forms import Form
from xinfang.identity import Identity, Owner
from xinfang.matter import Matter
from xinfang.model.words import Particular
from xinfang.packaged import forms_folder
from xinfang.register import OFFICE_FILE, Register
from xinfang.render import Sheet
from xinfang.sealed import (
    MissingKeyError,
    MissingSealError,
    WrongKeyError,
    keys_for,
    open_content,
    sealed_file,
)
from xinfang.source import Document

#: Keys as ``xinfang.sealed`` gives and takes them; only there does anybody look inside.
Keys = Sequence[Any]


#: Folder of issued papers below ``build``.
ISSUED: Final = "issued"


class NoNamesError(XinfangError):
    """A paper that goes out without the petitioners' names is none."""

    def __init__(self) -> None:
        super().__init__(
            "没有密钥,或者没有封存身份信息,文书上印不出信访人姓名,不能出具或成卷。"
            "请设置 XINFANG_KEY_FILE,或先用 xinfang seal 封存,再试"
        )


class HiddenParticularsError(XinfangError):
    """A paper would show that something is sealed, in the place of what is sealed."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(
            f"封存的信息不全,{paper.form.name}({paper.form.id})上有信访人的姓名、住址或联系方式印不出来。"
            f"请用 xinfang seal {paper.case} 补全再试"
        )


def papers_of(register: Register) -> Papers:
    """Open the forms of a register."""
    return Papers(*forms_folders(register))


def forms_folders(register: Register) -> list[Path]:
    """Folders of forms: the register's own first, then those that come with the program."""
    folders = (register.folder / "forms", forms_folder())
    return list(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))


def form_named(papers: Papers, wanted: str) -> Form:
    """Find a form by its number, in any case, by its name, or by a part that only one has."""
    forms = papers.forms.values()
    for form in forms:
        if wanted.upper() == form.id.upper() or wanted == form.name:
            return form
    alike = [form for form in forms if wanted in form.name]
    if len(alike) == 1:
        return alike[0]
    shown = alike or list(forms)
    known = "、".join(f"{form.id} {form.name}" if alike else form.id for form in shown)
    message = (
        f"“{wanted}”不止一种,请写编号: {known}" if alike else f"没有“{wanted}”这种文书;有: {known}"
    )
    raise click.UsageError(message)


def keys_of(register: Register) -> Keys:
    """Load the keys that open sealed files here; none is no trouble."""
    sample = register.office is not None and register.office.register_.sample
    try:
        return keys_for(register.folder, sample=sample)
    except MissingKeyError:
        return ()


@dataclass(frozen=True)
class Locate:
    """Finds places in the case file and in ``office.yaml``."""

    case: Document
    office: Document

    def __call__(self, keys: KeyPath, in_office: bool) -> Place:  # noqa: FBT001
        """Give the place of a key path."""
        return (self.office if in_office else self.case).place(keys)


def composed(
    papers: Papers,
    matter: Matter,
    form: Form | None,
    identities: Identities | None,
    where: Locate,
) -> Iterator[Paper]:
    """Make the papers of a matter: of one form, or of all that apply."""
    for wanted in [form] if form else papers.applicable(matter):
        yield from papers.compose(wanted, matter, identities, where)


@dataclass(frozen=True)
class Opened:
    """A matter ready for papers that go out, with names.

    Attributes:
        file: Its file.
        matter: The matter.
        identities: Who the parties are.
        where: Finds places for findings.
    """

    file: Path
    matter: Matter
    identities: Identities | None
    where: Locate

    @property
    def made_from(self) -> list[Path]:
        """What its papers are made from, so far as it stands in the register."""
        folder = self.file.parents[2]
        seal = sealed_file(folder, self.file.stem)
        wanted = (self.file, folder / OFFICE_FILE, seal, folder / "forms")
        return [path for path in wanted if path.exists()]


def opened(register: Register, file: Path) -> Opened | list[Finding]:
    """Open a matter whose papers are to go out; findings where it cannot be opened as it should.

    Raises:
        NoNamesError: There is no key, and so no name.
    """
    loaded = register.load(file)
    if loaded.record is None:
        return [finding for finding in loaded.findings if finding.level is Level.ERROR]
    matter = register.matter(loaded.record, loaded.document.path)
    findings: list[Finding] = []
    identities = identities_of(register, file.stem, keys_of(register), findings)
    if findings:
        return findings
    if identities is None and matter.case.parties and not matter.is_sealed:
        raise NoNamesError
    where = Locate(loaded.document, register.loaded.document)
    return Opened(file, matter, identities, where)


def issued_places(context: Context, paper: Paper, version: int) -> list[Path]:
    """Where an issued version is kept: in ``build``, and where the office wants it as well."""
    name, own = paper.issued_name(version), context.office.issuing.folder
    places = [context.build / ISSUED / name]
    return [*places, context.register.folder / own / name] if own else places


def sheet_of(paper: Paper, stamp: Stamp | None = None) -> Sheet:
    """Make the sheet to be printed: a final is archival and carries its source.

    Args:
        paper: The paper.
        stamp: Mark of the version that is being issued; a paper that went out already and says
            the same keeps its mark.
    """
    if stamp is None and paper.frozen:
        stamp = paper.stamp(paper.version)
    html = paper.stamped(stamp)
    if not paper.is_final:
        return Sheet(html)
    return Sheet(html, archival=True, source=(f"{paper.case}.yaml", paper.source))


def identities_of(
    register: Register, case: str, keys: Keys, findings: list[Finding]
) -> Identities | None:
    """Open who the parties are; None without a key or where nothing is sealed."""
    if not keys:
        return None
    try:
        content, found = open_content(register, case, keys)
    except MissingSealError:
        return None
    except WrongKeyError as error:
        place = Place(sealed_file(Path(), case).as_posix())
        findings.append(Finding(place, Level.ERROR, "sealed-not-opened", str(error)))
        return None
    findings += [finding for finding in found if finding.level is Level.ERROR]
    if content is None:
        return None
    return {code: _shown(identity) for code, identity in content.parties.items()}


def _shown(identity: Identity) -> dict[str, str]:
    contacts = [
        contact.number + ("" if contact.owner is Owner.SELF else f"（{contact.owner}）")
        for contact in identity.contacts
    ]
    return {
        Particular.NAME: identity.name or "",
        Particular.ADDRESS: identity.address or "",
        Particular.CONTACT: "、".join(contacts),
    }
