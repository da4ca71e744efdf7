"""The languages of a clinic's patients: which may be chosen, who read their help pages, and choosing one.

A language whose words no native speaker has read is offered to nobody until an admin says that somebody has read the
words of its help pages. When these words change it is not offered again until they are read again; whoever has chosen
it keeps it, since English would help them less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diary.domain.access import ONES_OWN, Actor, check_can_administer
from diary.domain.errors import Conflict, InvalidValue, NotFound
from diary.domain.pain import one_line
from diary.store.language_reviews import LanguageReviewRow, add_review, reviews_of, was_reviewed
from diary.store.patients import change_patient_row, hold_patient
from diary.store.work import looking_up, writing
from diary.words.help_words import HelpWords, help_words
from diary.words.language import LANGUAGES, Language

LONGEST_READER = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who read the words, and when; ``current`` is False where they have changed since."""

    reader: str
    at: datetime
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicLanguage:
    """A language as an admin sees it; ``words`` and ``review`` are None where no review is needed."""

    language: Language
    words: HelpWords | None
    review: Review | None

    @property
    def offered(self) -> bool:
        """Whether patients may choose it."""
        return self.language.reviewed or (self.review is not None and self.review.current)


def languages_of(clinic_id: UUID) -> tuple[ClinicLanguage, ...]:
    """Every language of the diary, as it stands in this clinic."""
    with looking_up() as session:
        reviews = reviews_of(session, clinic_id)
    return tuple(_in_clinic(language, reviews) for language in LANGUAGES.values())


def offered_by(clinic_id: UUID) -> tuple[Language, ...]:
    """The languages that patients of the clinic may choose."""
    return tuple(one.language for one in languages_of(clinic_id) if one.offered)


def is_read(language: Language) -> bool:
    """Whether somebody who belongs to no clinic yet may be spoken to in it: any clinic had its words read."""
    if language.reviewed:
        return True
    with looking_up() as session:
        return was_reviewed(session, language=language.code, version=help_words(language).version)


def review_words(actor: Actor, clinic_id: UUID, *, code: str, version: str, reader: str, now: datetime) -> None:
    """Keep that ``reader``, who speaks the language, has read these words (`Conflict` where they are others by now)."""
    check_can_administer(actor, clinic_id)
    language = LANGUAGES.get(code)
    if language is None or language.reviewed:
        raise NotFound("There is no such language.")
    name = one_line(reader)
    if not name or len(name) > LONGEST_READER or not name.isprintable():
        raise InvalidValue("reader", "Write the name of whoever read the words.")
    if version != help_words(language).version:
        raise Conflict("The words have changed since you opened this page. Have them read again.")
    with writing(actor, now=now) as work:
        add_review(work, clinic_id, language=code, version=version, reader=name)


def choose_language(actor: Actor, code: str, *, now: datetime) -> None:
    """Speak this language to the patient who asks, from now on (`InvalidValue` for one that is not offered)."""
    if actor.patient_id is None or actor.role not in ONES_OWN:
        raise NotFound("There is no such patient.")
    with writing(actor, now=now) as work:
        patient = hold_patient(work.session, actor.patient_id)
        if patient is None or patient.clinic_id != actor.clinic_id:
            raise NotFound("There is no such patient.")
        if code not in {language.code for language in _offered_in(reviews_of(work.session, patient.clinic_id))}:
            raise InvalidValue("language", "Choose one of these languages.")
        change_patient_row(work, patient, {"language": code}, action="patient.choose-language")


def _offered_in(reviews: Sequence[LanguageReviewRow]) -> list[Language]:
    found = (_in_clinic(language, reviews) for language in LANGUAGES.values())
    return [one.language for one in found if one.offered]


def _in_clinic(language: Language, reviews: Sequence[LanguageReviewRow]) -> ClinicLanguage:
    if language.reviewed:
        return ClinicLanguage(language=language, words=None, review=None)
    words = help_words(language)
    last = next((review for review in reviews if review.language == language.code), None)
    return ClinicLanguage(
        language=language,
        words=words,
        review=Review(reader=last.reader, at=last.at, current=last.version == words.version) if last else None,
    )
