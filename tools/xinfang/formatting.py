"""How values are written on paper: dates, amounts, numbers, names (domain/4 §4.5, domain/5 §5.7).

Each public function takes a value and gives text or markup. :data:`FILTERS` names those that
templates may use; a template has no other way to change a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import Any, Final

from markupsafe import Markup, escape

from xinfang.blank import Blank
from xinfang.law import Mark, numeral, parse_citation, recognise
from xinfang.model.fields import Moment

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_SMALL_UNITS: Final = ("", "拾", "佰", "仟")
_GROUP_UNITS: Final = ("", "万", "亿", "万亿")
_CENT: Final = Decimal("0.01")
_LARGEST: Final = Decimal(10) ** 16

_UNIT: Final = r"(?:万元|亿元|[%‰元人件份页日月年号条款项天次户名册张笔台间亩米时分])"
#: What must not be torn apart at the end of a line: dates, document numbers, amounts, numbers.
_NUMBERS: Final = (
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"
    rf"|第(?:[一二三四五六七八九十百千零]+[条款项章次]|\d+{_UNIT}?)"
    r"|\d{1,2}:\d\d[—–-]\d{1,2}:\d\d"
    rf"|(?:[A-Z]{{1,4}}-?)?\d[\dA-Z,.:/-]*{_UNIT}?"
)
_NUMBER_OF_PAPER: Final = r"〔\d{4}〕\d+号"
#: In running text a document number keeps its letters, too, as far as it is known where they
#: begin; the cells of a table are too narrow for that.
_LETTERS: Final = r"[^\W\d按照见据和与及的了在经于为向以对由是其该第]{0,8}"
_WHOLE: Final = re.compile(rf"{_LETTERS}{_NUMBER_OF_PAPER}|{_NUMBERS}")
_WHOLE_IN_CELLS: Final = re.compile(rf"{_NUMBER_OF_PAPER}|{_NUMBERS}")
_PIECE: Final = Markup('<span class="w">{}</span>')
#: ASCII punctuation that clerks type behind a Chinese character, and what papers print.
_HALF_WIDTH: Final = re.compile(r"(?<=[\u3400-\u9fff”’）》〕％%])[,;:?!]|[()]")
_FULL_WIDTH: Final = str.maketrans(",;:?!()", "，；：？！（）")
_NEAR_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
#: A part of a name up to this length fits any line of any table.
_SHORT: Final = 9
#: A tag and the text behind it; entities and what is kept whole already are left alone.
_OUTSIDE_TAGS: Final = re.compile(r"(<[^>]*>|&[#\w]+;)([^<&]*)")
_OUTSIDE_PIECES: Final = re.compile(r'(<span class="w">[^<]*</span>|<[^>]*>|&[#\w]+;)([^<&]*)')
_LATIN: Final = r"[0-9A-Za-z][0-9A-Za-z.,:/@+-]*"
#: How a line ends that is no paragraph of its own.
_GOES_ON: Final = ("，", "、", ",")
_UNCHECKED: Final = "（原文待核对）"
#: Where the title of a paper may best be broken: before these words.
_TITLE_BREAKS: Final = ("信访事项", "处理意见书", "的处理", "的答复", "的报告", "的函")
#: And behind these, the ends of names of units and of what is listed.
_TITLE_ENDS: Final = ("公司", "工程局", "分局", "电站", "指挥部", "、")
#: What a line of a title never breaks inside: the words that titles are made of, the name of a
#: law, a number.
_TITLE_WORDS: Final = re.compile(
    r"(?:信访|投诉|请求)事项|(?:处理|复查|复核)意见书|意见书|(?:不予|不再)?受理|(?:告知|通知|承诺|协议|申请|委托)书"
    r"|复查|复核|答复|报告|处理|办理|情况|延长|期限|听证|调查|调解|协助|关于|反映|要求|请求|申请"
    r"|工程局|分局|项目部|工作面|班组|工程|施工|安装|工资|补偿|赔偿|噪声|保险|合同|分包|扣款|食堂|宿舍"
    r"|[一二三四五六七八九十百千两]+(?:人|名|户|个月|个|天|年|元|亩|项|次|期)"
    rf"|《[^》]*》|“[^”]*”|{_NUMBER_OF_PAPER}|{_NUMBERS}|[A-Za-z]+"
)


#: Cost of a line of a title that ends inside a word; more than any unevenness costs.
_TORN: Final = 40
#: Cost of each character that a break leaves over for another line.
_ANOTHER_LINE: Final = 4


class AmountTooLargeError(ValueError):
    """An amount of ten thousand million million yuan or more has no usual spelling."""

    def __init__(self) -> None:
        super().__init__("金额超出大写的范围")


def chinese_date(value: date | Moment) -> str:
    """Write a day as 2026年1月5日: Arabic, full year, no leading zeros (GB/T 9704 7.3.5.4)."""
    day = value.day if isinstance(value, Moment) else value
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(value: Moment | date) -> str:
    """Write a day and, where it is known, the time: 2026年3月2日 09:20."""
    clock = value.clock if isinstance(value, Moment) else None
    return chinese_date(value) + (f" {clock_time(clock)}" if clock else "")


def clock_time(value: time) -> str:
    """Write a time of day as 09:20."""
    return f"{value:%H:%M}"


def yuan(value: Decimal | int) -> str:
    """Write an amount as 1,234.56元."""
    return f"{_cents(value):,.2f}元"


def _cents(value: Decimal | int) -> Decimal:
    return Decimal(value).quantize(_CENT, ROUND_HALF_UP)


def capitals(value: Decimal | int) -> str:
    """Write an amount in the capital numerals of bills: 壹仟贰佰叁拾肆元伍角陆分.

    Raises:
        AmountTooLargeError: From 10**16 yuan on.
    """
    amount = _cents(value)
    if amount >= _LARGEST:
        raise AmountTooLargeError
    whole, cents = divmod(int(amount * 100), 100)
    if not whole and not cents:
        return "零元整"
    yuan_part = f"{_spell(whole)}元" if whole else ""
    jiao, fen = divmod(cents, 10)
    if not cents:
        return f"{yuan_part}整"
    jiao_part = f"{_DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return yuan_part + jiao_part + (f"{_DIGITS[fen]}分" if fen else "整")


def _spell(number: int) -> str:
    """Spell a whole number above 0 in capital numerals, in groups of four digits."""
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        # A gap is read once as 零: before a group that begins with zeros, and after empty ones.
        if text and group and (group < 1000 or not groups[index + 1]):  # noqa: PLR2004
            text += "零"
        text += _spell_group(group) + (_GROUP_UNITS[index] if group else "")
    return text


def _spell_group(group: int) -> str:
    text = ""
    for index in range(3, -1, -1):
        digit = group // 10**index % 10
        if digit:
            text += _DIGITS[digit] + _SMALL_UNITS[index]
        elif text and group % 10**index and not text.endswith("零"):
            text += "零"
    return text


def ordinal(number: int) -> str:
    """Write the number of a heading or a claim in Chinese: 1 → 一, 12 → 十二."""
    return numeral(number)


def yes_no(value: bool) -> str:  # noqa: FBT001 - a filter has its value as the only argument
    """Write 是 or 否."""
    return "是" if value else "否"


def listed(values: Sequence[str]) -> str:
    """Join words with the enumeration comma: 劳务管理部、财务部."""
    return "、".join(str(value) for value in values)


def full_width(text: str) -> str:
    """Print Chinese punctuation where a clerk typed ASCII: “三个月,至今” → “三个月，至今”.

    A comma between digits and the marks of a Latin text stay as they are (GB/T 15834).
    """
    if not _NEAR_CHINESE.search(text):
        return text
    return _HALF_WIDTH.sub(lambda match: match[0].translate(_FULL_WIDTH), text)


def sentence(text: str) -> str:
    """End a text with a full stop unless it ends with some stop already."""
    stripped = full_width(text.rstrip())
    return stripped if stripped.endswith(("。", "！", "？", "；", "…", "：")) else f"{stripped}。"


def phrase(text: str) -> str:
    """Take the stop off the end of a text, so that it can stand inside a sentence."""
    return full_width(text.rstrip()).rstrip("。；，.")


def citation(text: str | Sequence[str]) -> str:
    """Write a basis as papers do: 条例 34 → 《信访工作条例》第三十四条.

    Of several bases the title of a work is written once: 《信访工作条例》第十八条、第三十条.
    """
    if isinstance(text, str):
        return _citation(text)
    written: list[str] = []
    before = ""
    for cited in map(_citation, text):
        title = cited.partition("》")[0]
        written.append(cited.removeprefix(f"{title}》") if title == before else cited)
        before = title
    return "、".join(written)


def _citation(text: str) -> str:
    """Write one basis.

    The title comes from the register of bases; what the register does not know, for example
    a contract, stays as the clerk wrote it. A work known from memory only is marked as such.
    """
    found = recognise(text)
    if found is None or not found.title:
        return full_width(text)
    unchecked = _UNCHECKED if found.mark is Mark.MEMORY else ""
    cited = parse_citation(text)
    if cited.work == found.id and cited.article[:1].isdigit():
        return cited.full + unchecked
    bare = text.strip().lstrip("《")
    used = next(title for title in found.names if bare.startswith(title))
    return found.name + bare.removeprefix(used).lstrip("》").strip() + unchecked


def whole(text: str) -> Markup:
    """Keep dates, document numbers, amounts and numbers of a text in one piece when lines break."""
    text = full_width(text)
    parts: list[Markup] = []
    end = 0
    for match in _WHOLE.finditer(text):
        parts.append(escape(text[end : match.start()]))
        end = match.end()
        parts.append(_piece(match[0]))
    parts.append(escape(text[end:]))
    return Markup("").join(parts)


def name(text: str) -> Markup:
    """Print a name as it is; no line begins with its “·” or breaks a short part of it."""
    parts = [part for part in re.split(r"(?<=·)", text) if part]
    return Markup("").join(_name_part(part) for part in parts)


def _name_part(part: str) -> Markup:
    tail = part if len(part) <= _SHORT else part[-2:]
    return escape(part.removesuffix(tail)) + _PIECE.format(tail)


def paragraphs(text: str) -> list[Markup]:
    """Split a text into its paragraphs, one a line, each ended by a stop, numbers kept whole.

    A line that ends in the middle of a sentence goes on in the next: a clerk broke it to see it.
    """
    found: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if found and found[-1].endswith(_GOES_ON):
            found[-1] += line
        else:
            found.append(line)
    return [whole(sentence(paragraph)) for paragraph in found]


def title_lines(text: str, width: int = 20) -> list[str]:
    """Break a title into lines at most ``width`` characters wide, at words where that is known.

    The fewest lines that hold it; of the ways to break, the one whose lines are most alike in
    length, and before words like 信访事项 rather than inside them (GB/T 9704 7.3.1: whole words,
    lines centred). Digits and Latin letters are half as wide as other characters.
    """
    count = ceil(_width(text) / width)
    lines: list[str] = []
    rest = text
    for left in range(max(count, 1) - 1, 0, -1):
        cut = _best_cut(rest, width, left)
        lines.append(rest[:cut])
        rest = rest[cut:]
        if _width(rest) <= width:
            break
    # What words made too long for the lines that were planned has lines of its own.
    return [*lines, *([rest] if _width(rest) <= width else title_lines(rest, width))]


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text)


def _best_cut(text: str, width: int, lines_left: int) -> int:
    """Find the end of the first line, that leaves at least one character for each of the others."""
    even = _width(text) / (lines_left + 1)
    inside = {
        cut for word in _TITLE_WORDS.finditer(text) for cut in range(word.start() + 1, word.end())
    }

    def cost(cut: int) -> float:
        tight = max(0, _width(text[cut:]) - width * lines_left)
        return _cost(text, cut, even) + _TORN * (cut in inside) + tight * _ANOTHER_LINE

    cuts = range(1, len(text) - lines_left + 1)
    return min((cut for cut in cuts if _width(text[:cut]) <= width), key=cost)


def _cost(text: str, cut: int, even: float) -> float:
    cost = abs(_width(text[:cut]) - even)
    before, after = text[cut - 1], text[cut:]
    if after.startswith(_TITLE_BREAKS) or text[:cut].endswith(_TITLE_ENDS):
        cost -= 4
    if before in "和与及或于由对向被" or after[0] in "的了":
        cost += 3
    if before in "《（“〔" or after[0] in "》）”〕、，。；：？！·":
        cost += _TORN
    return cost


def kept_whole(html: str, *, cells: bool = False) -> str:
    """Keep dates, numbers and amounts in one piece in all the text of a page.

    A template need not think of it; a text in a wide cell of a table is better off with
    :func:`whole`.

    Args:
        html: The page.
        cells: Whether it is a table, in whose cells a whole document number may find no room.
    """
    wanted = _WHOLE_IN_CELLS if cells else _WHOLE
    head, tag, rest = html.partition("<body")

    def in_pieces(match: re.Match[str]) -> str:
        return match[1] + wanted.sub(lambda found: _piece(found[0]), match[2])

    return head + tag + _OUTSIDE_PIECES.sub(in_pieces, rest)


def _piece(text: str) -> Markup:
    return _PIECE.format(text) if len(text) > 1 else escape(text)


def other_fonts(html: str) -> str:
    """Mark what the fonts of 公文 do not have in the text of a page, for the styles to see to.

    That is digits and Latin letters, and characters beyond GB 2312 in names. Each mark keeps
    the metrics of another font from widening its line.
    """
    head, tag, rest = html.partition("<body")
    rare = "".join(sorted(filter(_is_rare, set(rest))))
    marked = re.compile(f"{_LATIN}|[{rare}]+" if rare else _LATIN)
    return (
        head
        + tag
        + _OUTSIDE_TAGS.sub(
            lambda match: match[1] + marked.sub(r'<span class="n">\g<0></span>', match[2]), rest
        )
    )


def _is_rare(char: str) -> bool:
    return char >= "\u3400" and not char.encode("gb2312", "ignore")


_PLAIN: Final[Mapping[str, Callable[..., Any]]] = {
    "日期": lambda value: whole(chinese_date(value)),
    "时刻": lambda value: whole(chinese_moment(value)),
    "金额": lambda value: whole(yuan(value)),
    "大写": lambda value: _PIECE.format(capitals(value)),
    "序号": ordinal,
    "是否": yes_no,
    "顿号": listed,
    "句": sentence,
    "短语": phrase,
    "依据": citation,
    "姓名": name,
    "整": whole,
    "段落": paragraphs,
    "题行": title_lines,
}


def _or_blank(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """On a blank form a filter gives the room to write in instead of a value."""

    def apply(value: Any, *args: Any) -> Any:  # noqa: ANN401 - a template passes what it has
        return value.as_(name) if isinstance(value, Blank) else function(value, *args)

    return apply


#: Filters that templates may use, by the name they use.
FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    name: _or_blank(function, name) for name, function in _PLAIN.items()
}
