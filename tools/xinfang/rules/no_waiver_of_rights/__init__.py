"""协议、答复和议定事项不得要求信访人放弃信访、投诉、起诉等权利。

向上级反映、投诉举报、申请仲裁和起诉是法律给的权利,不能用一笔应付的钱去换。“不得再上访”“放弃申诉”一类
条款不但没有效力,还会使协议本身受到质疑;协议只应写清谁、何时、怎样履行,违约怎么办。

怎样改:删去该条款,写明履行方式、期限和违约责任。信访人说别人曾这样要求他,写在“事实”“理由”里,不受本条限制。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.rules import Fault
from xinfang.rules._shared import standing_texts

LEVEL = Level.ERROR
CITES = (
    cite("细则", "二·一"),
    cite("条例", "33"),
    cite("条例", "18¶4"),
    cite("人民调解法", "31"),
)
ROWS = ("R09", "R50")

_RIGHTS: Final = "上访|信访|走访|起诉|诉讼|仲裁|申诉|举报|投诉|控告|复查|复核|主张权利"
# What may not stand between the ban and the right: there the sentence speaks of the office's duty
# (不得打击报复信访人, 不再按信访程序办理) and not of the petitioner's right.
_WAIVER: Final = re.compile(
    r"(?P<ban>不得|不再|不准|不能再|永不|绝不|保证不|承诺不|禁止)(?:以任何(?:理由|方式|形式|借口))?"
    rf"[^,，。;；受办理按打报泄推拖阻限压因以影妨]{{0,10}}?(?P<right>{_RIGHTS})"
    r"(?![人事办工部程问局条者材内渠权])"
    r"|(?P<waiver>放弃)[^,，。;；]{0,8}?(?P<waived>申诉|信访|上访|诉讼|起诉|仲裁|投诉|举报|控告|复查|复核)"
)
_PETITIONERS_OWN: Final = frozenset({"事实", "理由", "请求"})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each text outside the petitioner's own account that takes such a right away."""
    if not _WAIVER.search(matter.text):
        return
    for keys, text in standing_texts(matter):
        if keys[0] in _PETITIONERS_OWN or keys[-1] == "理由":
            continue
        match = _WAIVER.search(text)
        if match:
            yield Fault(
                keys,
                f"含有限制信访人权利的内容“{_shown(match)}”",
                "请删去;只写履行方式、期限和违约责任",
            )


def _shown(match: re.Match[str]) -> str:
    """The two words that make the clause; what stands between them is not quoted."""
    return f"{match['ban'] or match['waiver']}…{match['right'] or match['waived']}"
