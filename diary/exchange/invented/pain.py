"""How bad the pain is on each day and minute of a course, on a fine scale before anybody rounds it to a score."""

from random import Random

from diary.exchange.invented.courses import BUPIVACAINE, Course, Shot


def as_score(level: float) -> int:
    """The whole number from 0 to 10 that somebody would choose for a level on a fine scale."""
    return min(10, max(0, round(level)))


def ramp(value: float, start: float, end: float) -> float:
    """0 up to start, 1 from end on, a straight line between."""
    return min(1.0, max(0.0, (value - start) / (end - start)))


def steroid_left(shot: Shot, day: int) -> float:
    """The share of the pain that is left on day D of an injection with a steroid."""
    if shot.steroid is None or day < 1:
        return 1.0
    working = ramp(day, shot.onset_day - 2, shot.onset_day + 1)
    wearing_off = ramp(day, shot.lasts_days * 0.85, shot.lasts_days * 1.15)
    return 1.0 - shot.steroid_relief * working * (1.0 - wearing_off)


def block_left(shot: Shot, minute: int) -> float:
    """The share of the pain that is left so many minutes after the injection."""
    numb = ramp(minute, 2, 24 if shot.anaesthetic is BUPIVACAINE else 14)
    wearing_off = ramp(minute, shot.block_minutes, shot.block_minutes * 1.35)
    return 1.0 - shot.block_relief * numb * (1.0 - wearing_off)


def levels_of(course: Course, dice: Random) -> dict[int, float]:
    """The pain of each day D: a level that wanders, what the injections take off it, and how people vary."""
    levels = {}
    wander = 0.0
    for day in range(-course.days_before, course.days_after + 1):
        wander = 0.75 * wander + dice.gauss(0, 0.4)
        level = course.pain + wander
        for shot in course.shots:
            since = day - shot.after_days
            level *= steroid_left(shot, since)
            level += shot.flare * (1 <= since <= 3)
        levels[day] = level + dice.gauss(0, 0.5)
    return levels
