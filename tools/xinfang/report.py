"""Findings for people and for machines. Formats are functions in a table, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final
from xml.etree import ElementTree as ET

from xinfang import RULES_EDITION, __version__
from xinfang.diagnostics import Finding, Level

#: Version of the JSON shape; raised when a reader would have to change.
SCHEMA_VERSION: Final = 1

Reporter = Callable[[Sequence[Finding]], str]

_LEVELS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "note"}


def summary(findings: Sequence[Finding], files: int) -> str:
    """One Chinese sentence: how many files, how many findings of each level."""
    counts = [(level, sum(f.level is level for f in findings)) for level in Level]
    if not any(count for _, count in counts):
        return f"检查了 {files} 个事项文件,没有发现问题(规则版本 {RULES_EDITION})"
    parts = "、".join(f"{level.label} {count}" for level, count in counts if count)
    return f"检查了 {files} 个事项文件: {parts}(规则版本 {RULES_EDITION})"


def as_text(findings: Sequence[Finding]) -> str:
    """One finding a line, for editors and eyes."""
    return "".join(f"{finding}\n" for finding in findings)


def as_json(findings: Sequence[Finding]) -> str:
    """Stable JSON; described by ``schemas/findings.schema.json``."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "rules_edition": RULES_EDITION,
        "findings": [_record(finding) for finding in findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands that annotate the lines of a pull request."""
    commands = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}
    return "".join(
        f"::{commands[f.level]} file={f.place.path},line={f.place.line or 1},"
        f"col={f.place.column or 1},title={f.rule}::{_escape(_sentence(f))}\n"
        for f in findings
    )


def as_junit(findings: Sequence[Finding]) -> str:
    """JUnit XML: a test case a finding; errors fail, the rest is output."""
    suite = ET.Element(
        "testsuite",
        name="xinfang",
        tests=str(len(findings)),
        failures=str(sum(f.level is Level.ERROR for f in findings)),
    )
    for finding in findings:
        case = ET.SubElement(suite, "testcase", classname=finding.place.path, name=finding.rule)
        tag = "failure" if finding.level is Level.ERROR else "system-out"
        ET.SubElement(case, tag).text = str(finding)
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def as_sarif(findings: Sequence[Finding]) -> str:
    """SARIF 2.1.0 for code scanning pages."""
    rules = sorted({finding.rule for finding in findings})
    run = {
        "tool": {
            "driver": {
                "name": "xinfang",
                "version": __version__,
                "rules": [{"id": rule} for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif(finding, rules) for finding in findings],
    }
    content = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


REPORTERS: Final[dict[str, Reporter]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "junit": as_junit,
    "sarif": as_sarif,
}


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "level": finding.level.label,
        "rule": finding.rule,
        "message": finding.message,
        "mend": finding.mend,
        "cites": list(finding.cites),
    }


def _sarif(finding: Finding, rules: list[str]) -> dict[str, Any]:
    region = {"startLine": finding.place.line or 1, "startColumn": finding.place.column or 1}
    location = {"artifactLocation": {"uri": finding.place.path}, "region": region}
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": {"text": _sentence(finding)},
        "locations": [{"physicalLocation": location}],
    }


def _sentence(finding: Finding) -> str:
    cites = f" [{'; '.join(finding.cites)}]" if finding.cites else ""
    mend = f"。{finding.mend}" if finding.mend else ""
    return f"{finding.message}{mend}{cites}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
