"""Building the site: as MkDocs alone would, and only what changed."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from browsing import PHONE, ROOT, Reader, copied
from playwright.sync_api import Browser

from xinfang.cli.site import make_site
from xinfang.pages import Frame, cases
from xinfang.register import open_register
from xinfang.site import SiteError, building, crew
from xinfang.webform import ADDRESSES

CASES = ROOT / "tests" / "site"
TODAY = date(2026, 9, 16)
#: A sample that names 0001 as an earlier matter, and one that names none.
LATER, OTHER = "0013", "0016"
#: A page of each kind.
KINDS = (
    "index",
    "intake",
    "first-contact",
    "deadlines",
    "calendar",
    "promises",
    "ledger",
    "ledger/2026-03",
    "departments/index",
    "departments/d02",
    "departments/duties",
    "statistics",
    "reports/index",
    "findings",
    "decisions/index",
    "inspections/index",
    "basis/rule-text",
    "basis/policy",
    "basis/rules",
    "basis/clocks",
    "basis/requirements",
    "basis/works",
    "manual/index",
    "cases/2026/XF-2026-0001",
)


@pytest.fixture(autouse=True)
def own_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """One rich case, an accusation, a case that names the first, one that names none."""
    more = [ROOT / f"cases/2026/XF-2026-{number}.yaml" for number in (LATER, OTHER)]
    return copied(tmp_path / "登记册", [*sorted(CASES.glob("*.yaml")), *more])


def build(folder: Path, target: Path | None = None, today: date = TODAY) -> Path:
    """Build the site; gives the folder of all output."""
    target = target or folder / "build"
    make_site(open_register(folder, today, today), target)
    return target


def stand(folder: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def case(folder: Path, number: str) -> Path:
    return folder / "cases" / "2026" / f"XF-2026-{number}.yaml"


def add_step(file: Path, text: str) -> None:
    step = f"  - {{日期: 2026-09-10, 事项: 解释说明, 内容: {text}, 经办: 李敏}}\n"
    file.write_text(file.read_text("utf-8").rstrip("\n") + "\n" + step, "utf-8")


def own_theme(folder: Path) -> None:
    """Give a register settings and a theme, so that MkDocs can be started in it."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "site_templates/theme", folder / "site_templates/theme")


# As others build it


@pytest.mark.parametrize("own", [False, True])
def test_the_site_is_what_mkdocs_alone_builds(register: Path, own: bool) -> None:  # noqa: FBT001
    own_theme(register)
    if own:  # a template of the register itself, and not a tidy one
        template = register / "site_templates/pages/case.md"
        template.parent.mkdir()
        body = "<h1>{{ case.title }}</h1>\n \n<pre>\t一\n\n    *二* \n</pre>\n\n&amp; # 三"
        front = "---\ntitle: {{ case.title | 题头 }}\nhide: [toc]\n---\n"
        template.write_text(f"{front}\n<!-- html -->\n{body}\n<!-- end -->\n\n", "utf-8")
    hostile = case(register, "0001")
    title = "'</title><script>alert(1)</script> &amp; \"引\" \\ {{ 1 }} xinfang-specimen-title'"
    hostile.write_text(
        re.sub("(?<=标题: ).*", lambda _: title, hostile.read_text("utf-8")), "utf-8"
    )
    name = (register / "office.yaml").read_text("utf-8")
    name = re.sub(r"名称: (青岚.*登记册)", "名称: 信访登记册", name)
    (register / "office.yaml").write_text(name, "utf-8")
    site = build(register) / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", "plain"],
        cwd=register,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    plain = stand(register / "plain")
    assert "cases/2026/XF-2026-0002.html" in plain
    same({n: c for n, c in stand(site).items() if not n.startswith("search/")}, plain)


def test_zensical_builds_the_same_pages(register: Path) -> None:
    own_theme(register)
    site = build(register) / "site"
    mine = stand(site)
    shutil.rmtree(site)
    nowhere = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    done = subprocess.run(
        [Path(sys.executable).with_name("zensical"), "build"],
        cwd=register,
        env={**os.environ, **nowhere, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    assert done.returncode == 0, said
    # It takes the words of a filter for places on the page.
    warned = re.findall(r"^ *\d+ │ (.*)$", said, re.MULTILINE)
    assert all('href="#f-' in line for line in warned), said
    theirs = stand(site)
    for name, content in mine.items():
        if name.startswith(("data/", "ics/")) or name in ADDRESSES.values():
            assert theirs[name] == content
        elif name.endswith(".html") and name != "404.html":
            assert article(theirs[name]) == article(content), name


def article(page: bytes) -> str:
    """The content of a page without the mark that Zensical's skip link leads to."""
    found = re.search(r"<article\b.*?</article>", page.decode(), re.DOTALL)
    assert found
    text = re.sub(r'<a id="__skip" tabindex="-1"></a>', "", found[0])
    return " ".join(text.split())


# Only what changed


def linked_case(folder: Path) -> None:
    text = case(folder, "0001").read_text("utf-8").replace("XF-2026-0001", "XF-2026-0077")
    case(folder, "0077").write_text(f"{text}关联: [XF-2026-0001]\n", "utf-8")


def other_template(folder: Path) -> None:
    own = folder / "site_templates/pages"
    own.mkdir(parents=True, exist_ok=True)
    text = (ROOT / "site_templates/pages/case.md").read_text("utf-8")
    (own / "case.md").write_text(text.replace("原文</h2>", "文件原文</h2>"), "utf-8")


def other_menu(folder: Path) -> None:
    shutil.copy(ROOT / "mkdocs.yml", folder)
    settings = (folder / "mkdocs.yml").read_text("utf-8").replace("首页:", "门户:")
    theme = f"custom_dir: {ROOT / 'site_templates/theme'}"
    settings = settings.replace("custom_dir: site_templates/theme", theme)
    (folder / "mkdocs.yml").write_text(settings, "utf-8")


def other_office(folder: Path) -> None:
    office = folder / "office.yaml"
    office.write_text(office.read_text("utf-8").replace("后勤管理部", "后勤保障部"), "utf-8")


def broken_case(folder: Path) -> None:
    case(folder, OTHER).write_text("编号: [", "utf-8")


def commit(folder: Path) -> None:
    who = ["-c", "user.name=李敏", "-c", "user.email=limin@example.com"]
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "cases", "office.yaml"], cwd=folder, check=True)
    subprocess.run(["git", *who, "commit", "-qm", "登记"], cwd=folder, check=True)


CHANGES: tuple[Callable[[Path], None], ...] = (
    lambda folder: add_step(case(folder, "0001"), "新管已到货"),
    linked_case,
    lambda folder: case(folder, LATER).unlink(),
    other_template,
    other_menu,
    other_office,
    broken_case,
    commit,
    lambda _folder: None,
)


@pytest.mark.parametrize("half", [0, 1])
def test_a_site_brought_up_to_date_is_one_made_from_nothing(register: Path, half: int) -> None:
    draw = random.Random(3)  # noqa: S311 - an order, not a secret
    order = draw.sample(CHANGES, len(CHANGES))[half::2]
    today = TODAY
    build(register)
    for step, change in enumerate(order):
        change(register)
        if draw.random() < 0.25:
            today += timedelta(days=draw.randrange(1, 40))
        mended = build(register, today=today)
        fresh = build(register, register.parent / f"fresh-{step}", today)
        for part in ("site", "pages"):
            same(stand(mended / part), stand(fresh / part))


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Numbers of the cases whose pages are made."""
    numbers: list[str] = []
    fill = cases.fill

    def noted(frame: Frame, number: str) -> cases.Filled:
        numbers.append(number)
        return fill(frame, number)

    monkeypatch.setattr(cases, "fill", noted)
    return numbers


#: One case of each kind is always made: it tells what all their pages have in common.
SAMPLES = ["XF-2026-0001", "XF-2026-0002"]


def test_a_case_that_did_not_change_is_neither_made_nor_written(
    register: Path, filled: list[str]
) -> None:
    site = build(register) / "site"
    filled.clear()
    times = {file: file.stat().st_mtime_ns for file in site.rglob("*.html")}
    add_step(case(register, LATER), "新管已到货")
    build(register)
    changed = f"XF-2026-{LATER}"
    earlier = "XF-2026-0001"  # its page says how the later one stands
    assert set(filled[len(SAMPLES) :]) == {changed, earlier}
    untouched = {
        file for file in site.rglob("cases/**/*.html") if file.stem not in {changed, earlier}
    }
    assert len(untouched) == 2
    assert all(file.stat().st_mtime_ns == times[file] for file in untouched)


def test_a_page_that_was_removed_by_hand_comes_back(register: Path) -> None:
    output = build(register)
    before = stand(output)
    (output / "site/cases/2026/XF-2026-0001.html").unlink()
    (output / "pages/cases/2026/XF-2026-0002.md").unlink()
    (output / "site/assets/lists.js").unlink()
    build(register)
    same(stand(output), before)


def test_what_breaks_off_leaves_the_old_site_and_is_made_anew(
    register: Path, filled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = build(register)
    before = stand(output / "site")
    add_step(case(register, "0001"), "新管已到货")
    with monkeypatch.context() as broken:
        broken.setattr(building, "run", _give_up)
        with pytest.raises(SiteError, match="没有生成"):
            build(register)
    same(stand(output / "site"), before)
    assert not list(output.glob(".site-*"))
    filled.clear()
    build(register)
    assert len(filled) == len(SAMPLES) + len(before_cases(before))
    assert "新管已到货" in (output / "site/cases/2026/XF-2026-0001.html").read_text("utf-8")


def _give_up(*_: object) -> None:
    raise SiteError("没有生成")


def before_cases(files: dict[str, bytes]) -> list[str]:
    return [name for name in files if name.startswith("cases/")]


def test_a_file_written_while_the_site_is_built_is_looked_at_again(
    register: Path, filled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = crew.fill

    def meanwhile(numbers: tuple[str, ...]) -> crew.Done:
        add_step(case(register, "0001"), "新管已到货")
        return fill(numbers)

    with monkeypatch.context() as busy:
        busy.setattr(building, "fill", meanwhile)
        build(register)
    text = case(register, "0001").read_text("utf-8").splitlines(keepends=True)
    case(register, "0001").write_text("".join(text[:-1]), "utf-8")  # as the check saw it
    filled.clear()
    output = build(register)
    assert filled[len(SAMPLES) :] == ["XF-2026-0001"]
    assert "新管已到货" not in (output / "site/cases/2026/XF-2026-0001.html").read_text("utf-8")


def test_many_processes_make_the_same_site(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = build(register)
    monkeypatch.setattr(building, "_MANY", 0)
    monkeypatch.setattr(crew, "_CHUNK", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    together = build(register, register.parent / "together")
    same(stand(alone), stand(together))


def test_a_fault_in_another_process_is_told_as_any_other(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = register / "site_templates/pages"
    own.mkdir(parents=True)
    (own / "findings.md").write_text("{{ 没有这个 }}", "utf-8")
    monkeypatch.setattr(building, "_MANY", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with pytest.raises(SiteError, match=r"网站未能生成.*findings\.md.*没有这个"):
        build(register)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# 没有题头\n", "须以题头开始"),
        ("---\ntitle: 甲\nhide: [toc]\n---\n<h1>甲</h1>\n\n## 乙\n", "两行之间"),
        ("---\ntitle: 甲\nhide: [toc]\n---\n<!-- html -->\n<p>甲</p>\n<!-- end -->", "一级标题"),
        (
            (
                "---\ntitle: 甲\ntags: [{{ case.number }}]\n---\n"
                "<!-- html -->\n<h1>甲</h1>\n<!-- end -->"
            ),
            "每页相同",
        ),
    ],
)
def test_a_template_of_cases_that_does_not_fit_is_told(
    register: Path, text: str, said: str
) -> None:
    own = register / "site_templates/pages"
    own.mkdir(parents=True)
    (own / "case.md").write_text(text, "utf-8")
    with pytest.raises(SiteError, match=said):
        build(register)


def test_a_template_of_one_case_knows_nothing_of_the_others(register: Path) -> None:
    own = register / "site_templates/pages"
    own.mkdir(parents=True)
    for name in ("promises", "shares", "nearest", "numbers", "words"):
        (own / "case.md").write_text(f"{{{{ {name} }}}}", "utf-8")
        with pytest.raises(Exception, match=name):
            build(register)


# From disk, and while somebody writes


def test_every_case_in_the_grid_has_its_page(sample_site_folder: Path) -> None:
    script = (sample_site_folder / "data/ledger.js").read_text("utf-8")
    columns = json.loads(script.partition("=")[2])["columns"]
    numbers = next(column for column in columns if column["key"] == "number")["values"]
    assert len(numbers) > 20
    for number in numbers:
        assert (sample_site_folder / f"cases/{number[3:7]}/{number}.html").is_file()


def test_a_case_page_is_small(sample_site_folder: Path) -> None:
    sizes = [file.stat().st_size for file in sample_site_folder.rglob("cases/**/*.html")]
    assert max(sizes) <= 60_000


def test_every_kind_of_page_opens_from_a_folder(sample_site_folder: Path, browser: Browser) -> None:
    reader = Reader(browser, f"{sample_site_folder.as_uri()}/", PHONE)
    for name in KINDS:
        reader.opens(f"{name}.html")
        assert reader.page.locator("main h1").first.is_visible(), name
        reader.page.wait_for_timeout(100)
        assert reader.troubles == [], name
    known = {file.relative_to(sample_site_folder).parts[0] for file in pages(sample_site_folder)}
    assert known == {f"{kind}.html" if "/" not in kind else kind.split("/")[0] for kind in KINDS}


def pages(site: Path) -> Iterator[Path]:
    yield from (file for file in site.rglob("*.html") if file.name != "404.html")


def test_an_open_page_follows_what_is_written(register: Path, browser: Browser) -> None:
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
        assert process.stdout is not None
        assert "网站已生成" in process.stdout.readline()
        assert "http://127.0.0.1" in process.stdout.readline()
        reader = Reader(browser, f"http://127.0.0.1:{port}/")
        reader.opens("cases/2026/XF-2026-0001.html")
        assert reader.page.get_by_text("新管已到货").count() == 0
        add_step(case(register, "0001"), "新管已到货")
        reader.page.get_by_text("新管已到货").first.wait_for(timeout=30_000)
        assert reader.page.url.endswith("cases/2026/XF-2026-0001.html")
        assert reader.troubles == []
        reader.opens("")
        assert reader.page.locator("main h1").first.is_visible()
    finally:
        process.terminate()
        process.communicate(timeout=10)
    for page in pages(register / "build/site"):
        assert "__xinfang__" not in page.read_text("utf-8")
