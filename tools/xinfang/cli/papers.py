"""Papers of a register as commands make them: its forms, and names where a key opens them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from xinfang.diagnostics import Finding, KeyPath, Level, Place
from xinfang.documents import Identities, Paper, Papers, Stamp
from xinfang.forms import Form
from xinfang.identity import Identity, Owner
from xinfang.matter import Matter
from xinfang.model.words import Particular
from xinfang.packaged import forms_folder
from xinfang.register import Register
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
