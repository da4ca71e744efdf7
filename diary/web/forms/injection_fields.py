"""The fields of an injection, in the groups that its forms are put together from."""

from diary.domain.diary import USUAL_CAUSES, Purpose, Side, Target
from diary.web.forms.base import ScoreField
from diary.web.forms.clinic import OfferedField, QuantityField, WhenField, YesNoField, one_of, words_field
from diary.web.presenters.injection import PURPOSE_WORDS, SIDE_WORDS, TARGET_WORDS

USUAL_ANAESTHETICS = ("lidocaine", "mepivacaine", "bupivacaine", "ropivacaine")
USUAL_STEROIDS = ("triamcinolone", "methylprednisolone", "betamethasone", "dexamethasone")
USUAL_GUIDANCE = ("fluoroscopy", "ultrasound", "CT", "none")
ROWS = (1, 2, 3)
PLACES = (1, 2, 3, 4, 5)


class WhatIsInjected:
    """Side, place, purpose, cause, and the pain in the patient's own words with what brings it on."""

    side = one_of("Side", Side, SIDE_WORDS.__getitem__, asks="Choose the side.")
    target = one_of("Joint or ligament", Target, TARGET_WORDS.__getitem__)
    purpose = one_of("Purpose", Purpose, PURPOSE_WORDS.__getitem__, asks="Choose the purpose.")
    cause = OfferedField("Cause", offers=USUAL_CAUSES, most=200)
    pain_named = words_field("Which pain, in the patient's own words", 200)
    activity_1 = words_field("Painful activity 1, the one that hurts most", 100)
    activity_2 = words_field("Painful activity 2", 100)
    activity_3 = words_field("Painful activity 3", 100)
    activity_4 = words_field("Painful activity 4", 100)
    activity_5 = words_field("Painful activity 5", 100)


class WhatIsGiven:
    """Drugs with their doses, guidance, sedation, and who injects."""

    anaesthetic_1 = OfferedField("Anaesthetic", offers=USUAL_ANAESTHETICS, most=60)
    percent_1 = QuantityField("Percent", above=0, most=100)
    ml_1 = QuantityField("mL", above=0, most=100)
    anaesthetic_2 = OfferedField("Second anaesthetic", offers=USUAL_ANAESTHETICS, most=60)
    percent_2 = QuantityField("Percent", above=0, most=100)
    ml_2 = QuantityField("mL", above=0, most=100)
    anaesthetic_3 = OfferedField("Third anaesthetic", offers=USUAL_ANAESTHETICS, most=60)
    percent_3 = QuantityField("Percent", above=0, most=100)
    ml_3 = QuantityField("mL", above=0, most=100)
    steroid = OfferedField("Steroid", offers=USUAL_STEROIDS, most=60)
    steroid_mg = QuantityField("mg", above=0, most=1000)
    contrast_ml = QuantityField("Contrast (mL)", most=100)
    guidance = OfferedField("Guidance", offers=USUAL_GUIDANCE, most=40)
    sedation = YesNoField("Sedation")
    operator = words_field("Operator", 120)


class WhatIsPrepared:
    """What is asked and arranged before."""

    driver = YesNoField("Someone else drives")
    rest_planned = YesNoField("Rest planned for the day")
    medicines_told = YesNoField("The doctor knows all medicines")
    anticoagulants_asked = YesNoField("Asked about blood thinners")
    blood_pressure_taken = YesNoField("Blood pressure taken")


class WhatIsScoredBefore:
    """The scores that everything after is compared with."""

    movement = ScoreField(
        "Pain right now, doing the movement that hurts most",
        asks="Choose a number from 0 to 10 for the pain on movement",
        needed=False,
    )
    rest = ScoreField("Pain right now, at rest", asks="Choose a number from 0 to 10 for the pain at rest", needed=False)
    difficulty_1 = ScoreField("How hard is activity 1?", asks="Choose a number for activity 1", needed=False)
    difficulty_2 = ScoreField("How hard is activity 2?", asks="Choose a number for activity 2", needed=False)
    difficulty_3 = ScoreField("How hard is activity 3?", asks="Choose a number for activity 3", needed=False)
    difficulty_4 = ScoreField("How hard is activity 4?", asks="Choose a number for activity 4", needed=False)
    difficulty_5 = ScoreField("How hard is activity 5?", asks="Choose a number for activity 5", needed=False)
    average = ScoreField(
        "Pain on average in the last week", asks="Choose a number from 0 to 10 for the average", needed=False
    )
    worst = ScoreField("Worst pain in the last week", asks="Choose a number from 0 to 10 for the worst", needed=False)
    moving = ScoreField(
        "How hard was it to move about in the last week?",
        asks="Choose a number from 0 to 10 for moving about",
        needed=False,
    )
    baseline_at = WhenField("When were these scores taken?")
    baseline_before_sedation = YesNoField("Were they taken before sedation?")
