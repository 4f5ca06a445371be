"""Statistics: a recount finds the same, small numbers stay hidden, links lead to the cases."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from html import unescape
from itertools import combinations, product

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import DESKTOP, PHONE, ROOT, Reader
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from xinfang.balance import DIMENSIONS, NO_DEPARTMENT, NO_RATE, SEALED, balance, monthly
from xinfang.check import check
from xinfang.clocks import Deadline, State
from xinfang.ledger import Entry
from xinfang.model.words import Category, Channel, Outcome
from xinfang.packaged import site_templates_folder
from xinfang.pages import counted, statistics
from xinfang.pages.frame import Frame
from xinfang.pages.words import category, channel, labels, outcome
from xinfang.register import Register, open_register
from xinfang.selection import Period
from xinfang.statistics import (
    ANSWERED,
    CLOCK,
    CLOSED,
    DAYS,
    DUE,
    KEPT,
    MEASURES,
    MISSED,
    OPEN,
    OUTCOME,
    RECEIVED,
    REPLIED,
    RESULT,
    RESULTS,
    REVIEWED,
    SPANS,
    Figure,
    Measure,
    Statistics,
    span,
)
from xinfang.suppression import FLOOR, is_few, side_by_side, told_apart
from xinfang.yearly import WITHHELD

TODAY = date(2026, 9, 16)
YEAR = Period(date(2026, 1, 1), TODAY)


@cache
def register() -> Register:
    return open_register(ROOT, TODAY, TODAY)


@cache
def sample() -> tuple[Entry, ...]:
    return tuple(check(register(), remember=False).entries.values())


def moved(entry: Entry, number: str, back: int) -> Entry:
    """The same matter some days earlier, with its deadlines."""
    by = timedelta(days=back)
    return replace(
        entry,
        number=number,
        received=entry.received - by,
        registered=entry.registered - by,
        replied=entry.replied and entry.replied - by,
        closed=entry.closed and entry.closed - by,
        reviewed=entry.reviewed and entry.reviewed - by,
        deadlines=tuple(ended(d, d.due - by) for d in entry.deadlines),
    )


def ended(deadline: Deadline, due: date) -> Deadline:
    return replace(deadline, trace=replace(deadline.trace, due=due))


@cache
def many() -> tuple[Entry, ...]:
    """A larger register: the sample again and again, on other days."""
    draw = random.Random(4)  # noqa: S311 - a test
    return tuple(
        moved(entry, f"{entry.number[:8]}{place:02d}{entry.number[8:]}", draw.randrange(600))
        for place in range(12)
        for entry in sample()
    )


def days(first: int, last: int) -> st.SearchStrategy[date]:
    return st.integers(first, last).map(lambda back: TODAY - timedelta(days=back))


@st.composite
def matters(draw: st.DrawFn, number: str) -> Entry:
    base = draw(st.sampled_from(sample()))
    registered = draw(days(0, 700))
    later = st.none() | st.integers(0, 120).map(lambda more: registered + timedelta(days=more))
    entry = moved(base, number, (base.registered - registered).days)
    return replace(
        entry,
        category=draw(st.sampled_from(Category)),
        channel=draw(st.sampled_from(Channel)),
        departments=draw(st.sampled_from([(), ("财务部",), ("劳务管理部", "财务部")])),
        outcomes=tuple(draw(st.lists(st.sampled_from(Outcome), max_size=3))),
        closed=draw(later),
        replied=draw(later),
        reviewed=draw(later),
        reviews=draw(st.sampled_from([("复查申请",), ("复查申请", "复查维持", "复核申请")])),
        earlier=tuple(draw(st.lists(st.sampled_from(["XF-2026-0001", "XF-2026-0002"])))),
        sealed=draw(st.integers(0, 9)) == 0,
    )


@st.composite
def books(draw: st.DrawFn) -> list[Entry]:
    size = draw(st.integers(0, 25))
    return [draw(matters(f"XF-2026-{place:04d}")) for place in range(1, size + 1)]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(st.none() | days(0, 720))
    last = draw(st.none() | days(0, 720))
    if first and last and last < first:
        first, last = last, first
    return Period(first, last)


# Counting again, the slow way


def again(entries: Sequence[Entry], figure: Figure) -> list[str]:
    """Look at every matter for itself; gives its number as often as it counts."""
    found = []
    for entry in entries:
        times = {
            "received": entry.registered in figure.period,
            "closed": bool(entry.closed and entry.closed in figure.period),
            "open": not _over(entry, figure.period.last) and _came(entry, figure.period.last),
        }.get(figure.measure.id)
        if times is not None:
            group_of = DIMENSIONS.get(figure.dimension)
            there = (group_of(entry) if group_of else "") == figure.group
            found += [entry.number] * (times and there)
        elif not entry.sealed:
            found += [entry.number] * _detail(entry, entries, figure)
    return sorted(found)


def _came(entry: Entry, last: date | None) -> bool:
    return last is None or entry.registered <= last


def _over(entry: Entry, last: date | None) -> bool:
    return entry.closed is not None and (last is None or entry.closed <= last)


def _detail(entry: Entry, entries: Iterable[Entry], figure: Figure) -> int:
    kind, group, period = figure.measure.id, figure.group, figure.period
    earlier = [e for e in entries if e.number in entry.earlier and not e.sealed]
    repeat = bool(entry.earlier) and entry.registered in period
    pledge = repeat and any(e.promises for e in earlier)
    answered = entry.replied is not None and entry.replied in period
    reviewed = entry.reviewed is not None and entry.reviewed in period
    if kind in {"due", "kept", "missed"}:
        over = {"due": "已按期逾期完成已逾期", "kept": "已按期", "missed": "逾期完成已逾期"}[kind]
        return sum(
            d.clock.id == group
            and d.clock.whose in {"信访办", "部室"}
            and d.due in period
            and d.due < TODAY
            and d.state in over
            for d in entry.deadlines
        )
    return {
        "replied": answered and group in ("", _span_of(entry)),
        "answered": answered and sum(group in ("", result) for result in map(str, entry.outcomes)),
        "pledged": answered and bool(entry.promises),
        "fulfilled": answered and bool(entry.promises) and not entry.open_promises,
        "repeat": repeat,
        "earlier-answered": repeat
        and bool(earlier)
        and all(e.replied or e.closed for e in earlier),
        "earlier-pledged": pledge,
        "earlier-kept": pledge and not any(e.open_promises for e in earlier),
        "reviewed": reviewed and (not group or (group == "维持") == ("复查维持" in entry.reviews)),
        "rereviewed": reviewed and "复核申请" in entry.reviews,
    }[kind]


def _span_of(entry: Entry) -> str:
    assert entry.replied
    taken = (entry.replied - entry.received).days
    return SPANS[sum(taken > last for last in (7, 15, 30, 60, 90))]


def keys(book: Statistics) -> list[tuple[Measure, str, str]]:
    """Everything that can be asked for."""
    groups: dict[Measure, tuple[str, ...]] = {
        **{measure: tuple(DIMENSIONS) for measure in (RECEIVED, CLOSED)},
        **dict.fromkeys((DUE, KEPT, MISSED), (CLOCK,)),
        ANSWERED: (OUTCOME,),
        REPLIED: (DAYS,),
        REVIEWED: (RESULT,),
    }
    found = [
        (measure, "", "") for measure in MEASURES.values() if measure not in {DUE, KEPT, MISSED}
    ]
    found += [
        (measure, dimension, group)
        for measure, dimensions in groups.items()
        for dimension in dimensions
        for group in book.groups(measure, dimension)
    ]
    found += [(OPEN, d, g) for m, d, g in found if m is RECEIVED and d]
    return found


@settings(deadline=None, max_examples=60)
@given(books(), periods())
def test_every_figure_is_what_a_recount_finds(entries: list[Entry], period: Period) -> None:
    book = Statistics(entries, TODAY)
    for measure, dimension, group in keys(book):
        figure = book.figure(measure, period, dimension, group)
        found = again(entries, figure)
        assert figure.count == len(found), figure.id
        assert list(figure.cases) == sorted(set(found)), figure.id


@settings(deadline=None, max_examples=60)
@given(books(), periods())
def test_the_balance_holds_for_any_period(entries: list[Entry], period: Period) -> None:
    book = Statistics(entries, TODAY)
    whole = book.balance(period)
    assert whole == balance(entries, period)
    assert whole.open == book.figure(OPEN, period).count
    assert whole.received == book.figure(RECEIVED, period).count
    for dimension in DIMENSIONS:
        groups = [book.balance(period, dimension, g) for g in book.groups(RECEIVED, dimension)]
        assert sum(groups, start=balance([], period)) == whole


@settings(deadline=None, max_examples=60)
@given(books(), days(0, 720))
def test_two_periods_side_by_side_are_one(entries: list[Entry], cut: date) -> None:
    book = Statistics(entries, TODAY)
    before, after = Period(None, cut), Period(cut + timedelta(days=1), None)
    for measure, dimension, group in keys(book):
        if measure is not OPEN:
            parts = [book.figure(measure, p, dimension, group).count for p in (before, after)]
            assert sum(parts) == book.figure(measure, Period(), dimension, group).count


def months(book: Statistics) -> Mapping[tuple[str, str, str, str], int]:
    """Every number there is, month by month, the empty ones left out."""
    found = {}
    for measure, dimension, group in keys(book):
        if measure is OPEN:
            continue
        for back in range(36):
            year, month = divmod(TODAY.year * 12 + TODAY.month - 1 - back + 4, 12)
            first = date(year, month + 1, 1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            count = book.figure(measure, Period(first, last), dimension, group).count
            if count:
                found[measure.id, dimension, group, f"{first:%Y-%m}"] = count
    return found


@settings(deadline=None, max_examples=25)
@given(books().filter(bool), st.data())
def test_moving_a_date_moves_the_cells_it_should_and_no_other(
    entries: list[Entry], data: st.DataObject
) -> None:
    others, entry = entries[:-1], replace(entries[-1], earlier=(), sealed=False)
    old, new = data.draw(days(0, 700)), data.draw(days(0, 700))
    groups = [("", ""), *((d, group_of(entry)) for d, group_of in DIMENSIONS.items())]
    result = "维持" if "复查维持" in entry.reviews else RESULTS[-1]
    long_ago = TODAY - timedelta(days=700)
    with_day: dict[str, Callable[[date], Entry]] = {
        "received": lambda day: replace(entry, registered=day, closed=None),
        "closed": lambda day: replace(entry, registered=long_ago, closed=day),
        "reviewed": lambda day: replace(entry, reviewed=day),
    }
    cells = {
        "received": [("received", *group) for group in groups],
        "closed": [("closed", *group) for group in groups],
        "reviewed": [("reviewed", "", ""), ("reviewed", RESULT, result)]
        + [("rereviewed", "", "")] * ("复核申请" in entry.reviews),
    }
    which = data.draw(st.sampled_from(sorted(with_day)))
    before, after = (
        months(Statistics([*others, with_day[which](day)], TODAY)) for day in (old, new)
    )
    expected: Counter[tuple[str, str, str, str]] = Counter()
    for step, day in ((-1, old), (1, new)):
        for cell in cells[which]:
            expected[(*cell, f"{day:%Y-%m}")] += step
    changed = {k: after.get(k, 0) - before.get(k, 0) for k in {*before, *after}}
    assert {k: n for k, n in changed.items() if n} == {k: n for k, n in expected.items() if n}


def test_days_to_an_answer_fall_into_spans() -> None:
    taken = (-3, 7, 8, 15, 16, 60, 61, 90, 91)
    assert [SPANS.index(span(n)) for n in taken] == [0, 0, 1, 1, 2, 3, 4, 4, 5]


def test_nothing_due_is_no_rate_and_never_all() -> None:
    share = Statistics([], TODAY).share(KEPT, DUE, YEAR, CLOCK, "C1")
    assert share.rate == NO_RATE == "—"
    assert share.formula == "按期 ÷ 应办"
    assert Statistics([], TODAY).median_days(YEAR) is None


def test_what_is_still_running_is_neither_kept_nor_missed() -> None:
    entry = next(e for e in sample() if any(d.state is State.MET for d in e.deadlines))
    deadline = next(d for d in entry.deadlines if d.state is State.MET and d.clock.whose.is_ours)
    for due, count in ((TODAY - timedelta(days=1), 1), (TODAY, 0)):
        book = Statistics([replace(entry, deadlines=(ended(deadline, due),))], TODAY)
        assert book.figure(DUE, Period(), CLOCK, deadline.clock.id).count == count


def test_accusations_are_one_group_and_count_for_nothing_else() -> None:
    sealed = next(e for e in sample() if e.sealed)
    dressed = replace(sealed, departments=("财务部",), outcomes=(Outcome.SUPPORTED,), replied=TODAY)
    book = Statistics([dressed], TODAY)
    for dimension in DIMENSIONS:
        assert book.groups(RECEIVED, dimension) == [SEALED]
    for measure in MEASURES.values():
        if measure not in {RECEIVED, CLOSED, OPEN}:
            assert book.figure(measure, Period()).count == 0
    assert not list(counted.words(dressed, {}, {}, TODAY))


def test_a_figure_has_a_name_a_definition_and_its_cases() -> None:
    figure = Statistics(sample(), TODAY).figure(RECEIVED, YEAR, "内容类别", "工资支付")
    assert figure.id == "received/2026-01-01..2026-09-16/内容类别/工资支付"
    assert figure.measure.definition
    assert set(figure.cases) == {e.number for e in sample() if e.category == "工资支付"}


# What may be shown


@given(st.dictionaries(st.text(max_size=3), st.tuples(st.integers(0, 12), st.integers(0, 12))))
def test_no_subtraction_gives_a_small_number(groups: dict[str, tuple[int, int]]) -> None:
    kept = told_apart(groups)
    for column in (0, 1):
        total = sum(counts[column] for counts in groups.values())
        shown = [groups[name][column] for name in kept]
        assert not any(map(is_few, shown))
        if not kept:
            continue
        for size in range(len(shown) + 1):
            for some in combinations(shown, size):
                assert not is_few(total - sum(some))


@given(st.lists(st.integers(0, 20), max_size=4))
def test_no_two_periods_side_by_side_differ_by_a_small_number(counts: list[int]) -> None:
    told = [n for n, shown in zip(counts, side_by_side(counts), strict=True) if shown]
    assert not any(is_few(abs(one - other)) for one, other in product([0, *told], repeat=2))
    assert not counts or is_few(counts[0]) or told[0] == counts[0]


def test_a_month_does_not_give_away_what_is_beside_it_in_the_year() -> None:
    # Seven matters with earlier ones this year, nine in twelve months: two in the year before.
    base = next(entry for entry in sample() if not entry.sealed)
    first = moved(base, "XF-2025-0001", (base.registered - date(2025, 10, 1)).days)
    came = [date(2025, 11, 1)] * 2 + [date(2026, 2, 1)] * 7
    later = [
        replace(
            moved(base, f"XF-{day.year}-{place:04d}", (base.registered - day).days),
            earlier=(first.number,),
        )
        for place, day in enumerate(came, 2)
    ]
    text = dict(statistics.pages(framed([first, *later])))["statistics.md"]
    row = re.search(r"关联前件</th>(.*?)</tr>", text)
    assert row
    assert re.findall(r"<td>(?:<a[^>]*>)?([^<]*)", row[1]) == ["0", "7", WITHHELD]


@given(st.dictionaries(st.sampled_from("甲乙丙丁"), st.integers(0, 9), min_size=2))
def test_a_hidden_number_could_be_another_one(groups: dict[str, int]) -> None:
    kept = told_apart({name: (count,) for name, count in groups.items()})
    hidden = [name for name in groups if name not in kept]
    rest = sum(groups[name] for name in hidden)
    fitting = [g for g in product(range(rest + 1), repeat=len(hidden)) if sum(g) == rest]
    for place, name in enumerate(hidden):
        if is_few(groups[name]):
            assert len({guess[place] for guess in fitting}) > 1


@settings(deadline=None, max_examples=40)
@given(books(), periods())
def test_a_distribution_adds_up_and_hides_what_is_small(
    entries: list[Entry], period: Period
) -> None:
    book = Statistics(entries, TODAY)
    for measure, dimension, names in (
        (RECEIVED, "内容类别", list(Category)),
        (ANSWERED, OUTCOME, list(Outcome)),
    ):
        found = book.distribution(measure, dimension, period, names)
        assert sum(f.count for f in found.apart) + found.rest == found.total.count
        assert all(f.count >= FLOOR and len(f.cases) >= FLOOR for f in found.apart)
        assert not found.apart or not is_few(found.rest)
        assert {f.group for f in found.apart}.isdisjoint(found.together)


def test_many_claims_of_one_matter_are_one_matter() -> None:
    entry = next(e for e in sample() if e.replied and not e.sealed)
    one = replace(entry, outcomes=(Outcome.SUPPORTED,) * 9)
    others = [
        replace(entry, number=f"XF-2026-9{n:03d}", outcomes=(Outcome.EXPLAINED,)) for n in range(8)
    ]
    found = Statistics([one, *others], TODAY).distribution(
        ANSWERED, OUTCOME, Period(), list(Outcome)
    )
    assert "支持" in found.together


# The page


def framed(entries: Iterable[Entry]) -> Frame:
    found = {entry.number: entry for entry in entries}
    return Frame(register(), found, (), [site_templates_folder() / "pages"])


FRAMES = {"sample": sample, "many": many}


def figure_of(frame: Frame, words: str) -> tuple[Measure, Period, str, str]:
    """Say which figure a link stands for, from its words alone."""
    first, _, second = words.partition(",")
    match = re.fullmatch(r"([a-z-]+?)-(\d{4})(?:-(\d\d))?(?:-(.+))?", first)
    assert match, words
    kind, year, month, clock = match.groups()
    start = date(int(year), int(month or 1), 1)
    end = (start + timedelta(days=31 if month else 366)).replace(day=1) - timedelta(days=1)
    if clock:
        return MEASURES[kind], Period(start, end), CLOCK, clock.upper().replace("OWN", "-本单位")
    groups = {
        **{channel(c): ("信访形式", str(c)) for c in Channel},
        **{category(c): ("内容类别", str(c)) for c in Category},
        **{outcome(o): (OUTCOME, str(o)) for o in Outcome},
        **{counted.lead(key): ("主办部室", name) for name, key in frame.keys.items()},
        counted.lead(""): ("主办部室", NO_DEPARTMENT),
        **{counted.group(d, n): (d, n) for d, ns in ((DAYS, SPANS), (RESULT, RESULTS)) for n in ns},
    }
    dimension, group = groups[second] if second else ("", "")
    measure = ANSWERED if dimension == OUTCOME else MEASURES[kind]
    return measure, Period(start, end), dimension, group


@pytest.mark.parametrize("kind", FRAMES)
def test_links_lead_to_exactly_the_cases_that_were_counted(kind: str) -> None:
    frame = framed(FRAMES[kind]())
    carried = {number: set(frame.words(e).split()) for number, e in frame.entries.items()}
    book = Statistics((e for e in frame.entries.values() if not e.sealed), TODAY)
    links = set()
    for text in dict(statistics.pages(frame)).values():
        links |= set(re.findall(r'ledger\.html#f-([^"]+)">([^<]+)</a>', unescape(text)))
        links |= {(words, "") for words in re.findall(r'<a href="[^"]*#f-([^"]+)"', unescape(text))}
    assert len(links) > 40
    for words, text in {link for link in links if link[0] != "sealed"}:
        found = {n for n, own in carried.items() if own.issuperset(words.split(","))}
        if words in {"open", "carried"}:
            count = len(found)
        else:
            figure = book.figure(*figure_of(frame, words))
            assert found == set(figure.cases), words
            count = figure.count
        total_of_claims = words.startswith("replied-") and "," not in words
        if text and not total_of_claims:
            assert int(text.split()[0]) == count, words
        assert found, words


def test_every_word_is_said_in_chinese() -> None:
    frame = framed(sample())
    words = [frame.words(entry) for entry in frame.listed]
    told = labels(words, frame.keys, frame.register.clocks)
    for word in {w for line in words for w in line.split()}:
        assert re.search(r"[\u4e00-\u9fff]", told[word]), word
    assert told["kept-2026-c1"] == "C1 2026年按期"
    assert told["days-2"] == "答复用时：8–15日"
    assert told["lead-none"] == "主办：未转办"


def cells(text: str) -> list[str]:
    """The texts of all cells but those of the totals, which are told."""
    parts = re.split(r'<section class="x-stat', text)
    told = [p for p in parts if not re.search(r'id="(?:flow|months)"', p)]
    found = re.findall(r"<td[^>]*>(.*?)</td>", "".join(told), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in found]


@pytest.mark.parametrize("kind", FRAMES)
def test_no_small_number_stands_in_a_table(kind: str) -> None:
    for name, text in dict(statistics.pages(framed(FRAMES[kind]()))).items():
        clocks = re.search(r'id="clocks".*?</table>', text, re.DOTALL)
        late = re.findall(r"<td>(.*?)</td>", clocks[0], re.DOTALL) if clocks else []
        allowed = {re.sub(r"<[^>]+>", "", cell).strip() for cell in late}
        small = {c for c in cells(text) if c.isdigit() and is_few(int(c))}
        assert small <= allowed, name
        # Of deadlines only what was missed may be few, where there are enough in all.
        for row in re.findall(r"<tr>(.*?)</tr>", clocks[0] if clocks else "", re.DOTALL):
            found = [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<td>(.*?)</td>", row)]
            if len(found) > 2 and found[0].isdigit():
                assert not is_few(int(found[0]))


def test_the_page_says_its_rule_and_its_formulas() -> None:
    text = dict(statistics.pages(framed(sample())))["statistics.md"]
    for said in (
        "期初在办 + 新收 − 办结 = 期末在办",
        "按期率 = 按期 ÷ 应办",
        "兑现率 = 承诺全部兑现 ÷ 答复有承诺",
        "分母为0记“—”",
        "少于5件的不显示",
        "检举控告合为一类",
    ):
        assert unescape(said) in unescape(text)


def test_one_review_is_not_told_by_a_heading() -> None:
    text = dict(statistics.pages(framed(sample())))["statistics.md"]
    reviewed = Statistics(sample(), TODAY).figure(REVIEWED, YEAR).count
    assert is_few(reviewed), "the sample holds few reviews"
    assert 'id="review"' not in text
    assert "#f-reviewed" not in unescape(text)


def test_each_year_has_its_page_and_months_agree_with_the_ledger() -> None:
    made = dict(statistics.pages(framed(many())))
    assert set(made) == {"statistics.md", "statistics/2025.md", "statistics/2024.md"}
    visible = [e for e in many() if not e.sealed]
    for key, month in monthly(visible).items():
        year, number = key.split("-")
        if int(year) == 2025:
            row = re.search(rf"{year}年{int(number)}月</th>(.*?)</tr>", made["statistics/2025.md"])
            assert row
            found = [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<td>(.*?)</td>", row[1])]
            wanted = (month.carried, month.received, month.closed, month.open)
            assert found == list(map(str, wanted))


def test_an_empty_register_has_a_page() -> None:
    text = dict(statistics.pages(framed(())))["statistics.md"]
    assert "新收" in text
    assert "100" not in re.sub(r"<svg.*?</svg>", "", text)


# In a browser


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_it_opens_clean_in_light_and_dark(browser: Browser, sample_site: str, width: int) -> None:
    reader = Reader(browser, sample_site, width)
    for scheme in ("light", "dark"):
        reader.page.emulate_media(color_scheme=scheme)
        reader.opens("statistics.html")
        assert reader.page.evaluate("document.documentElement.scrollWidth") == width
        faults = Axe().run(reader.page, options={"resultTypes": ["violations"]}).response
        grave = [f for f in faults["violations"] if f["impact"] in {"serious", "critical"}]
        assert [(f["id"], f["nodes"][0]["html"]) for f in grave] == []
        ink, paper = reader.page.evaluate(
            "[getComputedStyle(document.querySelector('.x-chart rect.x-solid')).fill,"
            " getComputedStyle(document.body).backgroundColor]"
        )
        assert ink != paper
    assert reader.troubles == []
    reader.page.close()


def test_a_number_leads_to_its_cases(browser: Browser, sample_site: str) -> None:
    reader = Reader(browser, sample_site)
    for words, count in (("received-2026,c01", 5), ("kept-2026-c1", None)):
        reader.opens("statistics.html")
        link = reader.page.locator(f'td a[href$="#f-{words}"]')
        told = int(link.inner_text())
        assert count in (None, told)
        link.click()
        shown = reader.page.locator("[data-count]").first
        shown.wait_for()
        assert shown.inner_text().startswith(f"{told} 行")
    reader.opens("statistics.html")
    reader.page.locator('svg a[href$="#f-received-2026,c01"]').first.click()
    assert reader.page.url.endswith("ledger.html#f-received-2026,c01")
    assert reader.troubles == []
    reader.page.close()


def test_it_prints_on_a4_in_grey(browser: Browser, sample_site: str) -> None:
    reader = Reader(browser, sample_site)
    reader.opens("statistics.html")
    reader.page.emulate_media(media="print")
    reader.page.wait_for_timeout(400)  # links take their colour slowly
    colours = reader.page.evaluate(
        "[...document.querySelectorAll('.x-chart :is(rect, line, text)')].flatMap("
        "e => [getComputedStyle(e).fill, getComputedStyle(e).stroke])"
    )
    for colour in set(colours) - {"none"}:
        red, green, blue = re.findall(r"\d+", colour)[:3]
        assert red == green == blue, colour
    wide = reader.page.evaluate(
        "[...document.querySelectorAll('.x-stat-body > *')].filter("
        "e => e.scrollWidth > e.clientWidth + 1).length"
    )
    assert wide == 0
    reader.page.close()
