"""The typefaces of the handouts, which of them can print a character, and their embedding.

Faces are read once per process. Each document embeds the glyphs it uses, as one composite font per
face (PDF 32000-1, 9.7): text is written as glyph numbers, so shaped text needs no encoding, and the
``ToUnicode`` map keeps it searchable.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from kam_desktop.services.handouts.clean import JOINERS, REPLACEMENT
from kam_desktop.services.resources import resource_path

# Regular and bold; where there is no bold file, the pen thickens the regular one.
_MAIN = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
_ARABIC = ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf")
_HEBREW = ("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf")
_THAI = ("NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf")
_DEVANAGARI = ("NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf")
_HAN = ("DroidSansFallback.ttf", "")
_SYMBOLS = ("NotoSansSymbols-Regular.ttf", "")
_MORE_SYMBOLS = ("NotoSansSymbols2-Regular.ttf", "")
_HANGUL = ("NanumGothicCoding-Regular.ttf", "")
# Scripts with rules of their own go to a face made for them, even where another has the letters.
_BLOCKS = (
    (0x0590, 0x05FF, _HEBREW),
    (0x0600, 0x06FF, _ARABIC),
    (0x0750, 0x077F, _ARABIC),
    (0x08A0, 0x08FF, _ARABIC),
    (0x0900, 0x097F, _DEVANAGARI),
    (0x0E00, 0x0E7F, _THAI),
    (0xA8E0, 0xA8FF, _DEVANAGARI),
    (0xFB1D, 0xFB4F, _HEBREW),
    (0xFB50, 0xFDFF, _ARABIC),
    (0xFE70, 0xFEFF, _ARABIC),
)
_FALLBACKS = (_MAIN, _HAN, _HANGUL, _SYMBOLS, _MORE_SYMBOLS)


class Face:
    """One font file: its metrics per thousand of the type size, its characters and its shaper."""

    def __init__(self, file_name: str) -> None:
        blob = hb.Blob.from_file_path(str(resource_path("fonts", file_name)))
        self.name = file_name.removesuffix(".ttf")
        self.bold = self.name.endswith("-Bold")
        self.hb_face: Any = hb.Face(blob)
        self.shaper: Any = hb.Font(self.hb_face)
        self.scale: float = 1000 / self.hb_face.upem

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points this face has a glyph for."""
        return frozenset(self.hb_face.unicodes)

    def advance(self, glyph: int) -> float:
        """The natural width of a glyph."""
        return float(self.shaper.get_glyph_h_advance(glyph)) * self.scale


@cache
def _load(file_name: str) -> Face:
    return Face(file_name)


def _face(names: tuple[str, str], bold: bool) -> Face:
    return _load(names[1] if bold and names[1] else names[0])


@cache
def face_for(char: str, bold: bool) -> Face | None:
    """The face that prints ``char``; None when no face can."""
    code = ord(char)
    for first, last, names in _BLOCKS:
        if first <= code <= last:
            face = _face(names, bold)
            return face if code in face.characters else None
    for names in _FALLBACKS:
        face = _face(names, bold)
        if code in face.characters:
            return face
    return None


def main_face(bold: bool) -> Face:
    """The face of the program's own words."""
    return _face(_MAIN, bold)


def split_by_face(text: str, bold: bool) -> list[tuple[str, Face]]:
    """``text`` in stretches of one face each; what no face has becomes `REPLACEMENT`.

    Marks, joiners and spaces stay with what precedes them. Stretches keep the length of their text,
    so that places in the text stay valid.
    """
    pieces: list[tuple[list[str], Face]] = []
    for char in text:
        current = pieces[-1][1] if pieces else None
        face = _keep(char, current) or face_for(char, bold)
        if face is None:
            char, face = _unprintable(char), main_face(bold)  # noqa: PLW2901
        if current is face:
            pieces[-1][0].append(char)
        else:
            pieces.append(([char], face))
    return [("".join(chars), face) for chars, face in pieces]


def _keep(char: str, current: Face | None) -> Face | None:
    if current is None:
        return None
    if char in JOINERS:
        return current
    if (unicodedata.category(char) in ("Mn", "Mc", "Me") or char in " \u00a0") and ord(
        char
    ) in current.characters:
        return current
    return None


def _unprintable(char: str) -> str:
    # A mark or variation sign without its letter's face would only double the replacement.
    return "\u200c" if unicodedata.category(char) in ("Mn", "Me") else REPLACEMENT


@dataclass(slots=True)
class EmbeddedFont:
    """The glyphs of one face used in one document; reportlab asks it for its objects at the end."""

    face: Face
    resource: str
    texts: dict[int, str] = field(default_factory=dict)

    def use(self, glyph: int, text: str) -> None:
        """Notes a glyph and the text it stands for."""
        if not self.texts.get(glyph):
            self.texts[glyph] = text

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Adds the font, its glyphs and its map to text to the document."""
        name = f"KAMDSK+{self.face.name}"
        program, new_glyphs = self._subset()
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}
                ),
                "FontDescriptor": self._descriptor(doc, name, program),
                "DW": 0,
                "W": self._widths(),
                "CIDToGIDMap": self._stream(doc, "gids", self._glyph_numbers(new_glyphs)),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"cid{name}")]),
                "ToUnicode": self._stream(doc, "unicode", _unicode_map(self.texts).encode("ascii")),
            }
        )
        doc.Reference(font, self.resource)
        doc.idToObject["BasicFonts"].dict[self.resource] = doc.Reference(font, self.resource)

    def _subset(self) -> tuple[bytes, dict[int, int]]:
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(set(self.texts))
        wanted.flags |= hb.SubsetFlags.NO_LAYOUT_CLOSURE
        dropped = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
        dropped.update({int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF")})
        plan = hb.SubsetPlan(self.face.hb_face, wanted)
        return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)

    def _descriptor(self, doc: Any, name: str, program: bytes) -> Any:
        extents = self.face.shaper.get_font_extents("ltr")
        scale = self.face.scale
        ascent, descent = round(extents.ascender * scale), round(extents.descender * scale)
        values = {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": pdfdoc.PDFName(name),
            "Flags": 4,
            "FontBBox": pdfdoc.PDFArray([-1000, descent, 3000, ascent]),
            "ItalicAngle": 0,
            "Ascent": ascent,
            "Descent": descent,
            "CapHeight": 714,
            "StemV": 80,
            "FontFile2": self._stream(doc, "file", program),
        }
        return doc.Reference(pdfdoc.PDFDictionary(values), f"descriptor{name}")

    def _stream(self, doc: Any, kind: str, content: bytes) -> Any:
        stream = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
        if kind == "file":
            stream.dictionary["Length1"] = len(content)
        return doc.Reference(stream, f"{kind}{self.resource}")

    def _widths(self) -> Any:
        parts: list[Any] = []
        for glyph in sorted(self.texts):
            parts += [glyph, pdfdoc.PDFArray([round(self.face.advance(glyph), 2)])]
        return pdfdoc.PDFArray(parts)

    def _glyph_numbers(self, new_glyphs: dict[int, int]) -> bytes:
        table = bytearray(2 * (max(self.texts, default=0) + 1))
        for glyph in self.texts:
            table[2 * glyph : 2 * glyph + 2] = new_glyphs[glyph].to_bytes(2, "big")
        return bytes(table)


def _unicode_map(texts: dict[int, str]) -> str:
    """The CMap from glyph numbers to text (Adobe Technical Note 5411)."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    entries = [
        f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>"
        for glyph, text in sorted(texts.items())
        if text
    ]
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines)
