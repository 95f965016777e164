"""What may import what: tour → app → ui → services → models, Qt only in the window, pages apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import grimp
import pytest

PACKAGE = "kam_desktop"
QT = ("PySide6", "shiboken6", "pyqtgraph")
PAGES = (
    *("today", "portfolio", "account", "people", "meetings", "health", "plan"),
    *("importing", "settings", "calendar"),
)
PARTS_OF_PAGES = (
    *("widgets", "itemmodels", "delegates", "charts", "theme", "icons", "stylesheet"),
    *("handouts", "interactions", "relationship_map", "merging", "contacts", "calendar_files"),
    *("mail_files", "personal_notes"),
)
PURE_MODELS = {f"{PACKAGE}.models", f"{PACKAGE}.models.text", f"{PACKAGE}.models.vocabulary"}
INPUT_AND_OUTPUT = (
    *("asyncio", "ftplib", "glob", "http", "io", "os", "pathlib", "shutil", "smtplib", "socket"),
    *("sqlcipher3", "sqlite3", "subprocess", "tempfile", "urllib", "logging"),
)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(PACKAGE, include_external_packages=True, cache_dir=None)


def _within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _imports(graph: grimp.ImportGraph, package: str) -> Iterator[tuple[str, str]]:
    """Every direct import made by ``package`` and what is inside it, as (importer, imported)."""
    for importer in sorted(graph.modules):
        if _within(importer, package):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                yield importer, imported


def _lines(found: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{importer} imports {imported}" for importer, imported in found]


def test_the_graph_knows_the_program(graph: grimp.ImportGraph) -> None:
    """The other tests here would pass on an empty graph."""
    source = Path(__file__).resolve().parents[2] / PACKAGE
    ours = [module for module in graph.modules if _within(module, PACKAGE)]
    assert len(ours) == sum(1 for _ in source.rglob("*.py"))
    assert _within("kam_desktop.models.text", "kam_desktop.models")
    assert not _within("kam_desktop.models_text", "kam_desktop.models")


@pytest.mark.parametrize(
    ("lower", "uppers"),
    [
        ("models", ("services", "ui", "app", "tour", "cli", "__main__")),
        ("services", ("ui", "app", "tour", "cli", "__main__")),
        ("ui", ("app", "tour", "cli", "__main__")),
        ("app", ("tour", "cli", "__main__")),
        ("tour", ("cli", "__main__")),
    ],
)
def test_imports_point_downwards(
    graph: grimp.ImportGraph, lower: str, uppers: tuple[str, ...]
) -> None:
    forbidden = [f"{PACKAGE}.{upper}" for upper in uppers]
    found = [pair for pair in _imports(graph, f"{PACKAGE}.{lower}") if _within(pair[1], *forbidden)]
    assert _lines(found) == []


def test_the_command_line_meets_the_window_only_in_app(graph: grimp.ImportGraph) -> None:
    found = [
        pair
        for package in ("cli", "__main__")
        for pair in _imports(graph, f"{PACKAGE}.{package}")
        if _within(pair[1], f"{PACKAGE}.ui")
    ]
    assert _lines(found) == []


def test_qt_appears_only_in_the_window(graph: grimp.ImportGraph) -> None:
    found = [
        (importer, imported)
        for importer, imported in _imports(graph, PACKAGE)
        if _within(imported, *QT)
        and not _within(importer, f"{PACKAGE}.ui", f"{PACKAGE}.app", f"{PACKAGE}.tour")
    ]
    assert _lines(found) == []


def test_models_do_no_input_or_output(graph: grimp.ImportGraph) -> None:
    found = [
        (importer, imported)
        for importer, imported in _imports(graph, f"{PACKAGE}.models")
        if _within(imported, *INPUT_AND_OUTPUT)
        and not _within(importer, f"{PACKAGE}.models.migrations")
    ]
    assert _lines(found) == []


def test_pages_do_not_import_each_other(graph: grimp.ImportGraph) -> None:
    found = [
        (importer, imported)
        for page in PAGES
        for importer, imported in _imports(graph, f"{PACKAGE}.ui.{page}")
        if _within(imported, *(f"{PACKAGE}.ui.{other}" for other in PAGES if other != page))
    ]
    assert _lines(found) == []


def test_parts_of_pages_know_no_page(graph: grimp.ImportGraph) -> None:
    found = [
        (importer, imported)
        for part in PARTS_OF_PAGES
        for importer, imported in _imports(graph, f"{PACKAGE}.ui.{part}")
        if _within(imported, *(f"{PACKAGE}.ui.{page}" for page in PAGES))
    ]
    assert _lines(found) == []


@pytest.mark.parametrize("reader", ["ui", "services.queries", "services.analysis"])
def test_no_entity_reaches_the_read_side(graph: grimp.ImportGraph, reader: str) -> None:
    """Entities bring the ORM with them, which costs more than showing the window."""
    found = [
        (importer, imported)
        for importer, imported in _imports(graph, f"{PACKAGE}.{reader}")
        if _within(imported, "sqlalchemy", "alembic")
        or (_within(imported, f"{PACKAGE}.models") and imported not in PURE_MODELS)
    ]
    assert _lines(found) == []


def test_analysis_is_pure(graph: grimp.ImportGraph) -> None:
    found = [
        (importer, imported)
        for importer, imported in _imports(graph, f"{PACKAGE}.services.analysis")
        if _within(imported, *INPUT_AND_OUTPUT, f"{PACKAGE}.services.storage")
    ]
    assert _lines(found) == []
