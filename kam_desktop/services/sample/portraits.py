"""Pictures for a few of the sample's people: plain figures drawn here, nobody's likeness."""

from __future__ import annotations

import io

from kam_desktop.services.photos import set_photo
from kam_desktop.services.sample.cast import Data, Stage
from kam_desktop.services.storage.unit_of_work import UnitOfWork

_SIDE = 192


def add_portraits(work: UnitOfWork, stage: Stage) -> None:
    """Give those of ``portraits`` in the data their picture."""
    for source in stage.data["portraits"]:
        set_photo(work, stage.seats[source["account"]][source["who"]], _figure(source))


def _figure(source: Data) -> bytes:
    """Head, hair and shoulders in three flat colours, as PNG."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (_SIDE, _SIDE), source["ground"])
    draw = ImageDraw.Draw(image)
    draw.ellipse((24, 132, 168, 276), fill=source["coat"])
    draw.ellipse((54, 34, 138, 118), fill=source["hair"])
    draw.ellipse((62, 46, 130, 138), fill=source["skin"])
    drawn = io.BytesIO()
    image.save(drawn, "PNG")
    return drawn.getvalue()
