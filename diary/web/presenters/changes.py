"""What was changed or withdrawn in a diary, version by version, for paper."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from diary.domain.diary import Entry, Injection, Medicine
from diary.domain.form import write
from diary.exchange.report import Table
from diary.services.reports import Changes
from diary.web.presenters.profiles import medicine_words
from diary.words.entries import INSTRUMENTS, about_of, by_of, scores_of
from diary.words.fields import FIELDS
from diary.words.injections import PURPOSES, drugs_of, side_and_target
from diary.words.language import gettext as _
from diary.words.language import ngettext
from diary.words.times import instant_in_words

Record = Injection | Entry | Medicine

# What every version has of its own, whatever it changes.
ABOUT_THE_VERSION = frozenset({"id", "revises", "recorded_at", "received_at", "recorded_by", "source", "clock"})


def changes_table(changes: Changes) -> Table:
    """One row for each version of each record that was changed, oldest first, with what the change was and why."""
    rows = [
        *(row for chain in changes.injections for row in _versions(chain.records, changes.reasons)),
        *(row for chain in changes.entries for row in _versions(chain.records, changes.reasons)),
        *(row for chain in changes.medicines for row in _versions(chain.records, changes.reasons)),
    ]
    records = len(changes.injections) + len(changes.entries) + len(changes.medicines)
    return Table(
        title=ngettext(
            "What was changed or withdrawn (1 record), each version as it was",
            "What was changed or withdrawn (%(num)s records), each version as it was",
            records,
        ),
        columns=(_("Record"), _("Version"), _("Recorded"), _("By"), _("What it said"), _("What changed")),
        rows=tuple(rows),
        widths=(4, 2, 4, 3, 7, 5),
        none=_("Nothing was changed or withdrawn."),
    )


def _versions(versions: Sequence[Record], reasons: Mapping[UUID, str]) -> Iterator[tuple[str, ...]]:
    about = _about(versions[0])
    for number, (before, record) in enumerate(zip((None, *versions), versions, strict=False), start=1):
        changed = "" if before is None else _changed(before, record)
        yield (
            about,
            _("%(n)s of %(of)s", n=number, of=len(versions)),
            instant_in_words(record.recorded_at) if record.recorded_at is not None else _("not known"),
            _by(record),
            _said(record),
            _why(changed, reasons.get(record.id)),
        )


def _about(record: Record) -> str:
    match record:
        case Entry():
            return _("Entry %(about)s", about=about_of(record))
        case Injection():
            return _("Injection %(about)s", about=instant_in_words(record.performed_at))
        case Medicine():
            return _("Medicine %(about)s", about=instant_in_words(record.taken_at))


def _why(changed: str, reason: str | None) -> str:
    if changed and reason:
        return _("%(changed)s. Reason: %(reason)s", changed=changed, reason=reason)
    return changed or reason or ""


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
            at, purpose = instant_in_words(record.performed_at), PURPOSES[record.purpose]
            said = [f"{at}, {where}, {purpose}: {drugs_of(record)}"]
            if given:
                said.append(_("before: %(scores)s", scores=", ".join(given)))
            return "; ".join(said)
        case Medicine():
            return medicine_words(record)


def _changed(before: Record, after: Record) -> str:
    """The fields that differ, by name; that a record was withdrawn says it all."""
    if after.withdrawn:
        return _("withdrawn")
    old, new = write(before), write(after)
    names = [name for name in {**old, **new} if name not in ABOUT_THE_VERSION and old.get(name) != new.get(name)]
    return ", ".join(FIELDS[name] for name in names)
