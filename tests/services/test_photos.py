"""Photos of people: small, bare, kept once, and never a danger."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from kam_desktop.models.registry import Account
from kam_desktop.services import people, photos
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries.photos import photo_of, photos_of
from kam_desktop.services.storage.portfolio import Portfolio

MOST_OF_A_PHOTO = 60_000


def file_of(image: Image.Image, kind: str, **how: Any) -> bytes:
    into = io.BytesIO()
    image.save(into, kind, **how)
    return into.getvalue()


def read(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.fixture
def ana(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add person") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
        work.flush()
        return people.add_person(work, account.id, "Ana Pop")


def set_photo(portfolio: Portfolio, person: str, content: bytes) -> str:
    with portfolio.unit_of_work("Set photo") as work:
        return photos.set_photo(work, person, content)


def shown(portfolio: Portfolio, person: str) -> str | None:
    with portfolio.reading() as db:
        digest: str | None = db.value("SELECT photo_sha256 FROM person WHERE id = ?", (person,))
        return digest


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_picture_of_any_usual_kind_becomes_a_small_square(
    portfolio: Portfolio, ana: str, kind: str
) -> None:
    digest = set_photo(portfolio, ana, file_of(Image.new("RGB", (1200, 900), "#336699"), kind))
    with portfolio.reading() as db:
        content = photo_of(db, digest)
        assert content is not None
        assert photos_of(db, [digest, "", "0" * 64]) == {digest: content}
    assert hashlib.sha256(content).hexdigest() == digest == shown(portfolio, ana)
    image = read(content)
    assert (image.format, image.size) == ("JPEG", (256, 256))
    red, green, blue = image.convert("RGB").getpixel((128, 128))  # type: ignore[misc]
    assert (red, green, blue) == pytest.approx((0x33, 0x66, 0x99), abs=8)


def test_a_small_picture_is_not_blown_up() -> None:
    image = read(photos.normalised(file_of(Image.new("RGB", (40, 90)), "PNG")))
    assert image.size == (40, 40)


def test_a_see_through_picture_stays_see_through() -> None:
    image = read(photos.normalised(file_of(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG")))
    assert (image.format, image.mode) == ("PNG", "RGBA")
    assert image.getpixel((5, 5)) == (0, 0, 0, 0)
    opaque = read(photos.normalised(file_of(Image.new("RGBA", (300, 300), "red"), "PNG")))
    assert opaque.format == "JPEG"


def test_where_and_with_what_it_was_taken_is_left_behind() -> None:
    taken = Image.new("RGB", (400, 400), "white")
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    content = file_of(taken, "JPEG", exif=exif, comment=b"SecretPlace")
    assert b"SecretCamera" in content
    kept = photos.normalised(content)
    assert b"Secret" not in kept
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "SecretName")
    clear = Image.new("RGBA", (400, 400), (1, 2, 3, 4))
    assert b"Secret" not in photos.normalised(file_of(clear, "PNG", pnginfo=text))


def test_a_picture_taken_sideways_is_turned_upright() -> None:
    sideways = Image.new("RGB", (200, 200), "white")
    sideways.paste("black", (0, 0, 100, 200))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees clockwise: what was left comes to the top
    upright = read(photos.normalised(file_of(sideways, "JPEG", exif=exif, quality=95)))
    top, bottom = (
        upright.convert("L").getpixel((100, 30)),
        upright.convert("L").getpixel((100, 170)),
    )
    assert (top, bottom) == pytest.approx((0, 255), abs=40)


def test_the_same_picture_is_kept_once_and_removing_can_be_undone(
    portfolio: Portfolio, ana: str
) -> None:
    content = file_of(Image.new("RGB", (300, 300), "green"), "PNG")
    digest = set_photo(portfolio, ana, content)
    set_photo(portfolio, ana, content)
    with portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM attachment_content") == 1
    with portfolio.unit_of_work("Remove photo") as work:
        photos.remove_photo(work, ana)
    assert shown(portfolio, ana) is None
    portfolio.undo()
    assert shown(portfolio, ana) == digest


def a_png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be that large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.4",
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        file_of(Image.new("RGB", (300, 300)), "JPEG")[:400],
        file_of(Image.new("RGB", (300, 300)), "PNG")[:60],
        file_of(Image.new("RGB", (30, 30)), "TIFF"),
        a_png_that_says(200, 200),
        a_png_that_says(20_000, 20_000),
        a_png_that_says(9_000, 9_000),
        a_png_that_says(2_000_000_000, 2_000_000_000),
    ],
    ids=range(12),
)
def test_what_is_no_fit_picture_is_refused_and_nothing_is_changed(
    portfolio: Portfolio, ana: str, content: bytes
) -> None:
    with pytest.raises(UserError) as refused:
        set_photo(portfolio, ana, content)
    assert refused.value.field == "photo"
    assert shown(portfolio, ana) is None
    with portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM attachment_content") == 0


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(UserError, match="20 MB"):
        photos.normalised(b"\xff\xd8" + b"\0" * photos.MAX_PHOTO_BYTES)


def test_a_kept_photo_is_small() -> None:
    noise = Image.effect_noise((900, 900), 90).convert("RGB")
    assert len(photos.normalised(file_of(noise, "PNG"))) < MOST_OF_A_PHOTO


PICTURES = [
    file_of(Image.radial_gradient("L").resize((60, 60)).convert("RGB"), kind)
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP")
]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(PICTURES),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=12),
    st.integers(0, 300),
)
def test_damage_ends_in_a_picture_or_in_words(
    content: bytes, damage: list[tuple[int, int]], cut: int
) -> None:
    damaged = bytearray(content[: max(1, len(content) - cut)])
    for at, value in damage:
        damaged[at % len(damaged)] = value
    try:
        kept = photos.normalised(bytes(damaged))
    except UserError:
        return
    assert max(read(kept).size) <= photos.SIDE
