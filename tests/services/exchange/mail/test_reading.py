"""E-mails of any program and any charset; hostile ones in bounded time."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.mail.eml import read_eml, safe_name
from kam_desktop.services.exchange.mail.messages import Mail, UnreadableMail
from kam_desktop.services.exchange.mail.plain_text import text_of_html
from kam_desktop.services.exchange.mail.reading import read_mails

BASE = b"From: Ana <ana@aurora.example>\r\nTo: me@us.example\r\nSubject: Hello\r\n"


def test_a_plain_mail() -> None:
    mail = read_eml(
        BASE + b"Date: Thu, 5 Mar 2026 10:00:00 +0100\r\nMessage-ID: <1@x>\r\n"
        b"In-Reply-To: <0@x>\r\n\r\nWe agree.\r\n"
    )
    assert (mail.key, mail.subject, mail.text) == ("<1@x>", "Hello", "We agree.")
    assert mail.sent_at == dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)
    assert [each.email for each in mail.people] == ["ana@aurora.example", "me@us.example"]
    assert mail.replies_to == ("<0@x>",)


def test_words_and_attachments_are_told_apart() -> None:
    message = EmailMessage()
    message["From"], message["To"] = "ana@aurora.example", "me@us.example"
    message["Subject"] = "Größe 大きさ"
    message.set_content("Plain words")
    message.add_alternative("<p>HTML <b>words</b></p>", subtype="html")
    message.add_attachment(
        b"%PDF-", maintype="application", subtype="pdf", filename="../../a/é.pdf"
    )
    mail = read_eml(message.as_bytes())
    assert (mail.subject, mail.text) == ("Größe 大きさ", "Plain words")
    assert [(each.name, each.media_type, each.content) for each in mail.attachments] == [
        ("é.pdf", "application/pdf", b"%PDF-")
    ]


def test_html_alone_becomes_words_and_nothing_of_it_is_followed() -> None:
    mail = read_eml(
        BASE + b"Content-Type: text/html; charset=utf-8\r\n\r\n"
        b"<style>p{}</style><p>One<br>two</p><img src='http://x.example/a.png'>"
        b"<script>alert(1)</script>&amp; three"
    )
    assert mail.text == "One\ntwo\n& three"


@pytest.mark.parametrize(
    ("charset", "text"),
    [("iso-8859-7", "Καλημέρα"), ("windows-1251", "Привет"), ("iso-2022-jp", "こんにちは"),
     ("no-such-charset", "latin"), ("utf-8", "مرحبا")],
)  # fmt: skip
def test_any_charset(charset: str, text: str) -> None:
    known = "utf-8" if charset == "no-such-charset" else charset
    head = BASE + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode()
    assert read_eml(head + text.encode(known)).text == text


def test_a_forwarded_message_is_kept_as_a_file() -> None:
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("Inner words")
    message = EmailMessage()
    message["From"] = "ana@aurora.example"
    message.set_content("See below")
    message.add_attachment(inner)
    mail = read_eml(message.as_bytes())
    assert mail.text == "See below"
    (forwarded,) = mail.attachments
    assert forwarded.name.endswith(".eml")
    assert b"Inner words" in forwarded.content


def test_hostile_mails_cost_little() -> None:
    many_words = b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n\r\nx"
    assert len(read_eml(BASE + many_words).subject) <= 20_000
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (at, at)
        for at in range(1_500)
    )
    with pytest.raises(UserError, match="too many parts"):
        read_eml(BASE + nested)
    with pytest.raises(UserError, match="no headers"):
        read_eml(b"just words\n" * 50)


@given(st.binary(max_size=600))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        mail = read_eml(BASE + content)
    except UserError:
        return
    assert mail.sender.email == "ana@aurora.example" or b"rom" in content.lower()


@given(st.text(max_size=200))
def test_names_of_attachments_stay_in_their_folder(name: str) -> None:
    safe = safe_name(name)
    assert "/" not in safe
    assert "\\" not in safe
    assert not safe.startswith(".")
    assert len(safe) <= 150


@given(st.text(max_size=300))
def test_any_html_is_survived(html: str) -> None:
    assert isinstance(text_of_html(html), str)


def test_a_mailbox_gives_its_messages_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    one = BASE + b"Message-ID: <1@x>\r\n\r\nFirst\r\n>From here\r\n"
    path.write_bytes(
        b"From - Thu Mar  5 10:00:00 2026\r\n" + one + b"\r\n"
        b"From - Thu Mar  5 10:00:00 2026\r\n\r\nno headers at all\r\n\r\n"
        b"From - Thu Mar  5 10:00:00 2026\r\n" + BASE + b"\r\nThird\r\n"
    )
    found = list(read_mails(path))
    assert [type(each) for each in found] == [Mail, UnreadableMail, Mail]
    assert isinstance(found[1], UnreadableMail)
    assert found[1].number == 2


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="It cannot be read: No such file"):
        list(read_mails(tmp_path / "missing.eml"))
    (tmp_path / "x.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000)
    with pytest.raises(UserError, match="damaged"):
        list(read_mails(tmp_path / "x.msg"))
