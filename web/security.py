"""What keeps the console safe on the wire: headers, and that a form comes from the console's own pages."""

from __future__ import annotations

from collections.abc import Mapping

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # With `no-referrer` a browser sends `Origin: null` with forms, and every one of them would be refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STRICT_TRANSPORT = "max-age=31536000"
"""Said over https alone; for a year."""


def from_own_page(headers: Mapping[str, str], *, secure: bool) -> bool:
    """Whether an unsafe request comes from a page of the console itself.

    Browsers say so in Sec-Fetch-Site, over https and to loopback; where that is missing, the exact Origin
    does: scheme, host and port. A request with neither is refused.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    host, origin = headers.get("host"), headers.get("origin")
    return bool(host) and origin == f"{'https' if secure else 'http'}://{host}"


def inside(path: str) -> str:
    """The path if it leads into the console, else its front page: no redirect goes elsewhere."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe and "\\" not in path else "/"
