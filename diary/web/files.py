"""Files that a page gives out. Their names hold dates and ids, never a name or a word about health."""

from flask import Response


def attachment(content: bytes, *, name: str, kind: str) -> Response:
    """A file that the browser keeps and does not open."""
    return Response(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def shown_inline(content: bytes, *, name: str, kind: str) -> Response:
    """A file that the browser opens, and keeps under this name if it is told to."""
    return Response(content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})
