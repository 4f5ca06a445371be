"""What all pages of one site share: the register, what was derived from it, the templates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment

from xinfang import RULES_EDITION
from xinfang.diagnostics import Finding, Level
from xinfang.forms import Form, forms
from xinfang.history import History
from xinfang.ledger import Entry
from xinfang.model import Office
from xinfang.packaged import forms_folder
from xinfang.pages import agenda as desk
from xinfang.pages import case as views
from xinfang.pages import citing, counted
from xinfang.pages.markup import environment, fill
from xinfang.pages.words import CARRIED, due_words, words
from xinfang.register import Register
from xinfang.rules import all_rules
from xinfang.tables import HANDED_OVER, NOT_YET_HANDED_OVER

#: Said on every page; domain/7.
PROMISE: Final = "本工具只对事项和决策评估，不对个人评分、画像、跟踪、列名单"

#: Address below the site → text.
Pages = dict[str, str]

_LEVEL_TONES: Final = {Level.ERROR: "late", Level.WARNING: "near", Level.HINT: "plain"}


@dataclass(frozen=True)
class Frame:
    """What all pages of one site share."""

    register: Register
    entries: Mapping[str, Entry]
    all_findings: Sequence[Finding]
    folders: Sequence[Path]
    #: What Git tells of the case files; None where the register is in no repository.
    history: History | None = None

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The forms of the register, by D-number."""
        return forms(self.register.folder / "forms", forms_folder())

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
    def nearest(self) -> Mapping[str, desk.Due]:
        """The earliest pending deadline of each matter, by its number."""
        return desk.nearest(self.dues)

    @cached_property
    def promises(self) -> tuple[desk.Promise, ...]:
        """Everything promised and not yet carried out, the earliest day first."""
        found = [
            promise
            for entry in self.entries.values()
            if not entry.sealed
            for promise in desk.promises(entry, self.today)
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
        """What pages about many matters are filled with."""
        made = self._environment_of_one()
        made.globals |= {
            "entries": self.entries,
            "numbers": {entry.path: entry.number for entry in self.listed},
            "nearest": self.nearest,
            "words": self.words,
            "promises": self.promises,
            "shares": self.shares,
        }
        return made

    @cached_property
    def _case_environment(self) -> Environment:
        return self._environment_of_one()

    def _environment_of_one(self) -> Environment:
        """What the page of one matter is filled with: nothing of any other.

        A page is made anew only when something changes that it is made from, see
        :func:`xinfang.pages.cases.key`. What a template cannot ask for, it cannot miss.
        """
        made = environment(self.folders)
        made.globals |= {
            "office": self.office,
            "today": self.today,
            "month": f"{self.today:%Y-%m}",
            "edition": RULES_EDITION,
            "promise": PROMISE,
            "keys": self.keys,
            "due_words": due_words,
            "basis_address": citing.address,
            "cited_in_full": citing.full,
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

    @cached_property
    def findings_by_file(self) -> Mapping[str, list[Finding]]:
        """The findings that are shown, by the file they were found in."""
        groups: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            groups[finding.place.path].append(finding)
        return groups

    @cached_property
    def _known_words(self) -> dict[str, str]:
        """Words of the matters that were asked for, by number; two lists ask for all of them."""
        return {}

    def words(self, entry: Entry) -> str:
        """Words by which lists find a matter, see :mod:`xinfang.pages.words`."""
        known = self._known_words
        if entry.number not in known:
            known[entry.number] = " ".join(self._words(entry))
        return known[entry.number]

    def _words(self, entry: Entry) -> list[str]:
        names = [self.keys[name] for name in desk.departments(entry, self.office)]
        found = [words(entry, self.nearest.get(entry.number), names)]
        found += dict.fromkeys(counted.words(entry, self.entries, self.keys, self.today))
        if self.is_carried(entry):
            found.append(CARRIED)
        return found

    def is_carried(self, entry: Entry) -> bool:
        """Whether a matter was open when this month began (结转); of an accusation nothing."""
        first = self.today.replace(day=1)
        open_then = entry.closed is None or entry.closed >= first
        return not entry.sealed and entry.registered < first and open_then

    def page(self, template: str, *, root: str = "", **values: Any) -> str:  # noqa: ANN401
        """Fill a template; ``root`` leads from the page back to the top of the site."""
        return fill(self._environment, template, {"root": root, **values})

    def case_page(self, template: str, entries: Mapping[str, Entry], **values: Any) -> str:  # noqa: ANN401
        """Fill the template of a case.

        Args:
            template: Its name.
            entries: The matters that the page may name.
            values: What it shows.
        """
        known = {"root": "../../", "entries": entries, **values}
        return fill(self._case_environment, template, known)
