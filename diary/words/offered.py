"""What the forms offer, and a record holds in English, in the language spoken: drugs, imaging, causes, effects."""

from diary.words.language import lazy_gettext, lazy_pgettext

_OFFERED = {
    "lidocaine": lazy_gettext("lidocaine"),
    "mepivacaine": lazy_gettext("mepivacaine"),
    "bupivacaine": lazy_gettext("bupivacaine"),
    "ropivacaine": lazy_gettext("ropivacaine"),
    "triamcinolone": lazy_gettext("triamcinolone"),
    "methylprednisolone": lazy_gettext("methylprednisolone"),
    "betamethasone": lazy_gettext("betamethasone"),
    "dexamethasone": lazy_gettext("dexamethasone"),
    "fluoroscopy": lazy_gettext("fluoroscopy"),
    "ultrasound": lazy_gettext("ultrasound"),
    "CT": lazy_gettext("CT"),
    "none": lazy_pgettext("of guidance by imaging", "none"),
    "muscle tightness": lazy_gettext("muscle tightness"),
    "sciatica": lazy_gettext("sciatica"),
    "pregnancy": lazy_gettext("pregnancy"),
    "arthritis": lazy_gettext("arthritis"),
    "leg length difference": lazy_gettext("leg length difference"),
    "cartilage wear": lazy_gettext("cartilage wear"),
    "trauma": lazy_gettext("trauma"),
    "flushing": lazy_gettext("flushing"),
    "sleeplessness": lazy_gettext("sleeplessness"),
    "nausea": lazy_gettext("nausea"),
    "headache": lazy_gettext("headache"),
    "dizziness": lazy_gettext("dizziness"),
    "rash": lazy_gettext("rash"),
}


def offered_words(value: str) -> str:
    """One of the words that the forms offer, as it is said in the language spoken; else what somebody wrote."""
    return str(_OFFERED.get(value, value))
