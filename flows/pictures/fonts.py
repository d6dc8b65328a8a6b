"""A font on this machine that has the characters of a text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

PLACES = (
    "~/.fonts",
    "~/.local/share/fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
CHINESE = (
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "NotoSansSC-Regular.ttf",
    "SourceHanSansSC-Regular.otf", "wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "PingFang.ttc",
    "STHeiti Light.ttc", "Hiragino Sans GB.ttc", "msyh.ttc", "simhei.ttf", "simsun.ttc", "uming.ttc",
)  # fmt: skip
"""Fonts with Chinese characters as systems have them, the nicest first."""
LATIN = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "Arial.ttf", "arial.ttf")


class NoFont(Exception):
    """No font here has these characters."""


def font_for(texts: Iterable[str]) -> Path:
    """A font file for these texts; raises NoFont."""
    wide = any(ord(character) > 0x2E7F for text in texts for character in text)
    for name in CHINESE if wide else (*LATIN, *CHINESE):
        if (found := _files().get(name.casefold())) is not None:
            return found
    raise NoFont("no font has these characters")


@cache
def _files() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for place in PLACES:
        folder = Path(place).expanduser()
        if folder.is_dir():
            for path in folder.rglob("*"):
                if path.suffix.casefold() in (".ttf", ".ttc", ".otf"):
                    found.setdefault(path.name.casefold(), path)
    return found


def simplified(path: Path) -> int:
    """Which face of a font collection has the simplified Chinese forms."""
    if path.suffix.casefold() != ".ttc":
        return 0
    from fontTools.ttLib import TTCollection  # type: ignore[import-untyped]

    with TTCollection(path, lazy=True) as fonts:
        names = [str(font["name"].getDebugName(1) or "") for font in fonts.fonts]
    return next((number for number, name in enumerate(names) if name.endswith(" SC") or name.endswith(" CN")), 0)
