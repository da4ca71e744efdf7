"""The report of one injection in words: the value that the print view and the PDF are both laid out from."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from diary.domain.diary import Injection
from diary.exchange.assessment_text import describe
from diary.exchange.report import Box, Fact, Part, Report, Table, on_paper
from diary.services.reports import InjectionReport
from diary.web.presenters.changes import changes_table
from diary.web.presenters.entry_pages import entry_line
from diary.web.presenters.ledger import ledger_of
from diary.web.presenters.notices import notices_of
from diary.web.presenters.patients import born_of, name_of
from diary.web.presenters.profiles import facts_of
from diary.web.presenters.sign_offs import standing_signature
from diary.words.findings import Box as Verdict
from diary.words.findings import Findings, Landmarks
from diary.words.injection_findings import findings_of, rule_set_words
from diary.words.injections import SIDES
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, pgettext
from diary.words.times import in_words, instant_in_words

NO_DIAGNOSIS = lazy_gettext(
    "This is not a diagnosis and decides nothing: it says whether the rules named above are met by what was recorded."
)
NO_SCORE = "\N{EN DASH}"


def report_of(asked: InjectionReport, *, picture: str | None) -> Report:
    """Everything the report says; ``picture`` is the drawing of its profile."""
    shown = asked.shown
    found = findings_in(asked)
    return Report(
        title=_title(shown.injection),
        name=name_of(shown.judged.patient),
        running=tuple(_running(asked)),
        facts=tuple(Fact(name=fact.name, words=fact.words) for fact in facts_of(shown) if fact.on_paper),
        boxes=tuple(_boxes(found)) if found else (),
        picture=picture,
        picture_words=shown.profile.summary if shown.profile else "",
        tables=tuple(_tables(found)) if found else (),
        parts=tuple(_parts(asked, found)),
        printed=printed_words(asked),
        printed_at=asked.printed_at,
        further=tuple(_further(asked)),
        invented=shown.judged.clinic.invented,
    )


def findings_in(asked: InjectionReport) -> Findings | None:
    """What was found of its injection: the same values as on the doctor's page."""
    judged, injection = asked.shown.judged, asked.shown.injection
    return None if injection is None else findings_of(injection.id, judged.assessment, judged.standing)


def text_of(asked: InjectionReport) -> str:
    """The report as plain text, to paste into another record."""
    judged, injection = asked.shown.judged, asked.shown.injection
    text = describe(judged.assessment, patient=judged.diary.patient)
    signed = " ".join(on_paper(said) for said in _signed(asked))
    if injection is None or not signed:
        return text
    on = in_words(injection.performed_at.date())
    own = _("The doctor's own reading of the injection of %(date)s: %(reading)s", date=on, reading=signed)
    return f"{text}{own}\n"


def printed_words(asked: InjectionReport) -> str:
    """Printed 22-Nov-2026 16:50 (America/New_York) by Dr Chen."""
    zone = asked.shown.judged.clinic.time_zone
    at = instant_in_words(asked.printed_at.astimezone(ZoneInfo(zone)))
    if not asked.printed_by:
        return _("Printed %(at)s (%(zone)s)", at=at, zone=zone)
    return _("Printed %(at)s (%(zone)s) by %(name)s", at=at, zone=zone, name=asked.printed_by)


def _title(injection: Injection | None) -> str:
    """Without a name: it stands in lists of windows and files."""
    if injection is None:
        return _("Injection diary: report")
    return _("Injection diary: report of the injection of %(date)s", date=in_words(injection.performed_at.date()))


def _running(asked: InjectionReport) -> Iterator[str]:
    patient, injection = asked.shown.judged.patient, asked.shown.injection
    yield name_of(patient)
    yield _("born %(date)s", date=born_of(patient))
    if patient.number:
        yield _("chart %(number)s", number=patient.number)
    if injection is not None:
        yield SIDES[injection.side]
        yield _("injected %(date)s", date=in_words(injection.performed_at.date()))


# --- the one page -----------------------------------------------------------------------------------------------------


def _boxes(found: Findings) -> Iterator[tuple[Box, ...]]:
    yield (_box(found.block), _box(found.steroid))
    if found.repeats:
        yield tuple(_box(repeat) for repeat in found.repeats)


def _box(verdict: Verdict) -> Box:
    graded = verdict.data is not None and verdict.data.words
    lines = [" ".join([verdict.told, _("Data: %(badge)s.", badge=graded)]) if graded else verdict.told]
    if verdict.cautions:
        lines.append(_("Cautions: %(cautions)s.", cautions="; ".join(verdict.cautions)))
    return Box(title=verdict.title, verdict=verdict.words, lines=tuple(lines), tag=verdict.borderline)


def _tables(found: Findings) -> Iterator[tuple[Table, ...]]:
    yield from ((_key_figures(verdict),) for verdict in (found.block, found.steroid) if verdict.numbers)
    landmarks = [] if found.landmarks is None else [_landmarks(found.landmarks)]
    if found.moving is not None:
        landmarks.append(_landmarks(found.moving.landmarks))
    if landmarks:
        yield tuple(landmarks)


def _key_figures(verdict: Verdict) -> Table:
    return Table(
        title=_("%(verdict)s: key figures", verdict=verdict.title)
        + (f". {verdict.not_judged}." if verdict.not_judged else ""),
        columns=(),
        rows=tuple((number.label, number.words) for number in verdict.numbers),
        widths=(5, 6),
    )


def _landmarks(landmarks: Landmarks) -> Table:
    return Table(
        title=f"{landmarks.title}: {landmarks.baseline}",
        columns=(_("Days"), _("Median"), "n", pgettext("of scores", "Change")),
        rows=tuple(
            (
                f"{row.day} ({row.window})",
                row.median or NO_SCORE,
                str(row.n),
                ", ".join(filter(None, (row.relief, row.immpact))) or NO_SCORE,
            )
            for row in landmarks.rows
        ),
        widths=(12, 8, 5, 17),
    )


def _parts(asked: InjectionReport, found: Findings | None) -> Iterator[Part]:
    judged = asked.shown.judged
    if notices := notices_of(asked.shown).beyond_cautions:
        yield Part(title=_("Before you read on"), lines=notices)
    if found is None:
        yield Part(
            title=_("Verdicts"),
            lines=(_("No injection is recorded up to %(date)s.", date=in_words(judged.as_of)),),
        )
    elif found.moving is not None:
        moving = found.moving
        data = _("Data: %(badge)s, %(share)s.", badge=moving.data.words, share=moving.data.share)
        told = f"{moving.functional_response}. {moving.why}. {data}"
        yield Part(title=_("Functional response"), lines=(told,))
    ledger = ledger_of(asked.shown)
    if len(ledger.recent) > 1:
        sums = "; ".join(f"{told.agent}: {told.words}" for told in ledger.sums)
        yield Part(title=_("Steroids in 12 months"), lines=(f"{sums}.",))
    signed = tuple(_signed(asked))
    yield Part(title=_("The doctor's own reading and plan"), lines=signed, empty_line=not signed)
    rules = judged.rules
    yield Part(
        title=_("Rule set"),
        lines=(
            f"{rule_set_words(rules)}.",
            _("Source: %(source)s.", source=rules.source),
            _("Not checked: %(words)s", words=rules.unchecked),
            _("Data up to %(date)s.", date=in_words(judged.as_of)) + f" {NO_DIAGNOSIS}",
        ),
    )


def _signed(asked: InjectionReport) -> Iterator[str]:
    """What stands signed, by whom and when, and what of its assessment is different today; nothing if nobody signed."""
    standing = standing_signature(asked.shown)
    if standing is None:
        return
    version = standing.version
    yield _("Block read as: %(reading)s. Plan: %(plan)s.", reading=version.reading, plan=version.plan)
    if version.reason:
        yield _("Reason: %(reason)s", reason=version.reason)
    if version.against:
        yield _("Against a rule, because: %(reason)s", reason=version.against)
    yield f"{version.heading}."
    yield from standing.changes


# --- further pages ----------------------------------------------------------------------------------------------------


def _further(asked: InjectionReport) -> Iterator[Table]:
    if asked.entries is not None:
        lines = [entry_line(history) for history in asked.entries]
        yield Table(
            title=_("All entries of the diary (%(count)s), the last recorded first", count=len(lines)),
            columns=(_("About"), _("Scores"), _("Recorded"), _("By"), _("Remarks")),
            rows=tuple(
                (line.about, f"{line.kind}: {line.scores}", f"{line.recorded} {line.zone}", line.by, line.remarks)
                for line in lines
            ),
            widths=(4, 7, 5, 4, 5),
            none=_("No entry is recorded."),
        )
    if asked.changes is not None:
        yield changes_table(asked.changes)
