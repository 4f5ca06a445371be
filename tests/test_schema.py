"""The exported schemas are fresh, Chinese, and true of every sample file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from xinfang.schema import SCHEMAS, schema, schema_text

ROOT = Path(__file__).parents[1]


def properties(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - JSON
    """Every property of the schema by its key."""
    if isinstance(node, dict):
        yield from node.get("properties", {}).items()
        for value in node.values():
            yield from properties(value)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_in_the_repository_is_fresh(name: str) -> None:
    text = (ROOT / "schemas" / name).read_text(encoding="utf-8")
    assert text == schema_text(name), "run: xinfang schema"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_explained_in_chinese(name: str) -> None:
    for key, field in properties(schema(name)):
        assert not key.isascii(), f"{key} is not a Chinese key"
        assert field.get("description"), f"{key} has no description"
        assert not field["description"].isascii(), f"{key} is described in English"


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_english_text_reaches_an_editor(name: str) -> None:
    text = json.dumps(schema(name), ensure_ascii=False)
    assert '"description": "The ' not in text
    assert '"description": "A ' not in text


def validate(name: str, *files: Path) -> subprocess.CompletedProcess[str]:
    """Validate with a standard validator, as an editor or another program would."""
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", f"schemas/{name}", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_sample_case_validates_in_a_standard_validator() -> None:
    files = sorted((ROOT / "cases").glob("*/XF-*.yaml"))
    assert len(files) >= 24
    done = validate("case.schema.json", *files)
    assert done.returncode == 0, done.stdout


def test_the_sample_office_validates_in_a_standard_validator() -> None:
    done = validate("office.schema.json", ROOT / "office.yaml")
    assert done.returncode == 0, done.stdout


def test_a_wrong_value_fails_in_a_standard_validator(tmp_path: Path) -> None:
    text = (ROOT / "cases/2026/XF-2026-0011.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "XF-2026-0011.yaml"
    wrong.write_text(text.replace("渠道: 电话", "渠道: 来电"), encoding="utf-8")
    assert validate("case.schema.json", wrong).returncode == 1
