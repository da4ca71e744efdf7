"""What the numbers of a rule set are called, in which unit they count, and what each is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from diary.domain.rulesets.parts import BlocksWithin, Rule, SessionsOf


class Unit(StrEnum):
    """One and many of what is counted."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "calendar month"
    POINT = "point"
    READING = "reading"
    SCORE = "score"
    SESSION = "session"
    PERCENT = "%"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one place of a rule set is called, in which unit it counts, and what it is for."""

    name: str
    unit: Unit = Unit.NONE
    what: str


PARTS: Mapping[str, str] = {
    "late": "Late scores",
    "block": "The block: relief while the anaesthetic works",
    "steroid": "The steroid: lasting relief",
    "repeat": "The repeat: what the next injection must meet",
}
MEANINGS: Mapping[str, Meaning] = {
    "late.first_hour_minutes": Meaning(
        name="Late in the first hour",
        unit=Unit.MINUTE,
        what="A score of the first hour, recorded later than this after its time, is late: the block leaves it out.",
    ),
    "late.later_minutes": Meaning(
        name="Late after the first hour", unit=Unit.MINUTE, what="The same for every score after the first hour."
    ),
    "block.threshold": Meaning(
        name="Block threshold",
        unit=Unit.PERCENT,
        what="Relief that a reading must reach for the block to meet the rule.",
    ),
    "block.partial_threshold": Meaning(
        name="Partial block threshold", unit=Unit.PERCENT, what="Relief from which the block meets the rule partly."
    ),
    "block.sustained": Meaning(
        name="Relief must be sustained",
        what="Whether relief must also hold as long as the anaesthetic is known to work.",
    ),
    "block.in_a_row": Meaning(
        name="Readings in a row",
        unit=Unit.READING,
        what="How many readings one after another must reach the threshold.",
    ),
    "block.low_baseline": Meaning(
        name="Lowest pain before, block",
        unit=Unit.POINT,
        what="With less pain than this before the injection, relief cannot be told.",
    ),
    "block.fewest_readings": Meaning(
        name="Fewest readings", unit=Unit.READING, what="With fewer readings than this the block cannot be judged."
    ),
    "block.after_minute": Meaning(
        name="A reading from minute",
        unit=Unit.MINUTE,
        what="At least one reading must be this long after the injection.",
    ),
    "block.hold_minutes": Meaning(
        name="Looked for at hold",
        unit=Unit.MINUTE,
        what="Where relief must be sustained, a reading must fall within this time after the agent's hold minute.",
    ),
    "block.analgesic_minutes": Meaning(
        name="Pain medicine counts for",
        unit=Unit.MINUTE,
        what="A score within this time after extra pain medicine is left out.",
    ),
    "block.apart_minutes": Meaning(
        name="Readings at least apart",
        unit=Unit.MINUTE,
        what="A score sooner than this after the reading before it is left out.",
    ),
    "steroid.threshold": Meaning(
        name="Steroid threshold",
        unit=Unit.PERCENT,
        what="Relief of the daily average pain that lasting relief must show.",
    ),
    "steroid.fewest_days_before": Meaning(
        name="Fewest days before",
        unit=Unit.DAY,
        what="So many days of the week before make the baseline; with fewer it is the one score from before.",
    ),
    "steroid.low_baseline": Meaning(
        name="Lowest pain before, steroid",
        unit=Unit.POINT,
        what="With less average pain than this before, lasting relief cannot be told.",
    ),
    "steroid.baselines_differ": Meaning(
        name="Baselines differ from", unit=Unit.POINT, what="Two baselines so far apart or more are pointed out."
    ),
    "steroid.onset_by_day": Meaning(
        name="Relief begins by day",
        unit=Unit.DAY,
        what="Relief that begins after this day is not put down to the steroid.",
    ),
    "steroid.onset_passes": Meaning(
        name="Scores that show relief began",
        unit=Unit.SCORE,
        what="So many scores of five days must reach the threshold for relief to have begun.",
    ),
    "steroid.end_points": Meaning(
        name="Scores that show relief ended",
        unit=Unit.SCORE,
        what="So many scores of two weeks are needed to say that relief has ended.",
    ),
    "steroid.hole_days": Meaning(
        name="Longest gap between scores",
        unit=Unit.DAY,
        what="A longer time without a score is a gap: nothing is said of the days in it.",
    ),
    "steroid.daily_until": Meaning(
        name="Scores wanted daily until day", unit=Unit.DAY, what="Until this day each day is expected, then each week."
    ),
    "steroid.slots_until": Meaning(
        name="Scores wanted until day",
        unit=Unit.DAY,
        what="How far scores are expected while the asked day hangs on a beginning of relief that is not known yet.",
    ),
    "steroid.good_percent": Meaning(
        name="Data are good from", unit=Unit.PERCENT, what="Share of the expected days and weeks that have a score."
    ),
    "steroid.limited_percent": Meaning(
        name="Data are limited from",
        unit=Unit.PERCENT,
        what="With a smaller share of the expected days and weeks there is no verdict.",
    ),
    "steroid.functional_threshold": Meaning(
        name="Moving: threshold",
        unit=Unit.PERCENT,
        what="How much less difficulty in moving makes a functional response.",
    ),
    "steroid.ongoing_days": Meaning(
        name="Answer awaited for", unit=Unit.DAY, what="So long after the asked day the verdict is still ongoing."
    ),
    "steroid.asked.months": Meaning(
        name="Relief wanted for months", unit=Unit.MONTH, what="To the same calendar day so many months later."
    ),
    "steroid.asked.days_after_onset": Meaning(
        name="Relief wanted for days after it began", unit=Unit.DAY, what="Counted from the day on which relief began."
    ),
    "steroid.asked.day": Meaning(name="Relief wanted until day", unit=Unit.DAY, what="Counted from the injection."),
    "repeat.steroid_effect_days": Meaning(
        name="A steroid may act for",
        unit=Unit.DAY,
        what="Sooner than this after the last steroid on the side, a warning says that it may still act.",
    ),
    "repeat.therapeutic": Meaning(
        name="Rules of a next therapeutic injection",
        what="Each is told with its numbers; without any, nothing is judged.",
    ),
    "repeat.diagnostic": Meaning(
        name="Rules of a next diagnostic injection",
        what="Each is told with its numbers; without any, nothing is judged.",
    ),
    "repeat.functional_response_counts": Meaning(
        name="Functional response counts",
        what="Whether moving better is a response too, where pain alone does not show one.",
    ),
    "repeat.gap.months": Meaning(
        name="Gap in months", unit=Unit.MONTH, what="The least time since the last injection of the side."
    ),
    "repeat.gap.days": Meaning(
        name="Gap in days", unit=Unit.DAY, what="The same in days. Only one of the two is given."
    ),
    "repeat.sessions.most": Meaning(
        name="Most sessions in 12 months", unit=Unit.SESSION, what="With the next one, at most so many."
    ),
    "repeat.sessions.of": Meaning(name="Sessions counted", what="Which sessions that cap counts."),
    "repeat.blocks.most": Meaning(
        name="Most diagnostic sessions", unit=Unit.SESSION, what="With the next one, at most so many."
    ),
    "repeat.blocks.within": Meaning(name="Diagnostic sessions counted", what="Over which time that cap counts."),
    "title": Meaning(name="Title", what="What the set is, in one line."),
    "source": Meaning(name="Source", what="Where the numbers come from."),
    "source_date": Meaning(name="Date of the source", what="As the source bears it."),
    "unchecked": Meaning(name="What could not be checked", what="What nobody has compared with the original text."),
}
AGENT_MEANINGS: Mapping[str, Meaning] = {
    "onset": Meaning(name="Onset", unit=Unit.MINUTE, what="Scores count from here."),
    "hold": Meaning(name="Hold", unit=Unit.MINUTE, what="Until here it works in nearly everybody."),
    "usual_end": Meaning(name="Usual end", unit=Unit.MINUTE, what="Scores count until here."),
    "tail_end": Meaning(name="Tail end", unit=Unit.MINUTE, what="Longer relief is not explained by it."),
    "also": Meaning(name="Also called", what="Other names of it, with commas between them."),
}
RULES: Mapping[Rule, str] = {
    Rule.BLOCK: "the last block of the side meets the rule",
    Rule.RESPONSE: "the last treatment helped as long as asked",
    Rule.GAP: "enough time has passed since the last injection",
    Rule.SESSIONS: "not too many sessions in 12 months",
    Rule.FIRST_BLOCK: "it is the first block of the side, or the last one meets the rule",
    Rule.BLOCKS: "not too many diagnostic sessions",
}
CHOICES: Mapping[str, str] = {
    SessionsOf.THERAPEUTIC: "therapeutic ones, of any side",
    SessionsOf.SIDE: "those of the side, of any purpose",
    BlocksWithin.TWELVE_MONTHS: "of any side, in 12 months",
    BlocksWithin.EVER: "of the side, ever",
}
