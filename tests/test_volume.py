"""案卷: one PDF of all papers in the prescribed order, numbered through, that can be verified."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pdfplumber import open as open_pdf

ROOT = Path(__file__).parents[1]
CASE = "XF-2026-0003"
MM = 72 / 25.4


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of two matters; the papers of one are bound."""
    folder = tmp_path_factory.mktemp("登记册")
    for part in ("cases/2026", "sealed/2026"):
        (folder / part).mkdir(parents=True)
    shutil.copy(ROOT / "office.yaml", folder)
    shutil.copytree(ROOT / "keys", folder / "keys")
    for number in ("XF-2026-0003", "XF-2026-0019"):
        shutil.copy(ROOT / f"cases/2026/{number}.yaml", folder / "cases/2026")
        shutil.copy(ROOT / f"sealed/2026/{number}.age", folder / "sealed/2026")
    assert xinfang(folder, "issue", "3", "D14").returncode == 0
    done = xinfang(folder, "archive", "3")
    assert done.returncode == 0, done.stderr
    return folder


def xinfang(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "xinfang", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def volume(folder: Path) -> Path:
    return folder / f"build/archive/{CASE}-案卷.pdf"


def manifest(folder: Path) -> dict[str, Any]:
    file = volume(folder).with_name(f"{CASE}-案卷.manifest.json")
    data: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return data


def test_what_concludes_comes_before_what_it_rests_on(bound: Path) -> None:
    forms = [item["文书"] for item in manifest(bound)["件"]]
    wanted = ["D14", "D15", "D25", "D18", "D04", "D10", "D08", "D02"]
    assert [form for form in forms if form in wanted] == wanted


def test_pages_are_numbered_through(bound: Path) -> None:
    items = manifest(bound)["件"]
    with open_pdf(volume(bound)) as document:
        numbers = []
        for page in document.pages:
            corner = page.crop((page.width - 40 * MM, 5 * MM, page.width - 5 * MM, 17 * MM))
            numbers.append((corner.extract_text() or "").strip())
    total = sum(item["页数"] for item in items)
    assert [number for number in numbers if number] == [str(n) for n in range(1, total + 1)]
    assert numbers[0] == numbers[1] == numbers[-1] == "", "cover, contents and notes have none"
    first = 1
    for item in items:
        assert item["页号"] == first
        first += item["页数"]


def test_bookmarks_lead_to_every_paper(bound: Path) -> None:
    with pikepdf.open(volume(bound)) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]
        language, labels = str(document.Root.Lang), document.Root.PageLabels
    assert titles[:2] == ["案卷封面", "卷内文件目录"]
    assert titles[-1] == "备考表"
    assert titles[2:-1] == [f"{n} {i['题名']}" for n, i in enumerate(manifest(bound)["件"], 1)]
    assert language == "zh-CN"
    assert labels is not None


def test_a_volume_says_that_it_is_an_archival_pdf(bound: Path) -> None:
    with pikepdf.open(volume(bound)) as document, document.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "B")
        assert "/StructTreeRoot" not in document.Root
        assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert document.Root.AF[0].AFRelationship == "/Data"
    checked = subprocess.run(["qpdf", "--check", volume(bound)], capture_output=True, check=False)
    assert checked.returncode == 0
    fonts = subprocess.run(["pdffonts", volume(bound)], capture_output=True, text=True, check=True)
    rows = fonts.stdout.splitlines()[2:]
    assert rows
    assert all(row.split()[-5] == "yes" for row in rows), "every font is embedded"


def test_the_cover_shows_retention_and_the_contents_show_digests(bound: Path) -> None:
    with open_pdf(volume(bound)) as document:
        text = [re.sub(r"\s", "", page.extract_text()) for page in document.pages]
    assert "30年" in text[0]
    assert "Q012-XF·2026-D30-XFB-0001" in text[0]
    assert "青机电信处〔2026〕" in text[1]
    assert "附件清单" in "".join(text[1:4])
    assert "其中1件为出具时的原文件" in text[-1]


def test_a_volume_is_verified_by_itself_and_by_its_manifest(bound: Path) -> None:
    for suffix in (".pdf", ".manifest.json"):
        done = xinfang(bound, "verify", f"build/archive/{CASE}-案卷{suffix}")
        assert done.returncode == 0, done.stdout
        assert "与清单一致" in done.stdout


def test_a_changed_volume_is_found_out(bound: Path, tmp_path: Path) -> None:
    copy = tmp_path / volume(bound).name
    with pikepdf.open(volume(bound)) as document:
        del document.pages[4]
        document.save(copy)
    beside = volume(bound).with_name(f"{CASE}-案卷.manifest.json")
    shutil.copy(beside, tmp_path)
    done = xinfang(bound, "verify", str(copy))
    assert done.returncode == 1
    assert "与清单不一致" in done.stdout
    (tmp_path / beside.name).unlink()
    assert "旁边没有清单" in xinfang(bound, "verify", str(copy)).stdout


def test_a_manifest_without_its_volume_says_so(bound: Path, tmp_path: Path) -> None:
    beside = volume(bound).with_name(f"{CASE}-案卷.manifest.json")
    shutil.copy(beside, tmp_path)
    done = xinfang(bound, "verify", str(tmp_path / beside.name))
    assert done.returncode == 2
    assert f"清单旁边没有案卷 {CASE}-案卷.pdf" in done.stderr


def test_binding_again_gives_the_same_bytes(bound: Path) -> None:
    before = volume(bound).read_bytes()
    assert xinfang(bound, "archive", "3").returncode == 0
    assert volume(bound).read_bytes() == before


def test_the_manifest_keeps_to_its_schema(bound: Path) -> None:
    schema = json.loads((ROOT / "tools/xinfang/schemas/manifest.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(manifest(bound))


def test_no_identity_is_in_the_manifest(bound: Path) -> None:
    text = json.dumps(manifest(bound), ensure_ascii=False)
    assert not re.search(r"(?<![0-9a-f])1[3-9]\d{9}(?![0-9a-f])", text)
    opened = xinfang(bound, "open", CASE).stdout
    names = re.findall(r"姓名[:：]\s*(\S+)", opened)
    assert names
    assert not any(name in text for name in names)


def test_a_matter_that_still_runs_makes_no_volume(bound: Path) -> None:
    done = xinfang(bound, "archive", "19")
    assert done.returncode == 2
    assert "还没有办结" in done.stderr


def test_no_volume_without_names_or_of_an_accusation(bound: Path, tmp_path: Path) -> None:
    copy = tmp_path / "登记册"
    shutil.copytree(bound, copy, ignore=shutil.ignore_patterns("keys", "build"))
    office = copy / "office.yaml"
    office.write_text(office.read_text("utf-8").replace("样例: 是", "样例: 否"), "utf-8")
    done = xinfang(copy, "archive", "3")
    assert done.returncode == 2
    assert "没有密钥" in done.stderr
    shutil.copy(ROOT / "cases/2026/XF-2026-0008.yaml", copy / "cases/2026")
    assert "案卷由受移送的单位立卷" in xinfang(copy, "archive", "8").stderr
