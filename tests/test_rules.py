"""Every rule is kept by the examples that stand beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from xinfang import rules
from xinfang.diagnostics import Finding
from xinfang.ledger import Entry
from xinfang.model import load_assessment, load_case, load_inspection, load_office
from xinfang.register import Register, open_register
from xinfang.rules import Rule, all_rules
from xinfang.source import read

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 16)


def examples(kind: str) -> Iterator[tuple[str, Path]]:
    for rule in all_rules():
        folder = Path(str(rule.module.__file__)).parent
        for example in sorted(folder.glob(f"{kind}*")):
            yield rule.slug, example


def marked(example: Path, word: str) -> list[str]:
    file = example if example.is_file() else example / "office.yaml"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return re.findall(rf"^# {word}: (\S+)$", text, re.MULTILINE)


def register_for(example: Path) -> Register:
    """The register of the example folder, or the sample office around a single file."""
    today = date.fromisoformat(next(iter(marked(example, "today")), TODAY.isoformat()))
    if example.is_dir() and (example / "office.yaml").exists():
        return open_register(example, today)
    office_file = example if example.name.endswith(".office.yaml") else ROOT / "office.yaml"
    loaded = load_office(read(office_file, office_file.name))
    assert loaded.record is not None, list(map(str, loaded.findings))
    return Register(example if example.is_dir() else ROOT, today, loaded)


def run_on_book(slug: str, example: Path, register: Register) -> Iterator[Finding]:
    """Run one rule on one record of the other books."""
    document = read(example, example.name)
    if example.name.endswith(".decision.yaml"):
        decision = load_assessment(document)
        assert decision.record is not None, list(map(str, decision.findings))
        found = rules.check_decision(decision.record, register, document)
    else:
        inspection = load_inspection(document)
        assert inspection.record is not None, list(map(str, inspection.findings))
        found = rules.check_inspection(inspection.record, register, document)
    yield from (f for f in found if f.rule == slug)


def run(slug: str, example: Path) -> list[Finding]:
    """Run one rule on one example, the way the engine does."""
    register = register_for(example)
    found = [f for f in rules.check_office(register) if f.rule == slug]
    if example.name.endswith((".decision.yaml", ".inspection.yaml")):
        return sorted(found + list(run_on_book(slug, example, register)))
    if example.is_dir():
        found += [f for f in rules.check_books(register) if f.rule == slug]
    single = example.is_file() and not example.name.endswith(".office.yaml")
    entries: dict[str, Entry] = {}
    for file in [example] if single else register.case_files() if example.is_dir() else []:
        loaded = load_case(read(file, register.name_of(file)))
        assert loaded.record is not None, list(map(str, loaded.findings))
        matter = register.matter(loaded.record, loaded.document.path)
        found += [f for f in rules.check_case(matter, loaded.document) if f.rule == slug]
        entries[matter.case.number] = Entry.of(matter)
    if not single:
        found += [f for f in rules.check_entries(entries, register) if f.rule == slug]
    return sorted(found)


@pytest.mark.parametrize(("slug", "example"), list(examples("pass")), ids=str)
def test_passing_example_is_clean(slug: str, example: Path) -> None:
    assert run(slug, example) == []


@pytest.mark.parametrize(("slug", "example"), list(examples("fail")), ids=str)
def test_failing_example_is_found_at_its_place(slug: str, example: Path) -> None:
    findings = run(slug, example)
    assert findings, f"{slug} finds nothing"
    expected = marked(example, "expect")
    assert [f"{f.place.line}:{f.place.column}" for f in findings] == expected or example.is_dir()


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.slug)
def test_rule_is_complete(rule: Rule) -> None:
    folder = Path(str(rule.module.__file__)).parent
    assert list(folder.glob("pass*")), "no passing example"
    assert list(folder.glob("fail*")), "no failing example"
    assert rule.cites, "no citation"
    assert rule.rows, "no row of the requirements table"
    title, _, rest = rule.manual.partition("\n\n")
    assert title.endswith("。"), "the manual opens with one sentence"
    assert rest.strip(), "the manual says why"
    kinds = {"case", "office", "entries", "decision", "inspection", "books"}
    checks = {f"check_{kind}" for kind in kinds} & set(dir(rule.module))
    assert len(checks) == 1, "a rule checks one kind of thing"
