"""What a clinic and a member of staff are described by, checked where it is built."""

import re
from dataclasses import asdict, dataclass
from zoneinfo import ZoneInfo

from diary.domain.errors import InvalidValue

# The rule sets that ship with the diary, the first one as a clinic starts with it.
RULE_SETS = ("us-medicare-sij", "evicore-cmm-203", "norfolk-icb", "trial-50")
LONGEST_NAME = 200
LONGEST_EMAIL = 254  # RFC 5321


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicDetails:
    """What an admin can set about the clinic. ``country`` (ISO 3166, two letters) sets the emergency number.

    By which rule set it judges is set apart from them (`diary.services.rule_sets`).
    """

    name: str
    country: str
    time_zone: str
    telephone: str | None
    opening_hours: str | None

    @classmethod
    def of(
        cls,
        *,
        name: str,
        country: str,
        time_zone: str,
        telephone: str | None = None,
        opening_hours: str | None = None,
    ) -> "ClinicDetails":
        """Details from what was typed, trimmed; `InvalidValue` names the first that is wrong."""
        return cls(
            name=_line("name", name, "Enter the clinic's name."),
            country=_country(country),
            time_zone=check_time_zone(time_zone),
            telephone=check_telephone(telephone),
            opening_hours=_line("opening_hours", opening_hours, None) or None,
        )

    def as_columns(self) -> dict[str, str | None]:
        """The details by the names of the record's fields."""
        return asdict(self)


def check_person_name(name: str) -> str:
    """The name, trimmed; `InvalidValue` if there is none."""
    return _line("name", name, "Enter the name.")


def check_email(email: str) -> str:
    """The address, trimmed and in lower case. Whether it exists shows when a letter to it arrives."""
    email = email.strip().lower()
    if len(email) > LONGEST_EMAIL or not re.fullmatch(r"[^@\s,;<>\"\0]+@[^@\s,;<>\"\0]+\.[^@\s.,;<>\"\0]+", email):
        raise InvalidValue("email", "Enter an e-mail address, such as name@example.org.")
    return email


def check_time_zone(time_zone: str) -> str:
    """The IANA name of a time zone."""
    try:
        return ZoneInfo(time_zone.strip()).key
    except (KeyError, ValueError, OSError):  # an unknown name, one that is no name, a folder
        raise InvalidValue("time_zone", "Choose a time zone, such as America/Chicago.") from None


def check_rule_set(name: str) -> str:
    """The name of a rule set that ships with the diary: a new clinic has none of its own."""
    if name not in RULE_SETS:
        raise InvalidValue("rule_set", "Choose one of %(names)s.", names=", ".join(RULE_SETS))
    return name


def check_telephone(telephone: str | None) -> str | None:
    """The number as people write it, or None."""
    given = (telephone or "").strip()
    if not given:
        return None
    if len(given) > 30 or not re.fullmatch(r"\+?[\d\s()./-]*(?:x\d+)?", given) or sum(map(str.isdigit, given)) < 3:
        raise InvalidValue("telephone", "Enter a telephone number, such as +1 312 555 0100.")
    return given


def _country(country: str) -> str:
    code = country.strip().upper()
    if not re.fullmatch("[A-Z]{2}", code):
        raise InvalidValue("country", "Enter the two letters of the country, such as US.")
    return code


def _line(place: str, text: str | None, if_missing: str | None) -> str:
    line = " ".join((text or "").split())
    if not line and if_missing:
        raise InvalidValue(place, if_missing)
    if len(line) > LONGEST_NAME or "\0" in line:
        raise InvalidValue(place, "Use at most %(most)s characters.", most=LONGEST_NAME)
    return line
