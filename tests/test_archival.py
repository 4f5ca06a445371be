"""Every final is PDF/A-3a: tagged, titled, in Chinese, with the record it was made from."""

from __future__ import annotations

import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from form_samples import all_forms, filled, sample_papers
from pdfa import problems

from xinfang.forms import Form
from xinfang.render import Sheet, pdf, pdfs

FORMS = {form.id: form for form in all_forms()}


def sheet(form: Form) -> Sheet:
    if form.subject != "事项":
        return Sheet(filled(form), archival=True)
    paper = sample_papers(form)[-1]
    source = (f"{paper.case}.yaml", paper.source)
    return Sheet(paper.stamped(paper.stamp(1)), archival=True, source=source)


@cache
def printed() -> dict[str, bytes]:
    contents = {}
    for form, result in zip(FORMS, pdfs(map(sheet, FORMS.values())), strict=True):
        assert isinstance(result, bytes), f"{form}: {result.reason}"
        contents[form] = result
    return contents


@pytest.mark.parametrize("form", FORMS)
def test_a_final_keeps_to_pdf_a_3a(form: str) -> None:
    assert problems(printed()[form]) == []


@pytest.mark.parametrize("form", FORMS)
def test_qpdf_finds_no_fault(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"{form}.pdf"
    file.write_bytes(printed()[form])
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_title_language_and_source_are_there(form: str) -> None:
    with pikepdf.open(BytesIO(printed()[form])) as document:
        assert FORMS[form].name in str(document.docinfo["/Title"])
        assert str(document.Root.Lang) == "zh-CN"
        if FORMS[form].subject == "事项":
            (name,) = document.attachments
            (spec,) = document.Root.AF
            assert name.endswith(".yaml")
            assert spec.AFRelationship == "/Source"


def test_the_same_final_has_the_same_bytes() -> None:
    assert pdf(sheet(FORMS["D14"])) == printed()["D14"]
