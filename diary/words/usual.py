"""Words that the diary offers to write: kept in English in the record, told in the language spoken."""

from collections.abc import Mapping

from diary.words.language import lazy_gettext, lazy_pgettext
from diary.words.vocabulary import Vocabulary

_USUAL: Mapping[str, str] = Vocabulary(
    {
        # guidance
        "fluoroscopy": lazy_gettext("fluoroscopy"),
        "ultrasound": lazy_gettext("ultrasound"),
        "CT": lazy_gettext("CT"),
        "none": lazy_pgettext("guidance", "none"),
        # causes
        "muscle tightness": lazy_gettext("muscle tightness"),
        "sciatica": lazy_gettext("sciatica"),
        "pregnancy": lazy_gettext("pregnancy"),
        "arthritis": lazy_gettext("arthritis"),
        "leg length difference": lazy_gettext("leg length difference"),
        "cartilage wear": lazy_gettext("cartilage wear"),
        "trauma": lazy_gettext("trauma"),
        # side effects
        "flushing": lazy_gettext("flushing"),
        "sleeplessness": lazy_gettext("sleeplessness"),
        "nausea": lazy_gettext("nausea"),
        "headache": lazy_gettext("headache"),
        "dizziness": lazy_gettext("dizziness"),
        "rash": lazy_gettext("rash"),
    }
)


def usual_words(written: str) -> str:
    """What stands in the record, told where it is one of the words that were offered, else as it was written."""
    return _USUAL.get(written, written)
