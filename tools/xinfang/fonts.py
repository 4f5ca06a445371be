"""Font stacks: which families each style of print resolves to, in the only place that knows.

The licensed fonts that GB/T 9704—2012 has in mind stand first, for offices that own them;
Fandol (free, in Debian's texlive-lang-chinese) stands in for them; Noto CJK has the rare
characters of names that both lack, serif for serif (domain/4 §4.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Style → families, the best first. 小标宋 is set bold, so that Fandol's bold Song stands in;
#: Fandol's two Songs both call themselves FandolSong and regular, so 宋体 cannot use the lighter
#: one. 数字 are digits and Latin letters among 仿宋 and 楷体: Fandol's own are without serifs.
STACKS: Final[Mapping[str, tuple[str, ...]]] = {
    "小标宋": ("FZXiaoBiaoSong-B05S", "FandolSong", "Noto Serif CJK SC"),
    "仿宋": ("FangSong_GB2312", "FangSong", "FandolFang", "Noto Serif CJK SC"),
    "楷体": ("KaiTi_GB2312", "KaiTi", "FandolKai", "Noto Serif CJK SC"),
    "黑体": ("SimHei", "FandolHei", "Noto Sans CJK SC"),
    "宋体": ("SimSun", "Noto Serif CJK SC"),
    "数字": ("FangSong_GB2312", "FangSong", "Noto Serif CJK SC"),
}


def css_variables() -> str:
    """Give the stacks as CSS variables: ``--仿宋``, ``--小标宋`` and so on."""
    lines = (f"  --{style}: {family_list(style)};" for style in STACKS)
    return ":root {\n" + "\n".join(lines) + "\n}\n"


def family_list(style: str) -> str:
    """Give one stack as the value of ``font-family``."""
    return ", ".join(f'"{family}"' for family in STACKS[style])
