"""Extra medicine: which, how many, and on the day of the injection when."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4, uuid5
from zoneinfo import ZoneInfo

from wtforms import BooleanField, HiddenField, IntegerField, StringField, SubmitField, TimeField
from wtforms.validators import Length, NumberRange, Optional

from diary.domain.diary import Medicine, Source
from diary.web.devices import entered_by
from diary.web.forms.base import Form
from diary.web.forms.log import as_id, instant_at
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext

_IBUPROFEN = lazy_gettext("Ibuprofen")
_IN_AMERICA = (lazy_gettext("Acetaminophen"), _IBUPROFEN)
USUAL_MEDICINES = {"US": _IN_AMERICA, "CA": _IN_AMERICA}
USUAL_ELSEWHERE = (lazy_gettext("Paracetamol"), _IBUPROFEN)
ROWS = 4


def medicines_offered(country: str, own: Sequence[str]) -> tuple[str, ...]:
    """The names of the rows: the patient's own medicines first, then what is usual in the country."""
    usual = USUAL_MEDICINES.get(country, USUAL_ELSEWHERE)
    return tuple(dict.fromkeys((*own, *map(str, usual))))[: ROWS - 1]


class MedicineForm(Form):
    """Extra medicine: which, how many, and on day 0 when. Four rows, the last without a name of its own."""

    batch_id = HiddenField()
    helper = BooleanField(lazy_gettext("I am helping someone"))
    name_0, name_1, name_2 = HiddenField(), HiddenField(), HiddenField()
    name_3 = StringField(
        lazy_gettext("Its name"), validators=[Length(max=120, message=lazy_gettext("Write at most 120 letters."))]
    )
    count_0, count_1, count_2, count_3 = (
        IntegerField(
            lazy_gettext("How many?"),
            validators=[Optional(), NumberRange(0, 50, message=lazy_gettext("Write how many, from 0 to 50."))],
        )
        for _ in range(ROWS)
    )
    when_0, when_1, when_2, when_3 = (TimeField(lazy_gettext("When?"), validators=[Optional()]) for _ in range(ROWS))
    save = SubmitField(lazy_gettext("Save"))

    def offer(self, names: Sequence[str]) -> None:
        """Name the rows; what has no name is taken away."""
        self.batch_id.data = str(uuid4())
        for number in range(ROWS - 1):
            self[f"name_{number}"].data = names[number] if number < len(names) else ""

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each row that can be filled in: name, how many, when."""
        rows = [(self[f"name_{n}"], self[f"count_{n}"], self[f"when_{n}"]) for n in range(ROWS)]
        return [row for row in rows if row[0].data or row[0] is self.name_3]

    def check_rows(self, day: date, *, now: datetime, zone: ZoneInfo, with_times: bool) -> bool:
        """Whether what was filled in is whole: a name with each number and, on day 0, its time, which is past."""
        for name, count, when in self.rows:
            if (count.data or when.data) and not name.data:
                name.errors = [_("Write which medicine you took.")]
            elif name.data and name is self.name_3 and not count.data:
                count.errors = [_("Write how many, from 1 to 50.")]
            elif count.data and with_times and when.data is None:
                when.errors = [_("Choose when you took %(medicine)s.", medicine=name.data)]
            elif count.data and when.data and instant_at(day, when.data, zone) > now:
                when.errors = [_("Choose a time that is past.")]
        if not any(count.data for _, count, _ in self.rows) and not self.summary():
            self.name_3.errors = [_("Write how many you took, or choose I do not know.")]
        return not self.summary()

    def to_medicines(self, day: date, *, now: datetime, zone: ZoneInfo) -> tuple[Medicine, ...]:
        """A medicine for each row with a number. Without a time it stands at midday, as a dose "in the day"."""
        batch = as_id(self.batch_id.data)
        return tuple(
            Medicine(
                id=uuid5(batch, str(number)),
                taken_at=min(instant_at(day, when.data or time(12), zone), now),
                recorded_at=now,
                name=name.data.replace("\0", "").strip(),
                dose=str(count.data) if when.data else f"{count.data} in the day",
                rescue=True,
                source=Source.HELPER if self.helper.data else entered_by(),
            )
            for number, (name, count, when) in enumerate(self.rows)
            if count.data
        )
