"""单位设置中不得出现给信访人贴标签、或以压制代替答复的词语。

岗位、部门、口径里的词会印到文书和页面上。设“稳控”岗位、列“重点人员”,就是对人的名单和跟踪;风险只能是
事项或决策的。

怎样改:换成办理事项的词,例如“稳控组”改为“信访接待组”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.texts import texts_of
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.rules._shared import guardrail_words

LEVEL = Level.ERROR
CITES = (cite("细则", "五·四·4"), cite("口径", "A7"), cite("个保法", "28"))
ROWS = ("R50",)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield each text of the office that holds such a word."""
    if register.office is None:
        return
    for (keys, _), word, mend in guardrail_words(texts_of(register.office)):
        yield Fault(keys, f"出现“{word}”", mend)
