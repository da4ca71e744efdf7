"""The courses that an injection can take, as plain figures: what `invent_diary` plays out day by day.

Shapes follow ``docs/reference/evidence.md``: anaesthetics wear off after their usual time, a flare lasts days 1 to 3,
a steroid takes 2 to 7 days to work and holds for months, and people log on 60 to 95 percent of their days.
"""

from dataclasses import dataclass, replace

from diary.domain.diary import Anaesthetic, Condition, Purpose, ReactionKind, Side, Steroid

LIDOCAINE = Anaesthetic(agent="lidocaine", percent=2, ml=1.5)
BUPIVACAINE = Anaesthetic(agent="bupivacaine", percent=0.5, ml=1.5)
TRIAMCINOLONE = Steroid(agent="triamcinolone", mg=40)
METHYLPREDNISOLONE = Steroid(agent="methylprednisolone", mg=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One injection of a course and what it does.

    ``block_relief`` and ``steroid_relief`` are shares of the pain that go, 0 to 1; the block holds ``block_minutes``,
    the steroid works from ``onset_day`` on, and half of its relief is gone on day ``lasts_days``.
    """

    after_days: int = 0
    side: Side = Side.RIGHT
    purpose: Purpose = Purpose.THERAPEUTIC
    anaesthetic: Anaesthetic = LIDOCAINE
    block_relief: float = 0.85
    block_minutes: int = 110
    steroid: Steroid | None = TRIAMCINOLONE
    steroid_relief: float = 0.75
    onset_day: int = 3
    lasts_days: int = 120
    flare: int = 0
    sedation: bool = False
    reaction: ReactionKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One person's way: how bad it was, what each injection did, and how faithfully it was written down.

    Days count from the first injection. ``adherence`` is the share of days logged up to day 14, ``later`` after it;
    ``silent`` a span of days without entries; ``away`` a span of days spent in another time zone. ``days_ago`` is when
    the demo puts the first injection; negative lies ahead. A course without shots is the week before.
    """

    name: str
    shots: tuple[Shot, ...] = (Shot(),)
    pain: float = 7.0
    days_before: int = 7
    days_after: int = 150
    days_ago: int = 150
    adherence: float = 0.92
    later: float = 0.75
    silent: tuple[int, int] | None = None
    away: tuple[int, int, str] | None = None
    late: float = 0.04
    corrected: bool = False
    helper: str | None = None
    rescue_minutes: tuple[int, ...] = ()
    conditions: tuple[Condition, ...] = ()
    zone: str = "America/New_York"
    at_clock_change: bool = False
    in_clinic_since: int | None = None
    same_person_as: str | None = None


def _diagnostic(agent: Anaesthetic, *, minutes: int, after_days: int = 0, relief: float = 0.9) -> Shot:
    return Shot(
        after_days=after_days,
        purpose=Purpose.DIAGNOSTIC,
        anaesthetic=agent,
        block_relief=relief,
        block_minutes=minutes,
        steroid=None,
    )


_NO_RELIEF = Shot(block_relief=0.1, steroid_relief=0.05)

# One of each kind, in the order in which a demo of a few people takes them.
COURSES = (
    Course(name="clear-response"),
    Course(name="in-the-clinic-today", days_ago=0, in_clinic_since=24, days_after=1),
    Course(name="none", shots=(_NO_RELIEF,), days_after=120, days_ago=120),
    Course(name="partial", shots=(Shot(block_relief=0.6, steroid_relief=0.55, lasts_days=45),), days_ago=120),
    Course(name="flare", shots=(Shot(flare=3, onset_day=6, steroid_relief=0.7),), pain=6.4, days_ago=75),
    Course(name="returned", shots=(Shot(lasts_days=58, steroid_relief=0.8),), days_ago=110),
    Course(name="two-sides", shots=(Shot(side=Side.LEFT), Shot(side=Side.RIGHT, after_days=21)), days_ago=130),
    Course(
        name="concordant-blocks",
        shots=(_diagnostic(LIDOCAINE, minutes=100), _diagnostic(BUPIVACAINE, minutes=330, after_days=14)),
        days_after=28,
        days_ago=30,
    ),
    Course(
        name="discordant-blocks",
        shots=(_diagnostic(LIDOCAINE, minutes=300), _diagnostic(BUPIVACAINE, minutes=90, after_days=15)),
        days_after=29,
        days_ago=40,
    ),
    Course(name="bilateral", shots=(Shot(side=Side.BOTH),), pain=7.5, days_ago=100),
    Course(name="still-before", shots=(), days_ago=-3, days_before=9, days_after=0),
    Course(name="low-baseline", shots=(Shot(steroid_relief=0.4),), pain=2.8, days_ago=90),
    Course(name="gap-of-weeks", silent=(24, 62), days_ago=120),
    Course(name="ongoing", days_ago=33),
    Course(name="sparse", adherence=0.35, later=0.12, days_before=0, days_ago=140),
    Course(name="clock-change", zone="Europe/London", at_clock_change=True, days_ago=60),
    Course(name="travelling", away=(9, 19, "Europe/Madrid"), days_ago=80),
    Course(name="late-entries", late=0.4, later=0.65, days_ago=90),
    Course(name="corrections", corrected=True, days_ago=70),
    Course(name="helped", helper="Daughter", adherence=0.95, conditions=(Condition.ANTICOAGULANT,), days_ago=85),
    Course(name="medicine-in-the-window", rescue_minutes=(-150, 95), days_ago=60),
    Course(name="second-record", same_person_as="clear-response", days_before=0, days_ago=12),
    Course(
        name="sedated",
        shots=(Shot(sedation=True, anaesthetic=BUPIVACAINE, block_minutes=300, lasts_days=200),),
        days_after=260,
        days_ago=260,
    ),
    Course(
        name="repeated",
        shots=(
            Shot(lasts_days=80),
            Shot(after_days=110, lasts_days=70, steroid=METHYLPREDNISOLONE),
            Shot(after_days=215, lasts_days=60, steroid_relief=0.6),
        ),
        days_after=330,
        days_ago=330,
    ),
    Course(
        name="diabetes",
        conditions=(Condition.DIABETES, Condition.HIGH_BLOOD_PRESSURE),
        shots=(Shot(anaesthetic=BUPIVACAINE, block_minutes=310, lasts_days=90),),
        days_ago=65,
    ),
    Course(name="weak-leg", shots=(Shot(reaction=ReactionKind.WEAK_LEG, lasts_days=75),), days_ago=50),
)


def years_of_days(years: int) -> Course:
    """A diary kept nearly every day for so many years, with an injection every half year."""
    shots = tuple(Shot(after_days=182 * index, lasts_days=110) for index in range(2 * years))
    return replace(
        COURSES[0],
        name=f"{years}-years",
        shots=shots,
        adherence=0.97,
        later=0.97,
        days_after=365 * years,
        days_ago=365 * years,
    )
