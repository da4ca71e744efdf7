"""That a clinic had the words of the help pages read by somebody who speaks the language. Rows are only ever added."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.store.base import Id, Instant, Model
from diary.store.work import Work


class LanguageReviewRow(Model):
    """``version`` names the words that were read; ``reader`` is who read them, ``actor_id`` the admin who says so."""

    __tablename__ = "language_reviews"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    language: Mapped[str]
    version: Mapped[str]
    reader: Mapped[str]
    actor_id: Mapped[str]
    at: Mapped[Instant]


def reviews_of(session: Session, clinic_id: UUID) -> Sequence[LanguageReviewRow]:
    """Every review of the clinic, the newest first."""
    found = select(LanguageReviewRow).where(LanguageReviewRow.clinic_id == clinic_id)
    return session.scalars(found.order_by(LanguageReviewRow.at.desc(), LanguageReviewRow.id)).all()


def was_reviewed(session: Session, *, language: str, version: str) -> bool:
    """Whether any clinic of this server had these very words read."""
    same = (LanguageReviewRow.language == language, LanguageReviewRow.version == version)
    return session.scalar(select(LanguageReviewRow.id).where(*same).limit(1)) is not None


def add_review(work: Work, clinic_id: UUID, *, language: str, version: str, reader: str) -> None:
    """Keep that the words were read, with the audit row."""
    review = LanguageReviewRow(
        id=uuid4(),
        clinic_id=clinic_id,
        language=language,
        version=version,
        reader=reader,
        actor_id=work.actor.id,
        at=work.now,
    )
    work.session.add(review)
    work.audit("language.review", clinic_id=clinic_id, subject=str(review.id), language=language, version=version)
