"""The site: right, quiet, safe to read, and the same every time."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from browsing import PHONE, ROOT, Reader, copied, served
from playwright.sync_api import Browser

from xinfang.check import check
from xinfang.cli.site import make_site
from xinfang.diagnostics import Finding, Level, Place
from xinfang.model import load_case
from xinfang.model.texts import texts_of
from xinfang.packaged import site_templates_folder
from xinfang.pages import PROMISE, Pages, pages
from xinfang.pages.markup import TemplateFaultError
from xinfang.register import Register, open_register
from xinfang.site import template_folders
from xinfang.source import read, read_text

CASES = ROOT / "tests" / "site"
GOLDEN = CASES / "golden"
TODAY = date(2026, 9, 16)

#: Everything that a page, a search or a script might take for an instruction.
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt; [去](javascript:alert(3)) "
    "![图](http://evil.example/x.png) {{ 7*7 }} {% raw %} *重* _斜_ `码` ~~删~~ #题 |格| "
    "{: onclick=alert(4) } --> <!-- end --> \\[x\\] &#60;i&#62; \"'"
)
HOSTILE_LINES = f"{HOSTILE}\n# 标题\n```\n<b>码</b>\n```\n- 一\n    缩进\n***\n\n<div markdown=1>\n"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A small register: one rich case and one accusation."""
    return copied(tmp_path / "登记册", sorted(CASES.glob("*.yaml")))


def opened(folder: Path) -> Register:
    return open_register(folder, TODAY, TODAY)


def made(register: Register, findings: Sequence[Finding] | None = None) -> Pages:
    checked = check(register, remember=False)
    folders = template_folders(register.folder, site_templates_folder())
    shown = checked.findings if findings is None else findings
    return pages(register, checked.entries, shown, folders)


#: Findings of the goldens: a new rule must not change how a page looks in a test.
FINDINGS = (
    Finding(
        Place("cases/2026/XF-2026-0001.yaml", 15, 3),
        Level.HINT,
        "privacy-told",
        "登记了姓名,没有告知个人信息怎样使用",
        "请告知本人",
        ("细则 五·三", "个保法 17"),
    ),
    Finding(
        Place("cases/2026/XF-2026-0001.yaml", 27, 10),
        Level.WARNING,
        "deadline-missed",
        "I4 部室回复是否承办(财务部)已逾期12天",
        "请尽快办理",
        ("细则 四·一·2",),
    ),
)


class Outline(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, *names: str) -> Iterator[str]:
        for _, attributes in self.elements:
            yield from (value or "" for name, value in attributes if name in names)


# Pages as values


@pytest.mark.parametrize("name", ["index.md", "deadlines.md", "ledger.md", "departments/d07.md"])
def test_lists_look_as_they_should(register: Path, name: str) -> None:
    _compare(name, made(opened(register), FINDINGS)[name])


@pytest.mark.parametrize("name", ["XF-2026-0001", "XF-2026-0002"])
def test_cases_look_as_they_should(register: Path, name: str) -> None:
    _compare(f"{name}.md", made(opened(register), FINDINGS)[f"cases/2026/{name}.md"])


def _compare(name: str, page: str) -> None:
    """Compare with the page kept in tests/site/golden; UPDATE_GOLDEN=1 writes it anew."""
    golden = GOLDEN / name.replace("/", "-")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text(encoding="utf-8")


def test_the_same_register_gives_the_same_pages(register: Path) -> None:
    assert made(opened(register)) == made(opened(register))


def test_another_day_is_another_home_page(register: Path) -> None:
    later = open_register(register, TODAY, date(2027, 1, 20))
    assert "已逾期" in made(later)["cases/2026/XF-2026-0001.md"]
    assert made(later)["index.md"] != made(opened(register))["index.md"]


def test_every_deadline_tells_why_it_is_that_day(register: Path) -> None:
    page = made(opened(register))["cases/2026/XF-2026-0001.md"]
    folder = opened(register)
    loaded = folder.load(folder.file_of("XF-2026-0001"))
    assert loaded.record is not None
    found = folder.matter(loaded.record, "").deadlines
    assert found
    assert page.count("为什么是这一天") == len(found)
    for deadline in found:
        for sentence in deadline.sentences():
            assert sentence in page


def test_a_promise_past_its_day_stands_on_the_home_page(register: Path) -> None:
    home = made(opened(register))["index.md"]
    assert "更换加热管" in home
    assert "已逾期4天" in home


def test_a_corrected_step_says_so_and_shows_what_holds(register: Path) -> None:
    page = made(opened(register))["cases/2026/XF-2026-0001.md"]
    assert "已由第7步更正" in page
    assert "<i>承办人</i>郭明" in page


def test_every_page_of_the_office_carries_the_promise(register: Path) -> None:
    make_site(opened(register), register / "build")
    for page in (register / "build" / "site").rglob("*.html"):
        assert PROMISE in page.read_text(encoding="utf-8")


def test_rules_and_clocks_are_told_in_full(register: Path) -> None:
    site = made(opened(register))
    assert 'id="transfer-before-registration"' in site["basis/rules.md"]
    assert "《信访工作条例》第三十四条" in site["basis/clocks.md"]
    assert "待核对" in site["basis/works.md"]
    assert "施行日期" in site["basis/policy.md"]


def test_a_broken_case_hides_no_other(register: Path) -> None:
    (register / "cases" / "2026" / "XF-2026-0003.yaml").write_text("编号: [", encoding="utf-8")
    site = made(opened(register))
    assert "cases/2026/XF-2026-0001.md" in site
    assert "cases/2026/XF-2026-0003.md" not in site
    assert "cases/2026/XF-2026-0003.yaml" in site["findings.md"]
    assert "有 1 个事项文件有错误" in site["index.md"]


def test_an_empty_register_has_a_site(tmp_path: Path) -> None:
    folder = copied(tmp_path / "空", [])
    assert make_site(opened(folder), folder / "build").warnings == []


# What must not be told


def test_of_an_accusation_only_number_day_and_hand_over_are_told(register: Path) -> None:
    file = register / "cases" / "2026" / "XF-2026-0002.yaml"
    told = "采购回扣九千元"
    text = file.read_text(encoding="utf-8").replace("检举控告(内容已封存)", told)
    file.write_text(text + f"事实: {told}\n材料: [{told}]\n", encoding="utf-8")
    make_site(opened(register), register / "build")
    page = (register / "build" / "site" / "cases" / "2026" / "XF-2026-0002.html").read_text()
    assert "已按规定移送" in page
    for name in ("孙岚", "纪检监察部", "书信", "2026-09-03"):
        assert name not in page
    for built in (register / "build").rglob("*"):
        if built.is_file():
            assert told.encode() not in built.read_bytes()


def test_petitioners_are_known_by_their_codes_only(register: Path) -> None:
    page = made(opened(register))["cases/2026/XF-2026-0001.md"]
    assert "<b>A</b>个人" in page
    assert "分包工人" not in page


def test_no_site_is_built_by_code_that_opens_what_is_sealed(register: Path) -> None:
    program = (
        "import sys; from xinfang.cli import cli; "
        "assert 'mkdocs' not in sys.modules; "
        f"cli.main(['-C', {str(register)!r}, 'site'], standalone_mode=False); "
        "opened = [m for m in sys.modules if m.startswith(('xinfang.sealed', 'pyrage'))]; "
        "assert not opened, opened"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


# What is written


def test_the_site_is_whole_quiet_and_from_here(
    register: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    built = make_site(opened(register), register / "build")
    assert built.warnings == []
    assert capfd.readouterr() == ("", "")
    site = register / "build" / "site"
    ids = {page: set(Outline(page.read_text()).values("id")) for page in site.rglob("*.html")}
    for page in ids:
        if page.name != "404.html":
            for address in Outline(page.read_text()).values("href", "src"):
                _leads_somewhere(page, address, ids)
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", sheet.read_text())


def _leads_somewhere(page: Path, address: str, ids: dict[Path, set[str]]) -> None:
    parts = urlsplit(address)
    assert not parts.scheme, address
    assert not parts.netloc, address
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if target.is_dir():
        target /= "index.html"
    assert target.is_file(), f"{page.name} → {address}"
    fragment = unquote(parts.fragment)
    if fragment and not fragment.startswith("f-") and not fragment.startswith("__"):
        assert fragment in ids[target], f"{page.name} → {address}"


def test_the_old_site_stays_until_the_new_one_is_there(register: Path) -> None:
    make_site(opened(register), register / "build")
    (register / "mkdocs.yml").write_text("theme: [", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "xinfang", "-C", register, "site"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "网站未能生成" in done.stderr
    assert "Traceback" not in done.stderr
    assert (register / "build" / "site" / "index.html").is_file()


def test_a_template_at_fault_is_named(register: Path) -> None:
    own = register / "site_templates" / "pages"
    own.mkdir(parents=True)
    (own / "home.md").write_text("{{ 没有这个 }}", encoding="utf-8")
    with pytest.raises(TemplateFaultError, match=r"home\.md.*没有这个"):
        made(opened(register))


def test_a_register_may_bring_a_page_of_its_own_but_no_code(register: Path) -> None:
    own = register / "site_templates" / "pages"
    own.mkdir(parents=True)
    (own / "home.md").write_text("---\ntitle: 首页\n---\n{{ office.own }}\n", encoding="utf-8")
    assert "项目部" in made(opened(register))["index.md"]
    (own / "home.md").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    with pytest.raises(TemplateFaultError):
        made(opened(register))


# Hostile texts


def _hostile(case: Path, text: str, lines: str) -> str:
    """Put a text into every field of a case that takes one."""
    data: Any = read(case, case.name).data
    loaded = load_case(read(case, case.name))
    assert loaded.record is not None
    replaced = 0
    for keys, _ in texts_of(loaded.record):
        for candidate in (lines, text):
            changed = deepcopy(data)
            place = changed
            for key in keys[:-1]:
                place = place[key]
            place[keys[-1]] = candidate
            dumped = yaml.safe_dump(changed, allow_unicode=True)
            if load_case(read_text(dumped, case.name)).record is not None:
                data, replaced = changed, replaced + 1
                break
    assert replaced > 20
    return yaml.safe_dump(data, allow_unicode=True)


def _harmless(text: str) -> str:
    """Give a text of the same length and lines that means nothing to anybody."""
    return re.sub(r"\S", "甲", text)


def _built_with(folder: Path, text: str, lines: str, name: str) -> Path:
    register = copied(folder, [])
    case = register / "cases" / "2026" / "XF-2026-0001.yaml"
    case.write_text(_hostile(CASES / "XF-2026-0001.yaml", text, lines), encoding="utf-8")
    office = (register / "office.yaml").read_text(encoding="utf-8")
    quoted = name.replace("'", "''")
    office = re.sub(r"名称: 青岚.*登记册", lambda _: f"名称: '{quoted}'", office)
    office = office.replace("名称: 后勤管理部", f"名称: '{quoted}'")
    (register / "office.yaml").write_text(office, encoding="utf-8")
    assert make_site(opened(register), register / "build").warnings == []
    return register / "build" / "site"


def test_texts_of_a_case_never_become_markup(tmp_path: Path) -> None:
    hostile = _built_with(tmp_path / "a", HOSTILE[:190], HOSTILE_LINES, HOSTILE[:60])
    harmless = _built_with(
        tmp_path / "b", _harmless(HOSTILE[:190]), _harmless(HOSTILE_LINES), _harmless(HOSTILE[:60])
    )
    for page in hostile.rglob("*.html"):
        if page.name == "findings.html":  # other texts, other findings
            continue
        bad = Outline(page.read_text(encoding="utf-8"))
        good = Outline((harmless / page.relative_to(hostile)).read_text(encoding="utf-8"))
        # Findings of the case itself differ too; they stand at the end of its page.
        assert _shape(bad) == _shape(good), page.name
    text = Outline((hostile / "cases/2026/XF-2026-0001.html").read_text(encoding="utf-8")).text
    assert HOSTILE[:190] in text
    assert HOSTILE in text


def _shape(outline: Outline) -> list[tuple[str, ...]]:
    """List the elements with the names of their attributes, up to the findings of a case."""
    shape = []
    for tag, attributes in outline.elements:
        if ("id", "findings") in attributes:
            break
        if ("href", "#findings") not in attributes:
            shape.append((tag, *(name for name, _ in attributes)))
    return [part for part in shape if part[0] not in {"li", "nav"}]


# In a real browser


def test_a_reader_goes_from_home_to_a_case(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("index.html")
    reader.page.locator("main a.x-number").first.click()
    assert re.search(r"cases/2026/XF-2026-\d{4}\.html$", reader.page.url)
    reader.page.locator("details").first.click()
    assert reader.page.get_by_text("当日不计").first.is_visible()
    assert reader.troubles == []


def test_no_page_is_wider_than_a_phone(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site, PHONE)
    names = ["index", "deadlines", "ledger", "findings", "departments/index", "departments/d02"]
    names += [f"basis/{name}" for name in ("rules", "clocks", "works", "policy")]
    names += [f"cases/2026/XF-2026-00{number:02d}" for number in (1, 8, 16, 24)]
    for name in names:
        reader.opens(f"{name}.html")
        reader.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE, name
    assert reader.troubles == []


def test_an_address_opens_the_rule_it_names(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("basis/rules.html#transfer-before-registration")
    rule = reader.page.locator("#transfer-before-registration")
    assert rule.get_attribute("open") is not None


def test_hostile_texts_do_nothing_in_a_browser(tmp_path: Path, browser: Browser) -> None:
    site = _built_with(tmp_path / "a", HOSTILE[:190], HOSTILE_LINES, HOSTILE[:60])
    with served(site) as address:
        reader = Reader(browser, address)
        for name in ("index.html", "ledger.html", "cases/2026/XF-2026-0001.html"):
            reader.opens(name)
        for words in ("<script>", "onerror", "&lt;b", "javascript"):
            assert reader.searches(words), words
        assert reader.troubles == []


# Serving


def test_serve_follows_what_is_written(register: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "xinfang", "-C", register, "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = f"http://127.0.0.1:{port}/cases/2026/XF-2026-0001.html"
        assert process.stdout is not None
        assert "网站已生成" in process.stdout.readline()
        assert "http://127.0.0.1" in process.stdout.readline()
        assert "锅炉房" in _fetched(address)
        case = register / "cases" / "2026" / "XF-2026-0001.yaml"
        step = "  - {日期: 2026-09-10, 事项: 解释说明, 内容: 新管已到货, 经办: 李敏}\n"
        case.write_text(case.read_text(encoding="utf-8") + step, encoding="utf-8")
        assert "网站已生成" in process.stdout.readline()
        assert "新管已到货" in _fetched(address)
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _fetched(address: str) -> str:
    deadline = time.monotonic() + 10
    while True:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own address
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
