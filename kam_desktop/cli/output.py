"""How commands answer: sentences for people, JSON for machines, one exit code per kind of error."""

from __future__ import annotations

import contextlib
import errno
import functools
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from kam_desktop.services.errors import CancelledError, KamError, StorageError
from kam_desktop.services.i18n import _

P = ParamSpec("P")
R = TypeVar("R")
_WRITING = frozenset({errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EBADF})


def json_option(command: Callable[P, R]) -> Callable[P, R]:
    """Adds ``--json`` to a command; it may also be given before the command's name."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Answer with JSON, for other programs."
    )(command)


def wants_json(as_json: bool) -> bool:
    """Whether JSON was asked for, here or before the command's name."""
    root = click.get_current_context().find_root()
    return as_json or bool(root.params.get("as_json"))


def say(text: str) -> None:
    """One line for a person."""
    click.echo(plain(text))


def plain(text: str) -> str:
    """``text`` without what a terminal would obey: control characters become a replacement sign."""
    return "".join(
        "\ufffd" if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text
    )


def answer_json(value: object) -> None:
    """One JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns padded to their widest cell, at most 48 characters each."""
    cells = [[plain(cell)[:48] for cell in row] for row in (header, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def money_text(minor_by_currency: dict[str, int]) -> dict[str, str]:
    """Amounts in major units as text, by currency, e.g. ``{"EUR": "6270000.00"}``."""
    from kam_desktop.services.formatting import major

    return {
        currency: str(major(minor, currency))
        for currency, minor in sorted(minor_by_currency.items())
    }


def reported(command: Callable[P, R]) -> Callable[P, R]:
    """Turns known errors into a line on standard error and the error's exit code."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except KeyboardInterrupt:
            click.echo(_("Cancelled."), err=True)
            sys.exit(CancelledError.exit_code)
        except KamError as error:
            if wants_json(bool(kwargs.get("as_json"))):
                answer_json({"error": _error_json(error)})
            click.echo(str(error), err=True)
            sys.exit(error.exit_code)

    return run


@contextlib.contextmanager
def told_when_unwritable() -> Iterator[None]:
    """Says that the answer could not be written (a full disk), and ends with that exit code."""
    try:
        yield
    except OSError as error:
        if not _is_output_lost(error):
            raise
        trouble = StorageError(
            _("The answer could not be written: {reason}.").format(reason=error.strerror),
            remedy=_("What the command did stays done. Write the answer somewhere with room."),
        )
        with contextlib.suppress(OSError):
            click.echo(str(trouble), err=True)
        # What is still buffered has nowhere to go; the interpreter would complain at its end.
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        sys.exit(trouble.exit_code)


def _is_output_lost(error: OSError) -> bool:
    """Whether it was writing to an open file that failed, as only the answer's writing can."""
    return error.errno in _WRITING and error.filename is None


def _error_json(error: KamError) -> dict[str, str]:
    if isinstance(error, StorageError):
        return {"message": str(error.args[0]), "remedy": error.remedy}
    return {"message": str(error)}


def format_of(chosen: str | None, output: Path, formats: Sequence[str]) -> str:
    """The format asked for, else the one the file's name ends with, else the first one."""
    ending = output.suffix.removeprefix(".").casefold()
    return chosen or (ending if ending in formats else formats[0])
