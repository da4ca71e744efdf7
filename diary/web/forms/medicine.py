"""The forms of medicines taken and of steroids given elsewhere."""

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from wtforms import DateField
from wtforms.validators import InputRequired

from diary.domain.diary import Medicine, SteroidElsewhere
from diary.domain.local_time import in_zone
from diary.web.forms.clinic import (
    ClinicForm,
    IdField,
    OfferedField,
    QuantityField,
    WhenField,
    YesNoField,
    on_the_clock,
    same_minute,
    words_field,
)
from diary.web.forms.injection_fields import USUAL_STEROIDS
from diary.words.language import lazy_gettext


class MedicineForm(ClinicForm):
    """A medicine that was taken, or the correction of one."""

    record_id = IdField()
    name = words_field(lazy_gettext("Which medicine?"), 120, asks=lazy_gettext("Write which medicine it was."))
    dose = words_field(lazy_gettext("Dose"), 60)
    taken_at = WhenField(
        lazy_gettext("When was it taken?"), asks=lazy_gettext("Give the date and time at which it was taken.")
    )
    rescue = YesNoField(lazy_gettext("Was it extra pain medicine?"), asks=lazy_gettext("Choose Yes or No."))

    def to_medicine(self, before: Medicine | None = None) -> Medicine:
        """The medicine, or the version that corrects ``before``."""
        taken_at = same_minute(self.taken_at.instant, before.taken_at if before else None)
        if taken_at is None or self.rescue.data is None:
            raise ValueError("the form was not validated")
        return Medicine(
            id=self.record_id.id_,
            taken_at=taken_at,
            recorded_at=in_zone(self.now, self.zone),
            name=self.name.data,
            dose=self.dose.data or None,
            rescue=self.rescue.data,
            revises=before.id if before else None,
        )


class MedicineCorrectionForm(MedicineForm):
    """The correction, which also says which version was on the screen."""

    version = IdField()


class SteroidElsewhereForm(ClinicForm):
    """A steroid given somewhere else."""

    on = DateField(
        lazy_gettext("On which day?"), validators=[InputRequired(lazy_gettext("Give the day on which it was given."))]
    )
    agent = OfferedField(
        lazy_gettext("Steroid"), offers=USUAL_STEROIDS, most=60, asks=lazy_gettext("Choose which steroid it was.")
    )
    mg = QuantityField("mg", above=0, most=1000)
    where = words_field(lazy_gettext("Where in the body?"), 120)

    def to_steroid(self) -> SteroidElsewhere:
        """The steroid."""
        return SteroidElsewhere(
            on=self.on.data, agent=self.agent.data or "", mg=self.mg.data, where=self.where.data or None
        )


def medicine_fields(medicine: Medicine, zone: ZoneInfo) -> dict[str, str | bool | datetime | UUID | None]:
    """What a `MedicineCorrectionForm` shows of the version in force."""
    return {
        "record_id": uuid4(),
        "version": medicine.id,
        "name": medicine.name,
        "dose": medicine.dose,
        "taken_at": on_the_clock(medicine.taken_at, zone),
        "rescue": medicine.rescue,
    }
