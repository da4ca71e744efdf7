"""Medicines in words, with what was corrected."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.diary import Medicine, SteroidElsewhere
from diary.domain.timeline import Chain
from diary.web.presenters.injection import time_words
from diary.words.language import gettext as _
from diary.words.offered import offered_words
from diary.words.times import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineLine:
    """One medicine as it stands, and what stood before, newest first."""

    medicine_id: UUID
    withdrawn: bool
    words: str
    rescue: str
    earlier: tuple[str, ...]


def medicine_line(chain: Chain[Medicine], zone: ZoneInfo) -> MedicineLine:
    """A line of the list, withdrawn ones too."""
    return MedicineLine(
        medicine_id=chain.end.id,
        withdrawn=chain.end.withdrawn,
        words=medicine_words(chain.end, zone),
        rescue=_("Extra pain medicine") if chain.end.rescue else _("Regular"),
        earlier=tuple(_earlier(version, zone) for version in reversed(chain.records[:-1])),
    )


def _earlier(version: Medicine, zone: ZoneInfo) -> str:
    words, recorded = medicine_words(version, zone), time_words(version.recorded_at, zone)
    if version.rescue:
        return _("%(medicine)s, extra, recorded %(time)s", medicine=words, time=recorded)
    return _("%(medicine)s, regular, recorded %(time)s", medicine=words, time=recorded)


def medicine_words(medicine: Medicine, zone: ZoneInfo) -> str:
    """Ibuprofen 400 mg, 02-Mar-2026 09:10."""
    dose = f" {medicine.dose}" if medicine.dose else ""
    return f"{medicine.name}{dose}, {time_words(medicine.taken_at, zone)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SteroidLine:
    """One steroid given elsewhere, by the server's id for it."""

    steroid_id: UUID
    words: str


def steroid_line(steroid_id: UUID, steroid: SteroidElsewhere) -> SteroidLine:
    """20-Nov-2025: methylprednisolone 40 mg, right shoulder."""
    dose = f" {steroid.mg:g} mg" if steroid.mg is not None else ""
    where = steroid.where or _("place not given")
    return SteroidLine(
        steroid_id=steroid_id, words=f"{in_words(steroid.on)}: {offered_words(steroid.agent)}{dose}, {where}"
    )
