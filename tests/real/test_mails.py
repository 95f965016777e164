"""E-mails saved by other programs: read, or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.mail.messages import Mail
from kam_desktop.services.exchange.mail.reading import read_mails


def read(path: Path) -> Mail:
    (found,) = read_mails(path)
    assert isinstance(found, Mail)
    return found


def test_every_file_is_read_or_refused(shared_data: Path) -> None:
    files = sorted((shared_data / "email").glob("*/*.*"))
    refused = []
    for path in files:
        try:
            assert list(read_mails(path))
        except UserError:
            refused.append(path.name)
    assert len(files) == 50
    assert refused == []


@pytest.mark.parametrize(
    ("name", "subject", "sender", "text"),
    [
        ("example01.eml", "Saying Hello", "jdoe@machine.example", "This is a message just to"),
        ("japanese_iso_2022.eml", "まみむめも", "raasdnil@gmail.com", "すみません。"),
        ("utf8_headers.eml", "Säying Hello", "jdöe@mächine.example", "body"),
        ("raw_email_double_at_in_header.eml", "NOTE: 한국말로 하는 것", "jamis@37signals.com",
         "대부분의 마찬가지로"),
        ("attachment_pdf.eml", "Another PDF with 🎉 Unicode chars in it 🍿", "xxxx@xxxx.com",
         "Just attaching"),
    ],
)  # fmt: skip
def test_words_of_a_mail(
    shared_data: Path, name: str, subject: str, sender: str, text: str
) -> None:
    mail = read(shared_data / "email" / "eml" / name)
    assert (mail.subject, mail.sender.email) == (subject, sender)
    assert mail.text.startswith(text)


@pytest.mark.parametrize(
    ("name", "attachments"),
    [
        ("attachment_nonascii_filename.eml", ["ciële.txt"]),
        ("japanese_attachment.eml", ["てすと.txt"]),
        ("attachment_only_email.eml", ["blah.gz"]),
        ("raw_email7.eml", ["test.rb", "test.pdf", "smime.p7s"]),
    ],
)
def test_names_of_attachments(shared_data: Path, name: str, attachments: list[str]) -> None:
    mail = read(shared_data / "email" / "eml" / name)
    assert [each.name for each in mail.attachments] == attachments


@pytest.mark.parametrize(
    ("name", "subject", "text"),
    [
        ("ASCII_CP1251_LCID1049.msg", "Subject автоматически Subject", "Body автоматически Body"),
        ("ASCII_UTF-8_CP1252_LCID1031.msg", "Subject öäü Subject", "Body öäü Body"),
        ("HTMLBodyBinary_CP1251.msg", "Subject öäü Subject", "HTML автоматически"),
        ("HTMLBodyBinary_UTF-8.msg", "Subject öäü Subject", "HTML öäü"),
        ("simple_test_msg.msg", "test message", "This is a test message."),
    ],
)
def test_outlook_files_in_their_code_pages(
    shared_data: Path, name: str, subject: str, text: str
) -> None:
    mail = read(shared_data / "email" / "msg" / name)
    assert (mail.subject, mail.text) == (subject, text)


def test_an_outlook_file_with_attachments(shared_data: Path) -> None:
    mail = read(shared_data / "email" / "msg" / "attachment_test_msg.msg")
    assert mail.sender.email == "nicolas1.23456@free.fr"
    found = [(each.name, len(each.content)) for each in mail.attachments]
    assert found == [("test-unicode.doc", 24064), ("pj1.txt", 89)]


def test_a_mailbox_of_thirteen(shared_data: Path) -> None:
    found = list(read_mails(shared_data / "email" / "mbox" / "assembled-shared.mbox"))
    assert len(found) == 13
    assert all(isinstance(each, Mail) for each in found)
