"""A text as a QR code."""

from __future__ import annotations


def qr_image(text: str) -> str:
    """The code as a picture within a page (a data: address), dark on white whatever is around it. Read by a
    phone even where a seventh of it is dirty."""
    import segno

    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=4, light="#fff")
