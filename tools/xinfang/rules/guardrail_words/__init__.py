"""事项文件中不得出现给信访人贴标签、或以压制代替答复的词语。

信访人有权得到答复,本单位有义务按期答复。“劝返”“息访”“静访”“稳控”不是办结方式,“缠访”“闹访”
“无理要求”“重点人员”不是事实;这些词写进记录,就会变成不答复的理由,或变成对人的名单。诉求不成立的,
写“不予支持”并写明理由和依据;现场有违法行为的,另记“安全事件”,只写事实,与诉求是否成立分开。

怎样改:按提示换成事实或法定的词。信访人自己说过的话要如实记录,写在“事实”“理由”里并加引号“”的不算。
已提交的步骤不要改动,用“更正”步骤改写。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault
from xinfang.rules._shared import guardrail_words, may_hold_guardrail, standing_texts

LEVEL = Level.ERROR
CITES = (
    cite("细则", "五·四·1"),
    cite("细则", "五·四·4"),
    cite("口径", "A7"),
    cite("条例", "27"),
    cite("个保法", "28"),
)
ROWS = ("R04", "R44", "R50")


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each text that holds such a word."""
    if not may_hold_guardrail(matter.text):
        return
    for (keys, _), word, mend in guardrail_words(standing_texts(matter)):
        yield Fault(keys, f"出现“{word}”", mend)
