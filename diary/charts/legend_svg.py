"""What each mark of the profile means, in as many lines as it needs."""

from collections.abc import Iterator
from textwrap import wrap

from diary.charts.canvas import Pair, line, marker, tag, text
from diary.charts.picture import Finding, Profile
from diary.charts.rows_svg import bracket_parts, regular_bar
from diary.charts.series_words import SERIES
from diary.charts.style import INK, LANGUAGE, NAVY, Style, style_of
from diary.words.language import gettext as _

LINE = 16
_LETTER = 5.7  # how wide one is, on the average, at 10.5 units
_RANGE = Finding(first=0, last=1, words="", held=False, begins=True, ends=True)


def legend_parts(profile: Profile, top: float, *, left: float, right: float) -> tuple[list[str], float]:
    """The marks that occur, between two edges, and where the last line ends."""
    parts, x, y = [], left, top + 12
    for mark, words in _meanings(profile):
        needed = 34 + _LETTER * len(words)
        if x > left and x + needed > right:
            x, y = left, y + LINE
        parts.append(tag("g", mark, transform=f"translate({x + 8:g} {y - 4:g})"))
        lines = wrap(words, int((right - left - 20) / _LETTER))
        parts += [text(part, (x + 20, y + 12 * index), font_size=10.5) for index, part in enumerate(lines)]
        x, y = x + needed, y + 12 * (len(lines) - 1)
    return parts, y + 4


_HERE: Pair = (0, 0)


def _meanings(profile: Profile) -> Iterator[tuple[str, str]]:
    """Each mark, drawn around 0, with its words."""
    yield from _of_series(profile)
    points = [point for panel in profile.panels for one in panel.series for point in one.points]
    plain = Style(colour=NAVY, symbol="circle")
    if any(point.paper for point in points):
        yield marker(_HERE, plain, late=True), _("hollow: written late, or typed in from paper")
    elif any(point.late for point in points):
        yield marker(_HERE, plain, late=True), _("hollow: written late")
    if any(point.helper for point in points):
        yield marker(_HERE, plain, helper=True), _("in a diamond: by a helper")
    findings = [finding for panel in profile.panels for finding in panel.findings]
    if any(not finding.held for finding in findings):
        yield "".join(bracket_parts((-6, 6), 2, _RANGE)), _("bracket: somewhere between")
    if any(panel.medicines for panel in profile.panels):
        yield line((0, -5), (0, 5), colour=INK, width=2), _("extra medicine")
    if any(panel.regular for panel in profile.panels):
        yield regular_bar((-5, -2), 5), _("regular medicine, records at most 2 days apart")
    if any(panel.languages for panel in profile.panels):
        yield marker(_HERE, LANGUAGE), _("asked in another language from here")


def _of_series(profile: Profile) -> Iterator[tuple[str, str]]:
    meanings: dict[Style, dict[str, None]] = {}
    for panel in profile.panels:
        for one in panel.series:
            words = SERIES[one.what] if one.generation == 0 else profile.generations[one.generation]
            meanings.setdefault(style_of(one), {})[words] = None
    for style, all_words in meanings.items():
        first, *others = all_words
        for other in others:
            first = _("%(one)s or %(other)s", one=first, other=other)
        yield marker(_HERE, style), first
