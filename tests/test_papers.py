"""Papers: what fills them, what stops them, and where everything stands on the page.

Geometry is measured on the PDF, in millimetres, against GB/T 9704—2012 (domain notes, 4.6).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml
from pdfplumber import open as open_pdf

from xinfang.documents import SEALED, Identities, Paper, Papers
from xinfang.fonts import STACKS, with_fonts
from xinfang.forms import BrokenFormError, load_form
from xinfang.matter import Matter
from xinfang.model import Office, load_case, load_office
from xinfang.register import Register, open_register
from xinfang.render import CannotPrintError, Failure, PrintingError, pdf, pdfs, require_printing
from xinfang.sealed import load_keys, public_keys, seal_box, sealed_file
from xinfang.source import read_text

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 9, 16)
MM = 72 / 25.4
RARE = "喆堃祎翀䶮㛃𬭎旳"
LONG_NAME = "买买提江·阿不都热合曼·吐尔逊江·艾力江·库尔班江·阿卜杜拉·尼亚孜·玉素甫江·艾合买提江·吾"
PEOPLE: Identities = {
    "A": {"姓名": "张喆", "住址": "甲省乙县丙镇丁村3组", "联系方式": "13900000000"},
    "B": {"姓名": LONG_NAME, "住址": "甲省乙县丙镇戊村"},
}
CASE_FORMS = ("D02", "D04", "D08", "D14")

Change = Callable[[dict[str, Any]], None]


@cache
def papers() -> Papers:
    return Papers(ROOT / "forms")


@cache
def register() -> Register:
    return open_register(ROOT, TODAY, TODAY)


@cache
def wages() -> dict[str, Any]:
    """A matter from registration to fulfilment, as YAML's own types of text."""
    text = (ROOT / "tests/papers/wages.yaml").read_text("utf-8")
    data: dict[str, Any] = read_text(text, "wages.yaml").data
    return data


def plain_office(change: Change = lambda _office: None) -> Office:
    """The sample office as if it were a real one, so that no paper is marked as a sample."""
    data = deepcopy(register().loaded.document.data)
    data["登记册"]["样例"] = "否"
    change(data)
    loaded = load_office(read_text(yaml.safe_dump(data, allow_unicode=True), "office.yaml"))
    assert loaded.record is not None, loaded.findings
    return loaded.record


def matter(change: Change = lambda _case: None, office: Office | None = None) -> Matter:
    data = deepcopy(wages())
    change(data)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    loaded = load_case(read_text(text, "cases/2026/XF-2026-0001.yaml"))
    assert loaded.record is not None, loaded.findings
    return Matter(
        loaded.record,
        office or plain_office(),
        register().calendar,
        register().clocks,
        TODAY,
        "cases/2026/XF-2026-0001.yaml",
    )


def step(case: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(s for s in case["办理"] if s["事项"] == kind)
    return found


def without(*kinds: str) -> Change:
    def change(case: dict[str, Any]) -> None:
        case["办理"] = [s for s in case["办理"] if s["事项"] not in kinds]

    return change


def compose(form: str, of: Matter, people: Identities | None = None) -> Paper:
    (paper,) = papers().compose(papers().forms[form], of, people)
    return paper


def printed(form: str, of: Matter | None = None, people: Identities | None = None) -> str:
    paper = compose(form, of or matter(), people)
    assert paper.html is not None, paper.findings
    return paper.html


@cache
def made(form: str) -> bytes:
    return pdf(printed(form, people=PEOPLE))


def text_of(content: bytes) -> str:
    """Text as pdftotext gives it, without line ends and spaces."""
    result = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    return re.sub(r"\s", "", result.stdout.decode())


def body_of(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html.partition("</head>")[2])


def creation_day(content: bytes) -> str:
    with pikepdf.open(BytesIO(content)) as document:
        return str(document.docinfo["/CreationDate"])[2:10]


# The forms


def test_every_form_has_its_files_and_renders_blank() -> None:
    folders = [file.parent for file in (ROOT / "forms").glob("*/form.yaml")]
    assert len(folders) == len(papers().forms)
    for folder in folders:
        form = load_form(folder)
        assert folder.name.startswith(f"{form.id}-")
        assert (folder / "page.html").exists()
        assert form.citations
        assert "ruled" in (blank := papers().blank(form, plain_office())) or "<td" in blank
        assert pdf(blank).startswith(b"%PDF")


def test_a_register_may_bring_its_own_form(tmp_path: Path) -> None:
    own = tmp_path / "D08-transfer"
    own.mkdir()
    (own / "form.yaml").write_text("编号: D08\n名称: 转办通知\n说明: 自己的\n版式: 表格\n", "utf-8")
    (own / "page.html").write_text("<body>{{ case.title }}", "utf-8")
    both = Papers(tmp_path, ROOT / "forms")
    assert both.forms["D08"].name == "转办通知"
    assert set(both.forms) == set(papers().forms)
    (paper,) = both.compose(both.forms["D08"], matter())
    assert paper.html == "<body>反映焊工班三个月工资未付"


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ("{{ case.titel }}", "titel"),
        ("{{ nothing }}", "nothing"),
        ("{% if %}", "page.html"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
    ],
)
def test_a_template_that_guesses_or_reaches_out_is_refused(
    tmp_path: Path, page: str, named: str
) -> None:
    folder = tmp_path / "D99-own"
    folder.mkdir()
    (folder / "form.yaml").write_text("编号: D99\n名称: 自拟\n说明: 自己的\n版式: 表格\n", "utf-8")
    (folder / "page.html").write_text(page, "utf-8")
    both = Papers(tmp_path, ROOT / "forms")
    with pytest.raises(BrokenFormError, match=named):
        both.compose(both.forms["D99"], matter())


def test_a_form_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "D98-own"
    folder.mkdir()
    (folder / "form.yaml").write_text(
        "编号: D98\n名称: 自拟\n说明: 自己的\n版式: 表格\n必添: [请求]\n", "utf-8"
    )
    with pytest.raises(BrokenFormError, match="必填"):
        Papers(tmp_path)


def test_fonts_stand_in_one_place() -> None:
    for file in (ROOT / "forms").rglob("*.css"):
        css = file.read_text("utf-8")
        assert not re.search(r"Noto|Fandol|SimSun|FangSong|KaiTi|SimHei", css), file.name
        assert "var(--" not in with_fonts(css)
    assert all(stack[-1].startswith("Noto S") for stack in STACKS.values())


# What stops a paper


@pytest.mark.parametrize(
    ("form", "named", "change"),
    [
        ("D02", "请求", lambda case: case.pop("请求")),
        ("D02", "事实", lambda case: case.pop("事实")),
        ("D04", "请求", lambda case: case.pop("请求")),
        ("D04", "事实", lambda case: case.pop("事实")),
        ("D08", "请求", lambda case: case.pop("请求")),
        ("D08", "事实", lambda case: case.pop("事实")),
        ("D08", "转办 › 反馈期限", lambda case: step(case, "转办").pop("反馈期限")),
        ("D14", "请求", lambda case: case.pop("请求")),
        ("D14", "信访人", lambda case: case.pop("信访人")),
        ("D14", "依据", lambda case: step(case, "拟办")["答复"][1].pop("依据")),
    ],
)
def test_a_missing_field_stops_the_paper_and_is_named(
    form: str, named: str, change: Change
) -> None:
    paper = compose(form, matter(change))
    assert paper.html is None
    finding = next(f for f in paper.findings if f.rule == "paper-field-missing")
    assert named in finding.message
    assert finding.mend


@pytest.mark.parametrize(
    ("named", "change"),
    [
        ("复查机构", lambda office: office.pop("复查机构")),
        ("已确认", lambda office: office["复查机构"]["复查"].update(已确认="否")),
    ],
)
def test_no_opinion_without_a_confirmed_reviewing_unit(named: str, change: Change) -> None:
    paper = compose("D14", matter(office=plain_office(change)))
    assert paper.html is None
    assert any(named in finding.message for finding in paper.findings)


def test_a_missing_field_is_shown_at_its_place() -> None:
    text = (ROOT / "tests/papers/wages.yaml").read_text("utf-8")
    loaded = load_case(read_text(text.replace("反馈期限: 2026-03-06, ", ""), "a.yaml"))
    of = matter(lambda case: step(case, "转办").pop("反馈期限"))
    form = papers().forms["D08"]
    (paper,) = papers().compose(form, of, None, lambda keys, _office: loaded.document.place(keys))
    assert str(paper.findings[0].place) == "a.yaml:32:5"


def test_every_claim_must_be_answered() -> None:
    paper = compose("D14", matter(lambda case: step(case, "拟办")["答复"].pop()))
    assert paper.html is None
    assert "第 2 条请求" in paper.findings[0].message


@pytest.mark.parametrize("word", ["终结", "不再受理", "息访", "×××", "待定", "XXX"])
def test_a_final_holds_no_threat_and_no_placeholder(word: str) -> None:
    def change(case: dict[str, Any]) -> None:
        step(case, "拟办")["答复"][0]["意见"] += word

    paper = compose("D14", matter(change))
    assert paper.html is None
    assert word in paper.findings[0].message


def test_a_final_cites_no_law_that_was_never_checked() -> None:
    def change(case: dict[str, Any]) -> None:
        step(case, "拟办")["答复"][0]["依据"] = ["工程局信访工作制度 第三条"]

    def unapproved(case: dict[str, Any]) -> None:
        change(case)
        without("签批", "答复")(case)

    assert compose("D14", matter(change)).html is None
    assert "原文待核对" in (compose("D14", matter(unapproved)).html or "")


def test_a_paper_that_does_not_apply_says_what_is_wanted_first() -> None:
    paper = compose("D14", matter(without("拟办", "会签", "签批", "答复", "送达", "兑现")))
    assert paper.html is None
    assert "拟办" in paper.findings[0].mend


def test_an_accusation_has_a_receipt_that_tells_nothing_and_no_other_paper() -> None:
    def change(case: dict[str, Any]) -> None:
        case |= {"目的": "检举控告", "类别": "检举控告"}

    accusation = matter(change)
    assert [form.id for form in papers().applicable(accusation)] == ["D02a"]
    receipt = compose("D02a", accusation).html or ""
    assert accusation.case.number in receipt
    assert accusation.case.title not in receipt


# Drafts and finals


def test_before_approval_the_opinion_is_marked_and_has_no_number() -> None:
    paper = compose("D14", matter(without("签批", "答复", "送达", "兑现")))
    assert paper.state == "送审稿"
    assert paper.html is not None
    assert "<span>送审稿</span>" in paper.html
    assert 'class="seal"' in paper.html
    assert "青机电信处〔<span" in paper.html


def test_the_record_of_handling_is_a_draft_until_drafted_and_approved() -> None:
    later = ("拟办", "会签", "签批", "答复", "送达", "兑现")
    assert compose("D04", matter(without(*later))).state == "草稿"
    assert compose("D04", matter(without(*later[2:]))).state == "送审稿"
    assert compose("D04", matter()).state == ""


def test_a_matter_closed_by_a_legal_route_is_no_draft() -> None:
    def change(case: dict[str, Any]) -> None:
        without("调查", "拟办", "会签", "签批", "答复", "送达", "兑现")(case)
        case["办理"] += [
            {"日期": "2026-03-06", "事项": "引导", "途径": "劳动争议仲裁", "自身义务核查": "已查"},
            {"日期": "2026-03-09", "事项": "办结", "方式": "引导", "审批人": "陈立"},
        ]

    paper = compose("D04", matter(change))
    assert paper.state == ""
    assert "尚未办到" not in (paper.html or "尚未办到")


def test_a_final_has_no_mark_no_seal_and_no_room_left_open() -> None:
    html = printed("D14")
    assert "watermark" not in body_of(html)
    assert 'class="watermark"' not in html
    assert 'class="seal"' not in html
    assert 'class="ruled' not in html


def test_a_sample_is_marked_even_when_final() -> None:
    office = register().office
    assert office is not None
    assert office.register_.sample
    assert "<span>样例数据</span>" in printed("D14", matter(office=office))


def test_every_transfer_has_its_own_paper() -> None:
    def change(case: dict[str, Any]) -> None:
        again = deepcopy(step(case, "转办")) | {
            "日期": "2026-03-05",
            "文号": "青机电信转〔2026〕9号",
        }
        case["办理"].append(again)

    found = papers().compose(papers().forms["D08"], matter(change))
    assert [paper.file_name for paper in found] == [
        "XF-2026-0001-D08.pdf",
        "XF-2026-0001-D08-2.pdf",
    ]
    assert "〔2026〕9号" in (found[1].html or "")
    assert "〔2026〕9号" not in (found[0].html or "")


# Who the petitioner is


@pytest.mark.parametrize("form", CASE_FORMS)
def test_without_identities_only_the_code_is_printed(form: str) -> None:
    assert f"信访人A{SEALED}" in re.sub(r"<[^>]*>", "", printed(form))


@pytest.mark.parametrize("form", CASE_FORMS)
def test_with_identities_the_name_is_printed_letter_by_letter(form: str) -> None:
    text = text_of(made(form))
    assert "张喆" in text
    assert LONG_NAME in text


@pytest.mark.parametrize("form", CASE_FORMS)
def test_metadata_says_what_the_paper_is_and_not_who(form: str) -> None:
    with open_pdf(BytesIO(made(form))) as document:
        info = str(document.metadata)
    assert papers().forms[form].name in info
    assert "XF-2026-0001" in info
    assert "张" not in info
    assert "焊工" not in info
    with pikepdf.open(BytesIO(made(form))) as document:
        assert document.Root.Lang == "zh-CN"


def test_a_paper_carries_the_day_of_its_record_not_of_its_printing() -> None:
    days = [creation_day(made(form)) for form in CASE_FORMS]
    assert days == ["20260302", "20260318", "20260303", "20260311"]


# The letter


def test_the_opinion_has_all_that_the_rule_asks_for() -> None:
    text = text_of(made("D14"))
    for wanted in (
        "青岚水电站机电安装项目部青机电信处〔2026〕1号",
        "关于反映焊工班三个月工资未付信访事项的处理意见书",
        "等23人：",
        "你们于2026年3月2日通过走访反映的信访事项",
        "一、投诉请求",
        "1.支付2025年12月至2026年2月工资（418,600.00元）。",
        "二、查明的事实和理由",
        "（证据：Z1“焊工班考勤表”、Z2“工资专用账户流水”、Z3“工程量签认单”）",
        "三、处理意见及依据",
        "对第1项请求：支持",
        "《保障农民工工资支付条例》第三十条、第三十一条。",
        "四、落实安排",
        "于2026年3月20日前落实",
        "大写：人民币肆拾壹万捌仟陆佰元整",
        "可自收到本意见书之日起30日内，向云岭工程局机电安装分局（地址：甲省乙县城关镇云岭大道18号",
        "0999-5550201）书面请求复查（《信访工作条例》第三十五条）",
        "六、联系方式",
        "2026年3月11日",
    ):
        assert wanted in text, wanted


def from_above(case: dict[str, Any]) -> None:
    case |= {"渠道": "上级交办", "人数": "1", "信访人": case["信访人"][:1]}
    case["来源"] = {
        "单位": "云岭工程局机电安装分局",
        "文号": "机电分局信交〔2026〕3号",
        "收文": "2026-03-02",
        "办理期限": "2026-03-20",
        "要求报告": "是",
    }


def test_a_copy_to_the_superior_stands_at_the_foot_of_the_last_page() -> None:
    content = pdf(printed("D14", matter(from_above)))
    text = text_of(content)
    assert "由云岭工程局机电安装分局于2026年3月2日转来（机电分局信交〔2026〕3号）" in text
    assert "抄送：云岭工程局机电安装分局。" in text
    assert "2026年3月11日印发" in text


def referral(day: str, claim: str) -> dict[str, Any]:
    return {
        "日期": day,
        "事项": "引导",
        "请求": [claim],
        "途径": "劳动监察投诉",
        "理由": "也可以向劳动监察机构投诉",
        "自身义务核查": "工资由本项目部先行清偿",
        "依据": ["保障农民工工资支付条例 第十条"],
        "审批人": "陈立",
        "经办": "李敏",
    }


def test_an_opinion_says_nothing_of_what_came_after_its_reply() -> None:
    def later(case: dict[str, Any]) -> None:
        again = deepcopy(step(case, "拟办")) | {"日期": "2026-03-20"}
        again["答复"][0]["意见"] = "后来改了主意。"
        looked: dict[str, Any] = {
            "日期": "2026-03-19",
            "事项": "调查",
            "调查人": ["何静"],
            "经过": "后来又查。",
        }
        looked["证据"] = [{"编号": "Z1", "名称": "后来的材料"}]
        case["办理"] += [referral("2026-03-19", "1"), looked, again]

    assert body_of(printed("D14", matter(later))) == body_of(printed("D14"))


def test_a_claim_that_was_shown_another_way_is_answered_with_it() -> None:
    def change(case: dict[str, Any]) -> None:
        step(case, "拟办")["答复"].pop()
        case["办理"].insert(2, referral("2026-03-03", "2"))

    text = re.sub(r"\s", "", body_of(printed("D14", matter(change))))
    assert "（二）关于第2项请求：应当通过其他途径处理" in text
    assert "（二）对第2项请求：按已告知的途径处理" in text
    assert "第2项请求另有法定途径：途径：劳动监察投诉" in text


@pytest.mark.parametrize("done", ["调查", "拟办", "答复"])
def test_a_report_before_the_answer_reached_anybody_says_so(done: str) -> None:
    def change(case: dict[str, Any]) -> None:
        from_above(case)
        kinds = [s["事项"] for s in case["办理"]]
        case["办理"] = case["办理"][: kinds.index(done) + 1]
        report = {"日期": "2026-03-20", "事项": "上报", "单位": "云岭工程局机电安装分局"}
        case["办理"].append(report | {"经办": "李敏"})

    text = body_of(printed("D18", matter(change)))
    assert {"调查": "正在办理，办结后", "拟办": "拟处理意见：", "答复": "正在送达"}[done] in text


def test_rare_characters_are_printed_embedded_and_readable() -> None:
    people = {"A": {"姓名": RARE, "住址": "甲省"}}
    for form in CASE_FORMS:
        content = pdf(printed(form, people=people))
        assert RARE in text_of(content)
        listed = subprocess.run(
            ["pdffonts", "-"], input=content, capture_output=True, check=True
        ).stdout.decode()
        fonts = listed.splitlines()[2:]
        assert fonts
        assert all(re.search(r" yes yes yes ", font) for font in fonts), listed
        assert "Noto-Serif" in listed
        assert "Sans" not in listed


# Tables


def test_long_facts_go_over_pages_with_the_head_repeated() -> None:
    def change(case: dict[str, Any]) -> None:
        case["事实"] = "\n".join(["在压力钢管安装工作面连续施工，考勤和工程量均已签认。" * 12] * 20)

    for form in ("D02", "D08"):
        with open_pdf(BytesIO(pdf(printed(form, matter(change), PEOPLE)))) as document:
            pages = [re.sub(r"\s", "", page.extract_text()) for page in document.pages]
        assert len(pages) >= 4
        table_pages = [text for text in pages if "压力钢管" in text]
        assert len(table_pages) >= 3
        assert all("登记编号XF-2026-0001" in text for text in table_pages)
        assert sum(text.count("压力钢管安装工作面") for text in pages) == 240
        assert all(f"第{n}页共{len(pages)}页" in text for n, text in enumerate(pages, 1))


@pytest.mark.parametrize(
    ("form", "label"),
    [("D02", "领导批示"), ("D02", "登记人"), ("D04", "领导签批"), ("D08", "签发人")],
)
def test_a_signature_row_is_never_torn(form: str, label: str) -> None:
    for lines in range(0, 24, 3):

        def change(case: dict[str, Any], lines: int = lines) -> None:
            case["事实"] = "\n".join(["压力钢管安装工作面。"] * (1 + lines))
            step(case, "拟办")["答复"][0]["查明"] = case["事实"]

        with open_pdf(BytesIO(pdf(printed(form, matter(change))))) as document:
            page = next(p for p in document.pages if label in p.extract_text())
            words = page.extract_words()
        top = next(word["top"] for word in words if label in word["text"])
        lines_to_sign = [word for word in words if "签名" in word["text"]]
        assert any(-12 * MM < word["top"] - top < 12 * MM for word in lines_to_sign)


def test_the_transfer_form_fits_one_page() -> None:
    for content in (made("D08"), pdf(papers().blank(papers().forms["D08"], plain_office()))):
        with open_pdf(BytesIO(content)) as document:
            assert len(document.pages) == 1


# Printing


@pytest.mark.parametrize("form", CASE_FORMS)
def test_the_same_record_gives_the_same_bytes(form: str) -> None:
    assert pdf(printed(form, people=PEOPLE)) == made(form)


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(printed("D14", people=PEOPLE), "utf-8")
    program = (
        "import sys, pathlib; from xinfang.render import pdf;"
        "sys.stdout.buffer.write(pdf(pathlib.Path(sys.argv[1]).read_text('utf-8')))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT / "tools")}
    result = subprocess.run(
        [sys.executable, "-c", program, str(page)], capture_output=True, check=True, env=environment
    )
    assert result.stdout == made("D14")


def test_a_batch_gives_the_same_bytes_in_the_same_order() -> None:
    htmls = [printed(form, people=PEOPLE) for form in CASE_FORMS] * 3
    assert list(pdfs(htmls, workers=2)) == [made(form) for form in CASE_FORMS] * 3


@pytest.mark.parametrize("url", ["http://192.0.2.1/a.png", "file:///etc/hostname"])
def test_nothing_is_fetched(url: str) -> None:
    with pytest.raises(PrintingError):
        pdf(f'<img src="{url}">')


def test_one_bad_paper_leaves_the_others_printed() -> None:
    bad = '<img src="http://192.0.2.1/a.png">'
    results = list(pdfs(["<p>一", bad, "<p>二"] * 4, workers=2))
    assert [isinstance(result, Failure) for result in results] == [False, True, False] * 4


def test_markup_in_a_record_is_printed_as_text() -> None:
    def change(case: dict[str, Any]) -> None:
        case["事实"] = "<script>alert(1)</script><img src=http://192.0.2.1/a.png>"

    html = printed("D02", matter(change))
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert pdf(html).startswith(b"%PDF")


# The command


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("XINFANG")}
    return subprocess.run(
        [sys.executable, "-m", "xinfang", "-C", str(folder), "render", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**clean, "PYTHONPATH": str(ROOT / "tools"), "HOME": str(folder), **environment},
    )


@pytest.fixture
def small_register(tmp_path: Path) -> Path:
    """Three matters of one content, in a register of a sample office."""
    cases = tmp_path / "cases/2026"
    cases.mkdir(parents=True)
    (tmp_path / "office.yaml").write_bytes((ROOT / "office.yaml").read_bytes())
    text = (ROOT / "tests/papers/wages.yaml").read_text("utf-8")
    for number in ("0001", "0002", "0003"):
        (cases / f"XF-2026-{number}.yaml").write_text(text.replace("-0001", f"-{number}"), "utf-8")
    return tmp_path


def papers_in(folder: Path) -> list[str]:
    return sorted(file.stem for file in (folder / "build/papers").rglob("*.pdf"))


def test_papers_of_one_matter_are_printed_and_nothing_else_is_left(
    small_register: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scratch = tmp_path_factory.mktemp("scratch")
    done = run(small_register, "XF-2026-0002", TMPDIR=str(scratch))
    assert done.returncode == 0, done.stderr
    found = papers_in(small_register)
    assert f"已印 {len(found)} 份" in done.stdout
    assert set(found) >= {f"XF-2026-0002-{form}" for form in CASE_FORMS}
    assert {name[:12] for name in found} == {"XF-2026-0002"}
    assert list(scratch.iterdir()) == []


def test_a_broken_file_and_a_missing_field_leave_the_others_printed(small_register: Path) -> None:
    broken = small_register / "cases/2026/XF-2026-0001.yaml"
    broken.write_text("标题: [", "utf-8")
    lacking = small_register / "cases/2026/XF-2026-0002.yaml"
    lacking.write_text(lacking.read_text("utf-8").replace("反馈期限: 2026-03-06, ", ""), "utf-8")
    done = run(small_register)
    assert done.returncode == 1
    assert "XF-2026-0001.yaml" in done.stderr
    assert "XF-2026-0002.yaml:32:5" in done.stderr
    assert "转办 › 反馈期限" in done.stderr
    assert "Traceback" not in done.stderr
    found = set(papers_in(small_register))
    assert "XF-2026-0002-D08" not in found
    assert {f"XF-2026-0002-{form}" for form in CASE_FORMS if form != "D08"} <= found
    assert {f"XF-2026-0003-{form}" for form in CASE_FORMS} <= found
    assert not any(name.startswith("XF-2026-0001") for name in found)


def test_only_what_changed_is_printed_again_and_what_no_longer_holds_is_removed(
    small_register: Path,
) -> None:
    run(small_register, "1", "2")
    first = small_register / "build/papers/XF-2026-0001/XF-2026-0001-D08.pdf"
    second = small_register / "build/papers/XF-2026-0002/XF-2026-0002-D08.pdf"
    before = first.stat().st_mtime_ns
    printed = len(papers_in(small_register))
    assert f"{printed} 份文书,都没有变化" in run(small_register, "1", "2").stdout
    case = small_register / "cases/2026/XF-2026-0002.yaml"
    case.write_text(case.read_text("utf-8").replace("反馈期限: 2026-03-06, ", ""), "utf-8")
    again = re.search(
        r"已印 (\d+) 份文书,其中 (\d+) 份有变化", run(small_register, "1", "2").stdout
    )
    assert again is not None
    # Those of the other matter, and what came before that step, stay as they were.
    assert int(again[1]) == printed - 1
    assert 0 < int(again[2]) < printed // 2
    assert first.stat().st_mtime_ns == before
    assert not second.exists()


def test_a_crash_is_reported_by_number_and_the_others_are_printed(small_register: Path) -> None:
    form = small_register / "forms/D99-own"
    form.mkdir(parents=True)
    (form / "form.yaml").write_text("编号: D99\n名称: 自拟\n说明: 自己的\n版式: 表格\n", "utf-8")
    (form / "page.html").write_text(
        "<body>{{ 1 // (0 if case.number.endswith('2') else 1) }}", "utf-8"
    )
    done = run(small_register)
    assert done.returncode == 3
    assert "XF-2026-0002: 程序出错" in done.stderr
    assert "Traceback" not in done.stderr
    made_of = {name[:12] for name in papers_in(small_register) if name.startswith("XF")}
    assert made_of == {"XF-2026-0001", "XF-2026-0002", "XF-2026-0003"}
    assert "XF-2026-0003-D99" in papers_in(small_register)
    assert "XF-2026-0002-D99" not in papers_in(small_register)


def test_trouble_with_a_seal_is_told_again_when_nothing_changed(small_register: Path) -> None:
    shutil.copytree(ROOT / "keys", small_register / "keys")
    file = sealed_file(small_register, "XF-2026-0002")
    file.parent.mkdir(parents=True)
    file.write_bytes(b"age-encryption.org/v1\nbroken")
    first, again = run(small_register), run(small_register)
    assert "都没有变化" in again.stdout
    assert (first.returncode, again.returncode) == (1, 1)
    assert first.stderr == again.stderr
    assert "sealed-not-opened" in again.stderr


def test_blank_forms_are_printed_without_any_matter(small_register: Path) -> None:
    done = run(small_register, "--blank", "--form", "信访事项登记表")
    assert done.returncode == 0, done.stderr
    assert papers_in(small_register) == ["D02-信访事项登记表"]


@pytest.mark.parametrize(
    "arguments", [("--form", "D00"), ("XF-2026-0099",), ("--blank", "XF-2026-0001")]
)
def test_a_wrong_request_is_explained(small_register: Path, arguments: tuple[str, ...]) -> None:
    done = run(small_register, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert re.search(r"[一-龥]", done.stderr)


def test_names_are_printed_with_a_key_and_never_said(small_register: Path) -> None:
    shutil.copytree(ROOT / "keys", small_register / "keys")
    people = {
        "A": {"姓名": "张喆", "住址": "甲省乙县丙镇", "联系方式": [{"号码": "13900000000"}]},
        "B": {"姓名": "李祎", "住址": "甲省乙县丙镇"},
    }
    sealed = {"编号": "XF-2026-0002", "信访人": people}
    keys = public_keys(load_keys(small_register / "keys/demo.key"))
    file = sealed_file(small_register, "XF-2026-0002")
    file.parent.mkdir(parents=True)
    file.write_bytes(seal_box(yaml.safe_dump(sealed, allow_unicode=True), keys))
    done = run(small_register, "XF-2026-0002", "--form", "D02")
    assert done.returncode == 0, done.stderr
    content = (small_register / "build/papers/XF-2026-0002/XF-2026-0002-D02.pdf").read_bytes()
    text = text_of(content)
    assert all(shown in text for shown in ("张喆", "李祎", "13900000000"))
    assert "封存" not in text
    assert not any(name in done.stdout + done.stderr for name in ("张喆", "李祎", "139"))


def test_every_form_names_a_sample_it_applies_to() -> None:
    for form in papers().forms.values():
        if form.sample and form.subject == "事项":
            loaded = register().load(register().file_of(form.sample))
            assert loaded.record is not None
            sample = register().matter(loaded.record, loaded.document.path)
            found = papers().compose(form, sample)
            assert all(paper.html for paper in found), found


def test_a_machine_without_the_libraries_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("xinfang.render.find_library", lambda _name: None)
    require_printing.cache_clear()
    with pytest.raises(CannotPrintError, match=r"apt-get install .* libpango-1.0-0"):
        pdf("<p>一</p>")
    require_printing.cache_clear()


def test_the_record_of_a_suggestion_is_final_by_the_reply_to_it() -> None:
    loaded = register().load(register().file_of("XF-2026-0007"))
    assert loaded.record is not None
    answered = register().matter(loaded.record, loaded.document.path)
    (paper,) = papers().compose(papers().forms["D04"], answered)
    assert paper.state == ""
    assert "陈立" in body_of(paper.stamped(None)), "who approved the reply stands in it"
