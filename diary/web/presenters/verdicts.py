"""The three verdicts on the doctor's page, in words."""

from dataclasses import dataclass

from diary.services.profiles import PatientProfile
from diary.words.verdicts import BLOCK_VERDICTS, STEROID_VERDICTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One verdict and what it stands on."""

    title: str
    lines: tuple[str, ...]


def boxes_of(shown: PatientProfile) -> tuple[Box, ...]:
    """Block and steroid of the injection that is looked at."""
    found = shown.judged.assessment
    boxes = []
    for block, course in zip(found.blocks, found.steroids, strict=True):
        if shown.injection is not None and block.injection.id == shown.injection.id:
            boxes.append(Box(title="Block", lines=(BLOCK_VERDICTS[block.verdict],)))
            boxes.append(Box(title="Steroid", lines=(STEROID_VERDICTS[course.verdict],)))
    return tuple(boxes)
