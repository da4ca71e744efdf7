"""The doctor's page in words: who, what was injected, what the numbers are, and every entry."""

from collections.abc import Iterator
from dataclasses import dataclass

from diary.domain.diary import Injection, Medicine
from diary.domain.timeline import day_since, standing
from diary.services.profiles import PatientProfile
from diary.web.presenters.pain import CONDITIONS
from diary.web.presenters.patients import born_of
from diary.words.entries import about_of, beside_scores, by_of
from diary.words.injections import PURPOSES, SIDES_IN_TEXT, drugs_of, reactions_of, side_and_target, steroid_words
from diary.words.language import gettext as _
from diary.words.language import pgettext
from diary.words.offered import offered_words
from diary.words.times import in_words, instant_in_words, listed

DAYS_OF_SIDE_EFFECTS = 14  # flushing, sleeplessness and soreness are of the first days


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the header: what it is, and its words, and whether it belongs on paper too."""

    name: str
    words: str
    on_paper: bool = True


def facts_of(shown: PatientProfile) -> Iterator[Fact]:
    """The header: who, which side and number, when, what, by whom."""
    yield Fact(name=_("Born"), words=born_of(shown.judged.patient))
    if shown.judged.patient.number:
        yield Fact(name=_("Chart number"), words=shown.judged.patient.number)
    if shown.judged.patient.next_visit:
        yield Fact(name=_("Next visit"), words=instant_in_words(shown.judged.patient.next_visit), on_paper=False)
    if shown.judged.diary.patient.conditions:
        yield Fact(
            name=_("Conditions"), words=", ".join(str(CONDITIONS[one]) for one in shown.judged.diary.patient.conditions)
        )
    if shown.judged.diary.steroids_elsewhere:
        yield Fact(
            name=_("Steroids elsewhere"), words="; ".join(map(steroid_words, shown.judged.diary.steroids_elsewhere))
        )
    if shown.injection is not None:
        yield from _facts_of_injection(shown.injection)
        yield from _side_effects(shown, shown.injection)


def date_and_side(injection: Injection) -> str:
    """06-Aug-2026, right."""
    return f"{in_words(injection.performed_at.date())}, {SIDES_IN_TEXT[injection.side]}"


def _facts_of_injection(injection: Injection) -> Iterator[Fact]:
    yield Fact(name=_("Injected"), words=instant_in_words(injection.performed_at))
    yield Fact(name=_("Side"), words=side_and_target(injection.side, injection.target))
    yield Fact(name=_("Purpose"), words=PURPOSES[injection.purpose])
    yield Fact(name=_("Drugs"), words=drugs_of(injection))
    if injection.sedation:
        yield Fact(name=_("Sedation"), words=_("yes"))
    if injection.guidance:
        yield Fact(name=_("Guidance"), words=offered_words(injection.guidance))
    if injection.cause:
        yield Fact(name=_("Cause"), words=offered_words(injection.cause))
    if injection.operator:
        yield Fact(name=_("Operator"), words=injection.operator)
    yield Fact(name=_("Reactions in the clinic"), words=reactions_of(injection))


def _side_effects(shown: PatientProfile, injection: Injection) -> Iterator[Fact]:
    """What was written down of the first fortnight, with the days since the injection."""
    force, days = shown.judged.standing, dict[str, list[int]]()
    written = [(day.day, day.chains) for day in force.days]
    written += [(moment.at.date(), moment.chains) for moment in force.moments]
    for day, chains in written:
        number = day_since(injection, day)
        if 0 <= number <= DAYS_OF_SIDE_EFFECTS:
            for effect in (effect for chain in chains for effect in chain.end.side_effects):
                days.setdefault(effect.casefold(), []).append(number)
    if days:
        told = (
            _(
                "%(effect)s (day %(days)s)",
                effect=offered_words(effect),
                days=listed([str(day) for day in sorted(set(on))]),
            )
            for effect, on in days.items()
        )
        yield Fact(name=_("Side effects written down"), words="; ".join(told))


# --- notes, medicines, entries ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    about: str
    words: str
    by: str


def notes_of(shown: PatientProfile) -> list[Note]:
    """Notes, side effects and what was measured, of the entries in the picture, the newest first."""
    notes = []
    for chain in standing(shown.judged.diary.entries):
        entry = chain.end
        parts = [entry.note or "", ", ".join(beside_scores(entry))]
        if any(parts):
            words = "; ".join(part for part in parts if part)
            notes.append((entry.recorded_at, Note(about=about_of(entry), words=words, by=by_of(entry))))
    return [note for _at, note in sorted(notes, key=lambda item: item[0], reverse=True)]


def medicine_words(medicine: Medicine) -> str:
    """Ibuprofen 400 mg, extra, 02-Mar-2026 15:00."""
    dose = f" {medicine.dose}" if medicine.dose else ""
    kind = pgettext("medicine", "extra") if medicine.rescue else pgettext("medicine", "regular")
    return f"{instant_in_words(medicine.taken_at)}: {medicine.name}{dose} ({kind})"
