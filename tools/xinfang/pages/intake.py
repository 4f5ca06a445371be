"""Where a matter is reported in a browser: the registration form, and the sheet of first contact.

Lean pages of their own, not in the theme: its scripts stand in its pages, which the strict
Content-Security-Policy of these forbids. What they ask and say comes from :mod:`xinfang.webform`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from xinfang.pages.frame import Frame
from xinfang.register import INBOX_FOLDER
from xinfang.webform import ADDRESSES, script

_TITLES: Final[Mapping[str, str]] = {"登记": "信访事项登记", "首问": "首问登记单"}
_LEADS: Final[Mapping[str, str]] = {
    "登记": "填好后得到一个文件，交信访办收进登记册。可以离线使用，不会自动发送。",
    "首问": "谁先接到，谁就记下，当天交信访办。四项，一分钟；不评价，不拒绝。",
}
_FINISHED: Final[Mapping[str, str]] = {"登记": "检查并生成文件", "首问": "记好了"}
#: The same on paper.
_PAPERS: Final[Mapping[str, str]] = {"登记": "D02", "首问": "D01"}


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make both pages, and the data that they share."""
    for form, address in ADDRESSES.items():
        paper = frame.forms[_PAPERS[form]]
        yield (
            address,
            frame.page(
                "_intake.html",
                form=form,
                title=_TITLES[form],
                titles=_TITLES,
                lead=_LEADS[form],
                finish=_FINISHED[form],
                addresses=ADDRESSES,
                paper=f"《{paper.name}》（{paper.id}）",
                paper_id=paper.id,
                inbox=INBOX_FOLDER,
            ),
        )
    yield "data/intake.js", script(frame.register)
