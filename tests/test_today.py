"""``xinfang today``: what the clerk has to do, until when, and what to type for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from xinfang.daily_report import schema_text
from xinfang.terminal import width

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "tools" / "xinfang" / "schemas" / "today.schema.json"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample register with something in its inbox and one identity not sealed."""
    folder = tmp_path_factory.mktemp("册")
    for name in ("cases", "sealed", "keys"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "office.yaml", folder)
    (folder / "inbox").mkdir()
    (folder / "inbox" / "intake-7K3M-9QXR.yaml").write_text("来件: 登记\n", "utf-8")
    (folder / "sealed" / "2026" / "XF-2026-0019.age").unlink()
    return folder


def today(folder: Path, *options: str, columns: int = 120) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "xinfang", "today", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "COLUMNS": str(columns), "XDG_CACHE_HOME": str(folder.parent / "cache")},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def items(register: Path) -> list[dict[str, Any]]:
    made = json.loads(today(register, "--format", "json"))
    schema = json.loads(schema_text())
    assert SCHEMA.read_text("utf-8") == schema_text()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(made)
    found: list[dict[str, Any]] = made["items"]
    return found


def commands(items: list[dict[str, Any]], group: str) -> list[str]:
    return [item["command"] for item in items if item["group"] == group]


def test_each_thing_to_do_comes_with_what_to_type(items: list[dict[str, Any]]) -> None:
    assert commands(items, "已逾期") == ["xinfang step 19 承办反馈"]
    assert commands(items, "来件待登记") == ["xinfang intake inbox/intake-7K3M-9QXR.yaml"]
    assert "xinfang step 16 送达" in commands(items, "已签批、已答复,还没有送出")
    assert commands(items, "部室没有按期反馈") == ["xinfang step 19 催办"]
    assert commands(items, "承诺到期") == ["xinfang step 1 兑现 请求=1"]
    assert commands(items, "身份信息还没有封存") == ["xinfang seal 19"]
    assert "cases/decisions/2026/FX-2026-002.yaml" in commands(items, "本月评估、排查")


def test_days_are_counted_from_the_day_of_the_register(items: list[dict[str, Any]]) -> None:
    for item in items:
        if item["due"]:
            assert item["days_left"] == (date.fromisoformat(item["due"]) - date(2026, 9, 16)).days
    assert [item["days_left"] for item in items if item["group"] == "已逾期"] == [-9]


def test_another_day_has_another_list(register: Path) -> None:
    shown = today(register, "--today", "2026-11-03")
    soon = shown.partition("三个工作日内到期")[2].partition("\n\n")[0]
    assert "XF-2026-0024  11-09 一 剩6天  办结  xinfang step 24" in soon, "ready by Friday"
    assert "三个工作日内到期" not in today(register, "--today", "2026-11-02")


@pytest.mark.parametrize("columns", [60, 120])
def test_it_keeps_to_the_width_of_the_terminal(register: Path, columns: int) -> None:
    shown = today(register, columns=columns)
    assert "xinfang step 19 承办反馈" in shown
    assert max(map(width, shown.splitlines())) <= columns
    assert "要办 " in shown.splitlines()[-1]


def test_accusations_have_no_title_and_nobody_is_named(items: list[dict[str, Any]]) -> None:
    told = json.dumps(items, ensure_ascii=False)
    assert "虚报工程量" not in told
    for name in ("李敏", "王建国", "宋岩"):
        assert name not in told
