"""Registration in a browser: filled in, mended, encrypted there, handed in, and read back."""

from __future__ import annotations

import gzip
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import DESKTOP, PHONE, ROOT, Reader, copied
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from pydantic import Field

from xinfang import typed
from xinfang.arrivals import read_arrival
from xinfang.desk import compose_case
from xinfang.diagnostics import Level
from xinfang.formatting import full_width
from xinfang.identity import SealedContent, examine, values
from xinfang.ledger import SEALED_TITLE
from xinfang.model import Case
from xinfang.model.case import Party
from xinfang.model.fields import SHORT_CODE_PATTERN, Line
from xinfang.register import Register, open_register
from xinfang.rules._numbers import kind_in
from xinfang.sealed import keys_for
from xinfang.sealed.box import open_box
from xinfang.source import read_text
from xinfang.webform import data as webform_data
from xinfang.webform import fields_of, script
from xinfang.webform.data import OPEN_IN_ACCUSATION, OPEN_OF_PARTY

TODAY = date(2026, 9, 16)
KEY = ROOT / "keys" / "demo.key"
INTAKE, FIRST = "intake.html", "first-contact.html"
#: All that a page loads for itself, compressed.
LIGHT = 250 * 1024
NAME, PHONE_NUMBER, HOME = "欧阳翀", "13900000000", "甲省乙县丙镇丁村6组"
#: Nothing of the machine may be asked for, and plain http has no crypto.subtle.
PLAIN_HTTP = "Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """A register of the sample office, without a case."""
    return open_register(copied(tmp_path_factory.mktemp("登记册"), []), TODAY, TODAY)


@pytest.fixture(scope="module")
def folder(sample_site_folder: Path) -> str:
    """The site opened from a folder."""
    return sample_site_folder.as_uri() + "/"


@pytest.fixture(scope="module")
def values_page(browser: Browser, folder: str) -> Iterator[Page]:
    """A page whose functions can be asked."""
    page = browser.new_page()
    page.goto(folder + INTAKE)
    yield page
    page.close()


@pytest.fixture(scope="module")
def kind_of_number(register: Register) -> Callable[[str], str]:
    """What the rules call a personal number in a text."""
    office = register.office
    assert office is not None
    return lambda text: kind_in(text, office)


@dataclass
class Clerk:
    """Somebody who fills a page in, without a network."""

    reader: Reader

    @property
    def page(self) -> Page:
        return self.reader.page

    def field(self, label: str, nth: int = 0) -> Any:  # noqa: ANN401 - a locator
        return self.page.get_by_label(label, exact=True).nth(nth)

    def fills(self, **fields: str) -> None:
        for label, text in fields.items():
            self.page.locator(f"label:text-is('{label}') ~ :is(input, textarea)").first.fill(text)

    def chooses(self, group: str, *words: str) -> None:
        box = self.page.locator(f"fieldset:has(> legend:text('{group}'))").first
        for word in words:
            box.locator("label", has_text=re.compile(f"^{word}$")).click()

    def picks(self, label: str, person: str) -> None:
        select = self.page.locator(f".field:has(> label:text('{label}')) select")
        select.select_option(person)

    def unfolds(self) -> None:
        self.page.locator("#entry details").evaluate_all("all => all.forEach(d => d.open = true)")

    def finishes(self) -> None:
        self.page.locator("#entry button[type=submit]").click()

    def errors(self) -> list[str]:
        found: list[str] = self.page.locator("#faults li").all_inner_texts()
        return found

    def said(self) -> list[str]:
        found: list[str] = self.page.locator(".said:not([hidden]) > li").all_inner_texts()
        return found

    def downloads(self) -> str:
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="下载文件").click()
        file = Path(download.value.path())
        assert download.value.suggested_filename == f"intake-{self.code()}.yaml"
        return file.read_text("utf-8")

    def code(self) -> str:
        return self.page.locator("#code").inner_text()


def clerk(
    browser: Browser, address: str, name: str, width: int = DESKTOP, before: str = ""
) -> Clerk:
    reader = Reader(browser, address, width)
    reader.page.set_default_timeout(5000)
    if before:
        reader.page.add_init_script(before)
    reader.opens(name)
    reader.page.context.set_offline(True)
    return Clerk(reader)


def fill_in(at: Clerk) -> None:
    """A matter of wages, as a clerk would write it down."""
    at.chooses("目的", "申诉求决")
    at.chooses("渠道", "走访")
    at.picks("首问人", "周成")
    at.picks("登记人", "李敏")
    at.chooses("类别", "工资支付")
    at.fills(
        标题="反映焊工班三个月工资未付: #急", 内容="支付2025年12月至2026年2月工资", 金额="4.186万"
    )
    at.fills(事实="2025年12月至今没有发过工资。\n  班组长说:“等进度款”。", 理由="干了活就该给钱")
    at.fills(姓名=NAME, 住址=HOME, 号码="+86 139 0000 0000")


def record(text: str) -> dict[str, Any]:
    """Read a file as the command that takes it in does."""
    read = read_text(text, "")
    arrival, findings = read_arrival(read)
    assert arrival is not None, findings
    assert findings == []
    return read.data


def opened(register: Register, sealed: str) -> SealedContent:
    """Open what was sealed with the age program, and with the one that the office uses."""
    with tempfile.TemporaryDirectory() as room:
        file = Path(room, "x.age")
        file.write_text(sealed, "utf-8")
        done = subprocess.run(
            ["age", "-d", "-i", KEY, file], capture_output=True, text=True, check=True
        )
    assert open_box(sealed.encode(), keys_for(ROOT, sample=True), "x") == done.stdout
    content, findings = examine(done.stdout, "x", register.today)
    assert content is not None, findings
    assert findings == []
    return content


def checked(register: Register, text: str) -> Case:
    """Take the open part in as a case, with what the office adds; nothing is wrong with it."""
    came = record(text)
    added = {"编号": "XF-2026-0001", "登记": "2026-09-16", "查询码": came["查询码"]}
    written = compose_case(register, {**came["事项"], **added})
    assert written.errors == ()
    assert written.loaded.record is not None
    return written.loaded.record


# From beginning to end


@pytest.mark.parametrize("where", ["folder", "sample_site"])
def test_filled_in_mended_downloaded_and_taken_in(
    browser: Browser, register: Register, where: str, request: pytest.FixtureRequest
) -> None:
    before = PLAIN_HTTP if where == "sample_site" else ""
    width = PHONE if where == "folder" else DESKTOP
    at = clerk(browser, request.getfixturevalue(where), INTAKE, width, before)
    at.finishes()
    assert at.errors() == [f"缺少“{key}”" for key in ("目的", "渠道", "登记人", "类别", "标题")]
    fill_in(at)
    at.fills(金额="很多", 事实=f"打{PHONE_NUMBER}问过,{NAME}没领到钱")
    at.finishes()
    assert at.errors() == ["“金额”不是金额", "“事实”中有疑似电话号码", "“事实”中有封存的姓名"]
    at.page.locator("#faults a").first.click()
    assert at.page.evaluate("document.activeElement.value") == "很多"
    at.fills(金额="41,860.00 元", 事实="打电话问过，没领到钱")
    assert at.errors() == []
    at.finishes()
    text = at.downloads()
    assert at.reader.troubles == []
    at.page.close()

    assert not any(secret in text for secret in (NAME, PHONE_NUMBER, HOME, "139 0000"))
    came = record(text)
    assert [*came] == ["来件", "查询码", "事项", "封存"]
    assert re.fullmatch(SHORT_CODE_PATTERN, came["查询码"])
    assert not {"编号", "登记", "办理"} & came["事项"].keys()
    case = checked(register, text)
    assert case.title == "反映焊工班三个月工资未付: #急"
    assert str(case.claims[0].amount) == "41860.00"
    assert case.first_contact == "周成"
    assert case.received.day == TODAY
    assert case.parties[0].given == ["姓名", "住址", "联系方式"]
    content = opened(register, came["封存"])
    assert content.is_of("XF-2026-0001", query_code=case.query_code)
    assert content.parties["A"].name == NAME
    assert content.parties["A"].address == HOME
    assert content.parties["A"].contacts[0].number == PHONE_NUMBER


def test_several_parties_each_with_a_code(
    browser: Browser, register: Register, folder: str
) -> None:
    at = clerk(browser, folder, INTAKE)
    fill_in(at)
    at.page.get_by_role("button", name="添加一位信访人").click()
    second = at.page.locator(".wide > .items > .item").nth(1)
    second.get_by_role("radio", name="单位").check()
    second.get_by_label("姓名", exact=True).fill("丙镇机电劳务有限公司")
    second.get_by_label("代表").check()
    at.finishes()
    assert at.errors() == [full_width("人数是 1,却列出了 2 个信访人")]
    at.fills(人数="二十三人")
    at.field("姓名").focus()
    assert at.page.locator(".count input").input_value() == "23"
    at.finishes()
    text = at.downloads()
    at.page.close()
    case = checked(register, text)
    assert [(p.code, p.kind, p.representative) for p in case.parties] == [
        ("A", "个人", False),
        ("B", "单位", True),
    ]
    assert case.people == 23
    assert [*opened(register, record(text)["封存"]).parties] == ["A", "B"]


def test_what_is_said_is_what_check_says(browser: Browser, register: Register, folder: str) -> None:
    at = clerk(browser, folder, INTAKE)
    at.chooses("目的", "申诉求决")
    at.chooses("渠道", "上级转送")
    at.picks("登记人", "李敏")
    at.chooses("类别", "工资支付")
    at.fills(标题="劝返来访人,有回扣")
    at.unfolds()
    at.chooses("紧急", "急")
    at.fills(紧急理由="多次来访,情绪激动")
    at.finishes()
    said = {line.split(" ", 1)[1] for line in at.said()}
    at.page.close()
    data = {
        "编号": "XF-2026-0001",
        "标题": "劝返来访人,有回扣",
        "收到": "2026-09-16",
        "登记": "2026-09-16",
        "渠道": "上级转送",
        "登记人": "李敏",
        "目的": "申诉求决",
        "类别": "工资支付",
        "紧急": "急",
        "紧急理由": "多次来访,情绪激动",
    }
    findings = compose_case(register, data).findings
    told = {full_width(f"{f.message}。{f.mend}") for f in findings if f.level is not Level.HINT}
    account = {line for line in told if line.startswith("申诉求决的事项没有写")}
    assert told - said == account  # check says in one sentence what is said field by field here
    assert {line.partition("写")[2][:2] for line in said - told} == {"请求", "事实", "理由"}


def test_a_first_contact_in_four_fields(browser: Browser, register: Register, folder: str) -> None:
    at = clerk(browser, folder, FIRST, PHONE)
    labels = at.page.locator("#fields :is(legend, label:not(.choices *))").all_inner_texts()
    assert [label.removesuffix("必填") for label in labels] == [
        "时间",
        "渠道",
        "一句话事由",
        "首问人",
        "愿留的称呼",
        "愿留的联系方式",
    ]
    at.chooses("渠道", "走访")
    at.fills(一句话事由="检举有人收回扣")
    at.field("愿留的称呼").focus()
    assert "只写“检举控告”" in at.said()[0]
    at.fills(一句话事由="宿舍三天没有热水", 愿留的称呼="老张", 愿留的联系方式="0999-5550199")
    at.picks("首问人", "周成")
    at.finishes()
    text = at.downloads()
    at.page.get_by_role("button", name="再填一件").click()
    assert at.page.locator("#entry select").input_value() == "周成"
    at.reader.opens(INTAKE)
    assert at.page.locator(".field:has-text('登记人') select").last.input_value() == ""
    at.page.close()
    assert at.reader.troubles == []
    came = record(text)
    assert came["来件"] == "首问"
    assert [*came["事项"]] == ["标题", "收到", "渠道", "首问人", "信访人"]
    assert came["事项"]["信访人"] == [{"代号": "A", "类型": "个人", "已载明": ["姓名", "联系方式"]}]
    content = opened(register, came["封存"])
    assert (content.parties["A"].name, content.parties["A"].contacts[0].number) == (
        "老张",
        "0999-5550199",
    )


def test_nothing_given_is_nothing_sealed(browser: Browser, folder: str) -> None:
    at = clerk(browser, folder, FIRST)
    at.chooses("渠道", "电话")
    at.fills(一句话事由="工地夜里太吵")
    at.page.locator("select").select_option("其他人……")
    at.page.get_by_label("首问人的姓名").fill("食堂 老赵")
    at.finishes()
    came = record(at.downloads())
    at.page.close()
    assert [*came] == ["来件", "查询码", "事项"]
    assert came["事项"]["首问人"] == "食堂 老赵"
    assert "信访人" not in came["事项"]


# In a hurry, and elsewhere


def test_what_is_rarely_needed_is_folded_until_it_is_filled_in(
    browser: Browser, folder: str
) -> None:
    at = clerk(browser, folder, INTAKE, PHONE)
    rare = at.page.locator("#entry > #fields .more:visible > summary").all_inner_texts()
    assert [set(line.removeprefix("更多").strip().split("、")) for line in rare] == [
        {"材料", "标段", "被反映部室"},
        {"证件号", "备注"},
        {"委托代理", "翻译"},
        {"共同信访人"},
    ]
    assert at.field("标段").is_hidden()
    for said in ("信访目的", "信访形式", "个人或单位"):
        assert at.page.get_by_text(said, exact=True).count() == 0
    height = at.page.evaluate("document.documentElement.scrollHeight")
    at.page.locator(".more > summary", has_text="标段").click()
    at.field("标段").fill(PHONE_NUMBER)
    at.page.locator(".more > summary", has_text="标段").click()
    at.finishes()
    at.page.locator("#faults a", has_text="标段").click()
    assert at.page.evaluate("document.activeElement.value") == PHONE_NUMBER
    at.chooses("目的", "检举控告")
    assert at.page.get_by_text("标段", exact=True).is_hidden()
    at.page.get_by_role("link", name="首页").wait_for()
    at.page.close()
    assert height < 4400


def test_it_is_the_time_of_the_office_on_every_device(browser: Browser, folder: str) -> None:
    context = browser.new_context(timezone_id="America/New_York", locale="de-DE")
    page = context.new_page()
    page.clock.set_fixed_time("2026-09-16T18:05:00Z")
    page.goto(folder + FIRST)
    assert page.get_by_label("时刻").input_value() == "02:05"
    context.close()


# Accusations


def test_an_accusation_leaves_nothing_in_clear(
    browser: Browser, register: Register, folder: str
) -> None:
    at = clerk(browser, folder, INTAKE)
    at.chooses("渠道", "书信")
    at.picks("登记人", "李敏")
    at.chooses("类别", "其他")
    at.unfolds()
    at.fills(
        标题="物资部收回扣", 内容="查处采购回扣", 事实="冯某多次收钱", 关系="供应商", 姓名=NAME
    )
    at.chooses("被反映部室", "物资设备部")
    at.fills(关联="XF-2026-0001")
    at.chooses("目的", "检举控告")
    shown = at.page.locator("#fields").inner_text()
    assert "事实" not in shown
    assert "关系" not in shown
    moved = at.page.get_by_label("检举控告的内容").input_value()
    for words in ("物资部收回扣", "查处采购回扣", "冯某多次收钱"):
        assert words in moved
    kept = at.page.evaluate("JSON.stringify(sessionStorage)")
    at.finishes()
    text = at.downloads()
    assert at.page.locator("#receipt-rows").inner_text().count(SEALED_TITLE) == 1
    at.page.close()
    for words in ("回扣", "冯某", "供应商", "物资", "XF-2026-0001", NAME):
        assert words not in text
        assert words not in kept
    case = checked(register, text)
    assert (case.title, case.purpose, case.category) == (SEALED_TITLE, "检举控告", "检举控告")
    content = opened(register, record(text)["封存"])
    assert content.content == moved
    assert content.parties["A"].name == NAME


def test_what_an_accusation_shows_the_rules_let_it_show(register: Register) -> None:
    party = {"代号": "A", "类型": "个人", "已载明": [], "代表": "是", "委托代理": "是"}
    given = {
        "目的": "检举控告",
        "渠道": "书信",
        "收到": "2026-09-16",
        "首问人": "周成",
        "登记人": "李敏",
        "标题": SEALED_TITLE,
        "类别": "检举控告",
        "信访人": [party],
        "人数": "2",
        "已告知个人信息处理": "是",
    }
    assert given.keys() == OPEN_IN_ACCUSATION
    assert party.keys() == OPEN_OF_PARTY
    added = {"编号": "XF-2026-0001", "登记": "2026-09-16"}
    assert compose_case(register, {**given, **added}).errors == ()


# Nothing is lost, nothing is kept that should not be


def test_leaving_with_words_unsaved_asks_first(browser: Browser, folder: str) -> None:
    page = browser.new_page()
    asked: list[str] = []

    def answered(dialog: Any) -> None:  # noqa: ANN401
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answered)
    page.goto(folder + INTAKE)
    page.reload()
    assert page.locator("#told").is_hidden()
    page.locator("label:text-is('标题') ~ input").fill("反映宿舍无热水")
    page.locator("label:text-is('姓名') ~ input").fill(NAME)
    page.get_by_role("button", name="添加请求").click()
    page.locator("label:text-is('内容') ~ textarea").nth(1).fill("恢复热水")
    kept = page.evaluate("JSON.stringify([sessionStorage, localStorage])")
    assert "反映宿舍无热水" in kept
    assert NAME not in kept
    page.reload()
    assert asked == ["beforeunload"]
    assert page.locator("label:text-is('标题') ~ input").input_value() == "反映宿舍无热水"
    assert page.locator("label:text-is('内容') ~ textarea").nth(1).input_value() == "恢复热水"
    assert page.locator("label:text-is('姓名') ~ input").input_value() == ""
    assert "请重新填写" in page.locator("#told").inner_text()
    page.close()


@pytest.mark.parametrize("lacking", ["TransformStream", "BigInt"])
def test_what_cannot_be_encrypted_is_not_written_at_all(
    browser: Browser, folder: str, lacking: str
) -> None:
    before = f"Object.defineProperty(window, '{lacking}', {{value: undefined}})"
    at = clerk(browser, folder, INTAKE, before=before)
    fill_in(at)
    at.finishes()
    assert "这个浏览器不能加密" in at.page.locator("#faults").inner_text()
    assert at.page.locator("#done").is_hidden()
    assert at.page.locator("#file").input_value() == ""
    assert at.page.locator("label:text-is('姓名') ~ input").input_value() == NAME
    at.fills(姓名="", 住址="", 号码="")
    at.finishes()
    assert "封存" not in record(at.downloads())
    at.page.close()


def test_without_recipients_nothing_is_written(
    browser: Browser, sample_site: str, register: Register
) -> None:
    at = clerk(browser, "about:", "blank")
    at.page.context.set_offline(False)
    made = re.sub(r'"recipients":\[[^]]*\]', '"recipients":[]', script(register))
    replace(at.page, made)
    at.page.goto(sample_site + INTAKE)
    fill_in(at)
    at.finishes()
    assert "还没有收件人公钥" in at.page.locator("#faults").inner_text()
    assert at.page.locator("#done").is_hidden()
    at.page.close()


def test_without_scripts_it_leads_to_paper_and_telephone(browser: Browser, folder: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, paper in ((INTAKE, "D02"), (FIRST, "D01")):
        page.goto(folder + name)
        text = page.locator("main").inner_text()
        assert paper in text
        assert "0999-5550101" in text
        assert page.locator("#entry").is_hidden()
    context.close()


def replace(page: Page, data: str) -> None:
    """Give a page other data than the build made."""
    kind = "text/javascript"
    page.route("**/data/intake.js", lambda route: route.fulfill(body=data, content_type=kind))


# Handing in


@pytest.mark.parametrize(
    ("pattern", "full"),
    [
        ("https://git.example/x/y/new/main?filename={路径}&value={内容}", True),
        ("https://git.example/x/y/-/new/main?file_name={路径}", False),
    ],
    ids=["带内容", "不带内容"],
)
def test_a_new_file_page_of_the_git_host(
    browser: Browser, sample_site: str, register: Register, pattern: str, *, full: bool
) -> None:
    page = browser.new_page()
    made = script(register).replace('"newFile":""', f'"newFile":"{pattern}"')
    replace(page, made)
    page.goto(sample_site + FIRST)
    page.get_by_role("radio", name="走访").check()
    page.locator("label:text-is('一句话事由') ~ input").fill("宿舍 & 热水")
    page.locator("select").select_option("周成")
    page.locator("#entry button[type=submit]").click()
    link = page.locator("#git")
    code = page.locator("#code").inner_text()
    address = link.get_attribute("href") or ""
    assert f"=inbox%2Fintake-{code}.yaml" in address
    assert ("%E5%AE%BF%E8%88%8D%20%26%20" in address) is full
    assert page.locator("#git-note").is_visible() is not full
    assert link.get_attribute("rel") == "noopener noreferrer"
    page.close()


def test_the_receipt_is_printed_alone(browser: Browser, folder: str) -> None:
    at = clerk(browser, folder, INTAKE)
    fill_in(at)
    at.finishes()
    at.page.emulate_media(media="print")
    document = pypdfium2.PdfDocument(at.page.pdf(format="A5"))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    document.close()
    code = at.code()
    at.page.close()
    for words in (
        code,
        "2026年9月16日",
        "走访",
        "反映焊工班三个月工资未付",
        "0999-5550101",
        "周成",
    ):
        assert words in text
    for words in (NAME, "下载", "41860", "手册"):
        assert words not in text


# The model reaches the page


def test_a_new_field_of_the_model_stands_on_the_page_by_itself(
    browser: Browser, sample_site: str, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NewParty(Party):
        room: Line | None = Field(None, alias="工号牌", description="工号牌上的号")

    class NewCase(Case):
        site: Line | None = Field(None, alias="工区", description="在哪个工区")
        parties: list[NewParty] = Field(default_factory=list, alias="信访人", description="人")  # type: ignore[assignment]

    monkeypatch.setattr(webform_data, "Case", NewCase)
    made = script(register)
    page = browser.new_page()
    replace(page, made)
    page.goto(sample_site + INTAKE)
    page.locator("details.part > summary").click()
    assert "在哪个工区" in page.locator("details.part").inner_text()
    assert "工号牌上的号" in page.locator(".wide > .items > .item").inner_text()
    page.get_by_role("radio", name="检举控告").check()
    assert page.get_by_text("在哪个工区").is_hidden()
    assert page.get_by_text("工号牌上的号").is_hidden()
    page.close()


def test_every_field_of_a_case_is_asked_for_or_given_by_the_program() -> None:
    forms = webform_data._forms()
    asked = {field["key"] for part in forms["登记"] for field in part["fields"]}
    missing = {field["key"] for field in fields_of(Case)} - asked
    assert missing == {"编号", "查询码", "原编号", "登记", "办理"}


# Nobody listens, nobody is shut out


@pytest.mark.parametrize("name", [INTAKE, FIRST])
def test_nothing_can_be_sent_or_run_from_elsewhere(
    browser: Browser, sample_site: str, name: str
) -> None:
    page = browser.new_page()
    asked: list[str | None] = []
    page.goto(sample_site + name)
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: asked.append(request.failure))
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    for rule in (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'none'",
        "form-action 'none'",
        "base-uri 'none'",
    ):
        assert rule in policy
    assert "unsafe" not in policy
    tried = page.evaluate(
        """async () => {
          const broken = []
          const note = event => broken.push(event.effectiveDirective)
          addEventListener("securitypolicyviolation", note)
          await fetch("index.html").catch(() => 0)
          new Image().src = "http://elsewhere.example/x.png"
          const script = document.createElement("script")
          try { script.src = "http://elsewhere.example/x.js" } catch {}
          try { document.body.innerHTML = "<b>x</b>" } catch {}
          navigator.sendBeacon("index.html", "x")
          const form = document.createElement("form")
          form.action = "http://elsewhere.example/"
          document.body.append(form)
          form.submit()
          await new Promise(done => setTimeout(done, 100))
          return [...new Set(broken)].sort()
        }"""
    )
    assert {"connect-src", "form-action", "img-src", "require-trusted-types-for"} <= set(tried)
    assert set(asked) <= {"csp"}
    html = page.content()
    page.close()
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=", html)


def test_axe_finds_nothing_with_faults_shown_and_at_the_end(browser: Browser, folder: str) -> None:
    at = clerk(browser, folder, INTAKE, PHONE)
    at.finishes()
    found = Axe().run(at.page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [v["id"] for v in found] == []
    fill_in(at)
    at.finishes()
    found = Axe().run(at.page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [v["id"] for v in found] == []
    at.page.close()


def test_a_keyboard_is_enough(browser: Browser, folder: str) -> None:
    at = clerk(browser, folder, FIRST)
    keys = at.page.keyboard
    at.page.locator("#fields input[type=radio]").first.focus()
    keys.press("ArrowRight")
    keys.press("Tab")
    keys.type("宿舍没有热水")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    at.page.wait_for_selector("#done-head:focus")
    assert at.code()
    at.page.close()


def test_own_code_is_light(sample_site_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    html = (sample_site_folder / INTAKE).read_text("utf-8")
    loaded = re.findall(r'(?:src|href)="([\w./-]+\.(?:js|css|svg))"', html)
    assert len(loaded) == 9
    sizes = {
        name: len(gzip.compress((sample_site_folder / name).read_bytes(), 9)) for name in loaded
    }
    with capsys.disabled():
        print(f"\n登记页: {sum(sizes.values()) / 1024:.1f} KB (gzip -9)", sizes)  # noqa: T201
    assert sum(sizes.values()) <= LIGHT


# The page and Python agree

NUMBERS = st.text(
    "0123456789０１２一二三四五六七八九十百千万亿零两〇壹贰佰仟,.，。 元圆人名￥¥整半①²",
    max_size=12,
)
#: The same Chinese office may run another version of Unicode than the browser.
MODEST = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def asked(page: Page, function: str, texts: list[str], *more: object) -> list[Any]:
    call = f"([texts, more]) => texts.map(text => xfValues.{function}(text, ...more) ?? null)"
    found: list[Any] = page.evaluate(call, [texts, list(more)])
    return found


@MODEST
@given(st.lists(NUMBERS, min_size=20, max_size=60))
@example(
    [
        "41,860.00",
        "4.186万",
        "418600元",
        "叁万伍仟元整",
        "￥１２",
        "0.5",
        "1.234",
        "999999999999.99",
        "一千零五",
        "1e3",
        "十",
        "0万",
        "1234567890123",
        "１,０00",
        "三万五千",
    ]
)
def test_amounts_are_read_as_at_the_terminal(values_page: Page, texts: list[str]) -> None:
    wanted = [None if (m := typed.money(text)) is None else str(m) for text in texts]
    assert asked(values_page, "money", texts) == wanted


@MODEST
@given(st.lists(NUMBERS, min_size=20, max_size=60))
@example(
    [
        "23",
        "23人",
        "２３",
        "二十三",
        "0",
        "00",
        "007",
        "二〇二六",
        "十",
        "两百",
        "一千零五名",
        "12 件",
        "1234567",
        "12345678",
    ]
)
def test_counts_are_read_as_at_the_terminal(values_page: Page, texts: list[str]) -> None:
    wanted = [None if (c := typed.count(text)) is None else str(c) for text in texts]
    assert asked(values_page, "count", texts) == wanted


def message(fault: values.Fault | None) -> list[str] | None:
    return (
        None if fault is None else [f"“{{项}}”{full_width(fault.message)}", full_width(fault.mend)]
    )


def page_fault(found: dict[str, str] | None) -> list[str] | None:
    return None if found is None else [found["message"], found["mend"]]


BODY = st.from_regex(r"[1-9][0-9]{5}(18|19|20|21)[0-9]{2}[01][0-9][0-3][0-9]{4}", fullmatch=True)
IDS = st.one_of(
    BODY.map(lambda body: body + values.id_check_character(body)),
    BODY.map(lambda body: body + "7"),
    st.from_regex(r"[0-9Xx Ⅹ０-９]{10,20}", fullmatch=True),
)


@MODEST
@given(st.lists(IDS, min_size=10, max_size=40))
def test_identity_numbers_are_judged_alike(values_page: Page, texts: list[str]) -> None:
    normal = [values.normal_id_number(text) for text in texts]
    assert asked(values_page, "normalId", texts) == normal
    found = asked(values_page, "idFault", normal, str(TODAY))
    assert [page_fault(f) for f in found] == [
        message(values.id_number_fault(n, TODAY)) for n in normal
    ]


PHONES = st.text("0123456789０１９+-－—() （）.@a", max_size=16)


@MODEST
@given(st.lists(PHONES, min_size=20, max_size=60))
@example(
    [
        "+86 139 0000 0000",
        "0086-13900000000",
        "(0999)5550100",
        "0999—5550100",
        "95555",
        "+1 555 0100 22",
        "a@b.example",
        "400-123-4567",
    ]
)
def test_phones_are_judged_alike(values_page: Page, texts: list[str]) -> None:
    normal = [values.normal_phone(text) for text in texts]
    assert asked(values_page, "normalPhone", texts) == normal
    for unit in (True, False):
        found = asked(values_page, "phoneFault", normal, unit)
        wanted = [message(values.phone_fault(number, unit=unit)) for number in normal]
        assert [page_fault(f) for f in found] == wanted


CODES = st.from_regex(r"[0-9A-HJ-NP-RTUWXY]{17}", fullmatch=True)


@MODEST
@given(
    st.lists(
        st.one_of(
            CODES.map(lambda c: c + values.credit_code_check_character(c)),
            CODES.map(lambda c: c + "3"),
            st.text("0９aIO- ", max_size=20),
        ),
        max_size=30,
    )
)
def test_credit_codes_are_judged_alike(values_page: Page, texts: list[str]) -> None:
    normal = [values.normal_credit_code(text) for text in texts]
    assert asked(values_page, "normalCode", texts) == normal
    found = asked(values_page, "codeFault", normal)
    assert [page_fault(f) for f in found] == [message(values.credit_code_fault(n)) for n in normal]


@MODEST
@given(st.lists(st.text("张喆阿·•．.・ J\u3000李a1\ue000\x01", max_size=8), max_size=40))
def test_names_are_judged_alike(values_page: Page, texts: list[str]) -> None:
    normal = [values.normal_name(text)[0] for text in texts]
    assert asked(values_page, "normalName", texts) == normal
    found = asked(values_page, "nameFault", normal)
    assert [page_fault(f) for f in found] == [message(values.name_fault(n)) for n in normal]


PERSONAL = st.one_of(
    st.text("0123456789 -（）１@.证卡微信abX", max_size=24),
    st.from_regex(
        r"[电话证卡微信QQ: ]{0,3}(1[3-9][0-9]{9}|0999-?555[0-9]{4}|6[0-9]{15,18}|[a-z]{5,8})",
        fullmatch=True,
    ),
    IDS,
)


@MODEST
@given(st.lists(PERSONAL, min_size=10, max_size=40))
@example(["0@0.信", "张三@例子.中国", "微信: zhang_san", "卡 6222020000000000000"] * 3)
def test_personal_numbers_are_found_alike(
    values_page: Page, kind_of_number: Callable[[str], str], texts: list[str]
) -> None:
    assert asked(values_page, "kindIn", texts) == [*map(kind_of_number, texts)]


TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(
        "是否 :#'\"\\-\n\t|>!&*@`%{}[],?~\r\u2028\u0085\ufeff😀工资0129.xNYeEon\xa0", max_size=30
    ),
    st.sampled_from(
        [
            "是",
            "否",
            "yes",
            "~",
            "0123",
            "1e3",
            "12:30",
            "- 甲",
            "# 甲",
            "甲: 乙",
            "甲\n  乙\n\n丙",
            " 甲\n乙",
            "甲\n",
            "2026-03-02",
            "---",
            "...",
            "|",
            "null",
            "A",
            "Y",
            "N",
        ]
    ),
)
DATA = st.recursive(
    TEXTS,
    lambda inner: st.one_of(
        st.lists(
            st.one_of(TEXTS, st.dictionaries(st.sampled_from("甲乙丙"), inner, min_size=1)),
            max_size=3,
        ),
        st.dictionaries(st.sampled_from("甲乙丙"), inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


@settings(MODEST, max_examples=20)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["标题", "事实", "请求"]), DATA, min_size=1),
        min_size=5,
        max_size=20,
    )
)
def test_every_text_is_read_back_as_it_was(values_page: Page, records: list[Any]) -> None:
    for written, wanted in zip(asked(values_page, "yaml", records), records, strict=True):
        read = read_text(written, "")
        assert read.findings == (), written
        assert read.data == wanted, written
        assert read.odd == (), written


def test_no_pattern_of_python_is_unknown_to_the_browser(values_page: Page) -> None:
    broken = values_page.evaluate(
        """() => {
          const patterns = []
          const look = value => {
            if (!value || typeof value !== "object") return
            for (const [key, inner] of Object.entries(value)) {
              if (key === "pattern" && typeof inner === "string") patterns.push(inner)
              else look(inner)
            }
          }
          const isBroken = pattern => {
            try { return !new RegExp(pattern, "u") } catch { return true }
          }
          look(xfIntake)
          return patterns.filter(isBroken)
        }"""
    )
    assert broken == []
