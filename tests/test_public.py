"""The guide for the public: what it tells, that it tells nothing else, how it reads on a phone."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from random import Random

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import PHONE, ROOT, Reader, copied, served
from click.testing import CliRunner
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument

from xinfang.balance import SEALED, Balance
from xinfang.check import check
from xinfang.cli.context import Context
from xinfang.cli.public import FOLDER, POSTER, make_guide
from xinfang.cli.site import site
from xinfang.clocks import Clock, default_clocks
from xinfang.forms import forms
from xinfang.guide import PAGES, STYLE, UNCHECKED, Bases, Guide, days, dialled, guide_pages, period
from xinfang.model.office import Office
from xinfang.packaged import site_templates_folder
from xinfang.register import Register, open_register
from xinfang.rules._shared import guardrail_words
from xinfang.sealed import keys_for, open_content
from xinfang.yearly import FEW, FLOOR, RECEIVED, REST, WITHHELD, figures, folded, years

TODAY = date(2026, 9, 16)
KILO = 1024
#: A page on a phone, with all that it loads.
LIGHT = 150 * KILO
TEMPLATES = [site_templates_folder() / FOLDER]


@pytest.fixture(scope="session")
def register_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample register with everything sealed in it, and words of its own in every case."""
    folder = copied(tmp_path_factory.mktemp("公开"), sorted(ROOT.glob("cases/2026/*.yaml")))
    for name in ("keys", "sealed"):
        shutil.copytree(ROOT / name, folder / name)
    for place, file in enumerate(sorted((folder / "cases" / "2026").glob("*.yaml"))):
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"(?m)^(标题: .*)$", rf"\1独{place}字", text), "utf-8")
    return folder


@pytest.fixture(scope="session")
def public(register_folder: Path) -> Path:
    """The guide as the command makes it, beside the site of the office."""
    arguments = ["-C", str(register_folder), "--today", str(TODAY), "--audience", "public"]
    done = CliRunner().invoke(site, arguments, obj=Context())
    assert done.exit_code == 0, done.output
    assert "办事指南已生成" in done.output
    return register_folder / "build" / FOLDER


@pytest.fixture(scope="session")
def sample(register_folder: Path) -> Register:
    return open_register(register_folder, TODAY, TODAY)


@pytest.fixture(scope="session")
def texts(public: Path) -> dict[str, str]:
    """Everything that can be read in it, by file: pages, styles, text and properties of papers."""
    return {file.relative_to(public).as_posix(): read(file) for file in public.rglob("*.*")}


def read(file: Path) -> str:
    if file.suffix != ".pdf":
        return file.read_text("utf-8")
    pdf = PdfDocument(file)
    shown = [page.get_textpage().get_text_range() for page in pdf]
    told = [str(value) for value in pdf.get_metadata_dict().values()]
    pdf.close()
    return "\n".join([*shown, *told])


@pytest.fixture
def phone(browser: Browser, public: Path) -> Iterator[Reader]:
    with served(public) as address:
        reader = Reader(browser, address, PHONE)
        yield reader
        reader.page.close()
        assert reader.troubles == []


def office_of(register: Register) -> Office:
    assert register.office is not None
    return register.office


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def guide(register: Register, clocks: tuple[Clock, ...] | None = None) -> Guide:
    return Guide(office_of(register), clocks or register.clocks, [], [], None, TODAY)


# Nothing about anybody


def test_it_holds_pages_papers_and_one_style_and_nothing_else(texts: dict[str, str]) -> None:
    papers = {name for name in texts if name.endswith(".pdf")}
    assert set(texts) - papers == {*PAGES, STYLE}
    assert POSTER in papers
    for form in (form for form in forms(ROOT / "forms").values() if form.for_guide):
        assert {f"forms/{form.id}.pdf", f"forms/{form.id}-fillable.pdf"} <= papers
    assert not any("<script" in text or " on" + "click" in text for text in texts.values())


def test_no_case_is_in_it(texts: dict[str, str], sample: Register) -> None:
    whole = "\n".join([*texts, *texts.values()])
    entries = check(sample).entries
    assert len(entries) == len(sample.case_files())
    for entry in entries.values():
        assert entry.number not in whole
        assert entry.sealed or entry.title not in whole
        for paper in entry.papers:
            assert paper.number not in whole
    assert not re.search(r"独\d+字", whole)
    assert not re.search(r"XF-\d{4}-\d", whole)
    assert not re.search(r"〔\d{4}〕", whole)


def test_nobody_is_named_but_whom_the_notice_board_names(
    texts: dict[str, str], sample: Register
) -> None:
    office = office_of(sample)
    assert office.notice_board is not None
    whole = "\n".join(texts.values())
    inside = {post.name for post in office.posts} - {office.notice_board.wage_officer.split()[0]}
    assert len(inside) > 10
    assert [name for name in inside if name in whole] == []


def test_nothing_sealed_is_in_it(texts: dict[str, str], sample: Register) -> None:
    whole = re.sub(r"[-\s]", "", "\n".join(texts.values()))
    keys = keys_for(sample.folder, sample=True)
    seen = 0
    for file in sample.case_files():
        content, _ = open_content(sample, file.stem, keys)
        assert content is not None
        for identity in content.parties.values():
            values = [identity.name, identity.address, *(c.number for c in identity.contacts)]
            for value in filter(None, values):
                assert re.sub(r"[-\s]", "", value) not in whole
                seen += 1
    assert seen > 30
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", whole)
    assert not re.search(r"(?<!\d)\d{17}[\dX](?!\d)", whole)


def test_the_guide_can_reach_no_record() -> None:
    file = ROOT / "tools/xinfang/guide.py"
    names = {
        name
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        for name in (
            [f"{node.module}.{alias.name}" for alias in node.names]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        if name.startswith("xinfang")
    }
    rooms = {name.rpartition(".")[0] for name in names}
    assert rooms <= {
        "xinfang.clocks",
        "xinfang.errors",
        "xinfang.formatting",
        "xinfang.law",
        "xinfang.model.office",
        "xinfang.model.words",
        "xinfang.yearly",
    }
    assert {name for name in names if "yearly" in name} == {
        "xinfang.yearly.DEFINITIONS",
        "xinfang.yearly.Year",
    }


# What it tells


def test_every_clock_in_force_is_told_with_its_days(
    texts: dict[str, str], sample: Register
) -> None:
    page = texts["index.html"]
    for clock in sample.clocks:
        shown = re.search(rf'<li data-clock="{clock.id}">(.*?)</li>', page)
        assert shown, clock.id
        assert period(clock) in plain(shown[1])
        assert ("国家规定" if clock.jurisdiction == "国家" else "本单位规定") in shown[1]
    assert "我们收到后15天内" in page
    assert "受理后60天内" in page
    assert "我们收到后3个工作日内" in page  # the unit's own stricter limit, beside the law's
    assert "我们收到后5个工作日内" in page


def test_days_follow_the_clocks(sample: Register) -> None:
    changed = tuple(
        replace(clock, length=45) if clock.id == "C3" else clock for clock in sample.clocks
    )
    page = guide_pages(guide(sample, changed), TEMPLATES)["index.html"]
    assert "受理后45天内" in page
    assert "60天" not in plain(page)


@pytest.mark.parametrize("clock", default_clocks(optional=True), ids=lambda clock: clock.id)
def test_every_clock_has_words(clock: Clock) -> None:
    assert days(clock)
    assert period(clock)


def test_channels_rights_and_reviewing_units_are_told(
    texts: dict[str, str], sample: Register
) -> None:
    office = office_of(sample)
    page, ways, reviews = plain(texts["index.html"]), office.channels, office.reviews
    assert reviews is not None
    for value in (
        *(ways.address, ways.phone, ways.email, ways.fax, ways.hours, ways.place),
        *(ways.progress, ways.complaint, ways.aid),
        *(reviews.review.address, reviews.review.phone),
        *(reviews.rereview.address, reviews.rereview.phone),
    ):
        assert value is not None
        assert value in page
    for told in ("不收费", "回避", "保密", "打击报复", "最多5人", "口头说", "没有网上查询"):
        assert told in page


def test_every_legal_route_is_told_with_its_limit_and_basis(
    texts: dict[str, str], sample: Register
) -> None:
    page = texts["routes.html"]
    for place, route in enumerate(office_of(sample).routes, 1):
        shown = re.search(rf'<section class="route" id="r{place}">.*?</section>', page, re.DOTALL)
        assert shown
        text = plain(shown[0])
        for value in (route.name, route.time_limit, route.risk, route.body, route.phone):
            assert value in text
        assert "》第" in text
        assert f'href="#r{place}"' in page


def test_what_nobody_checked_says_so() -> None:
    bases = Bases()
    assert UNCHECKED not in bases.cite("条例 34", "劳动争议调解仲裁法 第二十七条")
    for text in ("劳动法 50", "某地办法 第三条", "劳动争议解释一 15"):
        assert UNCHECKED in bases.cite(text)
    told = dict(bases.works())
    assert told["《信访工作条例》"] == "2025年4月19日"
    assert told["《中华人民共和国劳动法》"] == UNCHECKED


def test_each_page_says_when_its_bases_were_read(texts: dict[str, str]) -> None:
    for name in PAGES:
        assert "2025年4月19日" in texts[name].partition('id="sources"')[2], name


def test_no_page_uses_a_guardrail_word_or_a_threat(texts: dict[str, str]) -> None:
    for name in PAGES:
        text = plain(texts[name])
        assert list(guardrail_words([((name,), text)])) == [], name
        assert not re.search("终结|不再受理|不得再|后果自负|追究您|劝", text), name


def test_an_office_that_gives_less_still_has_a_guide(sample: Register) -> None:
    office = office_of(sample)
    assert office.reviews is not None
    unsure = office.reviews.model_copy(
        update={"review": office.reviews.review.model_copy(update={"confirmed": False})}
    )
    for reviews in (None, unsure):
        less = office.model_copy(update={"reviews": reviews, "notice_board": None, "routes": []})
        page = guide_pages(replace(guide(sample), office=less), TEMPLATES)["index.html"]
        assert "受理单位正在确认" in page
        assert office.reviews.review.address not in page


def test_a_reviewing_unit_that_is_not_listed_is_not_named(public: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path / "无此单位", [])
    text = (folder / "office.yaml").read_text("utf-8")
    changed = text.replace("    单位: 分局\n    地址", "    单位: 某局\n    地址")
    assert changed != text
    (folder / "office.yaml").write_text(changed, "utf-8")
    shutil.copytree(public.parent / "public-papers", folder / "build/public-papers")
    made = make_guide(Context(folder, TODAY))
    assert "受理单位正在确认" in (made.folder / "index.html").read_text("utf-8")
    assert (made.folder / POSTER).is_file()


@pytest.mark.parametrize("limit", ["0", "2", "50"])
def test_no_office_changes_how_many_may_represent(limit: str, tmp_path: Path) -> None:
    folder = copied(tmp_path / "代表", [])
    text = (folder / "office.yaml").read_text("utf-8")
    (folder / "office.yaml").write_text(text.replace("代表上限: 5", f"代表上限: {limit}"), "utf-8")
    done = CliRunner().invoke(site, ["-C", str(folder), "--audience", "public"], obj=Context())
    assert done.exit_code != 0
    assert "信访工作条例第二十条规定不超过 5 人" in str(done.exception)


def test_without_departments_no_list_is_begun(sample: Register) -> None:
    office = office_of(sample).model_copy(update={"departments": []})
    page = guide_pages(replace(guide(sample), office=office), TEMPLATES)["index.html"]
    assert "先归这些部门办" not in page
    assert "先归这些部门办" in guide_pages(guide(sample), TEMPLATES)["index.html"]


def test_the_own_rule_of_the_unit_is_printed_in_full_width(texts: dict[str, str]) -> None:
    assert "信访工作补充规定（样例）第二条" in texts["index.html"]


@pytest.mark.parametrize("name", PAGES)
def test_long_texts_of_the_office_fit_a_phone(
    browser: Browser, sample: Register, tmp_path: Path, name: str
) -> None:
    office = office_of(sample)
    word = "x" * 150
    ways = office.channels.model_copy(
        update={"email": f"{word}@y.example", "fax": word, "phone": "0999-5550101" * 12}
    )
    less = replace(guide(sample), office=office.model_copy(update={"channels": ways}))
    for page_name, text in guide_pages(less, TEMPLATES).items():
        (tmp_path / page_name).write_text(text, "utf-8")
    shutil.copy(TEMPLATES[0] / STYLE, tmp_path)
    page = browser.new_page(viewport={"width": PHONE, "height": 800})
    page.goto((tmp_path / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    page.close()


def test_the_text_of_the_office_never_becomes_markup(sample: Register) -> None:
    office = office_of(sample)
    ways = office.channels.model_copy(update={"place": "<b onclick=x>门</b>", "phone": '"><i>1'})
    hostile = replace(guide(sample), office=office.model_copy(update={"channels": ways}))
    for page in guide_pages(hostile, TEMPLATES).values():
        assert "<b onclick" not in page
        assert '"><i>' not in page


def test_numbers_can_be_dialled() -> None:
    assert dialled("劳动监察,0999-5551002;工资1900元") == (
        '劳动监察，<a class="tel" href="tel:09995551002">0999-5551002</a>;工资1900元'
    )
    assert 'href="tel:12348"' in dialled("热线12348")
    assert "tel:" not in dialled("12000元、2026-03-02、12345678901234")


# Yearly figures


@pytest.mark.parametrize(
    ("whole", "told"),
    [
        (Balance(20, 30, 40), ["20", "30", "40", "10", "80.0%"]),
        (Balance(0, 0, 0), ["0", "0", "0", "0", "—"]),
        (Balance(0, 14, 12), ["0", "14", WITHHELD, FEW, WITHHELD]),
        (Balance(3, 10, 11), [FEW, "10", "11", FEW, WITHHELD]),
        (Balance(4, 10, 13), [FEW, "10", WITHHELD, FEW, WITHHELD]),  # else 4 − 1 = 3 tells both
    ],
)
def test_small_numbers_are_neither_told_nor_to_be_worked_out(
    whole: Balance, told: list[str]
) -> None:
    assert [[figure.value for figure in year] for year in figures([whole])] == [told]


def test_what_one_year_withholds_the_next_one_does_not_tell() -> None:
    # 2 + 20 − 15 = 7: told as carried over, the 7 would give the 2 away.
    first, second = figures([Balance(2, 20, 15), Balance(7, 20, 15)])
    assert [figure.value for figure in first[:4]] == [FEW, "20", "15", WITHHELD]
    assert second[0].value == WITHHELD


@pytest.mark.parametrize("seed", range(3))
def test_no_small_number_of_years_on_end_can_be_worked_out(seed: int) -> None:
    dice, looked = Random(seed), 0  # noqa: S311 - the same numbers each time
    for _ in range(400):
        whole = list(some_years(dice))
        told = [[figure.value for figure in year[:4]] for year in figures(whole)]
        for now, then in zip(told, figures(whole[:-1]), strict=False):
            assert now == [figure.value for figure in then[:4]]
        small: dict[tuple[int, int], set[int]] = {}
        for year, one in enumerate(whole):
            for place, count in enumerate((one.carried, one.received, one.closed, one.open)):
                if 0 < count < FLOOR:
                    assert not told[year][place].isdigit()
                    small[year, place] = set()
        for found in fitting(told):
            for (year, place), values in small.items():
                values.add(found[year][place])
            if all(len(values) > 1 for values in small.values()):
                break
        assert all(len(values) > 1 for values in small.values()), (whole, told)
        looked += len(small)
    assert looked > 500


def some_years(dice: Random) -> Iterator[Balance]:
    carried = dice.choice((0, 0, 1, 2, 3, 4, 6))
    for _ in range(dice.choice((1, 2, 2, 3))):
        received = dice.choice((0, 1, 2, 3, 4, 5, 6, 7, 9, 12))
        year = Balance(carried, received, dice.randint(0, carried + received))
        carried = year.open
        yield year


def fitting(told: list[list[str]], carried: int | None = None) -> Iterator[list[tuple[int, ...]]]:
    """Try all numbers that a reader may think of."""
    if not told:
        yield []
        return
    before, came, went, left = map(possible, told[0])
    for start, new, done in product(before if carried is None else [carried], came, went):
        end = start + new - done
        if start in before and end in left:
            for rest in fitting(told[1:], end):
                yield [(start, new, done, end), *rest]


def possible(value: str) -> Collection[int]:
    return {FEW: range(1, FLOOR), WITHHELD: range(30)}.get(value) or [int(value)]


def test_small_groups_stand_together_and_accusations_never_alone() -> None:
    def told(counts: dict[str, int]) -> dict[str, str]:
        return {figure.name: figure.value for figure in folded(counts)}

    assert told({"工资": 9, "工伤": 6, "噪声": 3}) == {"工资": "9", REST: "9"}
    assert told({"工资": 9, SEALED: 7}) == {"工资": "9", REST: "7"}
    assert told({"工资": 2, "噪声": 1}) == {"各类合计": FEW}
    assert told({}) == {}


def test_a_running_year_is_told_by_whole_quarters_and_in_bands(sample: Register) -> None:
    entries = list(check(sample).entries.values())
    (running,) = years(entries, TODAY)
    assert (running.year, running.until, running.complete) == (2026, date(2026, 6, 30), False)
    assert running.categories == ()
    came = sum(entry.registered <= running.until for entry in entries)
    ((name, value),) = [(figure.name, figure.value) for figure in running.figures]
    low, high = map(int, value.split("至"))
    assert (name, low % FLOOR, high - low) == (RECEIVED, 0, FLOOR - 1)
    assert low <= came <= high
    # A quarter later a few more: the difference between two pages must not tell how many.
    assert all(
        year.figures[0].value.partition("至")[1] for year in years(entries, date(2026, 11, 1))
    )
    assert years(entries, date(2026, 3, 31)) == []
    over = years(entries, date(2027, 1, 15))[0]
    assert (over.year, over.complete) == (2026, True)
    assert sum(int(figure.value) for figure in over.categories) == len(entries)


def test_no_count_on_the_page_is_small(texts: dict[str, str]) -> None:
    cells = re.findall(r"<td>(.*?)</td>", texts["figures.html"])
    assert cells
    assert [cell for cell in cells if cell.isdigit() and 0 < int(cell) < FLOOR] == []


# On a phone, from a stick, on paper


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_loads_nothing_else(public: Path, name: str) -> None:
    page = (public / name).read_text("utf-8")
    loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]*)"', page)
    assert set(loaded) == {"data:,", STYLE}
    assert len(page.encode()) + (public / STYLE).stat().st_size < LIGHT


@pytest.mark.parametrize("name", PAGES)
def test_it_fits_a_phone_without_scripts_in_light_and_dark(phone: Reader, name: str) -> None:
    for scheme in ("light", "dark"):
        phone.page.emulate_media(color_scheme=scheme)
        phone.opens(name)
        assert phone.page.evaluate("document.documentElement.scrollWidth") == PHONE
    small = phone.page.evaluate(
        "[...document.querySelectorAll('nav a, .go a, .file, .ways a')]"
        ".filter(a => a.getBoundingClientRect().height < 44).map(a => a.textContent)"
    )
    assert small == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(phone: Reader, name: str) -> None:
    for scheme in ("light", "dark"):
        phone.page.emulate_media(color_scheme=scheme)
        phone.opens(name)
        found = Axe().run(phone.page).response
        assert [fault["id"] for fault in found["violations"]] == []
        assert len(found["passes"]) > 10


def test_it_opens_from_a_stick_and_every_link_leads_somewhere(
    browser: Browser, public: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((public / "index.html").as_uri())
    page.get_by_role("link", name="法定途径").first.click()
    assert page.locator("h1").inner_text() == "哪些事另有法定途径？"
    assert failed == []
    context.close()
    for name in PAGES:
        for link in Links.of(public / name).links:
            check_link(public, name, link)


def check_link(public: Path, name: str, link: str) -> None:
    if link.startswith(("tel:", "mailto:", "data:")):
        return
    address, _, anchor = link.partition("#")
    target = public / (address or name)
    assert target.is_file(), link
    assert not anchor or anchor in Links.of(target).ids, link


class Links(HTMLParser):
    """What a page links to, and what can be linked to in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []

    @classmethod
    def of(cls, file: Path) -> Links:
        parser = cls()
        parser.feed(file.read_text("utf-8"))
        return parser

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key == "href" and value:
                self.links.append(value)
            if key == "id" and value:
                assert value not in self.ids, f"two {tag} with the id {value}"
                self.ids.append(value)


def test_the_page_prints_on_a4_with_nothing_but_its_text(
    browser: Browser, public: Path, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto((public / "index.html").as_uri())
    page.pdf(path=str(tmp_path / "a4.pdf"), prefer_css_page_size=True)
    page.close()
    pdf = PdfDocument(tmp_path / "a4.pdf")
    assert {tuple(map(round, sheet.get_size())) for sheet in pdf} == {(595, 842)}
    assert len(pdf) <= 6
    first = pdf[0].get_textpage().get_text_range()
    pdf.close()
    assert "有事要反映" in first
    assert "表格下载" not in first  # the menu


def test_the_poster_is_two_sheets_of_a3_with_what_the_law_asks_for(
    public: Path, texts: dict[str, str], sample: Register
) -> None:
    pdf = PdfDocument(public / POSTER)
    assert [tuple(map(round, page.get_size())) for page in pdf] == [(842, 1191)] * 2
    pdf.close()
    text = re.sub(r"\s", "", texts[POSTER])
    office = office_of(sample)
    board = office.notice_board
    assert board is not None
    for value in (
        *(board.developer, board.contractor, board.authority, board.wage_officer),
        *(board.minimum_wage, board.pay_day, board.arbitration, board.legal_aid, board.hotline),
        *board.subcontractors,
        *board.complaints,
        *(office.channels.phone, office.channels.place, office.channels.progress),
    ):
        assert re.sub(r"\s", "", value) in text
    lengths = {clock.id: days(clock) for clock in sample.clocks}
    assert "".join(lengths[id_] for id_ in ("I1", "I2", "C1", "C3", "C5", "C7")) in text


def test_a_poster_with_longer_texts_is_two_sheets_too(public: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path / "长", [])
    text = (folder / "office.yaml").read_text("utf-8")
    longer = re.sub(r"(接待地点|接待时间|进度查询|监督渠道): (.*)", r"\1: \2，\2", text)
    longer = longer.replace("分包单位: [", f"分包单位: [{'丙镇机电设备安装劳务有限公司, ' * 6}")
    assert len(longer) > len(text) + 100
    (folder / "office.yaml").write_text(longer, "utf-8")
    shutil.copytree(public.parent / "public-papers", folder / "build/public-papers")
    pdf = PdfDocument(make_guide(Context(folder, TODAY)).folder / POSTER)
    assert len(pdf) == 2
    pdf.close()


def test_papers_are_printed_once(register_folder: Path, public: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in public.rglob("*.pdf")}
    (public / "old.html").write_text("过时", "utf-8")
    again = make_guide(Context(register_folder, TODAY))
    assert again.fresh == 0
    assert {file: file.stat().st_mtime_ns for file in public.rglob("*.pdf")} == before
    assert not (public / "old.html").exists()


def test_without_a_notice_board_the_rest_is_made(register_folder: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path / "无告示", [])
    text = (folder / "office.yaml").read_text("utf-8")
    start = text.index("维权告示:")
    office = text[:start] + text[text.index("复查机构:", start) :]
    (folder / "office.yaml").write_text(office, "utf-8")
    shutil.copytree(register_folder / "build" / "public-papers", folder / "build/public-papers")
    made = make_guide(Context(folder, TODAY))
    assert made.findings
    assert not (made.folder / POSTER).exists()
    assert POSTER not in (made.folder / "forms.html").read_text("utf-8")
    assert "劳资专管员" not in (made.folder / "routes.html").read_text("utf-8")
