"""Sealing and opening: bytes of age files, one file a case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyrage
from pyrage import x25519

from xinfang.diagnostics import Finding
from xinfang.errors import XinfangError
from xinfang.identity import SealedContent, examine
from xinfang.register import Register
from xinfang.store import write_atomic

_FOLDER: Final = "sealed"


class NoRecipientsError(XinfangError):
    """Nobody could open what would be sealed."""

    def __init__(self) -> None:
        super().__init__("office.yaml 没有收件人公钥,封存后无人能打开;请先 xinfang keys add")


class BadRecipientError(XinfangError):
    """A public key has the right form but is no key: a character was miscopied."""

    def __init__(self) -> None:
        super().__init__("收件人的公钥抄错了(校验不符),请重新复制整行公钥")


class WrongKeyError(XinfangError):
    """The key at hand does not open a file, or the file is damaged."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} 打不开: 密钥不在该文件的收件人之列,或文件已损坏。"
            "请用正确的密钥,或从 Git 历史恢复该文件"
        )


class MissingSealError(XinfangError):
    """A case has no sealed file."""

    def __init__(self, case: str) -> None:
        super().__init__(f"{case} 没有封存的信息;封存用 xinfang seal {case}")


def seal_box(text: str, recipients: Sequence[str]) -> bytes:
    """Encrypt a text to all recipients.

    Raises:
        NoRecipientsError: There are none.
        BadRecipientError: One of them is no key.
    """
    if not recipients:
        raise NoRecipientsError
    try:
        keys = [x25519.Recipient.from_str(key) for key in recipients]
    except pyrage.RecipientError as error:
        raise BadRecipientError from error
    sealed: bytes = pyrage.encrypt(text.encode(), keys)
    return sealed


def open_box(raw: bytes, keys: Sequence[x25519.Identity], name: str) -> str:
    """Decrypt a sealed file.

    Raises:
        WrongKeyError: None of the keys opens it, or it is damaged.
    """
    try:
        opened: bytes = pyrage.decrypt(raw, list(keys))
        return opened.decode("utf-8")
    except (pyrage.DecryptError, UnicodeDecodeError) as error:
        raise WrongKeyError(name) from error


def sealed_file(folder: Path, case: str) -> Path:
    """Where the sealed file of a case stands, or would stand."""
    return folder / _FOLDER / case[3:7] / f"{case}.age"


def sealed_files(folder: Path) -> list[Path]:
    """All sealed files of a register, in the order of their names."""
    return sorted((folder / _FOLDER).glob("*/*.age"))


def write_sealed(register: Register, case: str, text: str) -> Path:
    """Seal a text for a case to the recipients of the register.

    Raises:
        NoRecipientsError: ``office.yaml`` names none.
    """
    recipients = register.office.recipients if register.office else []
    file = sealed_file(register.folder, case)
    write_atomic(file, seal_box(text, [recipient.key for recipient in recipients]))
    return file


def open_content(
    register: Register, case: str, keys: Sequence[x25519.Identity]
) -> tuple[SealedContent | None, list[Finding]]:
    """Open and examine what is sealed for a case.

    Raises:
        MissingSealError: Nothing is sealed for it.
        WrongKeyError: It does not open.
    """
    file = sealed_file(register.folder, case)
    if not file.exists():
        raise MissingSealError(case)
    name = register.name_of(file)
    return examine(open_box(file.read_bytes(), keys, name), name, register.today)


def reseal_all(folder: Path, recipients: Sequence[str], keys: Sequence[x25519.Identity]) -> int:
    """Seal every file anew to these recipients; the first is replaced only once all are ready.

    Raises:
        NoRecipientsError: There are no recipients.
        WrongKeyError: A file does not open; none has been changed then.
    """
    ready = [
        (file, seal_box(open_box(file.read_bytes(), keys, file.name), recipients))
        for file in sealed_files(folder)
    ]
    for file, content in ready:
        write_atomic(file, content)
    return len(ready)
