"""A clerk's desk for tests: a register of its own, the command line, 来件 and filled forms."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pikepdf
import pytest
from pdfplumber import open as open_pdf

from xinfang.cli import main

ROOT = Path(__file__).parents[1]
RECIPIENT = "age18n4myz7e6kmfnslgkmc94dnyq7zcl2l7frg6k08wcughyyaj09gqlr4w50"


def new_register(folder: Path) -> Path:
    """Copy the sample register, with its published key, into a folder."""
    for name in ("cases", "sealed", "keys"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "office.yaml", folder)
    (folder / "inbox").mkdir()
    return folder


def call(
    capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str | Path
) -> tuple[int, str]:
    """Type a command; gives the exit code and all that was said, in which nothing is English."""
    with (
        patch.object(
            sys, "argv", ["xinfang", *map(str, (arguments[0], "-C", folder, *arguments[1:]))]
        ),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    shown = capsys.readouterr()
    said = shown.out + shown.err
    assert "Traceback" not in said
    assert "程序出错" not in said, said
    return int(str(ended.value.code)), said


def age(*arguments: str | Path, given: bytes) -> bytes:
    """Run Debian's age program; ``make test`` installs it."""
    return subprocess.run(
        ["age", *map(str, arguments)], input=given, capture_output=True, check=True
    ).stdout


def opened(folder: Path, number: str) -> str:
    """Open what is sealed for a case with the age program."""
    file = folder / "sealed" / number[3:7] / f"{number}.age"
    return age("-d", "-i", folder / "keys/demo.key", given=file.read_bytes()).decode()


def armored(text: str, *recipients: str) -> str:
    """Seal a text as the registration page does: age, in ASCII armor."""
    to = [part for key in recipients or (RECIPIENT,) for part in ("-r", key)]
    return age("-a", *to, given=text.encode()).decode()


def delivered(matter: str, code: str = "7K3M-9QXR", seal: str = "", kind: str = "登记") -> str:
    """Write a 来件 as the registration page makes it."""
    block = "".join(f"  {line}\n" for line in seal.splitlines())
    sealed = f"封存: |\n{block}" if seal else ""
    return f"# 信访来件\n来件: {kind}\n查询码: {code}\n事项:\n{matter}{sealed}"


def filled(blank: bytes, texts: Mapping[str, str], ticks: Iterable[str] = ()) -> bytes:
    """Fill a form in as a program does that writes values and no appearances."""
    ticked = set(ticks)
    with pikepdf.open(BytesIO(blank)) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        assert ticked | set(texts) <= set(fields), (ticked | set(texts)) - set(fields)
        for name, text in texts.items():
            fields[name].V = pikepdf.String(text)
        for name in ticked:
            fields[name].V = fields[name].AS = pikepdf.Name("/0")
        pdf.Root.AcroForm.NeedAppearances = True
        result = BytesIO()
        pdf.save(result)
    return result.getvalue()


def text_of(file: Path) -> str:
    """Give the words of a printed paper, without spaces."""
    with open_pdf(file) as pdf:
        return "".join("".join((page.extract_text() or "").split()) for page in pdf.pages)
