"""The other books: assessed decisions and monthly inspections. They know matters, never people."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from browsing import ROOT
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from xinfang.check import check
from xinfang.model import Assessment, Inspection, decision, inspection
from xinfang.model.decision import MATRIX, Degree, RiskLevel
from xinfang.register import Register, open_register

TODAY = date(2026, 9, 16)
#: What a field would be called that is about somebody.
PERSON = re.compile(r"姓名|人员|责任人|负责人|联系人|联系方式|电话|身份|证件|签字人|名单|班组长")


def models(module: object) -> list[type[BaseModel]]:
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type)]
    return [kind for kind in kinds if issubclass(kind, BaseModel) and kind.model_fields]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    folder = tmp_path / "登记册"
    folder.mkdir()
    shutil.copy(ROOT / "office.yaml", folder)
    shutil.copytree(ROOT / "cases", folder / "cases")
    return folder


def opened(folder: Path, today: date = TODAY) -> Register:
    return open_register(folder, today, today)


def found(folder: Path, today: date = TODAY) -> list[str]:
    checked = check(opened(folder, today), remember=False)
    return [str(finding.place) + " " + finding.rule for finding in checked.findings]


# The model


@pytest.mark.parametrize(
    "model", [*models(decision), *models(inspection)], ids=lambda model: model.__name__
)
def test_no_field_of_the_books_is_a_person(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        assert not PERSON.search(str(field.alias)), field.alias
        assert not re.search(r"person|name$|phone|member|signer", name), name


def test_the_subject_of_an_assessment_is_a_decision() -> None:
    aliases = {str(field.alias) for field in Assessment.model_fields.values()}
    assert {"事项名称", "评估事由", "等级", "决策"} <= aliases
    assert {"部室", "月份", "零报告", "事项"} == {
        str(field.alias) for name, field in Inspection.model_fields.items() if name != "written"
    }


@given(st.sampled_from(Degree), st.sampled_from(Degree), st.sampled_from(Degree))
def test_the_matrix_grows_with_likelihood_and_impact(a: Degree, b: Degree, c: Degree) -> None:
    degrees, levels = list(Degree), list(RiskLevel)
    low, high = sorted((a, b), key=degrees.index)
    assert levels.index(MATRIX[low, c]) <= levels.index(MATRIX[high, c])
    assert levels.index(MATRIX[c, low]) <= levels.index(MATRIX[c, high])


# The samples


def test_the_sample_books_are_sound() -> None:
    register = opened(ROOT)
    assert len(register.decisions) == 3
    concerns = [
        c for loaded in register.inspections if loaded.record for c in loaded.record.concerns
    ]
    assert len(concerns) == 6
    levels = [loaded.record.level for loaded in register.decisions if loaded.record]
    assert levels == [RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH]


def test_the_check_tells_what_is_late_in_the_books(register: Path) -> None:
    told = [line for line in found(register) if "decisions" in line or "inspections" in line]
    assert told == ["cases/inspections/2026-08/劳务管理部.yaml:14:9 inspection-measures-overdue"]


def test_a_month_without_a_report_is_told_when_its_days_of_grace_are_over(register: Path) -> None:
    assert not [line for line in found(register, date(2026, 10, 6)) if "every-month" in line]
    late = [line for line in found(register, date(2026, 10, 7)) if "every-month" in line]
    assert len(late) == 8


def test_a_broken_book_is_a_finding_with_its_place(register: Path) -> None:
    file = register / "cases" / "decisions" / "2026" / "FX-2026-001.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("等级: 低\n建议", "等级: 很低\n建议"), encoding="utf-8")
    assert any(line.startswith(f"cases/decisions/2026/{file.name}:") for line in found(register))
    file.write_text("编号: [", encoding="utf-8")
    assert any(line.startswith(f"cases/decisions/2026/{file.name}") for line in found(register))


def test_a_name_in_a_book_is_told_without_the_name(register: Path) -> None:
    file = register / "cases" / "inspections" / "2026-08" / "财务部.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("8月10日前补拨", "请何静8月10日前补拨"), encoding="utf-8")
    checked = check(opened(register), remember=False)
    told = [f for f in checked.findings if f.rule == "inspection-states-matters"]
    assert len(told) == 1
    assert "何静" not in told[0].message + told[0].mend
