"""Where everything stands on the printed page, against GB/T 9704—2012 (domain notes, 4.6).

Every form is printed filled and blank, and a long paper of each layout; each PDF is measured.
A measure is one line of the geometry report, which ``tests/conftest.py`` writes to
``build/geometry.txt`` and, with ``-s``, to the terminal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from form_samples import FORMS, all_forms, blank, filled, papers, register
from pdf_pages import BOTTOM, HANG, LEFT, RIGHT, SI, TOP, ZI, Leaf, Print, Row, ink

from xinfang.documents import Papers
from xinfang.fonts import STACKS
from xinfang.formatting import other_fonts
from xinfang.forms import Form
from xinfang.render import pdf

TESTS = Path(__file__).resolve().parent
DAY = date(2026, 3, 11)
RARE = "喆堃祎翀䶮㛃𬭎旳"
#: Width and height of paper, upright.
SIZES = {"A3": (297, 420), "A4": (210, 297), "A5": (148, 210)}
CLOSING = "，。、；：？！）》”’〕】"
OPENING = "（《“‘〔【"
#: What no line ends inside.
TOKENS = re.compile(
    r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|〔\d{4}〕\d+号"
    r"|第[一二三四五六七八九十百千零]+[条款项]|\d[\d,.:/-]*(?:万元|元|%|‰|\d)"
)
#: What the stacks of ``xinfang/fonts.py`` may come to on any machine.
KNOWN_FONT = re.compile(
    r"FZXiaoBiaoSong|FangSong|KaiTi|SimHei|SimSun|Fandol(Song|Fang|Kai|Hei)|Noto-?(Serif|Sans)-?CJK"
)
NUMBER_OF_PAPER = re.compile(r"[\u4e00-\u9fff]+〔20\d\d〕[1-9]\d*号")


# What is printed


@dataclass(frozen=True)
class Sheet:
    """A paper as HTML and as PDF."""

    name: str
    form: Form
    html: str

    @cached_property
    def print(self) -> Print:
        return Print(pdf(self.html))

    @property
    def is_blank(self) -> bool:
        return self.name.endswith("blank")

    @cached_property
    def root(self) -> Element:
        root: Element = tinyhtml5.parse(self.html, namespace_html_elements=False)
        return root

    @cached_property
    def css(self) -> str:
        return "".join(re.findall(r"<style>(.*?)</style>", self.html, re.DOTALL))

    def parts(self, name: str) -> list[Element]:
        """Find the elements of one class."""
        return [e for e in self.root.iter() if name in str(e.get("class", "")).split()]

    def part(self, name: str) -> Element | None:
        return next(iter(self.parts(name)), None)


def text_of(element: Element | None) -> str:
    """Text of an element without blanks."""
    return "" if element is None else re.sub(r"\s", "", "".join(element.itertext()))


LAYOUTS = ("公文", "上行文", "信函", "纪要")
FILLER = (
    "你们反映的情况，我单位于2026年3月2日受理后，会同劳务管理部、财务部逐项作了调查核实，"
    "调取了2025年12月至2026年2月的考勤表、工资表和银行流水共126份，询问了23人，"
    "查明应发工资418,600.00元，依据《保障农民工工资支付条例》第三十条的规定办理，"
    "并已按照青机电信处〔2026〕7号的要求公示，联系电话0999-5550101，时间8:30—17:30。"
)
BODY = "".join(
    f"<h2>{'一二三'[n]}、查明的事实</h2><h3>（一）工资</h3>"
    + "".join(f"<p>{k}.{FILLER[k * 3 :]}</p>" for k in range(1, 5))
    + f"<p>（1）{FILLER}</p>"
    for n in range(3)
)
LONG: dict[str, Any] = {
    "unit": "",
    "number": "青机电信处〔2026〕17号",
    "mark": "信访工作联席会议纪要",
    "title": "关于反映2026年3月2日压力钢管安装工作面夜间施工噪声扰民信访事项的处理意见书",
    "to": "云岭工程局机电安装分局",
    "body": BODY,
    "enclosures": [
        "焊工班2025年12月至2026年2月考勤表、工资表和银行流水复印件（共126份）及其核对说明",
        "劳务分包合同",
        "谈话记录",
    ],
    "present": [f"{name}（劳务管理部）" for name in ("陈立", "罗敏", "何静", "李敏", "周成")],
    "sealed": True,
    "final": True,
    "copy_to": "云岭工程局机电安装分局综合办公室，青岚水电站工程建设管理局，项目部领导，各部室、工区",
}


@cache
def long_forms() -> tuple[TemporaryDirectory[str], Papers]:
    """One form of each layout, that prints whatever it is given."""
    folder = TemporaryDirectory(prefix="xinfang-")
    for number, layout in enumerate(LAYOUTS, 91):
        place = Path(folder.name) / f"D{number}-long"
        place.mkdir()
        page = (TESTS / "papers/long/page.html").read_text("utf-8")
        (place / "page.html").write_text(page, "utf-8")
        (place / "form.yaml").write_text(
            f"编号: D{number}\n名称: 长文\n说明: 量尺寸\n版式: {layout}\n对象: 本单位\n", "utf-8"
        )
    return folder, Papers(Path(folder.name), FORMS)


def long(layout: str, **changes: object) -> Sheet:
    """Print a long paper of a layout."""
    forms = long_forms()[1]
    form = next(f for f in forms.forms.values() if f.name == "长文" and f.layout == layout)
    office = register().office
    assert office is not None
    html = forms.of_office(form, office, LONG | changes, DAY)
    return Sheet(f"{layout}-long", form, html)


@cache
def sheet(name: str) -> Sheet:
    """Give a paper by its name: D14-filled, D14-blank or 公文-long."""
    first, _, kind = name.partition("-")
    if kind == "long":
        return long(first)
    form = papers().forms[first]
    return Sheet(name, form, filled(form) if kind == "filled" else blank(form))


NAMES = [
    *(f"{form.id}-{kind}" for form in all_forms() for kind in ("filled", "blank")),
    *(f"{layout}-long" for layout in LAYOUTS),
]


def plain(body: str, form: str = "D14") -> Print:
    """Print a text with the styles of a form and nothing else."""
    css = papers()._css(papers().forms[form], FORMS / "none")
    return Print(pdf(other_fonts(f"<html lang=zh-CN><style>{css}</style><body>{body}")))


# Measures


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the report."""

    what: str
    wanted: str
    measured: str
    good: bool

    def line(self, paper: str) -> str:
        return (
            f"{'✓' if self.good else '✗'} {paper} | {self.what} | {self.wanted} | {self.measured}"
        )


def near(what: str, wanted: float, measured: float, tolerance: float) -> Measure:
    return Measure(
        what,
        f"{wanted:.2f} ± {tolerance:g} mm",
        f"{measured:.2f} mm",
        abs(wanted - measured) <= tolerance + 0.005,
    )


def no(what: str, found: list[str]) -> Measure:
    """Want that nothing of a kind is found."""
    return Measure(what, "无", "；".join(found) or "无", not found)


def same(what: str, wanted: object, measured: object) -> Measure:
    return Measure(what, str(wanted), str(measured), wanted == measured)


Check = Callable[[Sheet], Iterator[Measure]]


# All papers


def page_size(paper: Sheet) -> Iterator[Measure]:
    sides = SIZES[paper.form.size]
    width, height = reversed(sides) if paper.form.landscape else sides
    pages = paper.print.pages
    yield near("纸宽", width, max(pages, key=lambda p: abs(p.width - width)).width, 0.35)
    yield near("纸高", height, max(pages, key=lambda p: abs(p.height - height)).height, 0.35)


def fonts(paper: Sheet) -> Iterator[Measure]:
    listed = paper.print.fonts
    yield no("未嵌入或不能取字的字体", [name for name, good in listed if not good])
    yield no("不在清单中的字体", [name for name, _ in listed if not KNOWN_FONT.match(name)])


def line_ends(paper: Sheet) -> Iterator[Measure]:
    rows = [row for row in paper.print.rows if row.text]
    firsts = [row for row in rows if row.begins and not after_room(paper, row)]
    yield no("行首标点", [row.text[:8] for row in firsts if row.text[0] in CLOSING])
    lasts = [first for first, second in pairwise(rows) if second.begins]
    yield no("行末前引号、前括号", [row.text[-8:] for row in lasts if row.text[-1] in OPENING])
    yield no("断在两行的数字、日期、金额、文号、条款", list(torn(paper)))


def after_room(paper: Sheet, row: Row) -> bool:
    """Whether the line begins with room for handwriting."""
    page = paper.print.pages[row.page - 1]
    return any(abs(x1 - row.x0) < 0.5 and -1 < y1 - row.base < 2 for _, _, x1, y1 in page.rects)


def torn(paper: Sheet) -> Iterator[str]:
    """Yield what is torn apart by the end of a line."""
    series = "|".join(map(re.escape, register().loaded.document.data["代字"].values()))
    wanted = re.compile(rf"{TOKENS.pattern}|(?:{series})〔\d{{4}}〕\d+号")
    source = [text_of(e) for e in paper.root.iter() if e.tag in BLOCKS and not has_block(e)]
    for first, second in pairwise(paper.print.rows):
        if second.begins and follows(first, second):
            cut = len(first.text)
            for token in wanted.finditer(first.text + second.text):
                if token.start() < cut < token.end() and any(token[0] in t for t in source):
                    yield f"{first.text[-6:]}/{second.text[:6]}"


BLOCKS = {"p", "h1", "h2", "h3", "td", "th", "li", "div"}


def has_block(element: Element) -> bool:
    return any(e.tag in BLOCKS or e.tag == "table" for e in list(element.iter())[1:])


def follows(first: Row, second: Row) -> bool:
    """Whether a line may continue another: right below it, or on the next page."""
    if second.page != first.page:
        return abs(second.size - first.size) < 0.05
    return 0 < second.base - first.base <= 2.05 * first.size and second.x0 < first.x1


# The text of the PDF is the text of the paper


def text(paper: Sheet) -> Iterator[Measure]:
    pages = paper.print.page_texts
    body = paper.root.find("body")
    marks = [text_of(span) for mark in paper.parts("watermark") for span in mark]
    origin = text_of(paper.part("origin"))
    room = "".join(text_of(part) for part in paper.parts("room") if part.tag == "div")
    once = text_of(body)
    numbers = [number_on(paper, n, len(pages)) for n in range(1, len(pages) + 1)]
    wanted = Counter(once) - Counter(room)
    for _ in pages[1:]:
        wanted += Counter(origin) + Counter("".join(marks))
    wanted += Counter("".join(numbers))
    heads = [text_of(head) for head in (body if body is not None else Element("x")).iter("thead")]
    for head in filter(None, set(heads)):
        printed = sum(page.count(head) for page in pages)
        for _ in range(printed - once.count(head)):
            wanted += Counter(head)
    got = Counter("".join(pages))
    yield no("PDF 里缺的字", sorted((wanted - got).elements()))
    yield no("PDF 里多的字", sorted((got - wanted).elements()))
    clean = [
        without(page, [*marks, origin, number]) for page, number in zip(pages, numbers, strict=True)
    ]
    later = [without(page, heads) for page in clean[1:]]
    yield no(
        "顺序不同的段落",
        [b[:12] for b in blocks(paper) if not is_printed(b, [*clean[:1], *later], heads)],
    )


def is_printed(block: str, pages: list[str], heads: list[str]) -> bool:
    """Whether a text stands on a page, or begins on one and ends on the next."""
    return (
        any(block in head for head in heads)
        or any(block in page for page in pages)
        or any(
            block[:cut] in first and block[cut:] in second
            for first, second in pairwise(pages)
            for cut in range(1, len(block))
        )
        or (len(block) > 1000 and len(pages) > 2)  # noqa: PLR2004 - a cell of several pages
    )


def without(text: str, parts: list[str]) -> str:
    for part in parts:
        text = text.replace(part, "", 1)
    return text


def number_on(paper: Sheet, number: int, pages: int) -> str:
    """Page number as it is printed; the sheets of a file are numbered when they are bound."""
    if paper.form.layout == "表格":
        contents = re.findall(r"@bottom-center\s*\{\s*content:\s*([^;]*);", paper.css)
        return "" if contents[-1] == "none" else f"第{number}页共{pages}页"
    return "" if paper.form.layout == "信函" and number == 1 else f"—{number}—"


def blocks(paper: Sheet) -> Iterator[str]:
    """Yield the text of each paragraph, heading and cell that is printed in one go."""
    aside = {"label", "signer", "when", "name", "seal", "no"}
    for element in paper.root.iter():
        if element.tag in BLOCKS - {"div"} and not has_block(element):
            classes = {c for e in element.iter() for c in str(e.get("class", "")).split()}
            if not aside & classes:
                yield text_of(element)


# 公文, 上行文, 信函, 纪要


def body_rows(paper: Sheet) -> list[Row]:
    """Lines in the type area: not page numbers, nor the line that says where a paper is from."""
    return [row for row in paper.print.rows if row.base < BOTTOM + 3]


def type_area(paper: Sheet) -> Iterator[Measure]:
    rows = [row for row in body_rows(paper) if row.text]
    inner = [row for row in rows if row.size < 8]  # a letter's name may be as wide as its lines
    yield near("正文左边", LEFT, max(LEFT, LEFT - 0.3, min(r.x0 for r in inner)), 30)
    yield no("越出版心左边", [r.text[:6] for r in inner if r.x0 < LEFT - 0.15])
    yield no("越出版心右边", [r.text[-6:] for r in inner if r.x1 > RIGHT + 0.15])
    yield no("越出版心下边", [r.text[:6] for r in inner if r.chars[0].bottom > BOTTOM + 0.3])
    top = TOP - 10 if paper.form.layout == "信函" else TOP
    yield no("越出版心上边", [r.text[:6] for r in rows if r.chars[0].top < top - 0.3])
    feet = {row.text for row in paper.print.rows} - {row.text for row in rows}
    origin = text_of(paper.part("origin"))
    strange = [f for f in feet if f not in origin and not re.fullmatch(r"—\d+—", f) and f]
    yield no("版心之下的其他文字", strange)


def lines(paper: Sheet) -> Iterator[Measure]:
    """Lines of one paragraph stand 10.22 mm apart."""
    steps = [
        second.base - first.base
        for first, second in pairwise(body_rows(paper))
        if first.page == second.page
        and abs(first.size - ZI) < 0.05
        and abs(second.size - ZI) < 0.05
        and 8 < second.base - first.base < 12
    ]
    if steps:
        yield near("行距", HANG, max(steps, key=lambda step: abs(step - HANG)), 0.05)


def issuer(paper: Sheet) -> Iterator[Measure]:
    """The mark of the issuer: 35 mm below the type area's top; a letter's 30 mm below the edge."""
    name = text_of(paper.part("issuer"))
    if not name:  # an agreement has no letterhead
        return
    page = paper.print.pages[0]
    rows = [row for row in page.rows if row.text and row.text in name and row.size > ZI + 0.2]
    yield same("发文机关标志", name, "".join(row.text for row in rows))
    top = min(row.chars[0].top for row in rows)
    edges = ink(page, (15, top - 4, 195, rows[-1].base + 2))
    letter = paper.form.layout == "信函"
    yield near("标志上边缘", 30 if letter else TOP + 35, edges[1], 0.5)
    yield near("标志居中", 105 if letter else 106, rows[0].middle, 0.5)
    if not letter:
        yield no("标志越出版心", [r.text for r in rows if r.x0 < LEFT - 0.2 or r.x1 > RIGHT + 0.2])
    yield same("标志颜色", (230, 0, 18), darkest(page, edges))
    fonts_ = {char.font for row in rows for char in row.chars}
    yield no("标志不用小标宋", [f for f in fonts_ if not re.search(SONG, f)])


SONG = r"XiaoBiaoSong|FandolSong-Bold|NotoSerifCJK.*Bold|Noto-?Serif-?CJK.*Bold"


def darkest(page: Leaf, box: tuple[float, float, float, float]) -> tuple[int, int, int]:
    """Colour of the ink in a box, where it is full."""
    image = page.image(box, 150)
    colours = image.getcolors(1 << 20) or []
    found: Any = max((n, c) for n, c in colours if min(c) < 100)[1]
    return (int(found[0]), int(found[1]), int(found[2]))


def paper_number(paper: Sheet) -> Iterator[Measure]:
    """发文字号 centred; upward at the left with 签发人 at the right; a letter's at the right."""
    part = paper.part("paper-number")
    if part is None:
        return
    page = paper.print.pages[0]
    whole = text_of(part)
    aside = [text_of(e) for e in part.iter() if e.get("class") in {"signer", "when"}]
    number = without(whole, aside)
    rows = [r for r in page.rows if r.text and (r.text in number or number.startswith(r.text))]
    row = next((r for r in rows if r.text == number), rows[0])
    if not paper.is_blank and "ruled" not in str([e.get("class") for e in part.iter()]):
        yield Measure(
            "发文字号", "机关代字〔年份〕序号号", number, bool(NUMBER_OF_PAPER.fullmatch(number))
        )
        layout = paper.form.layout
        if layout == "公文":
            yield near("发文字号居中", 106, row.middle, 0.5)
        elif layout == "信函":
            yield near("发文字号右边", RIGHT, row.x1, 0.3)
        else:
            yield near("发文字号左空一字", LEFT + ZI, row.x0, 0.3)
            right = next(r for r in page.rows if r.text == aside[0])
            yield near("右侧右空一字", RIGHT - ZI, right.x1, 0.3)
            yield near("右侧与发文字号同行", row.base, right.base, 0.05)
            if aside[0].startswith("签发人"):
                names = [c for c in right.chars[4:] if c.text.strip()]
                yield no("签发人姓名不用楷体", [c.text for c in names if "Kai" not in c.font])
    yield near("发文字号字号", ZI, row.size, 0.05)


def red_line(paper: Sheet) -> Iterator[Measure]:
    """One line under the number, or a letter's double lines at head and foot."""
    page = paper.print.pages[0]
    part = paper.part("paper-number")
    if part is None:
        return
    if paper.form.layout == "信函":
        yield from double_lines(paper)
        return
    number = next(r for r in page.rows if r.text and r.text in text_of(part) and "〔" in r.text)
    (line,) = page.bands(28.6, number.base - 3, number.base + 12)
    extent = ink(page, (10, line.top + 0.1, 200, line.bottom - 0.1))
    yield near("红色分隔线左端", LEFT, extent[0], 0.15)
    yield near("红色分隔线长", 156, extent[2] - extent[0], 0.2)
    yield near("红色分隔线粗", 0.5, line.weight, 0.15)
    yield same("红色分隔线颜色", (230, 0, 18), line.colour)
    if not paper.is_blank:
        foot = ink(page, (LEFT, number.base - 5, RIGHT, line.top - 0.2))[3]
        yield near("分隔线在发文字号下", 4, line.top - foot, 0.3)


def double_lines(paper: Sheet) -> Iterator[Measure]:
    page = paper.print.pages[0]
    name = [r for r in page.rows if r.text and r.text in text_of(paper.part("issuer"))][-1]
    upper = page.bands(20, name.chars[0].top, name.base + 12)
    lower = page.bands(20, 270, 285)
    yield same("首页双线", (2, 2), (len(upper), len(lower)))
    yield Measure(
        "上粗下细",
        "上线粗于下线",
        f"{upper[0].weight:.2f}/{upper[1].weight:.2f}",
        upper[0].weight > upper[1].weight + 0.3,
    )
    yield Measure(
        "上细下粗",
        "上线细于下线",
        f"{lower[0].weight:.2f}/{lower[1].weight:.2f}",
        lower[0].weight < lower[1].weight - 0.3,
    )
    foot = ink(page, (28, name.chars[0].top - 2, RIGHT, upper[0].top - 0.2))[3]
    yield near("上双线在标志下", 4, upper[0].top - foot, 0.4)
    yield near("下双线距纸边", 20, 297 - lower[1].bottom, 0.5)
    for what, line in (("上", upper[0]), ("下", lower[1])):
        extent = ink(page, (5, line.top + 0.1, 205, line.bottom - 0.1))
        yield near(f"{what}双线长", 170, extent[2] - extent[0], 0.3)
        yield near(f"{what}双线居中", 105, (extent[2] + extent[0]) / 2, 0.3)
        yield same(f"{what}双线颜色", (230, 0, 18), line.colour)
    number = next((r for r in page.rows if "〔" in r.text and "号" in r.text), None)
    if number is not None and not paper.is_blank:
        top = ink(page, (120, upper[1].bottom + 0.2, RIGHT, number.base + 1))[1]
        yield near("发文字号在线下 7/8 字", 7 / 8 * ZI, top - upper[1].bottom, 0.4)
    others = [leaf.number for leaf in paper.print.pages[1:] if leaf.bands(20, 270, 285)]
    yield same("双线只在首页", [], others)
