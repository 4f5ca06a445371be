"""Making a report: every table from the same events, every cell with its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from xinfang.balance import NO_RATE, SEALED, rate
from xinfang.clocks import Clock
from xinfang.model.words import Outcome, Purpose
from xinfang.reports.book import Book
from xinfang.reports.cells import Cell, Chart, Report, Row, Section, Table
from xinfang.reports.measures import (
    CARRIED,
    CATEGORY,
    CHANNEL,
    CONCERNED,
    DEPARTMENT,
    NAMED,
    PEOPLE,
    PURPOSE,
    SECTION,
    STEPS,
    cell_id,
)
from xinfang.reports.terms import Kind, NoReportError, Term
from xinfang.reports.trends import TEST, Trend, trends
from xinfang.selection import Period
from xinfang.statistics import (
    ANSWERED,
    CLOCK,
    CLOSED,
    DAYS,
    DUE,
    EARLIER_ANSWERED,
    EARLIER_KEPT,
    EARLIER_PLEDGED,
    FULFILLED,
    KEPT,
    MISSED,
    OPEN,
    OUTCOME,
    PLEDGED,
    RECEIVED,
    REPEAT,
    REPLIED,
    REREVIEWED,
    RESULT,
    REVIEWED,
    Distribution,
    Figure,
    Measure,
)
from xinfang.suppression import FLOOR, is_few
from xinfang.yearly import FEW, WITHHELD

#: So many periods stand in the charts, the one reported included.
_SHOWN: Final = {Kind.MONTH: 12, Kind.QUARTER: 8}
_REST: Final = "其余合计"
_ALL: Final = "合计"
_TOO_FEW: Final = f"少于{FLOOR}的不列"
_KEPT_APART: Final = f"少于{FLOOR},或者少于{FLOOR}的可以由它推算出来,不列,并入“{_REST}”"
#: What came, by what: word in addresses, heading, dimension.
_BREAKDOWNS: Final = (
    ("channel", "按信访形式", CHANNEL),
    ("purpose", "按信访目的", PURPOSE),
    ("category", "按内容类别", CATEGORY),
    ("department", "按主办部室", DEPARTMENT),
    ("section", "按标段（环节）", SECTION),
)
_NOTES: Final = {
    CHANNEL: ("走访的件数即批次，一件计一批。",),
    PURPOSE: (),
    CATEGORY: (),
    DEPARTMENT: ("按主办部室计，协办的不重复计；只统计事项，不统计个人。",),
    SECTION: ("按登记的标段、环节计。",),
}
#: Sums that are no sums of matters, and are not told below five either.
_GUARDED: Final = (ANSWERED, NAMED, REVIEWED)
_ADOPTED: Final = (Outcome.ADOPTED, Outcome.PARTLY_ADOPTED, Outcome.NOT_ADOPTED)


@dataclass(frozen=True, slots=True)
class _Span:
    """A period beside others in a table.

    Attributes:
        tail: What names of its cells end with.
        heading: Heading of its column.
        term: The period of reports that it is; for a year so far, that year.
        until: Last day of a year so far; None for the whole period.
    """

    tail: str
    heading: str
    term: Term
    until: date | None = None

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.term.first, self.until) if self.until else self.term.period


class Reports(Book):
    """Makes the reports of one register."""

    def of(self, term: Term) -> Report:
        """Make the report of a period.

        Raises:
            NoReportError: The period is not over, or the register begins after it.
        """
        if term.last >= self.today:
            running = "还没有结束" if term.first <= self.today else "还没有开始"
            message = f"{term.name}{running}(到 {term.last} 止),结束后才能出{term.kind.label}"
            raise NoReportError(message)
        if not self.reaches(term):
            message = f"登记册自 {self.since} 起登记,没有{term.name}的数据"
            raise NoReportError(message)
        return _Maker(self, term).report()


class _Maker:
    """The making of one report."""

    def __init__(self, reports: Reports, term: Term) -> None:
        self.reports = reports
        self.book = reports.book
        self.term = term

    def report(self) -> Report:
        """Put the report together."""
        office = self.reports.office
        return Report(
            term=self.term,
            unit=office.own_unit.name,
            register=office.register_.name,
            sample=office.register_.sample,
            today=self.reports.today,
            sections=tuple(self._sections()),
            balance=self.balance,
            silent=dict(self._silent()),
        )

    def _sections(self) -> Iterator[Section]:
        flow, clocks, steps = self._flow(), self._clocks(), self._steps()
        groups = [t for t in self._groups() if t.rows]
        answers = [t for t in self._answers() if t.rows]
        follow_up = self._follow_up()
        found = trends(self.reports, self.term)
        yield Section("总体情况", tuple(self._summary(flow, found)), (flow,), (self.balance,))
        lines, test = tuple(self._trend_lines(found)), TEST[self.term.kind]
        yield Section("苗头性、倾向性问题", lines, (), (test,))
        yield Section("期限", (), (clocks,) if clocks.rows else ())
        yield Section("新收事项的分布", (self._not_divided(groups),), tuple(groups))
        yield Section("答复、兑现和复查", (), (*answers, follow_up))
        yield Section("转送、交办和督办", (), (steps,))
        yield Section("建议和采纳", tuple(self._advice(steps)))

    def _silent(self) -> Iterator[tuple[str, Cell]]:
        """Every group of what is broken down: asked for, one that is not listed says why."""
        note = f"没有,{_KEPT_APART}"
        measures = [RECEIVED, *([CLOSED] if self.term.kind is Kind.YEAR else [])]
        for measure in measures:
            for _, _, dimension in _BREAKDOWNS:
                names = self.reports.names[dimension]
                for group in (*names, SEALED):
                    id_ = cell_id(measure, dimension, group, names)
                    yield id_, Cell(id_, f"{measure.name}/{group}", WITHHELD, note=note)

    # Periods

    @cached_property
    def spans(self) -> list[_Span]:
        """The period and those that it is compared with, so far as the register reaches."""
        term = self.term
        found = [_Span("", "本期", term), _Span("before", "上期", term.before)]
        if term.kind is not Kind.YEAR:
            found.append(_Span("year-ago", "去年同期", term.year_ago))
        return [span for span in found if self.reports.reaches(span.term)]

    @property
    def _so_far(self) -> list[_Span]:
        if self.term.kind is Kind.YEAR:
            return []
        year = Term(Kind.YEAR, self.term.year, 1, self.term.cut)
        return [_Span("to-date", "本年累计", year, self.term.last)]

    # Cells

    def _cell(self, span: _Span, figure: Figure, name: str = "") -> Cell:
        """Make a figure a cell."""
        names = self.reports.names.get(figure.dimension, ())
        id_ = _tailed(cell_id(figure.measure, figure.dimension, figure.group, names), span)
        name = name or "/".join(filter(None, (figure.measure.name, figure.group)))
        return Cell(id_, name, str(figure.count), figure.count, figure.cases)

    def _guarded(self, span: _Span, measure: Measure) -> Cell:
        """Make a number a cell that is not told below five."""
        figure = self._figure(measure, span.period)
        if self.reports.tells(measure, span.term):
            return self._cell(span, figure)
        return _hidden(_tailed(measure.id, span), measure.name, figure.count)

    def _count(self, span: _Span, measure: Measure) -> Cell:
        return self._cell(span, self._figure(measure, span.period))

    def _figure(self, measure: Measure, period: Period) -> Figure:
        if measure is not CARRIED:
            return self.book.figure(measure, period)
        until = (period.first or date.min) - timedelta(days=1)
        found = self.book.figure(OPEN, Period(None, until))
        return Figure(CARRIED, period, "", "", found.count, found.cases)

    def _rate(
        self, span: _Span, part: Measure, whole: Measure, names: tuple[str, str], group: str = ""
    ) -> Cell:
        """Give a rate with both its numbers, where the whole is large enough.

        Args:
            span: The period.
            part: Some of the whole.
            whole: The whole.
            names: Its id and its name.
            group: A clock; empty for all matters.
        """
        id_, name = names
        dimension = CLOCK if group else ""
        share = self.book.share(part, whole, span.period, dimension, group)
        if not self.reports.tells(whole, span.term, group):
            return _hidden(_tailed(id_, span), name, share.whole.count)
        if not share.whole.count:
            return Cell(_tailed(id_, span), name, NO_RATE, note="分母为0,没有率")
        counted = f"{share.part.count} ÷ {share.whole.count} = {share.rate}"
        text = share.rate if group else counted
        return Cell(_tailed(id_, span), name, text, None, share.part.cases, f"= {share.formula}")

    def _with_changes(self, cells: Sequence[Cell], id_: str, name: str) -> list[Cell]:
        """Put behind each earlier number how much more or less there is now."""
        now, *earlier = cells
        found = [now]
        for cell, span in zip(earlier, self.spans[1:], strict=True):
            found.append(cell)
            key, what = f"{id_}.change.{span.tail}", f"{name}比{span.heading}增减"
            if now.value is None or cell.value is None:
                found.append(Cell(key, what, NO_RATE, note="两期中有一期没有数字"))
            else:
                text = _signed(now.value - cell.value)
                found.append(Cell(key, what, text, note=f"= {now.id} − {cell.id}"))
        return found

    # Tables

    def _flow(self) -> Table:
        """What came, went and stayed, beside the periods before."""
        columns = ["本期"]
        for span in self.spans[1:]:
            columns += [span.heading, "增减"]
        columns += [span.heading for span in self._so_far]
        counted = (CARRIED, RECEIVED, PEOPLE, CLOSED, OPEN, REPLIED)
        rows = [self._flow_row(measure) for measure in counted]
        rows.insert(5, self._plain_row("办结率", self._closing_rate))
        rows.append(self._plain_row("答复用时中位数", self._median))
        measures = (RECEIVED, PEOPLE, CLOSED, OPEN, REPLIED)
        return Table(
            "flow",
            "收、办、存",
            "项目",
            tuple(columns),
            tuple(rows),
            (
                *(f"{m.name}：{m.definition}" for m in measures),
                "办结率 = 办结 ÷（期初在办 + 新收）；分母为0记“—”，不记100%。",
            ),
            tuple(self._flow_charts()),
        )

    def _flow_row(self, measure: Measure) -> Row:
        make = self._guarded if measure is PEOPLE else self._count
        cells = [make(span, measure) for span in self.spans]
        found = self._with_changes(cells, measure.id, measure.name)
        for span in self._so_far:
            if (
                measure is PEOPLE
            ):  # taken from it, what a month tells would leave what another hides
                note = "本年累计减去已列的各期,可以推算出不列的,所以不列"
                found.append(Cell(_tailed(measure.id, span), measure.name, "", note=note))
            else:
                found.append(self._count(span, measure))
        return Row(measure.name, tuple(found), f"（{measure.unit}）")

    def _plain_row(self, name: str, make: Callable[[_Span], Cell]) -> Row:
        """Make a row without changes: rates and medians are no sums."""
        cells: list[Cell] = []
        for span in self.spans:
            cells.append(make(span))
            if span.tail:
                blank = f"{cells[0].id}.change.{span.tail}"
                cells.append(Cell(blank, name, "", note="率和中位数不计增减"))
        cells += [make(span) for span in self._so_far]
        return Row(name, tuple(cells))

    def _closing_rate(self, span: _Span) -> Cell:
        found = self.book.balance(span.period)
        note = "= 办结 ÷（期初在办 + 新收）"
        return Cell(_tailed("closed-rate", span), "办结率", found.rate, note=note)

    def _median(self, span: _Span) -> Cell:
        id_, name = "reply-days", "答复用时中位数"
        replied = self.book.figure(REPLIED, span.period)
        days = self.book.median_days(span.period)
        if days is None:
            return Cell(_tailed(id_, span), name, NO_RATE, note="没有答复")
        if is_few(replied.count):
            return Cell(_tailed(id_, span), name, FEW, note=_TOO_FEW)
        note = "= 答复发出日期 − 收到日期的中位数"
        return Cell(_tailed(id_, span), name, f"{days:g}日", None, replied.cases, note)

    def _flow_charts(self) -> Iterator[Chart]:
        terms = self._shown()
        labels = tuple(_label(term, first=not place) for place, term in enumerate(terms))
        counts = {m: tuple(self.book.count(m, t.period) for t in terms) for m in (RECEIVED, CLOSED)}
        stock = tuple(self.book.count(OPEN, t.period) for t in terms)
        yield Chart(
            "columns",
            "各期新收和办结",
            labels,
            (("新收", counts[RECEIVED]), ("办结", counts[CLOSED])),
        )
        yield Chart("columns", "各期期末在办", labels, (("期末在办", stock),))

    def _shown(self) -> list[Term]:
        """The periods of the charts: those up to this one; of a year, its months."""
        if self.term.kind is Kind.YEAR:
            found = next(parts for parts in self.term.divided() if parts[0].kind is Kind.MONTH)
        else:
            found = [self.term.step(-n) for n in range(_SHOWN[self.term.kind] - 1, -1, -1)]
        return [term for term in found if self.reports.reaches(term)]

    def _clocks(self) -> Table:
        rows = list(filter(None, map(self._clock_row, self.reports.clocks)))
        told = [row for row in rows if row.cells[0].value]
        chart = Chart(
            "stacked",
            "本期各项期限的按期和逾期",
            tuple(row.name for row in told),
            (
                ("按期", tuple(row.cells[1].value for row in told)),
                ("逾期", tuple(row.cells[2].value for row in told)),
            ),
            unit="项",
        )
        return Table(
            "clocks",
            "各项期限",
            "期限",
            ("应办", "按期", "逾期", "按期率", *(f"{s.heading}率" for s in self.spans[1:])),
            tuple(rows),
            (
                *(f"{m.name}：{m.definition}" for m in (DUE, KEPT, MISSED)),
                "按期率 = 按期 ÷ 应办；分母为0记“—”，不记100%。只计本单位的期限。",
                f"应办少于{FLOOR}项的不列。",
            ),
            (chart,) if told else (),
        )

    def _clock_row(self, clock: Clock) -> Row | None:
        if not any(self.book.count(DUE, s.period, CLOCK, clock.id) for s in self.spans):
            return None
        now = self.spans[0]
        figures = [
            self.book.figure(m, self.term.period, CLOCK, clock.id) for m in (DUE, KEPT, MISSED)
        ]
        cells = [
            self._cell(now, figure, f"{clock.id} {clock.name} {figure.measure.name}")
            for figure in figures
        ]
        if not self.reports.tells(DUE, self.term, clock.id):
            few = figures[0].count
            cells = [_hidden(c.id, c.name, few if c is cells[0] else FLOOR) for c in cells]
        names = (f"kept-rate.by-clock.{clock.id}", f"{clock.id} {clock.name} 按期率")
        cells += [self._rate(span, KEPT, DUE, names, clock.id) for span in self.spans]
        return Row(f"{clock.id} {clock.name}", tuple(cells), f"{clock.jurisdiction} · {clock.span}")

    def _groups(self) -> Iterator[Table]:
        """Break down what came and what was closed."""
        yearly = self.term.kind is Kind.YEAR
        columns: list[tuple[Measure, _Span]] = [(RECEIVED, span) for span in self.spans]
        if yearly:
            columns.append((CLOSED, self.spans[0]))
        for key, title, dimension in _BREAKDOWNS:
            if yearly or not self.reports.is_yearly(RECEIVED, dimension):
                yield self._breakdown(key, title, dimension, columns, _NOTES[dimension])
        if yearly:
            named: list[tuple[Measure, _Span]] = [(NAMED, span) for span in self.spans]
            yield self._breakdown(
                "concerned", "被反映的部室和单位", CONCERNED, named, (NAMED.definition,)
            )

    def _answers(self) -> Iterator[Table]:
        for key, title, dimension, measure in (
            ("outcome", "请求的结论", OUTCOME, ANSWERED),
            ("days", "答复用时", DAYS, REPLIED),
            ("result", "复查意见", RESULT, REVIEWED),
        ):
            if self.reports.is_yearly(measure, dimension) and self.term.kind is not Kind.YEAR:
                continue
            if self.reports.tells(measure, self.term):
                columns = [(measure, span) for span in self.spans]
                yield self._breakdown(key, title, dimension, columns, (measure.definition,))

    def _breakdown(
        self,
        key: str,
        title: str,
        dimension: str,
        columns: Sequence[tuple[Measure, _Span]],
        definitions: tuple[str, ...],
    ) -> Table:
        """Break measures down, each as far as it may be told; no rows where nothing may."""
        found = [self.reports.told(measure, dimension, span.term) for measure, span in columns]
        now = found[0]
        order = dict.fromkeys(f.group for told in found for f in told.apart)
        names = [*self.reports.names[dimension], *order]
        groups = sorted(order, key=names.index)
        rows = [self._group_row(group, names, columns, found, dimension) for group in groups]
        if not now.apart:
            return Table(key, title, dimension, (), ())
        if any(told.rest for told in found):
            rows.append(self._sum_row(_REST, "rest", columns, found, dimension))
        rows.append(self._sum_row(_ALL, "", columns, found, dimension))
        chart = Chart(
            "bars",
            f"{title}（{now.total.measure.name}）",
            (*(f.group for f in now.apart), *([_REST] if now.rest else [])),
            (("", (*(f.count for f in now.apart), *([now.rest] if now.rest else []))),),
            unit=now.total.measure.unit,
        )
        headings = [
            measure.name if measure is CLOSED else (measure.name if not span.tail else span.heading)
            for measure, span in columns
        ]
        headings.insert(1, "占比")
        return Table(
            key, title, dimension, tuple(headings), tuple(rows), definitions, (chart,), summed=True
        )

    def _group_row(
        self,
        group: str,
        names: Sequence[str],
        columns: Sequence[tuple[Measure, _Span]],
        found: Sequence[Distribution],
        dimension: str,
    ) -> Row:
        cells = []
        for (measure, span), told in zip(columns, found, strict=True):
            id_, name = cell_id(measure, dimension, group, names), f"{measure.name}/{group}"
            figure = next((f for f in told.apart if f.group == group), None)
            if figure is None:
                cells.append(Cell(_tailed(id_, span), name, WITHHELD, note=_KEPT_APART))
            else:
                value, cases = figure.count, figure.cases
                cells.append(Cell(_tailed(id_, span), name, str(value), value, cases))
        cells.insert(1, self._share_of(cells[0], found[0]))
        return Row(group, tuple(cells))

    def _sum_row(
        self,
        name: str,
        tail: str,
        columns: Sequence[tuple[Measure, _Span]],
        found: Sequence[Distribution],
        dimension: str,
    ) -> Row:
        """Make the row of the rest, or of the sum."""
        cells = []
        for (measure, span), told in zip(columns, found, strict=True):
            id_ = cell_id(measure, dimension, "", ()).removesuffix("-") if tail else measure.id
            id_ = f"{id_.rpartition('.')[0]}.{tail}" if tail else id_
            what = f"{measure.name}/{name}" if tail else measure.name
            if tail:
                cells.append(self._rest(_tailed(id_, span), what, told))
            elif measure in _GUARDED:
                cells.append(self._guarded(span, measure))
            else:
                cells.append(self._cell(span, told.total))
        cells.insert(1, self._share_of(cells[0], found[0]))
        return Row(name, tuple(cells))

    def _rest(self, id_: str, name: str, told: Distribution) -> Cell:
        """Make what is told together a cell; it is few only where it is all there is."""
        if is_few(told.rest):
            return _hidden(id_, name, told.rest)
        total = told.total
        cases = {
            number
            for group in told.together
            for number in self.book.figure(total.measure, total.period, told.dimension, group).cases
        }
        return Cell(id_, name, str(told.rest), told.rest, tuple(sorted(cases)))

    def _share_of(self, cell: Cell, told: Distribution) -> Cell:
        total = told.total.count
        text = rate(cell.value, total) if cell.value is not None else WITHHELD
        what = f"{cell.name}占比"
        return Cell(f"{cell.id}.share", what, text, note=f"= {cell.id} ÷ 合计{total}")

    def _not_divided(self, tables: Sequence[Table]) -> str:
        """Name what is not broken down, because everything in it is too small."""
        made = {table.id for table in tables}
        left = [
            title.removeprefix("按")
            for key, title, dimension in _BREAKDOWNS
            if key not in made
            and (self.term.kind is Kind.YEAR or not self.reports.is_yearly(RECEIVED, dimension))
        ]
        rule = f"少于{FLOOR}件的不单列，并入“{_REST}”，不能用总数减出来的才列。检举控告合为一类。"
        if not left:
            return rule
        why = f"各项少于{FLOOR}件，或者少于{FLOOR}件的可以推算出来，本期不分列。"
        return f"{rule}{'、'.join(left)}{why}"

    def _follow_up(self) -> Table:
        """What became of promises, of earlier matters and of requests for review."""
        rows = [
            self._guarded_row(PLEDGED),
            self._rate_row("fulfilled-rate", "兑现率", FULFILLED, PLEDGED),
            self._guarded_row(REPEAT),
            self._rate_row("earlier-answered-rate", "前件答复率", EARLIER_ANSWERED, REPEAT),
            self._rate_row("earlier-kept-rate", "前件兑现率", EARLIER_KEPT, EARLIER_PLEDGED),
            self._guarded_row(REVIEWED),
            self._guarded_row(REREVIEWED),
        ]
        measures = (PLEDGED, FULFILLED, REPEAT, REVIEWED, REREVIEWED)
        return Table(
            "follow-up",
            "兑现、关联前件、复查",
            "项目",
            tuple(span.heading for span in self.spans),
            tuple(rows),
            (
                *(f"{m.name}：{m.definition}" for m in measures),
                "兑现率 = 承诺全部兑现 ÷ 答复有承诺。",
                "关联前件只用来核对前一件事答复、兑现了没有，不统计谁来过几次。",
            ),
        )

    def _guarded_row(self, measure: Measure) -> Row:
        cells = tuple(self._guarded(span, measure) for span in self.spans)
        return Row(measure.name, cells, f"（{measure.unit}）")

    def _rate_row(self, id_: str, name: str, part: Measure, whole: Measure) -> Row:
        return Row(name, tuple(self._rate(span, part, whole, (id_, name)) for span in self.spans))

    def _steps(self) -> Table:
        """Count the acts of the office that 条例 41 asks for."""
        spans = self.spans
        rows = [
            Row(m.name, tuple(self._guarded(s, m) for s in spans))
            for m in STEPS.values()
            if any(self.book.count(m, s.period) for s in spans)
        ]
        return Table(
            "steps",
            "转送、交办、督办等",
            "步骤",
            tuple(span.heading for span in spans),
            tuple(rows),
            (f"按步骤的日期计，一件事项办几次计几次；少于{FLOOR}次的写“{FEW}”，没有的不列。",),
        )

    # Sentences

    @cached_property
    def balance(self) -> str:
        """The balance in one line, against a count of what is open on the last day."""
        found = self.book.balance(self.term.period)
        last = self.term.last
        left = sum(
            e.registered <= last and (e.closed is None or max(e.closed, e.registered) > last)
            for e in self.reports.entries
        )
        agrees = "相符" if left == found.open else "不符，须查明原因"
        return (
            f"平衡核对：期初在办{found.carried}件 + 新收{found.received}件 − 办结{found.closed}件"
            f" = {found.open}件；{last.month}月{last.day}日逐件清点在办{left}件：{agrees}。"
        )

    def _summary(self, flow: Table, found: Sequence[Trend]) -> Iterator[str]:
        cells = {row.name: row.cells for row in flow.rows}
        came, went = cells["新收"], cells["办结"]
        yield (
            f"本期新收{came[0].text}件{self._compared(came)}；办结{went[0].text}件"
            f"{self._compared(went)}；期末在办{cells['期末在办'][0].text}件。"
        )
        clocks = [c.id for c in self.reports.clocks if self.reports.tells(DUE, self.term, c.id)]
        due, kept = (
            sum(self.book.count(m, self.term.period, CLOCK, clock) for clock in clocks)
            for m in (DUE, KEPT)
        )
        if due:
            yield f"列出的各项期限应办{due}项，按期{kept}项，按期率{rate(kept, due)}。"
        most = self.reports.told(RECEIVED, CATEGORY, self.term).apart
        if most:
            first = sorted(most, key=lambda figure: -figure.count)[:3]
            yield f"新收较多的类别：{'、'.join(f'{f.group}{f.count}件' for f in first)}。"
        yield self._compared_with()
        yield (
            f"比平常多的有{len(found)}项，见“苗头性、倾向性问题”。"
            if found
            else "没有发现比平常明显增多的类别、部室、标段或者逾期环节。"
        )

    def _compared_with(self) -> str:
        """Say which days are compared, or that there is nothing to compare with."""
        others = [f"{span.heading}为{span.term.name}" for span in self.spans if span.tail]
        since = f"登记册自{self.reports.since.year}年{self.reports.since.month}月起登记"
        return f"{'，'.join(others)}；{since}。" if others else f"{since}，没有以前的期间可比。"

    def _compared(self, cells: Sequence[Cell]) -> str:
        """Say how a number differs from the periods before."""
        said = []
        for place, span in enumerate(self.spans[1:], 1):
            value, earlier = cells[0].value, cells[2 * place - 1].value
            if value is None or earlier is None:
                continue
            more = value - earlier
            said.append(
                f"比{span.heading}{'多' if more > 0 else '少'}{abs(more)}件"
                if more
                else f"与{span.heading}持平"
            )
        return f"（{'，'.join(said)}）" if said else ""

    @staticmethod
    def _trend_lines(found: Sequence[Trend]) -> Iterator[str]:
        yield from (trend.said for trend in found)
        if not found:
            yield "按下述办法比较，没有高于平常的项目，或者此前的期间还不够比较。"

    def _advice(self, steps: Table) -> Iterator[str]:
        """Say what was suggested, what was adopted, and what was ordered to be mended."""
        if self.term.kind is Kind.YEAR:
            purposes = self.reports.told(RECEIVED, PURPOSE, self.term).apart
            outcomes = self.reports.told(ANSWERED, OUTCOME, self.term).apart
            came = next((f for f in purposes if f.group == Purpose.SUGGESTION), None)
            told = {figure.group: figure for figure in outcomes}
            adopted = "，".join(f"{word}{_or_not(told.get(word), '条')}" for word in _ADOPTED)
            yield f"本期新收建议意见：{_or_not(came, '件')}。本期答复的建议：{adopted}。"
            yield f"写“{WITHHELD}”的少于{FLOOR}，或者少于{FLOOR}的可以由它推算出来。"
        else:
            yield "建议意见和采纳的条数，一期之内往往不足5，只在年报中列出。"
        name = STEPS["整改"].name
        mended = next((row.cells[0].text for row in steps.rows if row.name == name), "0")
        yield f"本期发出{name}：{mended}次。"


def _hidden(id_: str, name: str, count: int) -> Cell:
    """Make a cell of a number that is not told: it is too small, or would tell one that is."""
    few = is_few(count)
    return Cell(id_, name, FEW if few else WITHHELD, note=_TOO_FEW if few else _KEPT_APART)


def _or_not(figure: Figure | None, unit: str) -> str:
    return f"{figure.count}{unit}" if figure else f"（{WITHHELD}）"


def _tailed(id_: str, span: _Span) -> str:
    return f"{id_}.{span.tail}" if span.tail else id_


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"


def _label(term: Term, *, first: bool) -> str:
    """Name a period below its column; the year stands where it begins."""
    name = f"{term.place}{'月' if term.kind is Kind.MONTH else '季'}"
    return f"{name}\n{term.year}" if first or term.place == 1 else name
