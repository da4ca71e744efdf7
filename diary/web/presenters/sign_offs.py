"""What doctors signed, in words: the version that stands, what is different today, and every version whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from diary.domain.diary import Injection
from diary.domain.form import read_day, write
from diary.domain.local_time import in_zone, today_in
from diary.domain.sign_off import NEXT_INJECTION
from diary.exchange.assessment import write_assessment
from diary.services.judgement import Judged
from diary.services.profiles import PatientProfile
from diary.services.sign_offs import SignedHistory, records_of
from diary.store.sign_offs import SignOffRow
from diary.words import signed as words
from diary.words.findings import as_sentence
from diary.words.injections import PURPOSES, SIDES
from diary.words.language import ENGLISH, in_language, ngettext, spoken
from diary.words.language import gettext as _
from diary.words.plans import NEXT_STEPS, READINGS
from diary.words.times import dates_in_words, in_words, instant_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedVersion:
    """One version: who and when, what was signed, and what the verdicts were then."""

    heading: str
    reading: str
    plan: str
    reason: str
    against: str
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingSignature:
    """The version that stands, what of its assessment is different today, and whether an injection can be planned."""

    version: SignedVersion
    changes: tuple[str, ...]
    to_plan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeVersion:
    """A version with its whole assessment: each line a name and its words.

    ``kept_in`` says in which language the reasons of the rules were kept, where that is not the one spoken.
    """

    version: SignedVersion
    number: int
    injection: str
    rules: str
    unchecked: str
    records: str
    repeats: tuple["RepeatThen", ...]
    kept_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleThen:
    """A rule's result, and why: that sentence stays as it was kept beside the signature, in English."""

    words: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatThen:
    title: str
    overall: str
    rules: tuple[RuleThen, ...]


def reading_words(signed: SignOffRow | None) -> str | None:
    """Positive (Chen, 06-Aug-2026): the doctor's own reading beside the verdict; None where nobody signed."""
    if signed is None:
        return None
    return f"{READINGS[signed.sign_off.reading]} ({signed.signed_name}, {in_words(signed.as_of)})"


def standing_signature(shown: PatientProfile) -> StandingSignature | None:
    """What stands signed for the injection that is looked at."""
    if shown.signed is None or shown.injection is None:
        return None
    return StandingSignature(
        version=_version(shown.signed, ZoneInfo(shown.judged.clinic.time_zone)),
        changes=tuple(_changes(shown.signed, shown.judged, shown.injection)),
        to_plan=shown.signed.sign_off.next_step in NEXT_INJECTION,
    )


def whole_versions(history: SignedHistory) -> list[WholeVersion]:
    """Every version that was ever signed, the newest first."""
    return [_whole(signed, injection, history.zone) for signed, injection in history.versions]


def _version(signed: SignOffRow, zone: ZoneInfo) -> SignedVersion:
    sign_off = signed.sign_off
    return SignedVersion(
        heading=_(
            "Signed by %(name)s, %(at)s, version %(version)s, by rule set %(rules)s v%(rules_version)s, as of %(date)s",
            name=signed.signed_name,
            at=instant_in_words(in_zone(signed.signed_at, zone)),
            version=signed.version,
            rules=signed.rule_set,
            rules_version=signed.rule_set_version,
            date=in_words(signed.as_of),
        ),
        reading=READINGS[sign_off.reading],
        plan=_plan(signed, zone),
        reason=sign_off.reason or "",
        against=sign_off.against or "",
        then=tuple(_verdicts_then(signed)),
    )


def _plan(signed: SignOffRow, zone: ZoneInfo) -> str:
    """Wait and look again in 6 weeks (17-Sep-2026)."""
    sign_off = signed.sign_off
    due = sign_off.due_on(today_in(zone, now=signed.signed_at))
    said = NEXT_STEPS[sign_off.next_step]
    if due is None:
        return said
    if sign_off.in_weeks is not None:
        return ngettext(
            "%(step)s in 1 week (%(date)s)",
            "%(step)s in %(num)s weeks (%(date)s)",
            sign_off.in_weeks,
            step=said,
            date=in_words(due),
        )
    return _("%(step)s, on %(date)s", step=said, date=in_words(due))


def _verdicts_then(signed: SignOffRow) -> Iterator[str]:
    found = words.judged_injection(signed.assessment, str(signed.judged_id))
    block = [words.block_in_words(found["block"]), words.block_figures(found["block"])]
    yield _("Block: %(words)s.", words="; ".join(block))
    steroid = [words.steroid_in_words(found["steroid"]), words.steroid_figures(found["steroid"])]
    yield _("Steroid: %(words)s.", words="; ".join(filter(None, steroid)))
    for repeat in signed.assessment["repeat"]:
        yield f"{words.repeat_title(repeat)}: {words.overall_of(repeat)}."


def _changes(signed: SignOffRow, judged: Judged, injection: Injection) -> Iterator[str]:
    """What is different today from what was signed; nothing where the assessment is still the same."""
    if fewer := words.fewer_in_words(signed.records, records_of(judged)):
        yield fewer
    if signed.rules != write(judged.rules):
        yield _(
            "Signed by rule set %(rules)s v%(version)s; today's is %(today)s v%(today_version)s.",
            rules=signed.rule_set,
            version=signed.rule_set_version,
            today=judged.rules.name,
            today_version=judged.rules.version,
        )
    yield from words.differences(
        signed.assessment,
        write_assessment(judged.assessment),
        judged_then=str(signed.judged_id),
        judged_now=str(injection.id),
    )


def _whole(signed: SignOffRow, injection: Injection, zone: ZoneInfo) -> WholeVersion:
    rules = signed.rules
    return WholeVersion(
        version=_version(signed, zone),
        number=signed.version,
        injection=f"{in_words(injection.performed_at.date())}, {SIDES[injection.side]}, {PURPOSES[injection.purpose]}",
        rules=_(
            "%(title)s (%(name)s, version %(version)s). Source: %(source)s, dated %(date)s",
            title=rules["title"],
            name=rules["name"],
            version=rules["version"],
            source=rules["source"],
            date=in_words(read_day(rules["source_date"])),
        ),
        unchecked=rules["unchecked"],
        records=words.records_in_words(signed.records),
        repeats=tuple(
            RepeatThen(
                title=words.repeat_title(repeat),
                overall=words.overall_of(repeat),
                rules=tuple(_rule_then(rule) for rule in repeat["rules"]),
            )
            for repeat in signed.assessment["repeat"]
        ),
        kept_in="" if spoken() is ENGLISH else _("The reasons of the rules stand as they were kept: in English."),
    )


def _rule_then(rule: words.Plain) -> RuleThen:
    with in_language(ENGLISH.code):
        why = dates_in_words(rule["why"])
    return RuleThen(words=f"{as_sentence(words.rule_name(rule))}: {words.outcome_of(rule)}.", why=why)
