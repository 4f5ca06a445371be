"""Every form, whatever its folder: filled and blank as they should be, and what stops it.

A new form needs no test of its own: its folder is found here. Golden pages stand in the
folder, without styles; ``XINFANG_UPDATE_GOLDEN=1`` writes them anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from form_samples import (
    SAMPLE,
    blank,
    filled,
    folder_of,
    papers,
    people,
    register,
    sample_data,
    sample_papers,
)

from xinfang.forms import GIVEN, NOT_GIVEN, OFFICE, THIS_STEP, Form, load_form
from xinfang.matter import Matter
from xinfang.model import Office, load_case, load_office
from xinfang.model.steps import STEP_TYPES
from xinfang.source import read_text

ROOT = Path(__file__).resolve().parents[1]
FORMS = papers().forms
OF_CASES = {id_: form for id_, form in FORMS.items() if form.subject == "事项"}
STYLE = re.compile(r"(<style>.*?</style>\n)+", re.DOTALL)
PAPERS = papers()


def compare(html: str, file: Path) -> None:
    page = STYLE.sub("\n", html)
    if os.environ.get("XINFANG_UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(page, "utf-8")
    assert page == file.read_text("utf-8")


def test_every_document_of_the_catalogue_has_its_folder() -> None:
    wanted = {f"D{number:02d}" for number in range(1, 34)}
    assert wanted <= set(PAPERS.forms)
    for folder in (file.parent for file in (ROOT / "forms").glob("*/form.yaml")):
        form = load_form(folder)
        assert folder.name.startswith(f"{form.id}-")
        assert form.citations
        assert form.signers or form.subject in ("整册", "本单位", "另册")


@pytest.mark.parametrize("form", FORMS)
def test_a_filled_form_is_what_it_was(form: str) -> None:
    compare(filled(FORMS[form]), folder_of(form) / SAMPLE / "filled.html")


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_form_is_what_it_was(form: str) -> None:
    html = blank(FORMS[form])
    compare(html, folder_of(form) / SAMPLE / "blank.html")
    assert "ruled" in html or "<td" in html, "a blank form has room to write"


@pytest.mark.parametrize("form", OF_CASES)
def test_the_sample_is_a_final_without_an_empty_place(form: str) -> None:
    paper = sample_papers(FORMS[form])[-1]
    assert not paper.findings
    assert paper.state == ""
    html = re.sub(r'<b class="ruled[^"]*"></b>', "", paper.stamped(None))  # lines to sign on
    assert '<span class="ruled' not in STYLE.sub("", html)


def test_no_golden_page_is_left_over() -> None:
    for file in (ROOT / "forms").glob("*/sample/*"):
        assert file.name in {"filled.html", "blank.html", "case.yaml", "record.yaml"}


# Bad input: each required field missing in turn


def required() -> Iterator[tuple[str, str]]:
    for form in OF_CASES.values():
        yield from ((form.id, path) for path in form.required)


@pytest.mark.parametrize(("form", "path"), list(required()))
def test_a_missing_field_is_named_and_stops_the_paper(form: str, path: str) -> None:
    case = deepcopy(sample_data(FORMS[form]))
    office = deepcopy(register().loaded.document.data)
    remove(case, office, FORMS[form], path)
    messages = list(refused(FORMS[form], case, office))
    assert messages, f"nothing stopped {form} without {path}"
    assert any(path.rpartition(".")[2] in message for message in messages), messages


# … and each field that is required only where something else is so


def needed() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every way in which a condition comes true, with each field that it then asks for."""
    for form in OF_CASES.values():
        for condition in form.needed:
            for words in product(*condition.where.values()):
                where = dict(zip(condition.where, words, strict=True))
                yield from ((form.id, path, where) for path in condition.fields)


@pytest.mark.parametrize(("form", "path", "where"), list(needed()))
def test_a_field_that_is_missing_only_then_is_named_with_its_condition(
    form: str, path: str, where: dict[str, str]
) -> None:
    case = deepcopy(sample_data(FORMS[form]))
    office = deepcopy(register().loaded.document.data)
    for key, word in where.items():
        meet(case, FORMS[form], key, word)
    take_step_of(case, path)
    remove(case, office, FORMS[form], path)
    field = path.rpartition(".")[2]
    messages = [m for m in refused(FORMS[form], case, office) if f"{field}”(" in m]
    assert messages, f"nothing stopped {form} without {path}"
    for key, word in where.items():
        assert key.rpartition(".")[2] in messages[0]
        assert {GIVEN: "已填", NOT_GIVEN: "没有填"}.get(word, f"“{word}”") in messages[0]


def meet(case: dict[str, Any], form: Form, path: str, word: str) -> None:
    """Make a condition on the step of a paper, or on a field of the case, come true."""
    first, _, key = path.partition(".")
    if first != THIS_STEP:
        case.pop(first, None)
        if word == GIVEN:
            case[first] = dict(REVIEWED)
        return
    for step in (s for s in case["办理"] if is_subject(form, s)):
        if word == NOT_GIVEN:
            step.pop(key, None)
        elif word == GIVEN:
            assert step[key]
        else:
            step[key] = word


def remove(case: dict[str, Any], office: dict[str, Any], form: Form, path: str) -> None:
    """Take away what stands at a key path, wherever it leads."""
    first, *rest = path.split(".")
    if first == OFFICE:
        take(office, rest)
    elif first == THIS_STEP:
        take([s for s in case["办理"] if is_subject(form, s)], rest)
    elif first == "办理" and rest:
        kind, _, condition = rest[0].rstrip(")").partition("(")
        key, _, word = condition.partition("=")
        take([s for s in case["办理"] if s["事项"] == kind and s.get(key, word) == word], rest[1:])
    else:
        take(case, [first, *rest])


def take_step_of(case: dict[str, Any], path: str) -> None:
    """Take away the steps that cannot be without the field that a path leads to."""
    first, *rest = path.split(".")
    kind = rest[0].partition("(")[0] if first == "办理" else ""
    fields = STEP_TYPES[kind].model_fields.values() if kind else ()
    if any(field.alias == rest[1] and field.is_required() for field in fields):
        case["办理"] = [step for step in case["办理"] if step["事项"] != kind]


def is_subject(form: Form, step: dict[str, Any]) -> bool:
    return (
        step["事项"] == form.per_step
        and all(step.get(key, "") in wanted for key, wanted in form.among.items())
        and all(step.get(key) for key in form.filled)
    )


def take(value: Any, keys: list[str]) -> None:  # noqa: ANN401 - YAML
    if isinstance(value, list):
        for member in value:
            take(member, keys)
    elif isinstance(value, dict) and len(keys) == 1:
        value.pop(keys[0], None)
    elif isinstance(value, dict) and keys[0] in value:
        take(value[keys[0]], keys[1:])


def refused(form: Form, case: dict[str, Any], office: dict[str, Any]) -> Iterator[str]:
    """Yield why no paper came out; nothing where one did."""
    known = load_office(read_text(dump(office), "office.yaml"))
    loaded = load_case(read_text(dump(case), "cases/2026/XF-2026-0001.yaml"))
    if loaded.record is None or known.record is None:
        yield from (str(finding) for finding in (*loaded.findings, *known.findings))
        return
    papers = PAPERS.compose(form, matter(loaded.record, known.record), people())
    if all(paper.html is None for paper in papers):
        yield from (str(finding) for paper in papers for finding in paper.findings)


#: An opinion of another unit that is to be reviewed: the one field of a case that forms ask for.
REVIEWED = {
    "阶段": "复查",
    "单位": "项目部",
    "意见文号": "青机电信处〔2026〕1号",
    "意见送达": "2026-03-11",
    "原办理单位": "项目部",
    "原意见文号": "青机电信处〔2026〕1号",
}


def matter(case: Any, office: Office) -> Matter:  # noqa: ANN401
    reg = register()
    return Matter(case, office, reg.calendar, reg.clocks, reg.today, "cases/XF-2026-0001.yaml")


def dump(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
