"""Known errors. Anything else that is raised is a defect of the program."""

from __future__ import annotations


class KamError(Exception):
    """An error whose text is meant for the user: what happened, what is safe, what to do."""

    exit_code = 1


class UserError(KamError):
    """What was asked cannot be done as asked; nothing was changed.

    ``field`` names the input it belongs to, so that a form can show the text beside it.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class StorageError(KamError):
    """The portfolio's file cannot be used as asked. ``remedy`` says what to do."""

    exit_code = 3

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.args[0]} {self.remedy}".strip()


class CancelledError(KamError):
    """The user cancelled; nothing was changed."""

    exit_code = 130
