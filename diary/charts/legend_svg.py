"""What each mark of the profile means, in as many lines as it needs."""

from collections.abc import Iterator

from diary.charts.canvas import marker, text
from diary.charts.picture import Profile
from diary.charts.style import NAVY, Style, style_of

LINE = 16
_LETTER = 5.7  # how wide one is, on the average, at 10.5 units


def legend_parts(profile: Profile, top: float, *, left: float, right: float) -> tuple[list[str], float]:
    """The marks that occur, between two edges, and where the last line ends."""
    parts, x, y = [], left, top + 12
    for style, late, helper, words in _meanings(profile):
        needed = 34 + _LETTER * len(words)
        if x > left and x + needed > right:
            x, y = left, y + LINE
        mark = marker((x + 8, y - 4), style, late=late, helper=helper)
        parts.append(mark + text(words, (x + 20, y), font_size=10.5))
        x += needed
    return parts, y + 4


def _meanings(profile: Profile) -> Iterator[tuple[Style, bool, bool, str]]:
    drawn = [one for panel in profile.panels for one in panel.series]
    meanings: dict[Style, dict[str, None]] = {}
    for one in drawn:
        words = one.what.value if one.generation == 0 else profile.generations[one.generation]
        meanings.setdefault(style_of(one), {})[words] = None
    for style, all_words in meanings.items():
        yield style, False, False, " or ".join(all_words)
    points = [point for one in drawn for point in one.points]
    plain = Style(colour=NAVY, symbol="circle")
    if any(point.late for point in points):
        yield plain, True, False, "hollow: written late"
    if any(point.helper for point in points):
        yield plain, False, True, "in a diamond: by a helper"
