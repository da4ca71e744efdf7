"""What was changed or withdrawn in a diary, version by version, for paper."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from diary.domain.diary import Entry, Injection, Medicine
from diary.domain.form import write
from diary.exchange.report import Table
from diary.services.reports import Changes
from diary.web.presenters.profiles import medicine_words
from diary.words.entries import INSTRUMENTS, about_of, by_of, scores_of
from diary.words.injections import PURPOSES, drugs_of, side_and_target
from diary.words.language import gettext as _
from diary.words.language import lazy_pgettext, ngettext
from diary.words.times import instant_in_words

Record = Injection | Entry | Medicine

# What every version has of its own, whatever it changes.
ABOUT_THE_VERSION = frozenset({"id", "revises", "recorded_at", "received_at", "recorded_by", "source", "clock"})

# Its fields as they stand in the diary file.
FIELDS: Mapping[str, str] = {
    "kind": lazy_pgettext("a field that was changed", "kind"),
    "scores": lazy_pgettext("a field that was changed", "scores"),
    "at": lazy_pgettext("a field that was changed", "at"),
    "day": lazy_pgettext("a field that was changed", "day"),
    "analgesic": lazy_pgettext("a field that was changed", "analgesic"),
    "side_effects": lazy_pgettext("a field that was changed", "side effects"),
    "blood_pressure": lazy_pgettext("a field that was changed", "blood pressure"),
    "glucose": lazy_pgettext("a field that was changed", "glucose"),
    "note": lazy_pgettext("a field that was changed", "note"),
    "language": lazy_pgettext("a field that was changed", "language"),
    "transcribed": lazy_pgettext("a field that was changed", "transcribed"),
    "state": lazy_pgettext("a field that was changed", "state"),
    "unknown": lazy_pgettext("a field that was changed", "unknown"),
    "movement_done": lazy_pgettext("a field that was changed", "movement done"),
    "pain_is_back": lazy_pgettext("a field that was changed", "pain is back"),
    "events": lazy_pgettext("a field that was changed", "events"),
    "words": lazy_pgettext("a field that was changed", "words"),
    "performed_at": lazy_pgettext("a field that was changed", "performed at"),
    "side": lazy_pgettext("a field that was changed", "side"),
    "purpose": lazy_pgettext("a field that was changed", "purpose"),
    "target": lazy_pgettext("a field that was changed", "target"),
    "cause": lazy_pgettext("a field that was changed", "cause"),
    "anaesthetic": lazy_pgettext("a field that was changed", "anaesthetic"),
    "steroid": lazy_pgettext("a field that was changed", "steroid"),
    "contrast_ml": lazy_pgettext("a field that was changed", "contrast ml"),
    "guidance": lazy_pgettext("a field that was changed", "guidance"),
    "sedation": lazy_pgettext("a field that was changed", "sedation"),
    "baseline": lazy_pgettext("a field that was changed", "baseline"),
    "activities": lazy_pgettext("a field that was changed", "activities"),
    "operator": lazy_pgettext("a field that was changed", "operator"),
    "pain_named": lazy_pgettext("a field that was changed", "pain named"),
    "baseline_at": lazy_pgettext("a field that was changed", "baseline at"),
    "baseline_before_sedation": lazy_pgettext("a field that was changed", "baseline before sedation"),
    "preparation": lazy_pgettext("a field that was changed", "preparation"),
    "discharge": lazy_pgettext("a field that was changed", "discharge"),
    "reactions": lazy_pgettext("a field that was changed", "reactions"),
    "taken_at": lazy_pgettext("a field that was changed", "taken at"),
    "name": lazy_pgettext("a field that was changed", "name"),
    "rescue": lazy_pgettext("a field that was changed", "rescue"),
    "dose": lazy_pgettext("a field that was changed", "dose"),
}


def changes_table(changes: Changes) -> Table:
    """One row for each version of each record that was changed, oldest first, with what the change was and why."""
    rows = [
        *(row for chain in changes.injections for row in _versions(_("Injection"), chain.records, changes.reasons)),
        *(row for chain in changes.entries for row in _versions(_("Entry"), chain.records, changes.reasons)),
        *(row for chain in changes.medicines for row in _versions(_("Medicine"), chain.records, changes.reasons)),
    ]
    records = len(changes.injections) + len(changes.entries) + len(changes.medicines)
    return Table(
        title=ngettext(
            "What was changed or withdrawn (%(num)s record), each version as it was",
            "What was changed or withdrawn (%(num)s records), each version as it was",
            records,
        ),
        columns=(_("Record"), _("Version"), _("Recorded"), _("By"), _("What it said"), _("What changed")),
        rows=tuple(rows),
        widths=(4, 2, 4, 3, 7, 5),
        none=_("Nothing was changed or withdrawn."),
    )


def _versions(kind: str, versions: Sequence[Record], reasons: Mapping[UUID, str]) -> Iterator[tuple[str, ...]]:
    about = f"{kind} {_about(versions[0])}"
    for number, (before, record) in enumerate(zip((None, *versions), versions, strict=False), start=1):
        changed = "" if before is None else _changed(before, record)
        yield (
            about,
            _("%(number)s of %(all)s", number=number, all=len(versions)),
            instant_in_words(record.recorded_at) if record.recorded_at is not None else _("not known"),
            _by(record),
            _said(record),
            _with_reason(changed, reasons.get(record.id)),
        )


def _with_reason(changed: str, reason: str | None) -> str:
    if changed and reason:
        return _("%(changed)s. Reason: %(reason)s", changed=changed, reason=reason)
    return changed or reason or ""


def _about(record: Record) -> str:
    match record:
        case Entry():
            return about_of(record)
        case Injection():
            return instant_in_words(record.performed_at)
        case Medicine():
            return instant_in_words(record.taken_at)


def _by(record: Record) -> str:
    match record:
        case Entry():
            return by_of(record)
        case Injection():
            return record.recorded_by or _("not known")
        case Medicine():
            return _("not known")


def _said(record: Record) -> str:
    match record:
        case Entry():
            return scores_of(record)
        case Injection():
            given = [f"{INSTRUMENTS[name]} {score}" for name, score in record.baseline.given().items()]
            where = side_and_target(record.side, record.target)
            injected = (
                f"{instant_in_words(record.performed_at)}, {where}, {PURPOSES[record.purpose]}: {drugs_of(record)}"
            )
            if not given:
                return injected
            return _("%(injected)s; before: %(scores)s", injected=injected, scores=", ".join(given))
        case Medicine():
            return medicine_words(record)


def _changed(before: Record, after: Record) -> str:
    """The fields that differ, by name; that a record was withdrawn says it all."""
    if after.withdrawn:
        return _("withdrawn")
    old, new = write(before), write(after)
    names = [name for name in {**old, **new} if name not in ABOUT_THE_VERSION and old.get(name) != new.get(name)]
    return ", ".join(str(FIELDS[name]) for name in names)
