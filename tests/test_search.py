"""The search: finds what stands on a page, nothing else, quickly, and for few bytes."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from browsing import PHONE, ROOT, Reader, copied, served
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, expect

from xinfang.check import check
from xinfang.cli.site import make_site
from xinfang.packaged import site_templates_folder
from xinfang.pages import pages
from xinfang.register import open_register
from xinfang.search_index import Update, fingerprint, update
from xinfang.search_index.grams import grams
from xinfang.search_index.parts import Part, parts
from xinfang.search_index.postings import decode, encode
from xinfang.site import template_folders

CASES = ROOT / "tests" / "site"
TODAY = date(2026, 9, 16)
LIMIT = 300_000


@pytest.fixture(scope="module")
def sample_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Pages of a small register: one rich case and one accusation."""
    folder = copied(tmp_path_factory.mktemp("登记册") / "a", sorted(CASES.glob("*.yaml")))
    register = open_register(folder, TODAY, TODAY)
    checked = check(register, remember=False)
    folders = template_folders(register.folder, site_templates_folder())
    return pages(register, checked.entries, checked.findings, folders)


def of(site: Mapping[str, str], old: Update | None = None) -> Update:
    """Index some pages, from nothing or from an index as it stood."""
    prints = {address: fingerprint(text) for address, text in site.items()}
    return update(prints, site.__getitem__, old.files.__getitem__ if old else None)


def case_page(number: str, title: str, text: str, facts: str = "") -> str:
    """Write a page of a case in the least that the search reads of one."""
    chips = "".join(f'<span class="x-chip">{fact}</span>' for fact in facts.split())
    head = (
        f'---\ntitle: "{number} {title}"\n---\n<h1>{title}</h1>\n<p class="x-chips">{chips}</p>\n'
    )
    return f"{head}\n## 事实与理由 {{#facts}}\n\n<p>{text}</p>\n"


def case_address(number: str) -> str:
    return f"cases/{number[3:7]}/{number}.md"


# What is in the index


def test_a_case_is_found_by_title_facts_and_text_but_not_by_its_dates(
    sample_pages: dict[str, str],
) -> None:
    address = "cases/2026/XF-2026-0001.md"
    [case] = parts(address, sample_pages[address])
    assert case.address == "cases/2026/XF-2026-0001.html"
    assert case.title
    assert "XF-" not in case.title
    for fact in ("2026年9月1日", "后勤管理部"):
        assert fact in case.facts
    assert len(case.facts.split(" · ")) == 4  # state, category, day, departments
    assert "加热管损坏" in case.text
    assert "当日不计" in sample_pages[address]
    assert "当日不计" not in case.text
    assert "<" not in case.text


def test_of_an_accusation_only_the_number_is_found(sample_pages: dict[str, str]) -> None:
    address = "cases/2026/XF-2026-0002.md"
    assert parts(address, sample_pages[address]) == [Part(f"{address[:-3]}.html", "", "", "")]


def test_other_records_are_found_as_a_whole() -> None:
    page = case_page("FX-2026-001", "宿舍搬迁", "分三批搬迁", "低风险 住宿")
    assert parts("decisions/FX-2026-001.md", page) == [
        Part("decisions/FX-2026-001.html", "FX-2026-001 宿舍搬迁", "低风险 · 住宿", "分三批搬迁")
    ]


def test_long_pages_are_found_by_heading(sample_pages: dict[str, str]) -> None:
    found = parts("basis/rules.md", sample_pages["basis/rules.md"])
    [rule] = [part for part in found if part.address.endswith("#transfer-before-registration")]
    assert rule.title == "办理各步的日期不得早于登记日期"
    assert rule.facts == "规则"
    assert "先登记、后办理" in rule.text
    head = "---\ntitle: 登记\n---\n# 登记\n\n先看[首页](../index.md)。\n\n"
    manual = f"{head}## 第一步 {{#one}}\n\n- 打开**终端**\n\n```console\n$ a=[1]\n```\n"
    assert parts("manual/new.md", manual) == [
        Part("manual/new.html", "登记", "", "登记 先看首页。"),
        Part("manual/new.html#one", "第一步", "登记", "打开 终端 $ a=[1]"),
    ]


def test_lists_are_found_by_their_titles_only(sample_pages: dict[str, str]) -> None:
    [ledger] = parts("ledger.md", sample_pages["ledger.md"])
    assert ledger.title == "台账"
    assert "XF-2026" not in ledger.text
    months = {address: text for address, text in sample_pages.items() if "ledger/" in address}
    assert months
    assert not [row for row in _rows(of(months)) if row]


def test_pieces_may_stand_in_a_script() -> None:
    text = "&#60;/script&#62;&#60;!-- \u2028\u2029 \" \\ ' &amp;lt;b"
    number = "XF-2026-0001"
    made = of({case_address(number): case_page(number, "题", text)})
    for content in made.files.values():
        assert not re.search("[<\u2028\u2029]", content)
    [row] = [row for row in _rows(made) if row]
    assert "</script><!--" in row[3]
    assert row[3].endswith("\" \\ ' &lt;b")


def _rows(made: Update) -> Iterator[list[str]]:
    for name, content in made.files.items():
        if name.startswith("search/t/"):
            yield from json.loads(content[content.index(",") + 1 : content.rindex(")")])


# Mending


LETTERS = "甲乙丙丁戊ab12 ，。〔〕"
#: Enough pages for a change of a few to be a mend.
BASE = {
    **{case_address(f"XF-2025-{n:04d}"): f"甲{n}" for n in range(1, 25)},
    **{case_address(f"XF-2026-{n:04d}"): f"乙{n}" for n in range(1, 13)},
    "basis/rules.md": "## 甲 {#a}\n\n丙\n",
    "basis/works.md": "## 乙 {#b}\n\n丁\n",
    "ledger.md": "",
}
CHANGED = st.dictionaries(
    st.sampled_from(
        [*BASE, case_address("XF-2026-0013"), case_address("XF-2027-0003"), "basis/new.md"]
    ),
    st.none() | st.text(LETTERS, max_size=12),
    max_size=6,
)


def _site(texts: Mapping[str, str | None]) -> dict[str, str]:
    return {
        address: case_page(address[-15:-3], text[:4], text, text[4:])
        if address.startswith("cases")
        else f"---\ntitle: 页\n---\n{text}"
        for address, text in texts.items()
        if text is not None
    }


@settings(deadline=None, max_examples=60)
@given(CHANGED, CHANGED)
def test_a_mended_index_is_the_same_as_one_made_from_nothing(
    first: dict[str, str | None], second: dict[str, str | None]
) -> None:
    before = of(_site({**BASE, **first}))
    site = _site({**BASE, **first, **second})
    after = of(site, before)
    kept = {} if after.whole else before.files
    files = {**kept, **after.files}
    for name in after.removed:
        del files[name]
    assert files == of(site).files


def test_one_changed_case_changes_little_and_only_it_is_read() -> None:
    site = _site({case_address(f"XF-2026-{n:04d}"): f"甲乙丙丁{n}" for n in range(1, 400)})
    before = of(site)
    address = case_address("XF-2026-0200")
    changed = case_page("XF-2026-0200", "甲乙丙丁", "甲乙丙丁200戊")
    prints = {name: fingerprint(text) for name, text in {**site, address: changed}.items()}
    mended = update(prints, {address: changed}.__getitem__, before.files.__getitem__)
    assert not mended.whole
    assert len(mended.files) < len(before.files) / 10
    assert of(site, before).files == {}


def test_an_index_that_cannot_be_read_is_made_anew() -> None:
    site = _site(BASE)
    whole = of(site)
    changed = {**site, "ledger.md": "---\ntitle: 台账\n---\n"}
    for broken in (
        {"search/state.json": "{"},
        {"search/state.json": whole.files["search/state.json"]},
        {**whole.files, "search/state.json": '{"edition": "old", "prints": {}, "pages": {}}'},
    ):
        assert of(changed, Update(broken)) == of(changed)


def test_a_site_built_again_finds_what_a_new_one_does(tmp_path: Path) -> None:
    cases = sorted(ROOT.glob("cases/2026/*.yaml"))
    folder = copied(tmp_path / "a", cases)
    make_site(open_register(folder, TODAY, TODAY), folder / "build")
    case = folder / "cases/2026/XF-2026-0011.yaml"
    text = case.read_text("utf-8").replace("热水", "开水")
    assert "开水" in text
    case.write_text(text, encoding="utf-8")
    make_site(open_register(folder, TODAY, TODAY), folder / "build")
    make_site(open_register(folder, TODAY, TODAY), folder / "new")
    mended, new = _files(folder / "build/site/search"), _files(folder / "new/site/search")
    assert mended == new
    assert any("开水" in content.decode() for content in new.values())


def _files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


# Grams and lists


@given(st.sets(st.integers(0, 20_000)))
def test_lists_of_places_are_read_as_they_were_written(places: set[int]) -> None:
    text = encode(sorted(places))
    assert decode(text) == sorted(places)
    assert re.fullmatch(r"(?![^!]*!)[#-;=-\[\]-~]*|![A-Za-z0-9+/]+=*", text)


def test_a_list_of_many_is_short() -> None:
    assert len(encode(range(10_000))) < 1700
    assert len(encode(range(0, 10_000, 50))) == 200


@given(st.text(), st.integers(0, 20), st.integers(1, 2))
def test_every_character_and_pair_can_be_found(text: str, start: int, length: int) -> None:
    run = text[start : start + length]
    if len(run) == length and run.isalnum() and run == run.lower() and "İ" not in run:
        assert grams(run) <= grams(text)


def test_numbers_of_papers_are_found_as_a_whole() -> None:
    assert "处〔2026〕1" in grams("青机电信处〔2026〕1号")
    assert grams("青机电信处[2026]1号") == grams("青机电信处（２０２６）1号")
    assert "处〔2026〕1" not in grams("青机电信处〔2026〕12号")


# In a browser


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("热水", "没有热水"),
        ("XF-2026-0019", "XF-2026-0019"),
        ("0019", "XF-2026-0019"),
        ("ｘｆ-2026-0019", "XF-2026-0019"),
        ("青机电信处〔2026〕1号", "XF-2026-0001"),
        ("青机电信处[2026]1号", "XF-2026-0001"),
        ("青机电信处（2026）1号", "XF-2026-0001"),
        ("焊工 工资", "XF-2026-0001"),
        ("焊", "XF-2026-0001"),
        ("压力钢管和蜗壳安装标段", "XF-2026-0001"),
        ("食宿与劳动条件", "XF-2026-0011"),
        ("工程技术部 便道", "XF-2026-0019"),
        ("418600", "XF-2026-0001"),
        ("台账", "台账"),
        ("transfer-before-registration", "办理各步的日期"),
    ],
)
def test_search_finds(sample_site: str, browser: Browser, words: str, title: str) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("index.html")
    found = reader.searches(words)
    assert any(title in line for line in found[:3]), found
    assert reader.troubles == []


@pytest.mark.parametrize(
    "words", ["舍宿", "热水 蜗壳", "宿舍没有", "〔2026〕999号", "。", "XF-2026-9999"]
)
def test_search_does_not_find_what_is_not_there(
    sample_site: str, browser: Browser, words: str
) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("index.html")
    assert reader.searches(words) == []
    expect(reader.page.locator(".x-panel [role=status]")).to_have_text("没有找到")
    assert reader.troubles == []


def test_everything_found_holds_the_words(sample_site: str, browser: Browser) -> None:
    """Words of two and more characters, taken from the texts and put together by chance."""
    folder = ROOT / "cases" / "2026"
    text = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.yaml")))
    runs = sorted(set(re.findall(r"[\u4e00-\u9fff]{4,}", text)))
    draw = random.Random(5)  # noqa: S311 - a test, not a secret
    words = [
        a[-size:] + b[:size] for size in (1, 2) for a, b in [draw.sample(runs, 2) for _ in "12345"]
    ]
    words += [draw.choice(runs)[:size] for size in (2, 3, 4) for _ in "12345"]
    reader = Reader(browser, sample_site)
    reader.opens("index.html")
    for word in words:
        reader.searches(word)
        hits = [a.get_attribute("href") or "" for a in _options(reader).all()]
        for hit in hits:
            address = hit.split("#")[0].removeprefix(sample_site)
            shown = reader.page.request.get(sample_site + address).text()
            assert word in re.sub(r"<[^>]*>", "", shown), (word, address)


def _options(reader: Reader) -> Locator:
    return reader.page.get_by_role("option")


def test_titles_come_first_and_words_are_marked(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("index.html")
    found = reader.searches("宿舍")
    held = ["宿舍" in title for title in found]
    assert held == sorted(held, reverse=True)
    assert held[0]
    first = _options(reader).first
    assert first.locator("b mark").first.inner_text() == "宿舍"
    assert "2026年" in first.locator("small").inner_text()
    assert "宿舍" in first.locator(".x-excerpt mark").all_inner_texts()
    first.click()
    reader.page.wait_for_url("**/cases/2026/*.html")
    assert reader.troubles == []


def test_an_accusation_is_found_by_its_number_alone(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("index.html")
    sealed = next(
        path.stem
        for path in sorted(ROOT.glob("cases/2026/*.yaml"))
        if "目的: 检举控告" in path.read_text("utf-8")
    )
    found = reader.searches(sealed)
    assert sealed in [title.strip() for title in found]
    option = _options(reader).filter(has_text=sealed).first
    assert option.inner_text().strip() == sealed


def test_search_needs_no_mouse(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("index.html")
    field, keyboard = reader.page.get_by_role("combobox", name="搜索"), reader.page.keyboard
    for key in ("/", "s", "Control+k"):
        keyboard.press(key)
        expect(field).to_be_focused()
        expect(field).to_have_value("")
        keyboard.press("Escape")
        expect(field).not_to_be_focused()
    keyboard.press("/")
    keyboard.type("工资")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    chosen = reader.page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    assert chosen.get_attribute("id") == _options(reader).nth(1).get_attribute("id")
    keyboard.press("ArrowUp")
    keyboard.press("ArrowUp")
    expect(_options(reader).last).to_have_attribute("aria-selected", "true")
    keyboard.press("Escape")
    expect(_options(reader).first).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    keyboard.press("/")
    target = _options(reader).first.get_attribute("href") or ""
    keyboard.press("Enter")
    reader.page.wait_for_url(target)
    assert reader.troubles == []


def test_an_unfinished_word_of_an_input_method_is_not_searched(
    sample_site: str, browser: Browser
) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("index.html")
    reader.page.get_by_role("combobox", name="搜索").click()
    method = reader.page.context.new_cdp_session(reader.page)
    method.send(
        "Input.imeSetComposition", {"text": "sushe", "selectionStart": 5, "selectionEnd": 5}
    )
    reader.page.wait_for_timeout(400)
    assert reader.page.locator(".x-panel").is_hidden()
    method.send("Input.insertText", {"text": "宿舍"})
    expect(_options(reader).first).to_contain_text("宿舍")


def test_more_is_shown_when_asked(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("index.html")
    assert len(reader.searches("李")) == 8
    while reader.page.locator(".x-further").is_visible():
        before = _options(reader).count()
        reader.page.locator(".x-further").click()
        expect(_options(reader)).not_to_have_count(before)
    assert _options(reader).count() > 16
    status = reader.page.locator(".x-panel [role=status]").inner_text()
    assert status == f"找到 {_options(reader).count()} 条"


def test_search_works_on_a_phone(sample_site: str, browser: Browser) -> None:
    reader = Reader(browser, sample_site, PHONE)
    reader.opens("cases/2026/XF-2026-0001.html")
    assert reader.searches("工资")
    box = reader.page.locator(".x-panel").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, PHONE)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE
    reader.page.get_by_role("button", name="关闭搜索").click()
    expect(reader.page.locator(".x-panel")).to_be_hidden()
    expect(reader.page.get_by_role("combobox", name="搜索")).to_be_hidden()
    assert reader.troubles == []


def test_search_works_from_a_folder(sample_site_folder: Path, browser: Browser) -> None:
    reader = Reader(browser, f"{sample_site_folder.as_uri()}/")
    reader.opens("cases/2026/XF-2026-0019.html")
    assert any("三号宿舍楼没有热水" in title for title in reader.searches("宿舍"))
    _options(reader).filter(has_text="三号宿舍楼没有热水").first.click()
    reader.page.wait_for_url("**/cases/2026/XF-2026-0011.html")
    assert reader.troubles == []


def test_a_reader_is_told_when_the_index_is_gone(tmp_path: Path, browser: Browser) -> None:
    with served(_shell(tmp_path)) as address:
        reader = Reader(browser, address)
        reader.opens("index.html")
        assert reader.searches("宿舍") == []
        status = reader.page.locator(".x-panel [role=status]")
        assert "没有读到" in status.inner_text()


# At 10,000 cases


def _shell(folder: Path) -> Path:
    """Write a page with nothing but the search."""
    assets = folder / "assets"
    assets.mkdir()
    names = ("search_index.js", "search.js", "search.css", "site.css")
    for name in names:
        text = (ROOT / "site_templates/theme/assets" / name).read_text("utf-8")
        (assets / name).write_text(text, encoding="utf-8")
    scripts = "".join(f'<script src="assets/{name}"></script>' for name in names[:2])
    head = '<!doctype html><meta charset=utf-8><link rel=icon href="data:,">'
    page = f'{head}<div class="md-header__inner"></div>{scripts}'
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """10,000 cases of 800 characters; as many different pairs of characters as real texts have."""
    draw = random.Random(3)  # noqa: S311 - a test, not a secret
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]
    sentences = ["".join(draw.choices(letters, k=20)) for _ in range(4000)]
    weights = [1 / (rank + 20) for rank in range(len(sentences))]
    site = {}
    for year, count in ((2024, 3400), (2025, 3300), (2026, 3300)):
        for n in range(1, count + 1):
            number = f"XF-{year}-{n:04d}"
            title, *told = draw.choices(sentences, weights, k=40)
            text = f"{'，'.join(told)} 青机电信处〔{year}〕{n}号 {draw.randrange(10**6)}元"
            site[case_address(number)] = case_page(number, title[:14], text, "已办结 工资支付")
    folder = _shell(tmp_path_factory.mktemp("一万件"))
    for name, content in of(site).files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    with served(folder) as address:
        yield address


@pytest.mark.parametrize(
    "words", ["common", "rare", "工资支付", "0019", "青机电信处〔2025〕77号", "several", "long"]
)
def test_the_first_answer_at_10000_cases_costs_at_most_300_kilobytes(
    large_site: str, browser: Browser, words: str
) -> None:
    text = _typed(large_site, browser, words)
    reader = Reader(browser, large_site)
    sizes: list[int] = []
    reader.page.on("response", lambda answer: sizes.append(len(answer.body())))
    reader.opens("index.html")
    assert reader.searches(text)
    reader.page.wait_for_load_state("networkidle")
    assert len(sizes) > 4
    assert sum(sizes) <= LIMIT, f"{text}: {sum(sizes)} bytes in {len(sizes)} files"
    assert reader.troubles == []


def _typed(address: str, browser: Browser, kind: str) -> str:
    """Take words from what is there: of a title, from the middle of a text."""
    page = browser.new_page()
    text = page.request.get(f"{address}search/t/300.js").text()
    page.close()
    _, title, _, told = map(str, json.loads(text[text.index(",") + 1 : text.rindex(")")])[0])
    words = {
        "common": title[:2],
        "rare": told[21:23],
        "several": f"{title[:2]} {told[30:32]} {told[2:4]}",
        "long": told[24:34].strip("，"),
    }
    return words.get(kind, kind)
