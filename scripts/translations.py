"""Collects every string a person sees into the translation template; ``make translations``.

The template changes only when a string does: it carries no date, and the places where strings are
used carry no line numbers. Translations found beside it are brought up to date and compiled.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "resources" / "translations"
DOMAIN = "kam_desktop"
SOURCES = {
    "kam_desktop": [("**.py", "python")],
    "resources/templates": [("**.json", "kam_desktop.services.template_messages:extract")],
}
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def extract() -> Catalog:
    """All strings of the program and of its built-in templates, sorted by place."""
    catalog = Catalog(project="KAM Desktop", domain=DOMAIN, charset="utf-8")
    for folder, methods in SOURCES.items():
        found = extract_from_dir(
            ROOT / folder,
            method_map=methods,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for path, _line, message, comments, context in sorted(found, key=lambda item: item[:2]):
            place = (f"{folder}/{Path(path).as_posix()}", 0)
            catalog.add(message, locations=[place], auto_comments=comments, context=context)
    return catalog


def template_text(catalog: Catalog) -> str:
    """The catalogue as a PO template, the same bytes for the same strings."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, omit_header=True, include_lineno=False)
    header = (
        "# Strings of KAM Desktop; made by `make translations`.\n"
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return header + buffer.getvalue().decode("utf-8")


def _update(po_path: Path, template: Catalog) -> None:
    with po_path.open("rb") as source:
        catalog = read_po(source, locale=po_path.parent.parent.name, domain=DOMAIN)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    with po_path.open("wb") as target:
        write_po(target, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    with po_path.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalog)


def main() -> None:
    TRANSLATIONS.mkdir(parents=True, exist_ok=True)
    catalog = extract()
    template = TRANSLATIONS / f"{DOMAIN}.pot"
    template.write_text(template_text(catalog), encoding="utf-8", newline="\n")
    for po_path in sorted(TRANSLATIONS.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        _update(po_path, catalog)
    print(f"{len(catalog)} strings in {template.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    main()
