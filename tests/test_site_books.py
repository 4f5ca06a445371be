"""The pages of the other books: decisions and inspections."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from browsing import PHONE, ROOT, Reader, served
from playwright.sync_api import Browser

from xinfang.cli.site import make_site
from xinfang.register import open_register

TODAY = date(2026, 9, 16)


@pytest.fixture(scope="module")
def books_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a register with one late measure and one department that did not report."""
    folder = tmp_path_factory.mktemp("簿册")
    shutil.copy(ROOT / "office.yaml", folder)
    for name in ("decisions", "inspections"):
        shutil.copytree(ROOT / "cases" / name, folder / "cases" / name)
    decision = folder / "cases" / "decisions" / "2026" / "FX-2026-002.yaml"
    text = decision.read_text(encoding="utf-8")
    decision.write_text(text.replace("期限: 2026-09-20", "期限: 2026-09-10"), encoding="utf-8")
    (folder / "cases" / "inspections" / "2026-08" / "纪检监察部.yaml").unlink()
    make_site(open_register(folder, TODAY, TODAY), folder / "build")
    return folder / "build" / "site"


def test_a_late_measure_stands_first_and_leads_to_its_decision(
    books_site: Path, browser: Browser
) -> None:
    with served(books_site) as address:
        reader = Reader(browser, address)
        reader.opens("decisions/index.html")
        late = reader.page.locator("tr.x-row-late").first
        assert "已逾期6天" in late.inner_text()
        late.locator("a.x-number").click()
        assert reader.page.url.endswith("decisions/FX-2026-002.html")
        assert "已逾期6天" in reader.page.locator("#risks ~ .x-claims").inner_text()
        # The finding of the check stands on the page, too.
        assert reader.page.locator("#findings ~ .x-findings li").count() == 1
        assert reader.troubles == []


def test_a_department_that_did_not_report_is_named(books_site: Path, browser: Browser) -> None:
    with served(books_site) as address:
        reader = Reader(browser, address)
        reader.opens("inspections/index.html")
        chips = reader.page.locator(".x-chips .x-chip").all_inner_texts()
        assert [chip for chip in chips if "未报" in chip] == ["纪检监察部　未报"]
        assert sum("零报告" in chip for chip in chips) == 1
        assert reader.page.locator("tbody tr").count() == 6
        assert reader.troubles == []


@pytest.mark.parametrize("name", ["decisions/index", "decisions/FX-2026-001", "inspections/index"])
def test_the_books_fit_a_phone(books_site: Path, browser: Browser, name: str) -> None:
    with served(books_site) as address:
        reader = Reader(browser, address, PHONE)
        reader.opens(f"{name}.html")
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE
        assert reader.troubles == []
