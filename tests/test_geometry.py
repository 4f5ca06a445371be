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
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from form_samples import FORMS, all_forms, blank, filled, papers, people, register, sample_matter
from pdf_pages import BOTTOM, HANG, LEFT, MM, RIGHT, SI, TOP, ZI, Leaf, Print, Row, ink

from xinfang.documents import Papers
from xinfang.fonts import STACKS, with_fonts
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
PAGE_NUMBER = r"—\d+—|第\d+页共\d+页"
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
    "copy_to": "云岭工程局机电安装分局综合办公室，青岚水电站建设管理局，项目部领导，各部室、工区",
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
    css = "".join(papers()._css(papers().forms[form], FORMS / form))
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


#: What a line of a title is higher than its characters, above and below.
LEADING = (35 - 22) / 2 / MM

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
    """Whether a line begins with room for handwriting."""
    page = paper.print.pages[row.page - 1]
    return any(abs(x1 - row.x0) < 0.5 and -1 < y1 - row.base < 2 for _, _, x1, y1 in page.rects)


def torn(paper: Sheet) -> Iterator[str]:
    """Yield what is torn apart by the end of a line."""
    series = "|".join(map(re.escape, register().loaded.document.data["代字"].values()))
    wanted = re.compile(rf"{TOKENS.pattern}|(?:{series})〔\d{{4}}〕\d+号")
    if paper.form.layout == "表格":  # its cells may be too narrow for the letters
        wanted = TOKENS
    source = [text_of(e) for e in paper.root.iter() if e.tag in BLOCKS and not has_block(e)]
    origin = text_of(paper.part("origin"))
    rows = [
        row
        for row in paper.print.rows
        if row.text and row.text not in origin and not re.fullmatch(PAGE_NUMBER, row.text)
    ]
    for first, second in pairwise(rows):
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
    # The title of a drawing is told to a screen reader and stands nowhere on the page.
    parts = (body if body is not None else Element("x")).iter()
    spoken = "".join(text_of(part) for part in parts if str(part.tag).endswith("title"))
    wanted = Counter(once) - Counter(room) - Counter(spoken)
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
        or (len(block) > 1000 and len(pages) > 2)  # a cell of several pages
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
    yield near("正文左边", LEFT, min(row.x0 for row in inner), 0.3)
    widest = max(row.x1 for row in inner)
    least = LEFT if paper.is_blank else 178
    good = least < widest < RIGHT + 0.15
    yield Measure("正文右边", f"{least:g}–{RIGHT:g} mm", f"{widest:.2f} mm", good)
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
    colours: Any = page.image(box, 150).getcolors(1 << 20) or []
    _, found = max((count, colour) for count, colour in colours if min(colour) < 100)
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


def title(paper: Sheet) -> Iterator[Measure]:
    """2号小标宋, centred, two empty lines below the red line, broken at words."""
    heading = next(paper.root.iter("h1"), None)
    page = paper.print.pages[0]
    rows = [row for row in page.rows if row.text and abs(row.size - 22 / MM) < 0.05]
    rows = [row for row in rows if row.text in text_of(heading)]
    if heading is None or "ruled" in str([e.get("class") for e in heading.iter()]):
        return
    yield same("标题", text_of(heading), "".join(row.text for row in rows))
    yield near("标题居中", 106, max((r.middle for r in rows), key=lambda m: abs(m - 106)), 0.5)
    yield no(
        "标题不用小标宋", [c.text for r in rows for c in r.chars if not re.search(SONG, c.font)]
    )
    yield no(
        "标题断在词中",
        [a.text[-4:] + "/" + b.text[:4] for a, b in pairwise(rows) if torn_word(a, b)],
    )
    line = paper.part("paper-number")
    if line is not None and paper.form.layout != "信函":
        above = [b for b in page.bands(28.6, 60, rows[0].base) if b.colour[0] > 200 > b.colour[1]]
        yield near(
            "标题在红线下空二行", 2 * HANG + LEADING, rows[0].chars[0].top - above[-1].bottom, 0.3
        )
    after = next((r for r in page.rows if r.base > rows[-1].base and abs(r.size - ZI) < 0.1), None)
    if after is not None and line is not None:
        gap = after.chars[0].top - rows[-1].chars[0].bottom
        yield near("正文在标题下空一行", LEADING + HANG + (HANG - ZI) / 2, gap, 0.5)


def torn_word(first: Row, second: Row) -> bool:
    cut = len(first.text)
    words = r"信访事项|处理意见书|告知书|意见书|不予受理|《[^》]*》|\d[\d.,年月日]*"
    found = re.finditer(words, first.text + second.text)
    return any(word.start() < cut < word.end() for word in found)


def headings(paper: Sheet) -> Iterator[Measure]:
    """一、黑体 （一）楷体 1. 仿宋; the text 仿宋 with digits and rare characters in a serif."""
    for tag, level, font in (("h2", "一、", "Hei"), ("h3", "（一）", "Kai")):
        texts = [text_of(e) for e in paper.root.iter(tag)]
        rows = [r for r in paper.print.rows if any(t.startswith(r.text) for t in texts) and r.text]
        chars = [c for r in rows for c in r.chars if not c.text.isascii() and c.text not in RARE]
        if texts:
            yield no(
                f"{level}级标题不用{font}", sorted({c.font for c in chars if font not in c.font})
            )
    sizes = [c for row in body_rows(paper) for c in row.chars if abs(c.size - ZI) < 0.05]
    yield no("正文不用的字体", sorted({c.font for c in sizes if not KNOWN_FONT.match(c.font)}))
    sans = [c.text for c in sizes if "Sans" in c.font]
    yield no("衬线字体中的无衬线字", sans)


def signature(paper: Sheet) -> Iterator[Measure]:
    """With a seal: the date four characters from the right, the name above, centred on it."""
    part = paper.part("signed")
    if part is None:
        return
    name = text_of(next(e for e in part.iter() if e.get("class") == "name"))
    day = without(text_of(part), [name])
    rows = paper.print.rows
    if not paper.is_blank:
        date_row = next(r for r in reversed(rows) if r.text == day)
        near_ = [r for r in rows if r.page == date_row.page and 0 < date_row.base - r.base < 35]
        names = [r for r in near_ if r.text and r.text in name]
        page = paper.print.pages[date_row.page - 1]
        yield near("成文日期右空四字", RIGHT - 4 * ZI, date_row.x1, 1)
        yield same("署名", name, "".join(r.text for r in names))
        yield near("署名对日期居中", date_row.middle, names[0].middle, 0.5)
        yield near("日期在署名下一行", HANG, date_row.base - names[-1].base, 0.1)
        middle = (names[0].chars[0].top + date_row.chars[0].bottom) / 2
        yield from seal_area(page, date_row.middle, middle, names[0])
    circles = [b for page in paper.print.pages for b in page.curves if b[3] - b[1] > 10]
    wanted = "有虚线圈" if paper.part("seal") is not None else "无"
    yield same("印章位置的虚线圈", wanted, "有虚线圈" if circles else "无")


def seal_area(page: Leaf, x: float, y: float, name: Row) -> Iterator[Measure]:
    """42 mm around the middle of name and date: inside the type area, clear of the text above."""
    yield Measure("印章下边在版心内", f"≤ {BOTTOM} mm", f"{y + 21:.2f} mm", y + 21 <= BOTTOM + 0.5)
    yield Measure("印章右边在版心内", f"≤ {RIGHT} mm", f"{x + 21:.2f} mm", x + 21 <= RIGHT + 0.5)
    text = [r for r in page.rows if r.text and r.base < name.base - 1 and r.size > 3]
    yield Measure("署名与正文同页", "有正文", f"{len(text)} 行", bool(text))
    if text:
        last = max(row.chars[0].bottom for row in text)
        gap = y - 21 - last
        yield Measure("印章上边距正文", "-2 至一行", f"{gap:.2f} mm", -2 <= gap <= HANG)


def unsealed(paper: Sheet) -> Iterator[Measure]:
    """Without a seal: the name two from the right, the date begins two right of the name."""
    part = paper.part("unsealed")
    if part is None:
        return
    name, day = (text_of(e) for e in part.iter("p"))
    rows = [row for row in reversed(paper.print.rows) if abs(row.size - ZI) < 0.05]
    date_row = next(row for row in rows if row.text == day)
    name_row = next(row for row in rows if row.text == name)
    yield near("日期首字比署名首字右移二字", 2 * ZI, date_row.x0 - name_row.x0, 0.2)
    yield near("右空二字", RIGHT - 2 * ZI, max(name_row.x1, date_row.x1), 0.3)


def colophon(paper: Sheet) -> Iterator[Measure]:
    """版记: the last line on the edge of the type area; 0.35, 0.25, 0.35 mm; 4号."""
    part = next((e for e in paper.parts("colophon") if "shown" in str(e.get("class"))), None)
    if part is None:
        return
    told = [text_of(e) for e in part.iter("div")][1:]
    pages = paper.print.pages
    copy = [
        r
        for r in paper.print.rows
        if r.text and abs(r.size - SI) < 0.05 and any(r.text in t for t in told)
    ]
    page = pages[copy[0].page - 1]
    if paper.form.layout == "信函":
        first = next(r for r in copy if r.text.startswith("抄送"))
        yield near("抄送左空一字", LEFT + SI, first.x0, 0.3)
        bands = page.bands(29.5, first.base - 8, BOTTOM + 2)
        yield no("信函的版记有线", [f"{b.weight:.2f}" for b in bands])
        return
    annex = [text_of(e) for part in paper.parts("annex") for e in part.iter("p")][:1]
    after = [r.page for r in paper.print.rows if r.text in annex]
    yield same("版记在最后一页", after[0] - 1 if after else len(pages), page.number)
    bands = page.bands(29.5, min(r.base for r in copy) - 9, BOTTOM + 2)
    weights = "/".join(f"{band.weight:.2f}" for band in bands)
    wanted = [0.35, *[0.25] * (len(bands) - 2), 0.35]
    fit = len(bands) == len(told) + 1 and all(
        abs(b.weight - w) < 0.05 for b, w in zip(bands, wanted, strict=True)
    )
    yield Measure("版记线粗", "0.35/0.25/0.35 mm", weights, fit)
    yield near("末条线在版心下边", BOTTOM, bands[-1].bottom, 0.5)
    extent = ink(page, (10, bands[-1].top + 0.1, 205, bands[-1].bottom - 0.1))
    yield near("版记线长", 156, extent[2] - extent[0], 0.2)
    yield near("抄送左空一字", LEFT + SI, min(r.x0 for r in copy), 0.3)
    last = [r for r in copy if r.text.endswith("印发")]
    for row in last:
        yield near("印发日期右空一字", RIGHT - SI, row.x1, 0.3)


def page_numbers(paper: Sheet) -> Iterator[Measure]:
    """4号, odd right and even left one character in, the dash 7 mm below the type area."""
    for page in paper.print.pages:
        rows = [r for r in page.rows if re.fullmatch(r"—\d+—", r.text) and r.base > BOTTOM]
        if paper.form.layout == "信函" and page.number == 1:
            yield no("信函首页的页码", [r.text for r in rows])
            continue
        yield same(f"第{page.number}页页码", [f"—{page.number}—"], [r.text for r in rows])
        row = rows[0]
        yield near(f"第{page.number}页页码字号", SI, row.size, 0.02)
        if page.number % 2:
            yield near(f"第{page.number}页页码右空一字", RIGHT - SI, row.x1, 0.3)
        else:
            yield near(f"第{page.number}页页码左空一字", LEFT + SI, row.x0, 0.3)
        for dash in (row.chars[0], row.chars[-1]):
            found = ink(page, (dash.x0 - 0.3, BOTTOM + 2, dash.x1 + 0.3, BOTTOM + 12))
            yield near(f"第{page.number}页一字线距版心", BOTTOM + 7, (found[1] + found[3]) / 2, 1)
            length = found[2] - found[0]
            good = 4.9 <= round(length, 1) <= 5.6
            yield Measure(f"第{page.number}页一字线长", "4.9–5.6 mm", f"{length:.2f} mm", good)


def enclosures(paper: Sheet) -> Iterator[Measure]:
    """附件说明 two characters in; further lines of a name below its first character."""
    part = paper.part("enclosures")
    if part is None:
        return
    label = next(r for r in paper.print.rows if r.text.startswith("附件："))
    yield near("附件左空二字", LEFT + 2 * ZI, label.x0, 0.2)
    items = [text_of(e).removeprefix("附件：") for e in part.iter("p")]
    yield no("附件名称后的标点", [item for item in items if item[-1:] in CLOSING[:7]])
    rows = paper.print.rows
    many = len(items) > 1
    for number, item in enumerate(items, 1):
        name = item.removeprefix(f"{number}.") if many else item
        own = [r for r in rows if len(r.text) > 1 and is_part(r.text, f"附件：{item}", name)]
        own = [r for r in own if r.page > label.page or r.base > label.base - 1]
        wanted = LEFT + (6 if many else 5) * ZI
        starts = [r.x0 for r in own if r.text in name and not r.text.startswith(name[:2])]
        for start in starts:
            yield near(f"附件{number}回行与首字对齐", wanted, start, 0.3)


def is_part(text: str, whole: str, name: str) -> bool:
    return text in whole and (text in name or whole.startswith(text))


def present(paper: Sheet) -> Iterator[Measure]:
    """出席、请假、列席: two characters in, the label in 黑体."""
    for part in paper.parts("present"):
        told = text_of(part)
        row = next(
            r for r in paper.print.rows if r.text and told.startswith(r.text) and "：" in r.text
        )
        label = [c for c in row.chars if c.text.strip()][: told.index("：")]
        yield near(f"{told[:2]}左空二字", LEFT + 2 * ZI, row.x0, 0.3)
        yield no(f"{told[:2]}不用黑体", [c.text for c in label if "Hei" not in c.font])
    if paper.form.layout == "纪要":
        yield no("纪要的印章位置", [str(e.tag) for e in paper.parts("seal")])


def stubs(paper: Sheet) -> Iterator[Measure]:
    """The number stands on the main part, on each part that is cut off, and across the cut."""
    cuts = paper.parts("across")
    if not cuts or paper.is_blank:
        return
    number = text_of(cuts[0])
    parts = 1 + 2 * len(cuts) + (1 if paper.form.layout == "信函" else 0)
    yield Measure(
        "各联文号",
        f"{parts} 处同号",
        f"{paper.print.text.count(number)} 处",
        paper.print.text.count(number) >= parts and bool(NUMBER_OF_PAPER.fullmatch(number)),
    )


# Tables


def margins(css: str) -> dict[str, float]:
    """Margins of the page in mm, as the style sheets of a form add up to."""
    found: dict[str, float] = {}
    sides = ("top", "right", "bottom", "left")
    for rule in re.findall(r"@page\s*\{((?:[^{}]|\{[^}]*\})*)\}", css):
        plain_rule = re.sub(r"@[\w-]+\s*\{[^}]*\}", "", rule)
        for side, value in re.findall(r"margin(-\w+)?:\s*([^;]+)", plain_rule):
            sizes = [float(v.removesuffix("mm")) for v in value.split()]
            if side:
                found[side[1:]] = sizes[0]
            else:
                top, right, bottom, left = (
                    (sizes * 4)[:4] if len(sizes) != 3 else (*sizes, sizes[1])
                )
                found |= dict(zip(sides, (top, right, bottom, left), strict=True))
    return found


def table_area(paper: Sheet) -> Iterator[Measure]:
    edge = margins(paper.css)
    origin = text_of(paper.part("origin"))
    for page in paper.print.pages:
        left, right = edge["left"] - 0.3, page.width - edge["right"] + 0.3
        top, bottom = edge["top"] - 0.3, page.height - edge["bottom"] + 0.3
        rows = [r for r in page.rows if r.text]
        inner = [r for r in rows if r.base < bottom]
        yield no(
            f"第{page.number}页越出左右边",
            [r.text[:8] for r in inner if r.x0 < left or r.x1 > right],
        )
        yield no(
            f"第{page.number}页越出上边", [r.text[:8] for r in inner if r.chars[0].top < top - 0.5]
        )
        below = [r.text for r in rows if r.base >= bottom]
        strange = [t for t in below if t not in origin and not t.startswith("第")]
        yield no(f"第{page.number}页版心之下的其他文字", strange)
        boxes = [
            b for b in page.rects if b[0] < left - 0.3 or b[2] > right + 0.3 or b[3] > bottom + 0.5
        ]
        yield no(
            f"第{page.number}页越出的格线", [f"{b[0]:.1f}–{b[2]:.1f}, {b[3]:.1f}" for b in boxes]
        )
        yield no(f"第{page.number}页压线的字", list(across_lines(page)))


def across_lines(page: Leaf) -> Iterator[str]:
    """Yield text that runs over a line between two cells."""
    tall = [b for b in page.rects if 5 < b[3] - b[1] < 250]
    uprights = {(round(x, 1), b[1], b[3]) for b in tall for x in (b[0], b[2])}
    for row in page.rows:
        height = row.base - 0.3 * row.size
        for x, top, bottom in uprights:
            if top + 0.3 < height < bottom - 0.3 and row.x0 + 0.4 < x < row.x1 - 0.4:
                inside = [c for c in row.chars if c.text.strip() and c.x0 + 0.3 < x < c.x1 - 0.3]
                if inside:
                    yield row.text[:12]
                    break


def blank_rows(paper: Sheet) -> Iterator[Measure]:
    """On a blank sheet an empty cell is high enough for a hand."""
    if not paper.is_blank:
        return
    cells = []
    for page in paper.print.pages:
        for x0, top, x1, bottom in set(page.rects):
            if x1 - x0 > 8 and 3 < bottom - top < 250:
                inside = [
                    c for c in page.chars if x0 < (c.x0 + c.x1) / 2 < x1 and top < c.base < bottom
                ]
                if not inside and bottom - top > 5:  # not a line to write on
                    cells.append((bottom - top, page.number, top))
    if cells:
        least = min(cells)
        yield Measure(
            "空白格高",
            "≥ 8 mm",
            f"{least[0]:.2f} mm（第{least[1]}页 {least[2]:.0f} mm 处）",
            least[0] >= 7.99,
        )


def heads_repeat(paper: Sheet) -> Iterator[Measure]:
    """Where a table goes on, its head stands again."""
    pages = paper.print.page_texts
    for table in paper.root.iter("table"):
        head = text_of(next(table.iter("thead"), None))
        if not head:
            continue
        cells = {text_of(e) for e in table.iter("td")}
        cells = {c for c in cells if len(c) > 9 and sum(p.count(c) for p in pages) == 1}
        shown = [n for n, page in enumerate(pages, 1) if any(c in page for c in cells)]
        yield no("没有表头的续页", [str(n) for n in shown if head not in pages[n - 1]])


COMMON: tuple[Check, ...] = (page_size, fonts, line_ends, text)
OFFICIAL: tuple[Check, ...] = (
    *COMMON,
    type_area,
    lines,
    issuer,
    paper_number,
    red_line,
    title,
    headings,
    signature,
    unsealed,
    colophon,
    page_numbers,
    enclosures,
    present,
    stubs,
)
TABLE: tuple[Check, ...] = (*COMMON, table_area, blank_rows, heads_repeat, stubs)
CHECKS: Mapping[str, tuple[Check, ...]] = {**dict.fromkeys(LAYOUTS, OFFICIAL), "表格": TABLE}


@pytest.mark.parametrize("name", NAMES)
def test_every_paper_keeps_its_measures(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    paper = sheet(name)
    found = [measure for check in CHECKS[paper.form.layout] for measure in check(paper)]
    for measure in found:
        record_property("geometry", measure.line(name))
    off = [measure.line(name) for measure in found if not measure.good]
    assert not off, "\n".join(off)


# What no form shows by itself


def letters(rows: list[Row]) -> list[str]:
    return [row.text for row in rows if abs(row.size - ZI) < 0.05]


@pytest.mark.parametrize("char", ["国", "喆"])
def test_a_full_page_is_22_lines_of_28_characters(char: str) -> None:
    printed = plain(f'<p class="flush">{char * 28 * 22}</p>')
    (page,) = printed.pages
    rows = [row for row in page.rows if row.base < BOTTOM]
    assert [len(row.text) for row in rows] == [28] * 22
    steps = [second.base - first.base for first, second in pairwise(rows)]
    assert steps == pytest.approx([HANG] * 21, abs=0.05)
    assert rows[0].x0 == pytest.approx(LEFT, abs=0.1)
    assert rows[0].x1 == pytest.approx(RIGHT, abs=0.2)
    assert rows[0].chars[0].top >= TOP
    assert rows[-1].chars[0].bottom <= BOTTOM


def test_a_paragraph_of_a_hundred_characters_has_lines_of_26_28_28_18() -> None:
    printed = plain(f"<p>{'国' * 100}</p>")
    assert [len(text) for text in letters(printed.rows)] == [26, 28, 28, 18]
    assert printed.rows[0].x0 == pytest.approx(LEFT + 2 * ZI, abs=0.1)


def test_wherever_a_line_ends_nothing_is_torn_and_no_stop_begins_the_next() -> None:
    paper = long("公文", body="".join(f"<p>{'国' * n}{FILLER}</p>" for n in range(28)))
    assert not [measure.line("公文") for measure in line_ends(paper) if not measure.good]


@pytest.mark.parametrize(
    ("whole", "broken"),
    [
        ("，询问", "<br>，询问"),
        ("《保障", "《<br>保障"),
        ("年12月", "<br>年12月"),
        ("第三十条", "第三<br>十条"),
        ("青机电信处", "青机电<br>信处"),
        ("418,600.00", "418,<br>600.00"),
    ],
)
def test_a_torn_line_would_be_found(whole: str, broken: str) -> None:
    paper = long("公文", body=f"<p>{FILLER}</p>")
    torn_html = paper.html.replace("</html>", "")
    begin = torn_html.index("调取了")
    torn_html = torn_html[:begin] + re.sub(
        re.escape(whole).replace("12", r"(?:<[^>]*>)*12(?:<[^>]*>)*"),
        broken,
        torn_html[begin:],
        count=1,
    )
    assert torn_html != paper.html
    assert any(not measure.good for measure in line_ends(Sheet("公文-long", paper.form, torn_html)))


@pytest.mark.parametrize("form", [form.id for form in all_forms() if form.subject == "事项"])
def test_without_the_sealed_names_no_paper_has_one(form: str) -> None:
    names = {value for known in people().values() for value in known.values()}
    for paper in papers().compose(papers().forms[form], sample_matter(papers().forms[form])):
        html = paper.stamped(None)
        assert not [1 for name in names if isinstance(name, str) and name in html]


def test_mixed_fonts_do_not_widen_a_line() -> None:
    lines_ = [f"国{'国' * (5 + n % 3)}2026{RARE}" for n in range(22)]
    printed = plain("".join(f'<p class="flush">{line}</p>' for line in lines_))
    assert len(printed.pages) == 1
    firsts = [row.base for row in printed.rows if row.text.startswith("国")]
    assert len(firsts) == 22
    steps = [second - first for first, second in pairwise(firsts)]
    assert steps == pytest.approx([HANG] * 21, abs=0.01)


@pytest.mark.parametrize("style", STACKS)
def test_rare_characters_of_names_are_printed_in_every_style(style: str) -> None:
    bold = "bold" if style == "小标宋" else "normal"
    body = f"<p style='font-family:var(--{style});font-weight:{bold}'>姓名{RARE}2026</p>"
    printed = plain(with_fonts(body).replace('"', "&quot;").replace("'", '"'))
    assert f"姓名{RARE}2026" in printed.text
    assert all(good for _, good in printed.fonts)
    sans = [name for name, _ in printed.fonts if re.search("Sans|Hei", name)]
    assert bool(sans) == (style == "黑体"), printed.fonts
    # A glyph that a font lacks is drawn as an empty box, whose ink is the same for each.
    page = printed.pages[0]
    drawn = {c.text: page.image((c.x0, c.top, c.x1, c.bottom), 150).tobytes() for c in page.chars}
    assert len({drawn[char] for char in RARE}) == len(RARE)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "name",
    [
        "云岭工程局有限公司青岚水电站机电安装工程项目经理部",
        "甲省乙县丙镇云岭工程局有限公司青岚水电站机电安装工程项目经理部",
    ],
)
def test_long_names_of_units_stay_in_the_type_area(layout: str, name: str) -> None:
    assert len(name) in {25, 31}
    name = name[-30:]
    paper = long(layout, unit=name, mark=name[-18:] + "信访工作联席会议纪要")
    found = [*type_area(paper), *issuer(paper), *signature(paper), *title(paper), *red_line(paper)]
    assert not [m.line(layout) for m in found if not m.good]


def test_the_circle_for_the_seal_is_in_drafts_only() -> None:
    (draft, final) = (long("公文", final=final) for final in (False, True))
    circles = [b for page in draft.print.pages for b in page.curves]
    left, right = min(b[0] for b in circles), max(b[2] for b in circles)
    top, bottom = min(b[1] for b in circles), max(b[3] for b in circles)
    assert right - left == pytest.approx(42, abs=0.6)
    assert bottom - top == pytest.approx(42, abs=0.6)
    assert right <= RIGHT
    assert bottom <= BOTTOM
    day = next(row for row in reversed(draft.print.rows) if row.text == "2026年3月11日")
    assert (left + right) / 2 == pytest.approx(day.middle, abs=0.5)
    assert not [b for page in final.print.pages for b in page.curves]


@pytest.mark.parametrize("name", ["青岚项目部", "青岚水电站机电安装项目部"])
def test_without_a_seal_name_and_date_stand_two_characters_in(name: str) -> None:
    found = list(unsealed(long("公文", sealed=False, unit=name)))
    assert len(found) == 2
    assert not [m.line(name) for m in found if not m.good]


@pytest.mark.parametrize("lines_before", range(0, 24, 3))
def test_a_signature_is_never_torn(lines_before: int) -> None:
    css = "".join(papers()._css(papers().forms["D02"], FORMS / "none"))
    hand = (
        '<div class="hand"><div class="name">同意，请按期办理。</div>'
        '<span>签名：<b class="ruled"></b></span><span>年<b class="ruled day"></b>月</span></div>'
    )
    text_ = "<p>压力钢管安装工作面。</p>" * lines_before
    rows = "".join(
        f'<tr class="{kind}"><th colspan="3">意见</th><td colspan="21">{text_}{hand}</td></tr>'
        for kind in ("sign", "") * 6
    )
    body = f"<table><thead><tr><th colspan=24>表头</th></tr></thead><tbody>{rows}</tbody></table>"
    printed = Print(pdf(f"<html lang=zh-CN><style>{css}</style><body>{body}"))
    said = [row.page for row in printed.rows if row.text == "同意，请按期办理。"]
    signed_ = [row.page for row in printed.rows if row.text.startswith("签名：")]
    assert said == signed_
    assert len(said) == 12
    assert all("表头" in page for page in printed.page_texts)


def test_the_report_says_what_was_wanted_and_what_was_measured() -> None:
    assert near("行距", HANG, 10.3, 0.05).line("D14") == "✗ D14 | 行距 | 10.22 ± 0.05 mm | 10.30 mm"
    assert same("版记", 3, 3).line("D14") == "✓ D14 | 版记 | 3 | 3"
