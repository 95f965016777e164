"""Pictures for a few of the sample's people: plain figures drawn here, nobody's likeness."""

from __future__ import annotations

import io
from typing import Any

_SIDE = 192


def figure(source: dict[str, Any]) -> bytes:
    """Head, hair and shoulders in the flat colours that ``source`` names, as PNG."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (_SIDE, _SIDE), source["ground"])
    draw = ImageDraw.Draw(image)
    draw.ellipse((24, 132, 168, 276), fill=source["coat"])
    draw.ellipse((54, 34, 138, 118), fill=source["hair"])
    draw.ellipse((62, 46, 130, 138), fill=source["skin"])
    drawn = io.BytesIO()
    image.save(drawn, "PNG")
    return drawn.getvalue()
