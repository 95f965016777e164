"""Photos of people: made small and bare on their way in, kept once by content.

Whatever a file says about itself is not believed: only its pixels are kept, read within limits.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from typing import TYPE_CHECKING

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from PIL.Image import Image

    from kam_desktop.services.storage.unit_of_work import UnitOfWork

MAX_PHOTO_BYTES = 20_000_000
MAX_PHOTO_PIXELS = 60_000_000
SIDE = 256
"""How wide and high a kept photo is at most, in pixels; it is square."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_FACE_AT = (0.5, 0.3)
"""Which part of a picture that is not square stays: faces are above the middle."""


def set_photo(work: UnitOfWork, person_id: str, content: bytes) -> str:
    """Keep a picture file as the photo of a person; returns the SHA-256 of what is kept.

    Raises `UserError` on ``photo`` as `normalised`.
    """
    from kam_desktop.models.registry import Person

    person = work.get(Person, person_id)
    kept = normalised(content)
    digest = hashlib.sha256(kept).hexdigest()
    work.execute(
        "INSERT OR IGNORE INTO attachment_content (sha256, content) VALUES (?, ?)", (digest, kept)
    )
    person.photo_sha256 = digest
    return digest


def remove_photo(work: UnitOfWork, person_id: str) -> None:
    """Show the initials of a person again."""
    from kam_desktop.models.registry import Person

    work.get(Person, person_id).photo_sha256 = None


def normalised(content: bytes) -> bytes:
    """A picture file as a square JPEG (PNG where it is see-through) of at most `SIDE` pixels.

    Nothing but the pixels is kept: no place, camera or comment. Raises `UserError` on ``photo``
    for a file above `MAX_PHOTO_BYTES` or `MAX_PHOTO_PIXELS`, and for one that cannot be read.
    """
    from PIL import Image

    if len(content) > MAX_PHOTO_BYTES:
        raise _refused(
            _("This picture is larger than {limit} MB. Choose a smaller one.").format(
                limit=MAX_PHOTO_BYTES // 1_000_000
            )
        )
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > MAX_PHOTO_PIXELS:
                raise _too_many_pixels()
            return _bare(_square(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    # What decoders raise on damaged files, and no wider, so that defects of our own still show.
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError,
            struct.error, zlib.error) as error:  # fmt: skip
        raise _refused(
            _("This file is not a picture that can be read. Use a JPEG, PNG, WebP, GIF or BMP.")
        ) from error


def _square(image: Image) -> Image:
    """The part that shows the face, upright, without a palette or odd colours."""
    from PIL import ImageOps

    # Lets the JPEG decoder skip detail that would be thrown away; other formats ignore it.
    image.draft("RGB", (2 * SIDE, 2 * SIDE))
    upright = ImageOps.exif_transpose(image)
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    upright = upright.convert("RGBA" if see_through else "RGB")
    side = min(SIDE, *upright.size)
    return ImageOps.fit(upright, (side, side), centering=_FACE_AT)


def _bare(image: Image) -> bytes:
    # What is written is given here and nowhere else: the picture's own comments stay behind.
    image.info.clear()
    into = io.BytesIO()
    if image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255):
        image.save(into, "PNG", optimize=True)
    else:
        image.convert("RGB").save(into, "JPEG", quality=88)
    return into.getvalue()


def _too_many_pixels() -> UserError:
    return _refused(
        _("This picture has more than {limit} million dots. Choose a smaller one.").format(
            limit=MAX_PHOTO_PIXELS // 1_000_000
        )
    )


def _refused(message: str) -> UserError:
    return UserError(message, field="photo")
