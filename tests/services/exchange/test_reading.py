"""Delimited text and spreadsheets of every kind are read, or refused with a reason."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from kam_desktop.services.errors import CancelledError, UserError
from kam_desktop.services.exchange import reading, spreadsheets
from kam_desktop.services.exchange.reading import read_tables
from kam_desktop.services.exchange.tables import MAX_CELL_CHARACTERS, Table, TaskProgress

TEXT = "Account Name;City\nBäckerei Köhler;Münster\nŁódź & Co;Genève\n"


def read(tmp_path: Path, content: bytes, name: str = "file.csv", **options: object) -> Table:
    path = tmp_path / name
    path.write_bytes(content)
    (table,) = read_tables(path, **options)  # type: ignore[arg-type]
    return table


def cells(table: Table) -> list[list[object]]:
    return [list(row.cells) for row in table.rows]


@pytest.mark.parametrize(
    ("codec", "shown"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16 LE"),
        ("utf-16-le", "UTF-16 LE"),
        ("utf-16-be", "UTF-16 BE"),
        ("utf-32", "UTF-32 LE"),
    ],
)
def test_reads_unicode_with_and_without_mark(tmp_path: Path, codec: str, shown: str) -> None:
    table = read(tmp_path, TEXT.encode(codec))
    assert table.encoding == shown
    assert table.header == ("Account Name", "City")
    assert cells(table)[1] == ["Łódź & Co", "Genève"]


def test_reads_windows_1252(tmp_path: Path) -> None:
    table = read(tmp_path, "Firma;Ort\nBäckerei – „Köhler“;Münster €\n".encode("cp1252"))
    assert table.encoding == "Windows-1252"
    assert cells(table) == [["Bäckerei – „Köhler“", "Münster €"]]


def test_reads_cyrillic_by_statistics(tmp_path: Path) -> None:
    names = "Северное сияние;Москва\nПервая пекарня;Санкт-Петербург\nДом книги;Казань\n"
    table = read(tmp_path, ("Компания;Город\n" + names * 5).encode("cp1251"))
    assert cells(table)[0] == ["Северное сияние", "Москва"]


def test_chosen_encoding_wins_and_damage_is_said(tmp_path: Path) -> None:
    raw = "Firma,Ort\nŁódź,Kraków\n".encode("cp1250")
    assert cells(read(tmp_path, raw, encoding="cp1250")) == [["Łódź", "Kraków"]]
    damaged = read(tmp_path, raw, encoding="utf-8")
    assert any("another encoding" in note for note in damaged.notes)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_finds_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    lines = [["Account Name", "Phone", "City"], ["Aurora, Ltd; and sons", "1", "Ålesund"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    table = read(tmp_path, text.encode())
    assert table.delimiter == delimiter
    assert cells(table) == [lines[1]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_line_numbers(tmp_path: Path, end: str) -> None:
    text = f'Account Name,City{end}"Two{end}lines",Oslo{end}{end}Last,Bergen{end}'
    table = read(tmp_path, text.encode())
    assert [row.line for row in table.rows] == [2, 5]
    assert cells(table)[0] == ["Two\nlines", "Oslo"]


def test_doubled_quotes_and_nul(tmp_path: Path) -> None:
    table = read(tmp_path, b'Account Name,City\n"The ""Best"" One",Os\0lo\n')
    assert cells(table) == [['The "Best" One', "Oslo"]]
    assert any("NUL" in note for note in table.notes)


def test_skips_titles_above_the_header(tmp_path: Path) -> None:
    table = read(tmp_path, b"\n\nReport of 2026\n\nAccount Name,City\nAurora,Oslo\n")
    assert table.header == ("Account Name", "City")
    assert [row.line for row in table.rows] == [6]
    assert any("above the column names" in note for note in table.notes)


def test_no_header(tmp_path: Path) -> None:
    table = read(tmp_path, b"1,2026-01-01,a@b.example\n2,2026-01-02,c@d.example\n")
    assert not table.has_header
    assert len(table.rows) == 2
    assert table.header == ("Column 1", "Column 2", "Column 3")


def test_unclosed_quotation_mark_costs_one_line(tmp_path: Path) -> None:
    table = read(tmp_path, b'Account Name,City\nA,Oslo\n"B,Bergen\nC,Molde\nD,Narvik\n')
    assert [(row.line, bool(row.problem)) for row in table.rows] == [
        (2, False),
        (3, True),
        (4, False),
        (5, False),
    ]
    with pytest.raises(UserError, match="never closed"):
        read(tmp_path, b"Account Name,City\n" + b'"B,Bergen\n' * 101)


def test_too_long_cell_is_a_problem(tmp_path: Path) -> None:
    table = read(tmp_path, b"Account Name\n" + b"x" * (MAX_CELL_CHARACTERS + 1) + b"\nAurora\n")
    assert [bool(row.problem) for row in table.rows] == [True, False]


def test_ragged_rows_are_kept_as_they_are(tmp_path: Path) -> None:
    table = read(tmp_path, b"Account Name,City,Phone\nA\nB,Oslo,1,2\n")
    assert cells(table) == [["A"], ["B", "Oslo", "1", "2"]]
    assert any("fewer cells" in note for note in table.notes)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"])
def test_empty_files_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UserError, match="empty"):
        read(tmp_path, content)


def test_gzip_is_unpacked_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(TEXT.encode())
    assert len(read(tmp_path, packed, "file.csv.gz").rows) == 2
    with pytest.raises(UserError, match="cut off"):
        read(tmp_path, packed[:-12], "cut.csv.gz")
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 1_000)
    with pytest.raises(UserError, match="larger than"):
        read(tmp_path, gzip.compress(b"a,b\n" * 100_000), "bomb.csv.gz")


def test_other_files_are_refused_by_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="PDF"):
        read(tmp_path, b"%PDF-1.7 ...", "accounts.csv")
    with pytest.raises(UserError, match="folder"):
        read_tables(tmp_path)
    with pytest.raises(UserError, match="could not be opened"):
        read_tables(tmp_path / "missing.csv")


def test_spreadsheet_keeps_types_and_line_numbers(tmp_path: Path) -> None:
    import datetime as dt

    import xlsxwriter

    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Deals")
        sheet.write_row(2, 1, ["Deal Name", "Amount", "Close Date"])
        sheet.write_row(3, 1, ["Ovens", 1234.5])
        sheet.write_datetime(3, 3, dt.date(2026, 3, 4))
        book.add_worksheet("Secret").hide()
        book.get_worksheet_by_name("Secret").write(0, 0, "x")
    (table,) = read_tables(path)
    assert table.name == "book.xlsx › Deals"
    assert table.encoding == "Excel"
    assert any("Secret" in note for note in table.notes)
    (row,) = table.rows
    assert row.line == 4
    named = dict(zip(table.header, row.cells, strict=False))
    assert named["Amount"] == 1234.5
    assert named["Close Date"] == dt.date(2026, 3, 4)


def test_one_far_cell_is_read_within_limits(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Account Name", "City"])
        sheet.write_row(1, 0, ["Aurora", "Oslo"])
        sheet.write(1_048_575, 16_383, "far")
    (table,) = read_tables(path)
    assert list(table.rows[0].cells) == ["Aurora", "Oslo"]


def test_dying_reader_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04")
    monkeypatch.setattr(spreadsheets, "_WORKER", "kam_desktop.no_such_module")
    with pytest.raises(UserError, match="more memory or time"):
        read_tables(path)


def test_reader_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04")
    monkeypatch.setattr(spreadsheets, "TIME_LIMIT", 0.0)
    monkeypatch.setattr(
        spreadsheets, "_command", lambda _path, _mode: [__import__("sys").executable, "-c", _SLEEP]
    )
    started = time.monotonic()
    with pytest.raises(UserError, match="more memory or time"):
        read_tables(path)
    assert time.monotonic() - started < 30
    with pytest.raises(CancelledError):
        read_tables(path, progress=TaskProgress(cancelled=lambda: True))


_SLEEP = "import time; time.sleep(60)"


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("visit.ics", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "a calendar"),
        ("visit.txt", b"\r\nbegin:vevent\r\n", "a calendar"),
        ("hello.eml", b"Resent-From: Mary Smith <mary@example.net>\r\n\r\nHi", "an e-mail"),
        ("hello.eml", b"From  : John Doe <jdoe@machine.example>\r\n\r\nHi", "an e-mail"),
        ("all.mbox", b"From mary@example.net Fri Nov 20\nSubject: Hi\n\nHi", "an e-mail"),
        ("hello.msg", b"\xd0\xcf\x11\xe0" + "__substg1.0_".encode("utf-16-le"), "an e-mail"),
    ],
)
def test_a_calendar_and_an_email_are_named_with_what_can_be_imported(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    with pytest.raises(UserError, match=f"is {what}.*Tables .CSV, Excel. and people .vCard. can"):
        read(tmp_path, content, name)


def test_a_table_whose_first_column_is_from_is_a_table(tmp_path: Path) -> None:
    table = read(tmp_path, b"From: name,City\nAurora,Milan\n", "visits.csv")
    assert len(table.rows) == 1
