"""What the installed program tries on itself, with the real things, in a temporary folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kam_desktop.services.clock import SystemClock
from kam_desktop.services.i18n import _
from kam_desktop.services.opening import OpenPortfolio, Secrets, create_portfolio, open_portfolio


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check; ``problem`` is empty when it passed."""

    name: str
    problem: str


class _WrongAnswerError(Exception):
    """What a check raises when the answer is wrong."""


_PASSPHRASE = Secrets(passphrase="self-test passphrase")
_CSV = "Name,City\nSelf-test account,Testville\n"


def run_self_test() -> list[CheckResult]:
    """Run all checks; never raises for what they find."""
    with tempfile.TemporaryDirectory(prefix="kam-desktop-") as folder:
        path = Path(folder) / "self-test.kam"
        return [
            _run(_("encryption"), lambda: _encryption(path)),
            _run(_("import, search and undo"), lambda: _import_and_undo(path)),
            _run(_("brief as PDF"), lambda: _brief(path)),
            _run(_("backup"), lambda: _backup(path)),
            _run(_("window"), _window),
        ]


def _run(name: str, check: Callable[[], None]) -> CheckResult:
    try:
        check()
    except Exception as error:  # the report must be complete, whatever is broken
        return CheckResult(name, f"{type(error).__name__}: {error}")
    return CheckResult(name, "")


def _expect(condition: bool, otherwise: str) -> None:
    if not condition:
        raise _WrongAnswerError(otherwise)


def _encryption(path: Path) -> None:
    create_portfolio(path, title="Self-test", secrets=_PASSPHRASE)[0].close()
    _expect(not path.read_bytes().startswith(b"SQLite format"), "the file is not encrypted")
    with _opened(path) as portfolio:
        _expect(portfolio.portfolio.schema_version > 0, "no schema")


def _opened(path: Path) -> OpenPortfolio:
    return open_portfolio(path, _PASSPHRASE)


def _import_and_undo(path: Path) -> None:
    from kam_desktop.services.imports import import_files
    from kam_desktop.services.queries.search import search

    source = path.with_name("self-test.csv")
    source.write_text(_CSV, "utf-8")
    with _opened(path) as portfolio:
        import_files(portfolio.portfolio, [source])
        with portfolio.portfolio.reading() as db:
            _expect(len(search(db, "testv")) == 1, "the imported account was not found")
        portfolio.portfolio.undo()
        with portfolio.portfolio.reading() as db:
            _expect(not search(db, "testv"), "undo left the account behind")
        portfolio.portfolio.redo()


def _brief(path: Path) -> None:
    from kam_desktop.services.handouts.brief import brief_content
    from kam_desktop.services.handouts.pdf.brief_pages import render_brief
    from kam_desktop.services.queries.accounts import find_account

    with _opened(path) as portfolio, portfolio.portfolio.reading() as db:
        account = find_account(db, "Self-test account")
        pdf = render_brief(brief_content(db, account.id, clock=SystemClock()))
    _expect(pdf.startswith(b"%PDF"), "no PDF was made")


def _backup(path: Path) -> None:
    from kam_desktop.services.storage.backup import make_backup

    with _opened(path) as portfolio:
        made = make_backup(path, portfolio.key, path.with_name("backups"), now=SystemClock().now())
    _expect(made.size > 0, "the backup is empty")


def _window() -> None:
    from kam_desktop.tour.walk import try_window

    try_window()
