"""Several files as one."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime


def write_bundle(files: Mapping[str, bytes], *, made_at: datetime) -> bytes:
    """A ZIP archive with these files, by name."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=made_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return written.getvalue()
