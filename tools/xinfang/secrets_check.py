"""What a check can do with a key: is what is sealed complete and sound, and does it leak?

Names the field and the case, never the value. Without a key none of this runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from xinfang import git
from xinfang.diagnostics import Finding, Level, Place
from xinfang.identity import Leaks, SealedContent, Secret, secrets_of
from xinfang.law import cite
from xinfang.model import Case
from xinfang.register import CASES_FOLDER, OFFICE_FILE, Register
from xinfang.sealed import WrongKeyError, open_content, sealed_file, sealed_files

_CITES: Final = (str(cite("细则", "五·三")), str(cite("个保法", "51")))
#: Texts below ``build/`` that a clerk may hand on.
_OUTPUT: Final = (
    "pages/**/*.*",  # the pages of the site, its lists, calendars and data
    "public/**/*.html",
    "ledger/*.csv",
    "ledger/*.json",
    "due/*.ics",
)


def check_secrets(
    register: Register, cases: Mapping[str, Case], keys: Sequence[Any]
) -> tuple[Finding, ...]:
    """Open every sealed file and hold it against its case; look for its values everywhere.

    Args:
        register: The register.
        cases: The sound cases by number.
        keys: The keys at hand.
    """
    findings: list[Finding] = []
    secrets: list[Secret] = []
    staff = (
        frozenset(post.name for post in register.office.posts) if register.office else frozenset()
    )
    for number, case in cases.items():
        if not sealed_file(register.folder, number).exists():
            continue
        try:
            content, found = open_content(register, number, keys)
        except WrongKeyError as error:
            findings.append(_finding(_place(register, number), "sealed-unopened", str(error)))
            continue
        findings += found
        if content is not None:
            findings += held_against(content, case, _place(register, number))
            secrets += secrets_of(content, known=staff)
    findings += _orphans(register)
    findings += _leaks(register, Leaks(secrets))
    return tuple(sorted(findings))


def _orphans(register: Register) -> Iterator[Finding]:
    """Sealed files that belong to no case: nobody would ever look at or destroy them."""
    for file in sealed_files(register.folder):
        if not register.file_of(file.stem).exists():
            yield Finding(
                Place(register.name_of(file)),
                Level.WARNING,
                "sealed-orphan",
                "没有相应的事项文件",
                "请核对编号;事项已改号的,把封存文件一并改名",
                _CITES,
            )


def held_against(content: SealedContent, case: Case, place: Place) -> Iterator[Finding]:
    """Hold opened content against its case: what the case says was given, and nobody else."""
    if not content.is_of(case.number, query_code=case.query_code, former=case.former):
        yield _finding(place, "sealed-number", "封存内容的编号与事项编号不同", Level.ERROR)
    codes = {party.code for party in case.parties}
    for code in sorted(content.parties.keys() - codes):
        yield _finding(place, "sealed-party", f"封存了 {code},但事项文件没有这个代号")
    for party in case.parties:
        identity = content.parties.get(party.code)
        lacking = set(party.given) - (identity.given if identity else set())
        if lacking:
            words = "、".join(sorted(lacking))
            yield _finding(place, "sealed-incomplete", f"{party.code} 已载明的{words}没有封存")


def _leaks(register: Register, leaks: Leaks) -> Iterator[Finding]:
    for name, text in _texts(register):
        for leak in leaks.find(text):
            yield Finding(
                Place(name, leak.line, 1) if leak.line else Place(name),
                Level.ERROR,
                "sealed-value-in-clear",
                f"{leak.case} 封存的{leak.field}以明文出现在这里",
                "请删去;已提交的视为泄露,按泄密处置",
                _CITES,
            )


def _texts(register: Register) -> Iterator[tuple[str, str]]:
    """Everything that may be read without a key: case files, output, commit messages."""
    folder = register.folder
    yield from _files(register, [folder / OFFICE_FILE, *(folder / CASES_FOLDER).rglob("*.yaml")])
    for pattern in _OUTPUT:
        yield from _files(register, (folder / "build").glob(pattern))
    for number, message in enumerate(git.messages(folder), 1):
        yield f"Git 提交说明(倒数第 {number} 条)", message


def _files(register: Register, files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for file in sorted(files):
        if file.is_file() and not file.is_symlink():
            yield register.name_of(file), file.read_bytes().decode("utf-8", "replace")


def _place(register: Register, number: str) -> Place:
    return Place(register.name_of(sealed_file(register.folder, number)))


def _finding(place: Place, rule: str, message: str, level: Level = Level.WARNING) -> Finding:
    mend = "" if level is Level.ERROR else "请用 xinfang seal 补正"
    return Finding(place, level, rule, message, mend, _CITES)
