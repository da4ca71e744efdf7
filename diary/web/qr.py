"""Addresses as squares that a phone's camera reads."""

import io

import segno
from markupsafe import Markup

from diary.words.language import gettext as _


def qr_code(address: str) -> Markup:
    """The QR code as part of the page: nothing is fetched, and nothing is kept."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
        border=4,
        title=_("QR code to scan"),
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704 — drawn by the library from letters of ours
