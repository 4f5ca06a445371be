"""Font stacks: which families each style of print resolves to, in the only place that knows.

The licensed fonts that GB/T 9704—2012 has in mind stand first, for offices that own them;
Fandol (free, in Debian's texlive-lang-chinese) stands in for them; Noto CJK has the rare
characters of names that both lack, serif for serif (domain/4 §4.4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_VARIABLE: Final = re.compile(r"var\(--(\w+)\)")

#: Style → families, the best first. 小标宋 is set bold, so that what stands in for it is.
#: 数字 are digits and Latin letters among 仿宋 and 楷体: Fandol's own are without serifs.
STACKS: Final[Mapping[str, tuple[str, ...]]] = {
    "小标宋": ("FZXiaoBiaoSong-B05S", "FandolSong-Bold", "Noto Serif CJK SC"),
    "仿宋": ("FangSong_GB2312", "FangSong", "FandolFang", "Noto Serif CJK SC"),
    "楷体": ("KaiTi_GB2312", "KaiTi", "FandolKai", "Noto Serif CJK SC"),
    "黑体": ("SimHei", "FandolHei", "Noto Sans CJK SC"),
    "宋体": ("SimSun", "FandolSong-Regular", "Noto Serif CJK SC"),
    "数字": ("FangSong_GB2312", "FangSong", "FandolSong-Regular", "Noto Serif CJK SC"),
}

#: Families of STACKS that are single fonts, found by their PostScript names. Fandol's two Songs
#: both call themselves FandolSong, of one weight, and could not be told apart by family.
FACES: Final = ("FandolSong-Bold", "FandolSong-Regular")


def font_faces() -> str:
    """Give the style sheet that lets :data:`FACES` be used as families."""
    return "".join(
        f'@font-face {{ font-family: "{face}"; src: local("{face}"); }}\n' for face in FACES
    )


def with_fonts(css: str) -> str:
    """Write the stacks into a style sheet, which names them as variables: ``var(--仿宋)``.

    They are written out, because WeasyPrint looks a real variable up anew for every element.

    Raises:
        KeyError: The style sheet names a style that does not exist.
    """
    return _VARIABLE.sub(lambda match: family_list(match[1]), css)


def family_list(style: str) -> str:
    """Give one stack as the value of ``font-family``."""
    return ", ".join(f'"{family}"' for family in STACKS[style])
