"""No site tells who anybody is: every sealed value is looked for in everything that is built."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from browsing import ROOT

from xinfang.cli import cli
from xinfang.identity import SealedContent, to_yaml
from xinfang.identity.values import id_check_character
from xinfang.register import open_register
from xinfang.sealed import load_keys, open_content, sealed_files, write_sealed

TODAY = date(2026, 9, 16)
#: Characters that no page uses, so that a name made of them is found wherever it leaks.
RARE = "龘靐齉爩麤灪籱厵爨癵驫麣纞虋讟钃鸜鬱"
PHONE_SHAPED = re.compile(r"(?<![0-9A-Za-z.\-])1[3-9]\d{9}(?![0-9A-Za-z])")
ID_SHAPED = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")


class Seeds:
    """Values that stand nowhere else, and the list of all that were given out."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.given: list[str] = []

    def name(self) -> str:
        number = next(self.numbers)
        return self._kept(RARE[number % 18] + RARE[number // 18 % 18] + RARE[-1 - number % 7])

    def address(self) -> str:
        return self._kept(f"甲省乙县龘靐镇{next(self.numbers)}号密址")

    def phone(self) -> str:
        return self._kept(f"199{next(self.numbers):08d}")

    def id_number(self) -> str:
        head = f"99999919800101{next(self.numbers):03d}"
        return self._kept(head + id_check_character(head))

    def _kept(self, value: str) -> str:
        self.given.append(value)
        return value


def seeded(content: SealedContent, seeds: Seeds) -> SealedContent:
    """Give everybody in a seal new particulars, and an accusation a new text."""
    data: dict[str, Any] = content.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for person in [*data.get("信访人", {}).values(), *data.get("共同信访人", [])]:
        person["姓名"] = seeds.name()
        person["住址"] = seeds.address()
        person["联系方式"] = [{"号码": seeds.phone()}]
        person["证件号"] = seeds.id_number()
        person.pop("统一社会信用代码", None)
    if "内容" in data:
        data["内容"] = seeds.name() + "收受回扣"
        seeds.given.append(data["内容"])
    return SealedContent.model_validate(data)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Both sites of the sample register, with seeded seals and the key at hand."""
    folder = tmp_path_factory.mktemp("密") / "登记册"
    folder.mkdir()
    for name in ("cases", "sealed", "keys"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "office.yaml", folder)
    register, seeds = open_register(folder, TODAY, TODAY), Seeds()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINFANG_KEY_FILE", str(folder / "keys" / "demo.key"))
        keys = load_keys()
        for file in sealed_files(folder):
            content, _ = open_content(register, file.stem, keys)
            assert content is not None
            write_sealed(register, file.stem, to_yaml(seeded(content, seeds)))
        # A clerk forgets the rules once: a name in a commit message.
        for command in (["init", "-q"], ["add", "."]):
            subprocess.run(["git", "-C", folder, *command], check=True)
        who = ["-c", "user.name=李敏", "-c", "user.email=limin@example.invalid"]
        said = f"登记 {seeds.given[0]}"
        subprocess.run(["git", "-C", folder, *who, "commit", "-q", "-m", said], check=True)
        for audience in ("office", "public"):
            arguments = ["-C", str(folder), "--today", str(TODAY), "site", "--audience", audience]
            cli.main(arguments, standalone_mode=False)
    return SimpleNamespace(folder=folder, seeds=seeds.given)


def told(file: Path) -> str:
    """Everything that a file says: its text, or the words printed in it."""
    if file.suffix == ".pdf":
        command = ["pdftotext", "-layout", str(file), "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return file.read_bytes().decode("utf-8", "replace")


def outputs(folder: Path) -> list[Path]:
    """Every file of the build but those of papers, which are for the office's own eyes."""
    build = folder / "build"
    return [file for file in sorted(build.rglob("*")) if file.is_file()]


def test_there_is_something_to_look_for(built: SimpleNamespace) -> None:
    assert len(set(built.seeds)) == len(built.seeds) > 150
    kinds = {file.suffix for file in outputs(built.folder)}
    assert {".html", ".js", ".ics", ".md", ".css", ".pdf"} <= kinds
    # What is printed is read, too.
    assert "接待" in told(built.folder / "build" / "public" / "poster.pdf")


def test_no_sealed_value_stands_in_anything_that_is_built(built: SimpleNamespace) -> None:
    for file in outputs(built.folder):
        said = told(file) + str(file.relative_to(built.folder))
        leaked = [value for value in built.seeds if value in said]
        assert not leaked, f"{file.relative_to(built.folder)}: {len(leaked)}"


def test_not_even_a_piece_of_a_sealed_name_stands_in_the_search(built: SimpleNamespace) -> None:
    index = [file for file in outputs(built.folder) if "search" in file.parts]
    assert len(index) > 20
    names = {value[:2] for value in built.seeds if value[0] in RARE}
    for file in index:
        said = told(file)
        assert not [piece for piece in names if piece in said], file.name


def test_nothing_built_is_shaped_like_a_phone_or_an_id(built: SimpleNamespace) -> None:
    for file in outputs(built.folder):
        if "vendor" in file.parts or file.suffix in {".png", ".gz", ".map", ".woff2"}:
            continue
        said = told(file)
        found = [*PHONE_SHAPED.findall(said), *ID_SHAPED.findall(said)]
        assert not found, f"{file.relative_to(built.folder)}: {len(found)}"
