"""Serve what `assets_build` built: files whose names carry their hash, compressed, kept by browsers for ever."""

from flask import Flask, Response, abort, current_app, request, send_from_directory

from diary.web.assets_build import AssetError, BuiltAssets
from diary.web.guard import public

A_YEAR = 31536000
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


def init_app(app: Flask) -> None:
    """Read the manifest once; without built assets the charts stay as the server drew them."""
    try:
        assets: BuiltAssets | None = BuiltAssets.read(app.extensions["settings"].instance / "assets")
    except AssetError:
        assets = None
    app.extensions["assets"] = assets
    app.add_url_rule("/assets/<name>", "asset", send_asset)


def built_assets() -> BuiltAssets | None:
    """What was built, or None."""
    found: BuiltAssets | None = current_app.extensions["assets"]
    return found


@public
def send_asset(name: str) -> Response:
    """One built file, in the smallest encoding that the browser takes."""
    assets = built_assets()
    if assets is None or name not in assets.files.values():
        abort(404)
    for encoding, ending in _ENCODINGS:
        if request.accept_encodings[encoding] and (assets.folder / f"{name}{ending}").is_file():
            answer = send_from_directory(assets.folder, f"{name}{ending}")
            answer.headers["Content-Encoding"] = encoding
            break
    else:
        answer = send_from_directory(assets.folder, name)
    answer.mimetype = "text/css" if name.endswith(".css") else "text/javascript"
    answer.vary.add("Accept-Encoding")
    answer.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return answer
