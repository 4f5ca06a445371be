"""The pages of the office's site as values: address → Markdown.

Each page is one template below ``site_templates/pages`` filled with what stands in the
register, on one day, without any identity. Nothing here reads the clock, opens what is sealed
or writes a file. Adding a page means a template, a function here, and a line in ``mkdocs.yml``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment

from xinfang import RULES_EDITION
from xinfang.clocks import Clock
from xinfang.diagnostics import Finding, Level
from xinfang.law import works
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.model import Office
from xinfang.model.office import Policy
from xinfang.pages import agenda as desk
from xinfang.pages import case as views
from xinfang.pages.markup import environment, fill
from xinfang.register import Register
from xinfang.rules import all_rules
from xinfang.tables import HANDED_OVER, NOT_YET_HANDED_OVER

#: Said on every page; domain/7.
PROMISE: Final = "本工具只对事项和决策评估，不对个人评分、画像、跟踪、列名单"

#: How many lines the home page shows of each group; the rest stands one click away.
_SHOWN: Final = 12
#: How many of the later ones it shows.
_NEXT: Final = 5


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above a list: the word that its rows carry, its name, how many there are."""

    word: str
    label: str
    count: int


#: Address of a page below the site → its Markdown.
Pages = dict[str, str]


def pages(
    register: Register,
    entries: Mapping[str, Entry],
    findings: Sequence[Finding],
    folders: Sequence[Path],
) -> Pages:
    """Make every page of the office's site.

    Args:
        register: The register; its ``office.yaml`` has to be sound.
        entries: Ledger entries of all sound cases, by number.
        findings: All findings.
        folders: Folders of templates; an earlier one overrides a later one.
    """
    site = _Site(register, entries, findings, folders)
    made = dict(_cases(site))
    made |= {
        "index.md": site.page("home.md", **_home(site)),
        "deadlines.md": site.page("deadlines.md", dues=site.dues, filters=_due_filters(site)),
        "ledger.md": site.page("ledger.md", listed=site.listed, filters=_matter_filters(site)),
        "findings.md": site.page("findings.md", groups=_by_file(site.findings)),
        "departments/index.md": site.page("departments.md", root="../"),
        "basis/rules.md": site.page("rules.md", root="../", rules=all_rules(), works=works()),
        "basis/clocks.md": site.page("clocks.md", root="../", clocks=register.clocks),
        "basis/works.md": site.page(
            "works.md", root="../", works=works().values(), cited_by=_cited_by(register.clocks)
        ),
        "basis/policy.md": site.page("policy.md", root="../", policy=_policy(site.office)),
    }
    for share in site.shares:
        made[f"departments/{share.key}.md"] = site.page("department.md", root="../", share=share)
    return dict(sorted(made.items()))


@dataclass(frozen=True)
class _Site:
    """What all pages of one site share."""

    register: Register
    entries: Mapping[str, Entry]
    all_findings: Sequence[Finding]
    folders: Sequence[Path]

    @cached_property
    def matters(self) -> Mapping[str, Matter]:
        """Every case that may be shown, by number. One that changed since the check is left out."""
        found: dict[str, Matter] = {}
        for number, entry in self.entries.items():
            if not entry.sealed:
                loaded = self.register.load(self.register.folder / entry.path)
                if loaded.record is not None:
                    found[number] = self.register.matter(loaded.record, entry.path)
        return found

    @property
    def office(self) -> Office:
        """The office."""
        assert self.register.office is not None, "callers look at the office first"  # noqa: S101
        return self.register.office

    @property
    def today(self) -> date:
        """The day the register is looked at."""
        return self.register.today

    @cached_property
    def listed(self) -> list[Entry]:
        """All entries, the newest first."""
        return [self.entries[number] for number in sorted(self.entries, reverse=True)]

    @cached_property
    def dues(self) -> tuple[desk.Due, ...]:
        """Every pending deadline."""
        return desk.agenda(self.entries.values(), self.office, self.today)

    @cached_property
    def promises(self) -> tuple[desk.Promise, ...]:
        """Everything promised and not yet carried out, the earliest day first."""
        found = [
            promise
            for number, matter in self.matters.items()
            for promise in desk.promises(self.entries[number], matter)
        ]
        return tuple(sorted(found, key=lambda promise: (promise.left, promise.entry.number)))

    @cached_property
    def shares(self) -> tuple[desk.Share, ...]:
        """The work of each department."""
        return desk.shares(self.entries.values(), self.dues, self.promises, self.office)

    @cached_property
    def keys(self) -> dict[str, str]:
        """Department → its word in addresses and filters."""
        return {share.name: share.key for share in self.shares}

    @cached_property
    def findings(self) -> list[Finding]:
        """All findings but those in accusations, of which nothing is shown (A13)."""
        sealed = {entry.path for entry in self.entries.values() if entry.sealed}
        return [finding for finding in self.all_findings if finding.place.path not in sealed]

    @cached_property
    def later(self) -> Mapping[str, list[str]]:
        """Case number → numbers of the cases that name it as an earlier one."""
        found: dict[str, list[str]] = defaultdict(list)
        for number in sorted(self.entries):
            for earlier in self.entries[number].earlier:
                found[earlier].append(number)
        return found

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many matters there are of each kind; accusations count apart."""
        month = (self.today.year, self.today.month)
        visible = [entry for entry in self.listed if not entry.sealed]
        late = {due.entry.number for due in self.dues if due.when is desk.When.LATE}
        return {
            "open": sum(entry.is_open for entry in visible),
            "closed": sum(not entry.is_open for entry in visible),
            "late": len(late),
            "promised": sum(bool(entry.open_promises) for entry in visible),
            "received": sum((e.registered.year, e.registered.month) == month for e in visible),
            "closed_this_month": sum(
                (e.closed.year, e.closed.month) == month for e in visible if e.closed
            ),
            "sealed": len(self.listed) - len(visible),
        }

    @cached_property
    def _environment(self) -> Environment:
        made = environment(self.folders)
        made.globals |= {
            "office": self.office,
            "today": self.today,
            "month": f"{self.today:%Y-%m}",
            "edition": RULES_EDITION,
            "promise": PROMISE,
            "entries": self.entries,
            "keys": self.keys,
            "numbers": {entry.path: entry.number for entry in self.listed},
            "nearest": desk.nearest(self.dues),
            "promises": self.promises,
            "shares": self.shares,
            "slugs": {rule.slug for rule in all_rules()},
            "tones": desk.TONES,
            "deadline_tones": views.DEADLINE_TONES,
            "level_tones": _LEVEL_TONES,
            "handed_over": HANDED_OVER,
            "not_yet_handed_over": NOT_YET_HANDED_OVER,
            "departments": desk.departments,
            "When": desk.When,
        }
        return made

    def page(self, template: str, *, root: str = "", **values: Any) -> str:  # noqa: ANN401
        """Fill a template; ``root`` leads from the page back to the top of the site."""
        return fill(self._environment, template, {"root": root, **values})


_LEVEL_TONES: Final = {Level.ERROR: "late", Level.WARNING: "near", Level.HINT: "plain"}


def _home(site: _Site) -> dict[str, Any]:
    return {
        "groups": {
            when: [due for due in site.dues if due.when is when]
            for when in (desk.When.LATE, desk.When.TODAY, desk.When.WEEK)
        },
        "next": [due for due in site.dues if due.when is desk.When.LATER][:_NEXT],
        "unread": len(site.register.case_files()) - len(site.entries),
        "shown": _SHOWN,
        "counts": site.counts,
        "provisional": sum(due.deadline.provisional for due in site.dues),
        "levels": {
            level: sum(finding.level is level for finding in site.findings) for level in Level
        },
    }


def _due_filters(site: _Site) -> list[Filter]:
    """By what the deadlines can be filtered, with the number of lines each leaves."""
    when = Counter(due.when for due in site.dues)
    return [
        Filter("", "全部", len(site.dues)),
        *(Filter(kind, kind.label, when[kind]) for kind in desk.When),
        Filter("provisional", "暂定", sum(due.deadline.provisional for due in site.dues)),
        *(Filter(share.key, share.name, len(share.dues)) for share in site.shares if share.dues),
    ]


def _matter_filters(site: _Site) -> list[Filter]:
    """By what the ledger can be filtered; the words are those that its rows carry."""
    counts = site.counts
    month = f"{site.today:%Y-%m}"
    return [
        Filter("", "全部", len(site.listed)),
        Filter("open", "在办", counts["open"]),
        Filter("closed", "已办结", counts["closed"]),
        Filter("late", "有逾期", counts["late"]),
        Filter("promised", "承诺待兑现", counts["promised"]),
        Filter(f"received-{month}", "本月新收", counts["received"]),
        Filter(f"closed-{month}", "本月办结", counts["closed_this_month"]),
        *(Filter(share.key, share.name, share.handled) for share in site.shares if share.handled),
    ]


def _cases(site: _Site) -> Iterator[tuple[str, str]]:
    """Make the page of every sound case; a sealed one has three lines."""
    found = _by_file(site.findings)
    for number, entry in site.entries.items():
        address = f"cases/{number[3:7]}/{number}.md"
        if entry.sealed:
            yield address, site.page("sealed.md", root="../../", entry=entry)
        elif number in site.matters:
            matter = site.matters[number]
            yield address, _case(site, matter, entry, found.get(entry.path, ()))


def _case(site: _Site, matter: Matter, entry: Entry, findings: Sequence[Finding]) -> str:
    return site.page(
        "case.md",
        root="../../",
        case=matter.case,
        entry=entry,
        state=matter.state,
        stages=views.stages(matter),
        deadlines=views.sorted_deadlines(matter),
        claims=views.claims(matter),
        timeline=views.timeline(matter),
        papers=views.papers(matter),
        related=views.related(entry, site.entries, site.later.get(entry.number, ())),
        findings=findings,
    )


def _by_file(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.place.path].append(finding)
    return groups


def _cited_by(clocks: Iterable[Clock]) -> Mapping[str, list[tuple[str, str]]]:
    """Say of each work which clocks and rules rest on it: (address, name)."""
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for clock in clocks:
        for citation in clock.basis:
            found[citation.work][f"clocks.html#{clock.id}", f"{clock.id} {clock.name}"] = None
    for rule in all_rules():
        for citation in rule.cites:
            found[citation.work][f"rules.html#{rule.slug}", rule.title] = None
    return {key: list(names) for key, names in found.items()}


def _policy(office: Office) -> list[tuple[str, str, Any]]:
    """List the house readings as configured: name, what it is about, value."""
    return [
        (str(field.alias), field.description or "", getattr(office.policy, name))
        for name, field in Policy.model_fields.items()
    ]


__all__ = ["PROMISE", "Pages", "pages"]
