"""The small files that the tour imports."""

from __future__ import annotations

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
