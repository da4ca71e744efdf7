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
from diary.words.injections import SIDES
from diary.words.plans import NEXT_STEPS, READINGS
from diary.words.times import counted, dates_in_words, in_words, instant_in_words


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
    """A version with its whole assessment: each line a name and its words."""

    version: SignedVersion
    number: int
    injection: str
    rules: str
    unchecked: str
    records: str
    repeats: tuple["RepeatThen", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatThen:
    title: str
    overall: str
    rules: tuple[str, ...]


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
        heading=(
            f"Signed by {signed.signed_name}, {instant_in_words(in_zone(signed.signed_at, zone))}, "
            f"version {signed.version}, by rule set {signed.rule_set} v{signed.rule_set_version}, "
            f"as of {in_words(signed.as_of)}"
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
        return f"{said} in {counted(sign_off.in_weeks, 'week', 'weeks')} ({in_words(due)})"
    return f"{said}, on {in_words(due)}"


def _verdicts_then(signed: SignOffRow) -> Iterator[str]:
    found = words.judged_injection(signed.assessment, str(signed.judged_id))
    yield f"Block: {words.block_in_words(found['block'])}; {words.block_figures(found['block'])}."
    figures = words.steroid_figures(found["steroid"])
    yield f"Steroid: {words.steroid_in_words(found['steroid'])}{f'; {figures}' if figures else ''}."
    for repeat in signed.assessment["repeat"]:
        yield f"{words.repeat_title(repeat)}: {words.overall_of(repeat)}."


def _changes(signed: SignOffRow, judged: Judged, injection: Injection) -> Iterator[str]:
    """What is different today from what was signed; nothing where the assessment is still the same."""
    if fewer := words.fewer_in_words(signed.records, records_of(judged)):
        yield fewer
    if signed.rules != write(judged.rules):
        yield (
            f"Signed by rule set {signed.rule_set} v{signed.rule_set_version}; "
            f"today's is {judged.rules.name} v{judged.rules.version}."
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
        injection=f"{in_words(injection.performed_at.date())}, {SIDES[injection.side]}, {injection.purpose}",
        rules=(
            f"{rules['title']} ({rules['name']}, version {rules['version']}). "
            f"Source: {rules['source']}, dated {in_words(read_day(rules['source_date']))}"
        ),
        unchecked=rules["unchecked"],
        records=words.records_in_words(signed.records),
        repeats=tuple(
            RepeatThen(
                title=words.repeat_title(repeat),
                overall=words.overall_of(repeat),
                rules=tuple(
                    f"{as_sentence(words.rule_name(rule))}: {words.outcome_of(rule)}. {dates_in_words(rule['why'])}"
                    for rule in repeat["rules"]
                ),
            )
            for repeat in signed.assessment["repeat"]
        ),
    )
