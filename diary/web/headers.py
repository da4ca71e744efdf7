"""The headers of every answer: nothing of ours is cached, framed or mixed with anybody else's."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from diary.config import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OF_THIS_MACHINE = ["127.0.0.1", "localhost", "[::1]"]


def init_app(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    # The address that a link is built for is a setting; a Host header that names another is refused.
    app.config["TRUSTED_HOSTS"] = [urlsplit(settings.base_url).hostname, *OF_THIS_MACHINE]
    if settings.trusted_proxies:
        ours = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=ours, x_proto=ours, x_host=ours)  # type: ignore[method-assign]
    app.before_request(_refuse_other_sites)
    app.after_request(_add)


def _refuse_other_sites() -> None:
    """A browser says who made it send a request: what changes something must come from a page of ours."""
    sent_by = request.headers.get("Sec-Fetch-Site", "same-origin")
    if request.method not in SAFE_METHODS and sent_by not in {"same-origin", "none"}:
        abort(403)


def _add(answer: Response) -> Response:
    for name, value in ALWAYS.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    if request.endpoint != "static":
        answer.headers.setdefault("Cache-Control", "no-store")
    if current_app.extensions["settings"].secure:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return answer
