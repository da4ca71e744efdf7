"""The doctor's page in words: who, what was injected, what the numbers are, and every entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from diary.charts.picture import Panel, PanelKey, Profile, Start, Strip
from diary.charts.sparkline import sparkline_svg
from diary.charts.words import counted, in_words, instant_in_words, score_in_words
from diary.domain.diary import Entry, Injection, Kind, Medicine, Source, SteroidElsewhere
from diary.domain.timeline import Chain, standing
from diary.services.profiles import EntryHistory, PatientLine, PatientProfile
from diary.store.patients import PatientRow
from diary.web.presenters.pain import CONDITIONS

SIDES = {"left": "LEFT", "right": "RIGHT", "both": "BOTH SIDES"}
SOURCES = {
    Source.PATIENT: "patient",
    Source.HELPER: "helper",
    Source.NURSE: "nurse",
    Source.DOCTOR: "doctor",
    Source.IMPORT: "import",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the header: what it is, and its words."""

    name: str
    words: str


def name_of(patient: PatientRow) -> str:
    """The name, or that there is none."""
    return patient.name or "No name"


def born_of(patient: PatientRow) -> str:
    return in_words(patient.born) if patient.born else "not known"


def facts_of(shown: PatientProfile) -> Iterator[Fact]:
    """The header: who, which side and number, when, what, by whom."""
    yield Fact(name="Born", words=born_of(shown.patient))
    if shown.patient.number:
        yield Fact(name="Chart number", words=shown.patient.number)
    if shown.patient.next_visit:
        yield Fact(name="Next visit", words=instant_in_words(shown.patient.next_visit))
    if shown.diary.patient.conditions:
        yield Fact(name="Conditions", words=", ".join(CONDITIONS[one] for one in shown.diary.patient.conditions))
    if shown.diary.steroids_elsewhere:
        yield Fact(name="Steroids elsewhere", words="; ".join(map(steroid_words, shown.diary.steroids_elsewhere)))
    if shown.injection is not None:
        yield from _facts_of_injection(shown.injection)


def _facts_of_injection(injection: Injection) -> Iterator[Fact]:
    yield Fact(name="Injected", words=instant_in_words(injection.performed_at))
    yield Fact(name="Side", words=" ".join([SIDES[injection.side], injection.target or ""]).strip())
    yield Fact(name="Purpose", words=injection.purpose.value)
    yield Fact(name="Drugs", words=drugs_of(injection))
    if injection.sedation:
        yield Fact(name="Sedation", words="yes")
    for name, words in (("Guidance", injection.guidance), ("Cause", injection.cause), ("Operator", injection.operator)):
        if words:
            yield Fact(name=name, words=words)
    yield Fact(name="Reactions", words=reactions_of(injection))


def steroid_words(steroid: SteroidElsewhere) -> str:
    """20-Nov-2025: methylprednisolone 40 mg, right shoulder."""
    agent = " ".join([steroid.agent, _amount(steroid.mg, " mg")]).strip()
    return f"{in_words(steroid.on)}: {agent}" + (f", {steroid.where}" if steroid.where else "")


def drugs_of(injection: Injection) -> str:
    """Triamcinolone 40 mg, lidocaine 2% 1.5 mL."""
    given = []
    if injection.steroid is not None:
        given.append(" ".join([injection.steroid.agent, _amount(injection.steroid.mg, " mg")]).strip())
    for anaesthetic in injection.anaesthetic:
        strength, volume = _amount(anaesthetic.percent, "%"), _amount(anaesthetic.ml, " mL")
        given.append(" ".join(part for part in (anaesthetic.agent, strength, volume) if part))
    return ", ".join(given) or "not written down"


def _amount(number: float | None, unit: str) -> str:
    return "" if number is None else f"{number:g}{unit}"


def reactions_of(injection: Injection) -> str:
    """Each reaction with its time and note, or that none was written down."""
    reactions = [
        f"{reaction.kind.value.replace('-', ' ')} at {reaction.at:%H:%M}"
        + (f" ({reaction.note})" if reaction.note else "")
        for reaction in injection.reactions
    ]
    return ", ".join(reactions) or "none written down"


# --- the three boxes --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The raw numbers that a verdict would stand on."""

    title: str
    lines: tuple[str, ...]


def boxes_of(shown: PatientProfile, profile: Profile) -> tuple[Box, Box, Box]:
    """Block, steroid and repeat: the numbers there are, without a verdict."""
    panels = {panel.key: panel for panel in profile.panels}
    moments = [panels[PanelKey.CLINIC], panels[PanelKey.SAME_DAY]]
    days = [panel for key, panel in panels.items() if key not in (PanelKey.BEFORE, PanelKey.CLINIC, PanelKey.SAME_DAY)]
    return (
        Box(title="Block", lines=tuple(_numbers(moments, "right now, first 24 hours"))),
        Box(title="Steroid", lines=(*_numbers(days, "average of the day"), *_filled_in(shown, panels))),
        Box(title="Repeat", lines=tuple(_sessions(shown))),
    )


def _numbers(panels: Sequence[Panel], what: str) -> Iterator[str]:
    start = panels[0].start
    points = [
        point
        for panel in panels
        for one in panel.series
        if one.strip is Strip.PAIN and one.generation == 0
        for point in one.points
        if point.when != "just before"
    ]
    yield f"Pain {what}"
    if not points:
        yield f"{_started(start)}, no scores"
        return
    lowest = min(points, key=lambda point: point.score)
    last = points[-1]
    yield f"{_started(start)}, lowest {score_in_words(lowest.score)}, {lowest.when}"
    yield f"Last {score_in_words(last.score)}, {last.when}"
    late = sum(1 for point in points if point.late)
    if late:
        yield f"{counted(late, 'score', 'scores')} written late"


def _started(start: Start | None) -> str:
    return "No start score" if start is None else start.label


def _filled_in(shown: PatientProfile, panels: dict[PanelKey, Panel]) -> Iterator[str]:
    if shown.profile is None:
        return
    over = (shown.today - shown.profile.day_zero).days
    fortnight = len(panels[PanelKey.FORTNIGHT].entries)
    yield f"Days 1 to 14: entries on {fortnight} of {counted(min(max(over, 0), 14), 'day', 'days')}"
    after = len(panels[PanelKey.WEEKS].entries)
    if after:
        yield f"Day 15 to week 52: entries on {counted(after, 'day', 'days')}"


def _sessions(shown: PatientProfile) -> Iterator[str]:
    year = [one for one in shown.injections if 0 <= (shown.today - one.performed_at.date()).days < 365]
    dates = {one.performed_at.date() for one in year}
    yield f"{counted(len(dates), 'session', 'sessions')} in the last 365 days"
    if shown.injections:
        last = shown.injections[-1]
        yield f"Last: {in_words(last.performed_at.date())}, {last.side.value}, {last.purpose.value}"


# --- notes, medicines, entries ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    about: str
    words: str
    by: str


def notes_of(shown: PatientProfile) -> list[Note]:
    """Notes, side effects and what was measured, of the entries in the picture, the newest first."""
    notes = []
    for chain in standing(shown.diary.entries):
        entry = chain.end
        parts = [entry.note or "", ", ".join(_beside_scores(entry))]
        if any(parts):
            words = "; ".join(part for part in parts if part)
            notes.append((entry.recorded_at, Note(about=about_of(entry), words=words, by=by_of(entry))))
    return [note for _, note in sorted(notes, key=lambda item: item[0], reverse=True)]


def medicine_words(medicine: Medicine) -> str:
    """Ibuprofen 400 mg, extra, 02-Mar-2026 15:00."""
    dose = f" {medicine.dose}" if medicine.dose else ""
    kind = "extra" if medicine.rescue else "regular"
    return f"{instant_in_words(medicine.taken_at)}: {medicine.name}{dose} ({kind})"


def about_of(entry: Entry) -> str:
    """The day or the instant that an entry is about."""
    return in_words(entry.local_day) if entry.kind is Kind.DAILY else instant_in_words(entry.instant)


def by_of(entry: Entry) -> str:
    """Who recorded it, as far as it is known."""
    source = SOURCES[entry.source] if entry.source else "not known"
    return f"{source}, {entry.recorded_by}" if entry.recorded_by else source


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One row of all entries; ``versions`` are older ones with their times, oldest first."""

    about: str
    kind: str
    scores: str
    recorded: str
    by: str
    zone: str
    remarks: str
    versions: tuple[str, ...]


def entry_line(history: EntryHistory) -> EntryLine:
    """One entry in words, as it stands and as it was."""
    chain: Chain[Entry] = history.chain
    end = chain.end
    remarks = [
        word
        for word, true in (
            ("late", history.late),
            ("written before its day began: left out", history.early),
            ("changed", chain.corrected),
            ("withdrawn", end.withdrawn),
            ("typed in from paper", end.transcribed),
            (f"the phone's clock said {_phone_clock(end)}", end.clock is not None),
            (f"asked in {end.language}", end.language not in {None, "en"}),
        )
        if true
    ]
    return EntryLine(
        about=about_of(end),
        kind="day" if end.kind is Kind.DAILY else "right now",
        scores=scores_of(end),
        recorded=instant_in_words(chain.original.recorded_at),
        by=by_of(chain.original),
        zone=f"UTC{chain.original.recorded_at:%z}",
        remarks=", ".join(remarks),
        versions=tuple(
            f"{instant_in_words(version.recorded_at)}, {by_of(version)}: {scores_of(version)}"
            for version in chain.records
        )
        if chain.corrected
        else (),
    )


def _phone_clock(entry: Entry) -> str:
    """The times as the phone had them, before they were put right."""
    if entry.clock is None:
        return ""
    given = (entry.clock.at, entry.clock.recorded_at)
    told = [instant_in_words(instant) for instant in given if instant is not None]
    return ", ".join([*([in_words(entry.clock.day)] if entry.clock.day else []), *told])


def scores_of(entry: Entry) -> str:
    """average 4, moving 3, activities 6 5 7, extra medicine yes: the scores and whatever else was written with them."""
    given = [
        f"{instrument.value} {answer if isinstance(answer, int) else ' '.join(map(str, answer))}"
        for instrument, answer in entry.scores.given().items()
    ]
    if entry.words is not None:
        given.append(f"in words: {entry.words.value}")
    if entry.state is not None:
        given.append(entry.state.value.replace("-", " "))
    if entry.unknown:
        given.append(f"does not remember: {', '.join(question.value for question in entry.unknown)}")
    for what, answer in (("extra medicine", entry.analgesic), ("moved as it hurts", entry.movement_done)):
        if answer is not None:
            given.append(f"{what} {'yes' if answer else 'no'}")
    note = [f"note: {entry.note}"] if entry.note else []
    return ", ".join([*given, *_beside_scores(entry), *note]) or "no scores"


def _beside_scores(entry: Entry) -> Iterator[str]:
    if entry.pain_is_back:
        yield "the pain is back"
    yield from (event.value.replace("-", " ") for event in entry.events)
    yield from entry.side_effects
    if entry.blood_pressure is not None:
        yield f"blood pressure {entry.blood_pressure.systolic}/{entry.blood_pressure.diastolic} mmHg"
    if entry.glucose is not None:
        yield f"blood sugar {entry.glucose.value:g} {entry.glucose.unit.value}"


# --- the list ---------------------------------------------------------------------------------------------------------


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
