"""An assessment as the JSON that ``python -m diary assess --json`` prints.

Fractions are strings in lowest terms, percentages numbers with one decimal, ``covered`` has three.
"""

from fractions import Fraction
from typing import Any

from diary.domain.assessment import Assessment
from diary.domain.block import Block, Pair
from diary.domain.relief import Interval, rounded
from diary.domain.repeat import Repeat
from diary.domain.steroid import Figures, SteroidCourse
from diary.domain.steroid_figures import Area, DayRange, Landmark, Moving

Plain = dict[str, Any]


def write_assessment(assessment: Assessment) -> Plain:
    """The whole assessment as plain values, with the ids of the entries that each verdict used."""
    rules = assessment.rules
    return {
        "rules": {"name": rules.name, "version": rules.version, "source": rules.source},
        "as_of": assessment.as_of.isoformat(),
        "injections": [
            {"id": str(block.injection.id), "block": _block(block), "steroid": _steroid(course)}
            for block, course in zip(assessment.blocks, assessment.steroids, strict=True)
        ],
        "pairs": [_pair(pair) for pair in assessment.pairs],
        "repeat": [_repeat(repeat, rules.source) for repeat in assessment.repeats],
        "early": [str(entry.id) for entry in assessment.early],
    }


def _block(block: Block) -> Plain:
    return {
        "verdict": block.verdict.value,
        "reasons": [reason.value for reason in block.reasons],
        "series": block.series.value,
        "baseline": block.baseline,
        "threshold": block.threshold,
        "readings": len(block.readings),
        "used": [str(reading.entry_id) for reading in block.readings],
        "excluded": [{"id": str(entry.entry_id), "reason": entry.reason.value} for entry in block.excluded],
        "peak": block.peak and {"relief": rounded(block.peak.relief, 1), "minute": block.peak.minute},
        "borderline": block.borderline,
        "with_confounded": block.with_confounded.value,
        "duration": _interval(block.duration),
        "fit": block.fit.value,
        "cautions": [caution.value for caution in block.cautions],
    }


def _steroid(course: SteroidCourse) -> Plain:
    said: Plain = {"verdict": course.verdict.value, "reasons": [reason.value for reason in course.reasons]}
    return said if course.figures is None else {**_figures(course.figures), **said}


def _figures(figures: Figures) -> Plain:
    data, soreness, share = figures.data, figures.soreness, figures.days_at_threshold
    return {
        "baseline": _fraction(figures.baseline),
        "baseline_from": figures.baseline_from and figures.baseline_from.value,
        "threshold": figures.threshold,
        "data": {"badge": data.badge.value, "filled": data.filled, "slots": data.slots, "late": data.late},
        "used": [str(point.entry_id) for point in figures.points],
        "asked_day": figures.asked_day,
        "onset": _range(figures.onset),
        "end": _range(figures.end),
        "relief_days": _interval(figures.relief_days),
        "landmarks": {str(day): _landmark(landmark) for day, landmark in figures.landmarks.items()},
        "days_at_threshold": share and {"n": share.n, "of": share.of},
        "area": _area(figures.area),
        "flare_days": figures.flare_days,
        "soreness": soreness and {"last_day": soreness.last_day, "highest": soreness.highest},
        "analgesic_days": {"n": figures.analgesic_days.n, "of": figures.analgesic_days.of},
        "moving": _moving(figures.moving),
        "cautions": [caution.value for caution in figures.cautions],
    }


def _moving(moving: Moving) -> Plain:
    return {
        "baseline": _fraction(moving.baseline),
        "landmarks": {str(day): _difficulty(landmark) for day, landmark in moving.landmarks.items()},
        "functional_response": moving.functional_response,
    }


def _landmark(landmark: Landmark | None) -> Plain | None:
    if landmark is None:
        return None
    return {**(_difficulty(landmark) or {}), "class": landmark.immpact and landmark.immpact.value}


def _difficulty(landmark: Landmark | None) -> Plain | None:
    if landmark is None:
        return None
    return {
        "median": _fraction(landmark.median),
        "n": len(landmark.points),
        "relief": None if landmark.relief is None else rounded(landmark.relief, 1),
    }


def _area(area: Area | None) -> Plain | None:
    if area is None:
        return None
    return {
        "spid": _fraction(area.spid),
        "percent": rounded(area.percent, 1),
        "mean": _fraction(area.mean),
        "covered": rounded(area.covered, 3),
    }


def _pair(pair: Pair) -> Plain:
    return {"first": str(pair.first.id), "second": str(pair.second.id), "result": pair.result.value}


def _repeat(repeat: Repeat, source: str) -> Plain:
    return {
        "side": repeat.side.value,
        "next": repeat.next.value,
        "overall": repeat.overall.value,
        "earliest": repeat.earliest and repeat.earliest.isoformat(),
        "warnings": [warning.value for warning in repeat.warnings],
        "rules": [
            {
                "rule": result.rule.value,
                "result": result.result.value,
                "earliest": result.earliest and result.earliest.isoformat(),
                "why": str(result.why),
                "source": source,
            }
            for result in repeat.rules
        ],
    }


def _interval(interval: Interval | None) -> Plain | None:
    return None if interval is None else {"at_least": interval.at_least, "at_most": interval.at_most}


def _range(days: DayRange | None) -> Plain | None:
    return None if days is None else {"from": days.first, "to": days.last}


def _fraction(fraction: Fraction | None) -> str | None:
    return None if fraction is None else str(fraction)
