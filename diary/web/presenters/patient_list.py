"""The list of patients in words."""

from dataclasses import dataclass

from markupsafe import Markup

from diary.charts.sparkline import sparkline_svg
from diary.services.patient_list import PatientLine
from diary.store.patients import PatientRow
from diary.web.presenters.patients import name_of
from diary.words.times import counted, instant_in_words, score_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One row of the list of patients, in words and one line."""

    patient: PatientRow
    name: str
    born: str
    visit: str
    injection: str
    day: str
    pain: str
    entries: str
    spark: Markup


def list_row(line: PatientLine) -> ListRow:
    """One patient: 2 (was 7), 12 of 14 days."""
    injection = line.injection
    pain = "no scores" if line.last_score is None else str(line.last_score)
    was = f" (was {score_in_words(line.start)})" if line.start is not None else ""
    day = "" if line.day is None else f"day {line.day}"
    entries = f"{line.filled_in} of {counted(line.asked, 'day', 'days')}" if line.asked else ""
    label = f"{name_of(line.patient)}, {day or 'before any injection'}, pain {pain}{was}, {entries} filled in"
    visit = line.patient.next_visit
    return ListRow(
        patient=line.patient,
        name=name_of(line.patient),
        born=str(line.patient.born.year) if line.patient.born else "",
        visit=instant_in_words(visit) if visit else "",
        injection=f"{injection.side.value} #{line.number}" if injection else "none yet",
        day=day,
        pain=pain + was,
        entries=entries,
        spark=Markup(sparkline_svg(line.spark(label), prefix=f"spark-{line.patient.id}")),  # noqa: S704 — our own, escaped
    )
