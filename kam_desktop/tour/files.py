"""The small files that the tour imports."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

ACCOUNTS = """\
Account Name,Industry,Billing City,Billing Country,Employees,Website,Tier
Aurora Foods,Food,Lodi,Italy,2450,https://aurora.example,Key
Fjordlys Energi,Energy,Bergen,Norway,310,https://fjordlys.example,Regular
Casa Brunelli,Furniture,Udine,Italy,85,https://brunelli.example,Regular
Nordwind Logistik,Logistics,Lübeck,Germany,1200,https://nordwind.example,Key
,Textiles,Prato,Italy,40,,Regular
"""
"""One known account with another figure, three new ones, and a row without a name."""

PEOPLE = """\
First Name,Last Name,Title,Email,Account Name
Ingunn,Haugen,Head of procurement,ingunn@fjordlys.example,Fjordlys Energi
Paolo,Brunelli,Managing director,paolo@brunelli.example,Casa Brunelli
Jörg,Petersen,Head of operations,joerg@nordwind.example,Nordwind Logistik
"""


def write_files(folder: Path) -> list[Path]:
    """Write both files into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"accounts.csv": ACCOUNTS, "people.csv": PEOPLE}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in files]


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample//EN
BEGIN:VEVENT
UID:1@calendar.example
DTSTART;TZID=Europe/Rome:20261201T140000
DTEND;TZID=Europe/Rome:20261201T150000
SUMMARY:Second filling line: layout
LOCATION:Via Torino 12, Milan
ATTENDEE:mailto:ops@aurora.example
ATTENDEE:mailto:plant@aurora.example
END:VEVENT
BEGIN:VEVENT
UID:2@calendar.example
DTSTART;TZID=Europe/Athens:20261203T110000
DTEND;TZID=Europe/Athens:20261203T113000
SUMMARY:Questions about the references
ATTENDEE:mailto:buy@ilios.example
END:VEVENT
BEGIN:VEVENT
UID:3@calendar.example
DTSTART;TZID=Europe/Rome:20261204T130000
DTEND;TZID=Europe/Rome:20261204T140000
SUMMARY:Lunch with Fjordlys
ATTENDEE;CN=Ingunn Haugen:mailto:ingunn@fjordlys.example
END:VEVENT
BEGIN:VEVENT
UID:4@calendar.example
DTSTART;VALUE=DATE:20261208
SUMMARY:Public holiday
END:VEVENT
END:VCALENDAR
"""
"""Meetings with two accounts of the sample and with one it does not know, and a whole day."""

MAILS = (
    ("ops@aurora.example", "The layout of the second line", "Mon, 16 Nov 2026 09:12:00 +0100"),
    ("buy@ilios.example", "Two references, please", "Tue, 17 Nov 2026 11:40:00 +0200"),
    ("ingunn@fjordlys.example", "Nice to meet you", "Wed, 18 Nov 2026 16:05:00 +0100"),
)
"""From whom, about what and when."""


def write_calendar(folder: Path) -> Path:
    """Write a calendar into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "calendar.ics"
    path.write_text(CALENDAR, "utf-8")
    return path


def write_mails(folder: Path) -> list[Path]:
    """Write the e-mails into ``folder``, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number}.eml" for number in range(1, len(MAILS) + 1)]
    for path, (sender, subject, sent) in zip(paths, MAILS, strict=True):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, "me@us.example", subject
        mail["Date"], mail["Message-ID"] = sent, f"<{path.name}@mail.example>"
        mail.set_content("Fictional, as all of the sample portfolio.\n")
        path.write_bytes(mail.as_bytes())
    return paths
