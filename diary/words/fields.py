"""What the fields of a record are called, where a page tells which of them were changed."""

from collections.abc import Mapping

from diary.words.language import lazy_pgettext
from diary.words.vocabulary import Vocabulary

FIELDS: Mapping[str, str] = Vocabulary(
    {
        "performed_at": lazy_pgettext("field", "performed at"),
        "side": lazy_pgettext("field", "side"),
        "purpose": lazy_pgettext("field", "purpose"),
        "target": lazy_pgettext("field", "target"),
        "cause": lazy_pgettext("field", "cause"),
        "anaesthetic": lazy_pgettext("field", "anaesthetic"),
        "steroid": lazy_pgettext("field", "steroid"),
        "contrast_ml": lazy_pgettext("field", "contrast ml"),
        "guidance": lazy_pgettext("field", "guidance"),
        "sedation": lazy_pgettext("field", "sedation"),
        "baseline": lazy_pgettext("field", "baseline"),
        "activities": lazy_pgettext("field", "activities"),
        "operator": lazy_pgettext("field", "operator"),
        "pain_named": lazy_pgettext("field", "pain named"),
        "baseline_at": lazy_pgettext("field", "baseline at"),
        "baseline_before_sedation": lazy_pgettext("field", "baseline before sedation"),
        "preparation": lazy_pgettext("field", "preparation"),
        "discharge": lazy_pgettext("field", "discharge"),
        "reactions": lazy_pgettext("field", "reactions"),
        "kind": lazy_pgettext("field", "kind"),
        "scores": lazy_pgettext("field", "scores"),
        "at": lazy_pgettext("field", "at"),
        "day": lazy_pgettext("field", "day"),
        "analgesic": lazy_pgettext("field", "analgesic"),
        "side_effects": lazy_pgettext("field", "side effects"),
        "blood_pressure": lazy_pgettext("field", "blood pressure"),
        "glucose": lazy_pgettext("field", "glucose"),
        "note": lazy_pgettext("field", "note"),
        "language": lazy_pgettext("field", "language"),
        "transcribed": lazy_pgettext("field", "transcribed"),
        "state": lazy_pgettext("field", "state"),
        "unknown": lazy_pgettext("field", "unknown"),
        "movement_done": lazy_pgettext("field", "movement done"),
        "pain_is_back": lazy_pgettext("field", "pain is back"),
        "events": lazy_pgettext("field", "events"),
        "words": lazy_pgettext("field", "words"),
        "taken_at": lazy_pgettext("field", "taken at"),
        "name": lazy_pgettext("field", "name"),
        "rescue": lazy_pgettext("field", "rescue"),
        "dose": lazy_pgettext("field", "dose"),
    }
)
