"""The time-in-relief bar as SVG: one bar, and under it what each part means and how many days it is.

The parts get lighter as the relief gets less; worse than the start is striped across and no entry hatched, so that grey
paper tells them apart as well.
"""

from collections.abc import Iterator, Sequence

from diary.charts.canvas import box, line, picture, tag, text, titled
from diary.charts.frames import NARROW, ON_SCREEN
from diary.charts.picture import DaysAtLevel, ReliefBar
from diary.charts.style import GREY, INK, NAVY, WHITE
from diary.domain.time_in_relief import ReliefLevel
from diary.words.language import ngettext

HEIGHT, LINE = 20, 17
_FILLS = {
    ReliefLevel.GOOD: NAVY,
    ReliefLevel.HALF: "#48679F",
    ReliefLevel.SOME: "#92A7CB",
    ReliefLevel.LITTLE: "#DCE4F0",
}
_ON_DARK = frozenset({ReliefLevel.GOOD, ReliefLevel.HALF})
_LETTER = 6  # how wide one is, on the average, at 11 units


def wide_relief_svg(bar: ReliefBar, *, prefix: str = "relief") -> str:
    """The bar as wide as the profile on a screen; empty where there is none, ``bar.words`` say why."""
    return _alone(bar, width=ON_SCREEN.width, left=ON_SCREEN.left, prefix=prefix, css="relief-wide")


def narrow_relief_svg(bar: ReliefBar, *, prefix: str = "relief-narrow") -> str:
    """The same for a phone."""
    return _alone(bar, width=NARROW, left=4, prefix=prefix, css="relief-narrow")


def _alone(bar: ReliefBar, *, width: float, left: float, prefix: str, css: str) -> str:
    if not bar.shares:
        return ""
    parts, bottom = relief_parts(bar, 2, left=left, right=width - 4, prefix=prefix)
    return picture(*parts, width=width, height=bottom + 2, label=bar.words, prefix=prefix, css=css)


def relief_parts(bar: ReliefBar, top: float, *, left: float, right: float, prefix: str) -> tuple[list[str], float]:
    """The bar between two edges with its key, and where they end. ``prefix`` keeps its ids apart."""
    days = sum(share.days for share in bar.shares)
    parts, x = list(_patterns(prefix)), left
    for share in bar.shares:
        if share.days:
            width = (right - left) * share.days / days
            parts.append(_part(share, (x, top), width, prefix=prefix))
            x += width
    key, bottom = _key(bar.shares, top + HEIGHT, left=left, right=right, prefix=prefix)
    return [*parts, *key], bottom


def _part(share: DaysAtLevel, at: tuple[float, float], width: float, *, prefix: str) -> str:
    x, top = at
    number = str(share.days)
    drawn = box((x, top), (x + width, top + HEIGHT), fill=_fill(share, prefix), stroke=INK)
    half = _LETTER * len(number) / 2 + 3
    if width < 2 * half:
        return titled(_words(share), drawn)
    middle, words = x + width / 2, {"text_anchor": "middle", "font_weight": "bold"}
    place = (middle, top + HEIGHT / 2 + 4)
    if share.level in _ON_DARK:
        return titled(_words(share), drawn, text(number, place, fill=WHITE, **words))
    plate = (
        "" if share.level in _FILLS else box((middle - half, top + 3), (middle + half, top + HEIGHT - 3), fill=WHITE)
    )
    return titled(_words(share), drawn, plate, text(number, place, **words))


def _key(
    shares: Sequence[DaysAtLevel], top: float, *, left: float, right: float, prefix: str
) -> tuple[list[str], float]:
    parts, x, y = [], left, top + LINE
    for share in shares:
        words = _words(share)
        needed = 30 + _LETTER * len(words)
        if x > left and x + needed > right:
            x, y = left, y + LINE
        swatch = box((x + 1, y - 10), (x + 15, y + 1), fill=_fill(share, prefix), stroke=INK)
        parts.append(swatch + text(words, (x + 20, y)))
        x += needed
    return parts, y + 4


def _words(share: DaysAtLevel) -> str:
    return ngettext("%(level)s: 1 day", "%(level)s: %(num)s days", share.days, level=share.words)


def _fill(share: DaysAtLevel, prefix: str) -> str:
    if share.level is None:
        return f"url(#{prefix}-no-entry)"
    return _FILLS.get(share.level, f"url(#{prefix}-worse)")


def _patterns(prefix: str) -> Iterator[str]:
    """Stripes across for worse than the start, thin hatching for no entry."""
    white = box((0, 0), (6, 6), fill=WHITE)
    for name, turned, drawn in (
        ("worse", None, line((0, 3), (6, 3), colour=INK, width=2.5)),
        ("no-entry", "rotate(45)", line((0, 0), (0, 6), colour=GREY, width=1.5)),
    ):
        yield tag(
            "pattern",
            white,
            drawn,
            id=f"{prefix}-{name}",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform=turned,
        )
