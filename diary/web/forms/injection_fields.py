"""The fields of an injection, in the groups that its forms are put together from."""

from diary.domain.diary import USUAL_CAUSES, Purpose, Side, Target
from diary.web.forms.base import ScoreField
from diary.web.forms.clinic import OfferedField, QuantityField, WhenField, YesNoField, one_of, words_field
from diary.web.presenters.injection import PURPOSE_WORDS, SIDE_WORDS, TARGET_WORDS
from diary.words.language import lazy_gettext

USUAL_ANAESTHETICS = ("lidocaine", "mepivacaine", "bupivacaine", "ropivacaine")
USUAL_STEROIDS = ("triamcinolone", "methylprednisolone", "betamethasone", "dexamethasone")
USUAL_GUIDANCE = ("fluoroscopy", "ultrasound", "CT", "none")
ROWS = (1, 2, 3)
PLACES = (1, 2, 3, 4, 5)


class WhatIsInjected:
    """Side, place, purpose, cause, and the pain in the patient's own words with what brings it on."""

    side = one_of(lazy_gettext("Side"), Side, SIDE_WORDS.__getitem__, asks=lazy_gettext("Choose the side."))
    target = one_of(lazy_gettext("Joint or ligament"), Target, TARGET_WORDS.__getitem__)
    purpose = one_of(
        lazy_gettext("Purpose"), Purpose, PURPOSE_WORDS.__getitem__, asks=lazy_gettext("Choose the purpose.")
    )
    cause = OfferedField(lazy_gettext("Cause"), offers=USUAL_CAUSES, most=200)
    pain_named = words_field(lazy_gettext("Which pain, in the patient's own words"), 200)
    activity_1 = words_field(lazy_gettext("Painful activity 1, the one that hurts most"), 100)
    activity_2 = words_field(lazy_gettext("Painful activity 2"), 100)
    activity_3 = words_field(lazy_gettext("Painful activity 3"), 100)
    activity_4 = words_field(lazy_gettext("Painful activity 4"), 100)
    activity_5 = words_field(lazy_gettext("Painful activity 5"), 100)


class WhatIsGiven:
    """Drugs with their doses, guidance, sedation, and who injects."""

    anaesthetic_1 = OfferedField(lazy_gettext("Anaesthetic"), offers=USUAL_ANAESTHETICS, most=60)
    percent_1 = QuantityField(lazy_gettext("Percent"), above=0, most=100)
    ml_1 = QuantityField("mL", above=0, most=100)
    anaesthetic_2 = OfferedField(lazy_gettext("Second anaesthetic"), offers=USUAL_ANAESTHETICS, most=60)
    percent_2 = QuantityField(lazy_gettext("Percent"), above=0, most=100)
    ml_2 = QuantityField("mL", above=0, most=100)
    anaesthetic_3 = OfferedField(lazy_gettext("Third anaesthetic"), offers=USUAL_ANAESTHETICS, most=60)
    percent_3 = QuantityField(lazy_gettext("Percent"), above=0, most=100)
    ml_3 = QuantityField("mL", above=0, most=100)
    steroid = OfferedField(lazy_gettext("Steroid"), offers=USUAL_STEROIDS, most=60)
    steroid_mg = QuantityField("mg", above=0, most=1000)
    contrast_ml = QuantityField(lazy_gettext("Contrast (mL)"), most=100)
    guidance = OfferedField(lazy_gettext("Guidance"), offers=USUAL_GUIDANCE, most=40)
    sedation = YesNoField(lazy_gettext("Sedation"))
    operator = words_field(lazy_gettext("Operator"), 120)


class WhatIsPrepared:
    """What is asked and arranged before."""

    driver = YesNoField(lazy_gettext("Someone else drives"))
    rest_planned = YesNoField(lazy_gettext("Rest planned for the day"))
    medicines_told = YesNoField(lazy_gettext("The doctor knows all medicines"))
    anticoagulants_asked = YesNoField(lazy_gettext("Asked about blood thinners"))
    blood_pressure_taken = YesNoField(lazy_gettext("Blood pressure taken"))


class WhatIsScoredBefore:
    """The scores that everything after is compared with."""

    movement = ScoreField(
        lazy_gettext("Pain right now, doing the movement that hurts most"),
        asks=lazy_gettext("Choose a number from 0 to 10 for the pain on movement"),
        needed=False,
    )
    rest = ScoreField(
        lazy_gettext("Pain right now, at rest"),
        asks=lazy_gettext("Choose a number from 0 to 10 for the pain at rest"),
        needed=False,
    )
    difficulty_1 = ScoreField(
        lazy_gettext("How hard is activity 1?"), asks=lazy_gettext("Choose a number for activity 1"), needed=False
    )
    difficulty_2 = ScoreField(
        lazy_gettext("How hard is activity 2?"), asks=lazy_gettext("Choose a number for activity 2"), needed=False
    )
    difficulty_3 = ScoreField(
        lazy_gettext("How hard is activity 3?"), asks=lazy_gettext("Choose a number for activity 3"), needed=False
    )
    difficulty_4 = ScoreField(
        lazy_gettext("How hard is activity 4?"), asks=lazy_gettext("Choose a number for activity 4"), needed=False
    )
    difficulty_5 = ScoreField(
        lazy_gettext("How hard is activity 5?"), asks=lazy_gettext("Choose a number for activity 5"), needed=False
    )
    average = ScoreField(
        lazy_gettext("Pain on average in the last week"),
        asks=lazy_gettext("Choose a number from 0 to 10 for the average"),
        needed=False,
    )
    worst = ScoreField(
        lazy_gettext("Worst pain in the last week"),
        asks=lazy_gettext("Choose a number from 0 to 10 for the worst"),
        needed=False,
    )
    moving = ScoreField(
        lazy_gettext("How hard was it to move about in the last week?"),
        asks=lazy_gettext("Choose a number from 0 to 10 for moving about"),
        needed=False,
    )
    baseline_at = WhenField(lazy_gettext("When were these scores taken?"))
    baseline_before_sedation = YesNoField(lazy_gettext("Were they taken before sedation?"))
