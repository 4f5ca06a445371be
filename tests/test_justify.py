"""The right edge of a 公文 is even: room that is left over lies between the characters."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby, pairwise

import pytest
from form_samples import folder_of, papers
from pdfplumber import open as open_pdf

from xinfang.formatting import other_fonts
from xinfang.render import pdf

MM = 72 / 25.4
LEFT, RIGHT, ZI = 28 * MM, 184 * MM, 5.57 * MM
LONG = "焊工班二十三人自2025年12月1日起的工资合计418,600.00元，登记编号XF-2026-0001，至今未付。" * 4


def lines(body: str, kind: str = "filled even") -> list[list[tuple[str, float, float]]]:
    """The lines of a text as characters with their left and right edges, page by page."""
    css = "".join(papers()._css(papers().forms["D14"], folder_of("D14")))
    page = other_fonts(f'<html lang="zh-CN"><style>{css}</style><body class="{kind}">{body}')
    found = []
    with open_pdf(BytesIO(pdf(page))) as document:
        for sheet in document.pages:
            text = [c for c in sheet.chars if c["top"] < 262 * MM and c["top"] > 36 * MM]
            text.sort(key=lambda c: (-round(c["matrix"][5]), c["x0"]))
            for _, line in groupby(text, key=lambda c: round(c["matrix"][5])):
                found.append([(c["text"], c["x0"], c["x1"]) for c in line])
    return found


def text_of(found: list[list[tuple[str, float, float]]]) -> str:
    return "".join(char for line in found for char, _, _ in line)


def test_every_line_but_the_last_reaches_both_edges() -> None:
    found = lines(f"<p>{LONG}</p>")
    assert len(found) > 5
    for line in found[:-1]:
        assert line[-1][2] == pytest.approx(RIGHT, abs=0.6 * MM) or line[-1][0] in "，。"
    for line in found[1:]:
        assert line[0][1] == pytest.approx(LEFT, abs=0.3 * MM) or line[0][0] in "（《“"
    assert found[0][0][1] == pytest.approx(LEFT + 2 * ZI, abs=0.3 * MM)
    assert text_of(found) == LONG, "no character is added"


def test_the_last_line_keeps_its_width() -> None:
    *_, last = lines(f"<p>{'国' * 40}</p>")
    assert all(right - left == pytest.approx(ZI, abs=0.01) for _, left, right in last)
    assert all(b[1] - a[1] == pytest.approx(ZI, abs=0.01) for a, b in pairwise(last))


def test_a_paragraph_that_goes_on_overleaf_is_even_at_the_foot_of_the_page() -> None:
    found = lines(f"<p>{LONG * 8}</p>")
    assert len(found) > 22
    foot = found[21]
    assert foot[-1][2] == pytest.approx(RIGHT, abs=0.6 * MM) or foot[-1][0] in "，。"


def test_a_line_with_room_to_write_is_left_alone() -> None:
    body = f"<p>{'国' * 20}<span class=ruled></span>{'国' * 30}</p>"
    first = lines(body)[0]
    assert all(b[1] - a[1] == pytest.approx(ZI, abs=0.01) for a, b in pairwise(first[:20]))


def test_forms_are_not_spread() -> None:
    ragged = lines(f"<p>{LONG}</p>", "filled")
    assert any(line[-1][2] < RIGHT - ZI / 2 for line in ragged[:-1])
