"""Whom to call: the emergency numbers of the countries."""

# Source: the national numbers; 112 answers in the whole European Union and on every mobile network (GSM).
EMERGENCY_NUMBERS = {"US": "911", "CA": "911", "GB": "999", "AU": "000", "NZ": "111"}
ELSEWHERE = "112"


def emergency_number(country: str) -> str:
    """The number to call in an emergency; ``country`` is its ISO 3166 code."""
    return EMERGENCY_NUMBERS.get(country.upper(), ELSEWHERE)
