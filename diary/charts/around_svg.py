"""What stands around the panels of the profile: the names of the rows, the breaks between panels, the levels' names."""

from collections.abc import Iterator, Sequence

from diary.charts.canvas import line, text
from diary.charts.frames import TOP_SCORE, Frame
from diary.charts.picture import Panel, Strip, lines_of_label
from diary.charts.style import GREY, INK
from diary.words.language import gettext as _

LINE = 12


def row_names(frame: Frame, panels: Sequence[Panel] = ()) -> Iterator[str]:
    """The scale at the left of a panel, and the names of the rows, all of them where there is room."""
    edge = frame.left - 6
    for score in range(0, TOP_SCORE + 1, 2):
        yield text(str(score), (edge, frame.y(score) + 4), text_anchor="end")
    for score in (0, 5, 10):
        yield text(str(score), (edge, frame.y(score, Strip.DIFFICULTY) + 4), text_anchor="end")
    if frame.whole_width:
        yield text(_("Pain"), (0, frame.rows.pain[0] - 14), font_size=10, fill=GREY)
        yield text(_("Difficulty moving"), (0, frame.rows.difficulty[0] - 6), font_size=10, fill=GREY)
        return
    for words, strip in ((_("Pain"), Strip.PAIN), (_("Difficulty moving"), Strip.DIFFICULTY)):
        top, bottom = frame.rows.pain if strip is Strip.PAIN else frame.rows.difficulty
        middle = (top + bottom) / 2
        size = min(11, (bottom - top + 30) / len(words) * 1.6)
        for x, part, weight in ((13, words, "bold"), (26, _("lower is better"), None)):
            turned = f"rotate(-90 {x} {middle:g})"
            yield text(part, (x, middle), text_anchor="middle", font_weight=weight, font_size=size, transform=turned)
    rows = frame.rows
    for words, height in ((_("Medicine"), rows.medicine), (_("Events"), rows.events), (_("Entries"), rows.entries)):
        yield text(words, (frame.left - 8, height), text_anchor="end", font_size=min(10, 100 / len(words)))
    if any(panel.findings for panel in panels):
        yield text(_("Found"), (frame.left - 8, rows.findings + 4), text_anchor="end", font_size=10)


def breaks_between(frames: Sequence[Frame], gap: float) -> Iterator[str]:
    """Two slashes between neighbours, on each axis: time does not go on at the same pace."""
    for frame in frames[:-1]:
        for y in (frame.y(0) + 6, frame.y(0, Strip.DIFFICULTY) + 6, frame.rows.axis):
            for shift in (0, 4):
                x = frame.right + gap / 2 - 4 + shift
                yield line((x, y + 5), (x + 4, y - 5), colour=INK, width=1.5)


def labels_at_the_right(frame: Frame) -> Iterator[str]:
    """What the levels are called, beside the last panel; two that lie close are moved apart."""
    x, panel = frame.right + 6, frame.panel
    labels = [
        (frame.y(float(threshold.low + threshold.high) / 2), lines_of_label(threshold.label))
        for threshold in panel.thresholds
    ]
    if panel.start is not None:
        labels.append((frame.y(float(panel.start.score)), [panel.start.label]))
    top = 0.0
    for height, lines in sorted(labels):
        top = max(top, height - 6)
        for part in lines:
            bold = "bold" if lines == [panel.start and panel.start.label] else None
            yield text(part, (x, top + 10), font_size=10.5, font_weight=bold)
            top += LINE
    if panel.difficulty_start is not None:
        start = panel.difficulty_start
        yield text(
            start.label, (x, frame.y(float(start.score), Strip.DIFFICULTY) + 4), font_size=10.5, font_weight="bold"
        )
