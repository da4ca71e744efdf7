"""What the numbers of a rule set are called, in which unit they count, and what each is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from diary.domain.rulesets.parts import BlocksWithin, Rule, SessionsOf
from diary.words.language import lazy_gettext as _
from diary.words.vocabulary import Vocabulary


class Unit(StrEnum):
    """What is counted; `diary.words.rules` says how many."""

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


PARTS: Mapping[str, str] = Vocabulary(
    {
        "late": _("Late scores"),
        "block": _("The block: relief while the anaesthetic works"),
        "steroid": _("The steroid: lasting relief"),
        "repeat": _("The repeat: what the next injection must meet"),
    }
)
MEANINGS: Mapping[str, Meaning] = {
    "late.first_hour_minutes": Meaning(
        name=_("Late in the first hour"),
        unit=Unit.MINUTE,
        what=_("A score of the first hour, recorded later than this after its time, is late: the block leaves it out."),
    ),
    "late.later_minutes": Meaning(
        name=_("Late after the first hour"), unit=Unit.MINUTE, what=_("The same for every score after the first hour.")
    ),
    "block.threshold": Meaning(
        name=_("Block threshold"),
        unit=Unit.PERCENT,
        what=_("Relief that a reading must reach for the block to meet the rule."),
    ),
    "block.partial_threshold": Meaning(
        name=_("Partial block threshold"),
        unit=Unit.PERCENT,
        what=_("Relief from which the block meets the rule partly."),
    ),
    "block.sustained": Meaning(
        name=_("Relief must be sustained"),
        what=_("Whether relief must also hold as long as the anaesthetic is known to work."),
    ),
    "block.in_a_row": Meaning(
        name=_("Readings in a row"),
        unit=Unit.READING,
        what=_("How many readings one after another must reach the threshold."),
    ),
    "block.low_baseline": Meaning(
        name=_("Lowest pain before, block"),
        unit=Unit.POINT,
        what=_("With less pain than this before the injection, relief cannot be told."),
    ),
    "block.fewest_readings": Meaning(
        name=_("Fewest readings"),
        unit=Unit.READING,
        what=_("With fewer readings than this the block cannot be judged."),
    ),
    "block.after_minute": Meaning(
        name=_("A reading from minute"),
        unit=Unit.MINUTE,
        what=_("At least one reading must be this long after the injection."),
    ),
    "block.hold_minutes": Meaning(
        name=_("Looked for at hold"),
        unit=Unit.MINUTE,
        what=_("Where relief must be sustained, a reading must fall within this time after the agent's hold minute."),
    ),
    "block.analgesic_minutes": Meaning(
        name=_("Pain medicine counts for"),
        unit=Unit.MINUTE,
        what=_("A score within this time after extra pain medicine is left out."),
    ),
    "block.apart_minutes": Meaning(
        name=_("Readings at least apart"),
        unit=Unit.MINUTE,
        what=_("A score sooner than this after the reading before it is left out."),
    ),
    "steroid.threshold": Meaning(
        name=_("Steroid threshold"),
        unit=Unit.PERCENT,
        what=_("Relief of the daily average pain that lasting relief must show."),
    ),
    "steroid.fewest_days_before": Meaning(
        name=_("Fewest days before"),
        unit=Unit.DAY,
        what=_("So many days of the week before make the baseline; with fewer it is the one score from before."),
    ),
    "steroid.low_baseline": Meaning(
        name=_("Lowest pain before, steroid"),
        unit=Unit.POINT,
        what=_("With less average pain than this before, lasting relief cannot be told."),
    ),
    "steroid.baselines_differ": Meaning(
        name=_("Baselines differ from"), unit=Unit.POINT, what=_("Two baselines so far apart or more are pointed out.")
    ),
    "steroid.onset_by_day": Meaning(
        name=_("Relief begins by day"),
        unit=Unit.DAY,
        what=_("Relief that begins after this day is not put down to the steroid."),
    ),
    "steroid.onset_passes": Meaning(
        name=_("Scores that show relief began"),
        unit=Unit.SCORE,
        what=_("So many scores of five days must reach the threshold for relief to have begun."),
    ),
    "steroid.end_points": Meaning(
        name=_("Scores that show relief ended"),
        unit=Unit.SCORE,
        what=_("So many scores of two weeks are needed to say that relief has ended."),
    ),
    "steroid.hole_days": Meaning(
        name=_("Longest gap between scores"),
        unit=Unit.DAY,
        what=_("A longer time without a score is a gap: nothing is said of the days in it."),
    ),
    "steroid.daily_until": Meaning(
        name=_("Scores wanted daily until day"),
        unit=Unit.DAY,
        what=_("Until this day each day is expected, then each week."),
    ),
    "steroid.slots_until": Meaning(
        name=_("Scores wanted until day"),
        unit=Unit.DAY,
        what=_("How far scores are expected while the asked day hangs on a beginning of relief that is not known yet."),
    ),
    "steroid.good_percent": Meaning(
        name=_("Data are good from"),
        unit=Unit.PERCENT,
        what=_("Share of the expected days and weeks that have a score."),
    ),
    "steroid.limited_percent": Meaning(
        name=_("Data are limited from"),
        unit=Unit.PERCENT,
        what=_("With a smaller share of the expected days and weeks there is no verdict."),
    ),
    "steroid.functional_threshold": Meaning(
        name=_("Moving: threshold"),
        unit=Unit.PERCENT,
        what=_("How much less difficulty in moving makes a functional response."),
    ),
    "steroid.ongoing_days": Meaning(
        name=_("Answer awaited for"), unit=Unit.DAY, what=_("So long after the asked day the verdict is still ongoing.")
    ),
    "steroid.asked.months": Meaning(
        name=_("Relief wanted for months"), unit=Unit.MONTH, what=_("To the same calendar day so many months later.")
    ),
    "steroid.asked.days_after_onset": Meaning(
        name=_("Relief wanted for days after it began"),
        unit=Unit.DAY,
        what=_("Counted from the day on which relief began."),
    ),
    "steroid.asked.day": Meaning(
        name=_("Relief wanted until day"), unit=Unit.DAY, what=_("Counted from the injection.")
    ),
    "repeat.steroid_effect_days": Meaning(
        name=_("A steroid may act for"),
        unit=Unit.DAY,
        what=_("Sooner than this after the last steroid on the side, a warning says that it may still act."),
    ),
    "repeat.therapeutic": Meaning(
        name=_("Rules of a next therapeutic injection"),
        what=_("Each is told with its numbers; without any, nothing is judged."),
    ),
    "repeat.diagnostic": Meaning(
        name=_("Rules of a next diagnostic injection"),
        what=_("Each is told with its numbers; without any, nothing is judged."),
    ),
    "repeat.functional_response_counts": Meaning(
        name=_("Functional response counts"),
        what=_("Whether moving better is a response too, where pain alone does not show one."),
    ),
    "repeat.gap.months": Meaning(
        name=_("Gap in months"), unit=Unit.MONTH, what=_("The least time since the last injection of the side.")
    ),
    "repeat.gap.days": Meaning(
        name=_("Gap in days"), unit=Unit.DAY, what=_("The same in days. Only one of the two is given.")
    ),
    "repeat.sessions.most": Meaning(
        name=_("Most sessions in 12 months"), unit=Unit.SESSION, what=_("With the next one, at most so many.")
    ),
    "repeat.sessions.of": Meaning(name=_("Sessions counted"), what=_("Which sessions that cap counts.")),
    "repeat.blocks.most": Meaning(
        name=_("Most diagnostic sessions"), unit=Unit.SESSION, what=_("With the next one, at most so many.")
    ),
    "repeat.blocks.within": Meaning(name=_("Diagnostic sessions counted"), what=_("Over which time that cap counts.")),
    "title": Meaning(name=_("Title"), what=_("What the set is, in one line.")),
    "source": Meaning(name=_("Source"), what=_("Where the numbers come from.")),
    "source_date": Meaning(name=_("Date of the source"), what=_("As the source bears it.")),
    "unchecked": Meaning(
        name=_("What could not be checked"), what=_("What nobody has compared with the original text.")
    ),
}
AGENT_MEANINGS: Mapping[str, Meaning] = {
    "onset": Meaning(name=_("Onset"), unit=Unit.MINUTE, what=_("Scores count from here.")),
    "hold": Meaning(name=_("Hold"), unit=Unit.MINUTE, what=_("Until here it works in nearly everybody.")),
    "usual_end": Meaning(name=_("Usual end"), unit=Unit.MINUTE, what=_("Scores count until here.")),
    "tail_end": Meaning(name=_("Tail end"), unit=Unit.MINUTE, what=_("Longer relief is not explained by it.")),
    "also": Meaning(name=_("Also called"), what=_("Other names of it, with commas between them.")),
}
RULES: Mapping[Rule, str] = Vocabulary(
    {
        Rule.BLOCK: _("the last block of the side meets the rule"),
        Rule.RESPONSE: _("the last treatment helped as long as asked"),
        Rule.GAP: _("enough time has passed since the last injection"),
        Rule.SESSIONS: _("not too many sessions in 12 months"),
        Rule.FIRST_BLOCK: _("it is the first block of the side, or the last one meets the rule"),
        Rule.BLOCKS: _("not too many diagnostic sessions"),
    }
)
CHOICES: Mapping[str, str] = Vocabulary(
    {
        SessionsOf.THERAPEUTIC: _("therapeutic ones, of any side"),
        SessionsOf.SIDE: _("those of the side, of any purpose"),
        BlocksWithin.TWELVE_MONTHS: _("of any side, in 12 months"),
        BlocksWithin.EVER: _("of the side, ever"),
    }
)
