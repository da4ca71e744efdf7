"""The profile as SVG: wide for screens, narrow with the panels stacked for a phone, and for print with its relief bar.

What is joined is what stands in one run of the profile; a break between panels is a white gap with two slashes. The
text of the profile is escaped; there are no scripts, styles or addresses in it. Each drawing looks the same without any
stylesheet, and its marks differ in form wherever they differ in colour.
"""

from diary.charts.around_svg import breaks_between, labels_at_the_right, row_names
from diary.charts.canvas import FONT_IN_PRINT, picture, text
from diary.charts.frames import IN_PRINT, NARROW, ON_SCREEN, ROW_OF_NARROW, Sheet, side_by_side, stacked
from diary.charts.legend_svg import legend_parts
from diary.charts.panel_svg import panel_parts
from diary.charts.picture import Profile
from diary.charts.relief_bar_svg import relief_parts
from diary.words.language import gettext as _


def wide_svg(profile: Profile, *, prefix: str = "profile") -> str:
    """All panels side by side, 1120 units wide. ``prefix`` keeps its ids apart on a page."""
    parts, bottom = _on_sheet(profile, ON_SCREEN)
    return picture(
        *parts, width=ON_SCREEN.width, height=bottom, label=profile.summary, prefix=prefix, css="profile wide"
    )


def print_svg(profile: Profile, *, prefix: str = "profile-print") -> str:
    """All panels side by side and the time-in-relief bar under them, 800 units wide, for A4 in either direction.

    It stands alone: no classes to be styled, fonts by name, readable in grey. Where there is no bar it says why.
    """
    parts, bottom = _on_sheet(profile, IN_PRINT)
    left, right = IN_PRINT.left, IN_PRINT.width - 8
    parts.append(text(_("Days by relief"), (left, bottom + 16), font_weight="bold"))
    if profile.relief.shares:
        bar, bottom = relief_parts(profile.relief, bottom + 22, left=left, right=right, prefix=prefix)
        parts += bar
    else:
        bottom += 32
        parts.append(text(profile.relief.words, (left, bottom)))
    return picture(
        *parts, width=IN_PRINT.width, height=bottom + 6, label=profile.summary, prefix=prefix, font=FONT_IN_PRINT
    )


def _on_sheet(profile: Profile, sheet: Sheet) -> tuple[list[str], float]:
    frames = side_by_side(profile, sheet)
    legend, bottom = legend_parts(profile, sheet.rows.axis + 28, left=sheet.left, right=sheet.width)
    parts = [
        *(part for frame in frames for part in panel_parts(frame)),
        *row_names(frames[0], profile.panels),
        *breaks_between(frames, sheet.gap),
        *labels_at_the_right(frames[-1]),
        *legend,
    ]
    return parts, bottom + 4


def narrow_svg(profile: Profile, *, prefix: str = "profile-narrow") -> str:
    """The panels one under the other, 320 units wide, each with the same scale."""
    frames = stacked(profile)
    parts = [part for frame in frames for part in (*panel_parts(frame), *row_names(frame))]
    legend, bottom = legend_parts(profile, len(profile.panels) * ROW_OF_NARROW, left=8, right=NARROW)
    return picture(
        *parts, *legend, width=NARROW, height=bottom + 4, label=profile.summary, prefix=prefix, css="profile narrow"
    )


def legend_svg(profile: Profile, *, prefix: str = "profile-legend") -> str:
    """What each mark means, for a page that shows the figure in the place of the drawing."""
    parts, bottom = legend_parts(profile, 0, left=ON_SCREEN.left, right=ON_SCREEN.width)
    return picture(
        *parts, width=ON_SCREEN.width, height=bottom + 4, label=_("What the marks mean"), prefix=prefix, css="legend"
    )
