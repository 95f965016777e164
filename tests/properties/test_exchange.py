"""Whatever a program writes as CSV is read back as it was meant; numbers survive every notation."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kam_desktop.services.exchange.csv_export import csv_bytes, defused
from kam_desktop.services.exchange.numbers import NumberFormat, number_format, parse_number
from kam_desktop.services.exchange.reading import read_tables

_WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff"
    ),
    min_size=1,
    max_size=12,
).map(str.strip)
_LATIN = st.lists(
    st.sampled_from(
        ["Müller", "& Söhne", "Café", "Peña", "„Größe“", "10 €", 'a "b"', "x,y", "p;q"]
    ),
    max_size=4,
).map(" ".join)


def _read_back(content: bytes) -> list[list[str]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        (table,) = read_tables(path)
    assert table.header == ("Account Name", "City", "Phone")
    return [[str(cell) for cell in row.cells] for row in table.rows]


def _written(rows: list[list[str]], delimiter: str, end: str, quoting: int) -> str:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["Account Name", "City", "Phone"])
    writer.writerows(rows)
    return target.getvalue()


_DIALECTS = st.tuples(
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(_WORDS, min_size=3, max_size=3), min_size=1, max_size=8),
    _DIALECTS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_unicode_text_in_any_dialect_reads_back(
    rows: list[list[str]], dialect: tuple[str, str, int], codec: str
) -> None:
    kept = [row for row in rows if any(row)]
    assert _read_back(_written(rows, *dialect).encode(codec)) == kept


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_LATIN, min_size=3, max_size=3), min_size=1, max_size=8), _DIALECTS)
def test_windows_1252_text_reads_back(rows: list[list[str]], dialect: tuple[str, str, int]) -> None:
    content = _written([["Müller & Söhne Gesellschaft", "Gera", "0"], *rows], *dialect)
    kept = [row for row in rows if any(row)]
    assert _read_back(content.encode("cp1252"))[1:] == kept


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False), st.booleans(), st.booleans())
def test_numbers_survive_every_notation(value: Decimal, grouped: bool, comma: bool) -> None:
    text = f"{value:,.2f}" if grouped else f"{value:.2f}"
    if comma:
        text = text.translate(str.maketrans(",.", ".,"))
    format_ = number_format([text])
    assert format_ == NumberFormat("," if comma else ".")
    assert parse_number(text, format_) == value


@given(st.text(max_size=20))
def test_no_exported_cell_is_a_live_formula(text: str) -> None:
    safe = defused(text)
    assert safe.endswith(text)
    if safe.startswith(("=", "@", "\t", "\r")):
        raise AssertionError(safe)
    if safe.startswith(("+", "-")):
        float(safe)


@given(st.lists(st.text(max_size=8), min_size=1, max_size=4))
def test_exported_csv_is_always_encodable(cells: list[str]) -> None:
    assert csv_bytes(["a"] * len(cells), [cells]).startswith(b"\xef\xbb\xbf")
