"""Forms filled in on the screen: where their fields are, and that Chinese can be typed.

Typed for real: by pdfium, the reader in Chrome and Edge, with its own keyboard events, and by
poppler, the reader of Debian's desktops, which draws values that a program has put in.
"""

from __future__ import annotations

import ctypes
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import form_samples
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from form_samples import all_forms, papers
from pdfplumber import open as open_pdf
from PIL import Image

from xinfang.fillable import MARK, NoTypefaceError, fillable, typeface

FORMS = [form.id for form in all_forms()]
LOOKED_AT = ("D02", "D08", "D14")
LIMIT = 2_000_000
MULTILINE = 1 << 12
#: Level 1 and level 2 of GB/T 2312, its signs, and characters of names beyond it.
TYPED = "张鑫齄龠霾，欠薪3200元（Ok）—喆堃祎翀䶮㛃旳"
BEYOND_16_BITS = "𬭎"


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@cache
def blank(form_id: str) -> str:
    return form_samples.blank(papers().forms[form_id])


@cache
def sheet(form_id: str) -> bytes:
    return fillable(blank(form_id))


def page(body: str) -> str:
    style = (
        "@page{size:A4} td{height:9mm} .ruled{display:inline-block;width:30mm;height:.9em}"
        " .tall td{height:30mm}"
    )
    return (
        f'<html lang="zh-CN"><head><title>表</title><style>{style}</style></head>'
        f"<body>{body}</body></html>"
    )


@dataclass(frozen=True)
class Widget:
    """A field in one of its places."""

    name: str
    page: int
    box: tuple[float, float, float, float]
    field: pikepdf.Object
    widget: pikepdf.Object

    @property
    def middle(self) -> tuple[float, float]:
        left, lower, right, upper = self.box
        return (left + right) / 2, (lower + upper) / 2


def widgets(pdf: pikepdf.Pdf) -> list[Widget]:
    found = []
    for number, leaf in enumerate(pdf.pages):
        for annotation in leaf.get("/Annots", []):
            field = annotation if "/T" in annotation else annotation.Parent
            left, lower, right, upper = (float(edge) for edge in annotation.Rect)
            box = (left, lower, right, upper)
            found.append(Widget(str(field.T), number, box, field, annotation))
    return found


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(data)) as pdf:
        yield pdf


def names(html: str) -> list[str]:
    with opened(fillable(page(html))) as pdf:
        return [str(field.T) for field in pdf.Root.AcroForm.Fields]


# Every form


@pytest.mark.parametrize("form_id", FORMS)
def test_every_form_can_be_filled_in(form_id: str, tmp_path: Path) -> None:
    data = sheet(form_id)
    assert len(data) < LIMIT
    with opened(data) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        found = [str(field.T) for field in fields]
        assert found
        assert len(set(found)) == len(found)
        assert not [name for name in found if "." in name or not name.strip()]
        assert all(field.TU == field.T for field in fields)
        # A signature is written by hand; no field waits for one, of whatever kind.
        assert {str(field.FT) for field in fields} <= {"/Tx", "/Btn"}
        written = [str(field.T) for field in fields if field.FT == "/Tx"]
        assert not [name for name in written if re.search("签名|签字|盖章|按印", name)]
    (tmp_path / "form.pdf").write_bytes(data)
    checked = subprocess.run(
        ["qpdf", "--check", tmp_path / "form.pdf"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("form_id", FORMS)
def test_fields_stay_on_the_page_and_apart(form_id: str) -> None:
    with opened(sheet(form_id)) as pdf:
        spots = widgets(pdf)
        sizes = [[float(edge) for edge in leaf.mediabox] for leaf in pdf.pages]
    for spot in spots:
        left, lower, right, upper = spot.box
        assert 0 <= left < right <= sizes[spot.page][2], spot.name
        assert 0 <= lower < upper <= sizes[spot.page][3], spot.name
    for number, one in enumerate(spots):
        for other in spots[number + 1 :]:
            if one.page == other.page:
                wide = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
                high = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
                assert wide < 1 or high < 4, f"{one.name} / {other.name}"


@pytest.mark.parametrize("form_id", LOOKED_AT)
def test_nothing_is_typed_where_somebody_signs(form_id: str) -> None:
    data = sheet(form_id)
    with opened(data) as pdf, open_pdf(BytesIO(data)) as drawn:
        spots = widgets(pdf)
        for number, leaf in enumerate(drawn.pages):
            for found in leaf.search("签名(或按印)?："):
                middle = float(leaf.height) - (found["top"] + found["bottom"]) / 2
                beside = [
                    spot.name
                    for spot in spots
                    if spot.page == number
                    and spot.box[1] < middle < spot.box[3]
                    and found["x1"] - 1 < spot.box[2] < found["x1"] + 140
                ]
                assert not beside


@pytest.mark.parametrize("form_id", LOOKED_AT)
def test_the_same_form_gives_the_same_bytes(form_id: str) -> None:
    assert fillable(blank(form_id)) == sheet(form_id)


def test_a_field_fills_the_cell_it_stands_in() -> None:
    with opened(sheet("D02")) as pdf, open_pdf(BytesIO(sheet("D02"))) as drawn:
        facts = next(spot for spot in widgets(pdf) if spot.name == "主要事实")
        leaf = drawn.pages[facts.page]
        height = float(leaf.height)
        edges = sorted(height - edge["top"] for edge in leaf.edges if edge["orientation"] == "h")
    below = max(edge for edge in edges if edge <= facts.box[1])
    above = min(edge for edge in edges if edge >= facts.box[3])
    assert facts.box[1] - below < 4
    assert above - facts.box[3] < 4
    assert int(facts.field.Ff) & MULTILINE


def test_the_file_says_that_it_is_a_copy_to_fill_in_and_no_archival_one() -> None:
    with opened(sheet("D02")) as pdf:
        assert pdf.docinfo["/Title"] == "信访事项登记表"
        assert pdf.docinfo["/Keywords"] == MARK
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == "信访事项登记表"
        assert metadata["dc:description"] == MARK
        assert not metadata.pdfa_status
        assert "/OutputIntents" not in pdf.Root


# Names


def test_a_cell_is_named_by_the_label_at_its_left() -> None:
    html = "<table><tr><th>事　由</th><td></td><th>标段</th><td> </td></tr></table>"
    assert names(html) == ["事由", "标段"]


def test_a_cell_below_a_heading_is_named_by_it_and_each_row_counts() -> None:
    row = "<tr><td>A</td><td></td><td></td></tr>"
    html = f"<table><tr><th>代号</th><th>姓名</th><th>住址</th></tr>{row}{row}</table>"
    assert names(html) == ["姓名", "住址", "姓名（2）", "住址（2）"]


def test_a_label_that_spans_rows_is_told_with_that_of_the_column() -> None:
    html = (
        "<table><tr><th>项目</th><th>结论</th><th>证据</th></tr>"
        '<tr><th rowspan="2">合法性</th><td>有</td><td></td></tr>'
        "<tr><td></td><td></td></tr></table>"
    )
    assert names(html) == ["合法性：证据", "合法性", "合法性：证据（2）"]


def test_a_date_is_three_fields() -> None:
    ruled = '<span class="ruled"></span>'
    date = f"{ruled}年{ruled}月{ruled}日"
    assert names(f"<table><tr><th>收到日期</th><td>{date}</td></tr></table>") == [
        "收到日期年",
        "收到日期月",
        "收到日期日",
    ]
    assert names(f"<p>我单位于{date}受理，由{ruled}负责。</p>") == [
        "我单位于年",
        "我单位于月",
        "我单位于日",
        "由…负责",
    ]


def test_room_left_in_print_is_a_field_and_a_printed_box_can_be_ticked() -> None:
    html = (
        "<table><tr><th>提出人数</th><td>　　人（代表　人）</td></tr>"
        "<tr><th>送达方式</th><td>□直接送达　□邮寄送达（单号：　　　　）</td></tr></table>"
    )
    assert names(html) == [
        "提出人数：人",
        "提出人数：代表…人",
        "送达方式：直接送达",
        "送达方式：邮寄送达",
        "送达方式：单号",
    ]


def test_what_is_the_same_in_several_places_is_typed_once() -> None:
    number = '处〔<span class="ruled"></span>〕<span class="ruled"></span>号'
    html = page(f"<p>{number}</p><div>登记编号：　　　</div><p>{number}</p>")
    with opened(fillable(html)) as pdf:
        fields = {str(field.T): len(field.get("/Kids", [])) for field in pdf.Root.AcroForm.Fields}
    assert fields == {"文号年份": 2, "文号序号": 2, "登记编号": 0}


def test_the_number_of_another_paper_is_another_field() -> None:
    number = '〔<span class="ruled"></span>〕<span class="ruled"></span>号'
    cell = "<table><tr><th>原文号</th><td>〔　　　〕　　号</td></tr></table>"
    assert names(f"<p>处{number}</p>{cell}") == [
        "文号年份",
        "文号序号",
        "原文号年份",
        "原文号序号",
    ]


def test_what_is_printed_unseen_gets_no_field() -> None:
    line = '<div class="copy">抄送：<span class="ruled"></span>。</div>'
    assert names(
        f'<div class="colophon room">{line}</div><div class="colophon shown">{line}</div>'
    ) == ["抄送"]


@pytest.mark.parametrize(
    "html",
    [
        '<table><tr class="sign"><th>登记人</th><td></td></tr></table>',
        "<table><tr><th>经办人签名</th><td></td></tr></table>",
        "<table><tr><th>职责</th><th>签收人签名</th></tr><tr><td>主办</td><td></td></tr></table>",
        '<table><tr><td>乙方（盖章）：</td></tr><tr><td><b class="ruled"></b>年</td></tr></table>',
        '<p>签名：<b class="ruled"></b></p>',
    ],
)
def test_a_place_to_sign_gets_no_field(html: str) -> None:
    assert names(html) == []


def test_a_box_tells_its_word() -> None:
    with opened(sheet("D02")) as pdf:
        boxes = [spot for spot in widgets(pdf) if spot.field.FT == "/Btn"]
        urgent = next(spot for spot in boxes if spot.name == "紧急程度：特急")
        assert [str(word) for word in urgent.field.Opt] == ["特急"]
        assert set(urgent.widget.AP.N.keys()) == {"/0", "/Off"}
        assert urgent.field.V == "/Off"


# The font


def test_one_font_serves_all_fields_and_has_all_that_is_typed() -> None:
    with opened(sheet("D02")) as pdf:
        form = pdf.Root.AcroForm
        fonts = {
            match[1]
            for field in form.Fields
            if (match := re.match(r"/(\S+) [\d.]+ Tf", str(field.DA)))
        }
        assert fonts == {"Webdings", "ZaDb"}
        font = form.DR.Font["/Webdings"]
        assert font.Encoding == "/Identity-H"
        shown = font.ToUnicode.read_bytes().decode("ascii")
        program = font.DescendantFonts[0].FontDescriptor.FontFile3
        assert program.Subtype == "/CIDFontType0C"
    assert "<4e00> <4e01> <4e00>" in shown
    assert "<d872df4e>" in shown
    missing = set(TYPED + BEYOND_16_BITS) - set(typeface.characters())
    assert not missing
    assert len([c for c in typeface.characters() if "\u4e00" <= c <= "\u9fff"]) >= 6763


def test_the_font_is_cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    typeface.field_font().close()

    def refuse(_source: Path) -> bytes:
        pytest.fail("cut again")

    monkeypatch.setattr(typeface, "_made", refuse)
    with typeface.field_font() as font:
        assert typeface.KEY in font.Root


def test_where_the_cache_cannot_be_written_the_font_is_cut_every_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with typeface.field_font() as font:
        kept = BytesIO()
        font.save(kept)
    cut: list[Path] = []

    def made(source: Path) -> bytes:
        cut.append(source)
        return kept.getvalue()

    monkeypatch.setattr(typeface, "_made", made)
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    for _ in range(2):
        with typeface.field_font() as font:
            assert typeface.KEY in font.Root
    assert len(cut) == 2


def test_the_font_is_cut_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeface, "characters", lambda: "张喆𬭎0")
    source = typeface._installed()
    assert source
    assert typeface._made(source) == typeface._made(source)


def test_a_missing_font_is_said_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeface, "FACE", "NoSuchFont-Regular")
    with pytest.raises(NoTypefaceError, match="fonts-noto-cjk"):
        fillable(blank("D02"))


# Typing


class Reader:
    """A PDF open in pdfium, with a mouse and a keyboard."""

    def __init__(self, data: bytes) -> None:
        self.document = pdfium.PdfDocument(data)
        self.document.init_forms()
        self.pages = [self.document[number] for number in range(len(self.document))]
        self._form = self.document.formenv.raw

    def click(self, spot: Widget) -> None:
        raw, (x, y) = self.pages[spot.page].raw, spot.middle
        pdfium_c.FORM_OnLButtonDown(self._form, raw, 0, x, y)
        pdfium_c.FORM_OnLButtonUp(self._form, raw, 0, x, y)

    def type(self, spot: Widget, text: str) -> None:
        self.click(spot)
        for character in text:
            pdfium_c.FORM_OnChar(self._form, self.pages[spot.page].raw, ord(character), 0)
        self.leave()

    def paste(self, spot: Widget, text: str) -> None:
        self.click(spot)
        text_ = ctypes.create_string_buffer(f"{text}\0".encode("utf-16-le"))
        pointer = ctypes.cast(text_, pdfium_c.FPDF_WIDESTRING)
        pdfium_c.FORM_ReplaceSelection(self._form, self.pages[spot.page].raw, pointer)
        self.leave()

    def leave(self) -> None:
        pdfium_c.FORM_ForceToKillFocus(self._form)

    def picture(self, spot: Widget) -> Image.Image:
        leaf = self.pages[spot.page]
        drawn: Image.Image = leaf.render(scale=4, may_draw_forms=True).to_pil().convert("L")
        left, lower, right, upper = (edge * 4 for edge in spot.box)
        return drawn.crop(
            (int(left), int(drawn.height - upper), int(right), int(drawn.height - lower))
        )

    def saved(self) -> bytes:
        result = BytesIO()
        self.document.save(result)
        return result.getvalue()

    def close(self) -> None:
        for leaf in self.pages:
            leaf.close()
        self.document.close()


@contextmanager
def reading(data: bytes) -> Iterator[tuple[Reader, dict[str, Widget]]]:
    with opened(data) as pdf:
        spots = {spot.name: spot for spot in widgets(pdf)}
        reader = Reader(data)
        try:
            yield reader, spots
        finally:
            reader.close()


def darkness(picture: Image.Image) -> float:
    """How much of a picture is drawn on."""
    return sum(picture.histogram()[:128]) / (picture.width * picture.height)


def runs(picture: Image.Image) -> int:
    """How many strokes of ink lie beside each other, seen from above."""
    flat = picture.resize((picture.width, 1), Image.Resampling.BOX).tobytes()
    inked = [value < 250 for value in flat]
    return sum(now and not before for before, now in zip([False, *inked], inked, strict=False))


@pytest.mark.parametrize("way", ["type", "paste"])
def test_what_is_typed_in_chrome_is_drawn_and_kept(way: str, tmp_path: Path) -> None:
    with reading(sheet("D02")) as (reader, spots):
        spot = spots["事由"]
        assert darkness(reader.picture(spot)) == 0
        getattr(reader, way)(spot, TYPED)
        assert darkness(reader.picture(spot)) > 0.03
        saved = reader.saved()
    with opened(saved) as pdf:
        kept = next(found for found in widgets(pdf) if found.name == "事由")
        assert str(kept.field.V) == TYPED
        # Drawn with the font in the file, not with one that this machine happens to have.
        drawn = kept.widget.AP.N
        assert set(re.findall(rb"/(\S+) [\d.]+ Tf", drawn.read_bytes())) == {b"Webdings"}
        assert drawn.Resources.Font["/Webdings"].BaseFont == "/XinfangHei-Identity-H"
    (tmp_path / "saved.pdf").write_bytes(saved)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "saved.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert TYPED in text


def test_each_character_typed_in_chrome_has_its_glyph() -> None:
    for character in TYPED:
        with reading(sheet("D08")) as (reader, spots):
            reader.type(spots["事由"], character)
            assert darkness(reader.picture(spots["事由"])) > 0, character


def test_a_character_that_the_font_lacks_is_kept_though_not_drawn() -> None:
    assert "鿏" not in typeface.characters()
    with reading(sheet("D08")) as (reader, spots):
        reader.type(spots["事由"], "鿏")
        assert darkness(reader.picture(spots["事由"])) == 0
        saved = reader.saved()
    with opened(saved) as pdf:
        kept = next(found for found in widgets(pdf) if found.name == "事由")
        assert str(kept.field.V) == "鿏"


def test_long_text_runs_over_several_lines_and_stops_where_the_room_ends() -> None:
    with reading(sheet("D02")) as (reader, spots):
        spot = spots["主要事实"]
        reader.paste(spot, "反映拖欠工资。" * 20)
        picture = reader.picture(spot)
        upper = picture.crop((0, 0, picture.width, picture.height // 2))
        lower = picture.crop((0, picture.height // 2, picture.width, picture.height))
        assert darkness(upper) > 0.03
        assert darkness(lower) == 0
        reader.type(spot, "反映拖欠工资。" * 200)
        saved = reader.saved()
    with opened(saved) as pdf:
        kept = next(found for found in widgets(pdf) if found.name == "主要事实")
        # What cannot be seen on paper cannot be typed.
        assert 140 < len(str(kept.field.V)) < 1500


def test_a_text_too_long_for_its_line_is_set_smaller() -> None:
    with reading(sheet("D08")) as (reader, spots):
        reader.type(spots["信访人"], "张喆")
        few = runs(reader.picture(spots["信访人"]))
        reader.type(spots["主办部室"], "工程管理部、物资设备部、安全环保部、财务部、综合办公室")
        many = reader.picture(spots["主办部室"])
    assert few < runs(many)
    margin = many.crop((many.width - 8, 0, many.width, many.height))
    assert darkness(margin) == 0


def test_a_box_is_ticked_by_a_click_and_says_what() -> None:
    with reading(sheet("D02")) as (reader, spots):
        spot = spots["紧急程度：特急"]
        before = darkness(reader.picture(spot))
        reader.click(spot)
        assert darkness(reader.picture(spot)) > before + 0.05
        saved = reader.saved()
    with opened(saved) as pdf:
        fields = {found.name: found.field for found in widgets(pdf)}
        ticked = {
            str(field.Opt[int(str(field.V)[1:])])
            for field in fields.values()
            if field.FT == "/Btn" and field.V != "/Off"
        }
    assert ticked == {"特急"}


def test_a_number_typed_once_appears_in_all_its_places() -> None:
    with opened(sheet("D08")) as pdf:
        places = [spot for spot in widgets(pdf) if spot.name == "文号序号"]
    assert len(places) == 3
    with reading(sheet("D08")) as (reader, _):
        reader.type(places[0], "15")
        assert all(darkness(reader.picture(place)) > 0.02 for place in places)


def test_poppler_draws_what_a_program_has_filled_in(tmp_path: Path) -> None:
    with opened(sheet("D02")) as pdf:
        spot = next(found for found in widgets(pdf) if found.name == "事由")
        spot.field.V = pikepdf.String(TYPED)
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.save(tmp_path / "filled.pdf")
    done = subprocess.run(
        ["pdftoppm", "-r", "288", "-f", "1", "-l", "1", "-gray", tmp_path / "filled.pdf"],
        capture_output=True,
        check=True,
    )
    assert not done.stderr
    with Image.open(BytesIO(done.stdout)) as drawn:
        left, lower, right, upper = (edge * 4 for edge in spot.box)
        picture = drawn.crop(
            (int(left), int(drawn.height - upper), int(right), int(drawn.height - lower))
        )
        assert darkness(picture) > 0.03
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "filled.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert TYPED in text
