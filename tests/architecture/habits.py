"""Rules of the project that can be read off one file's syntax tree.

Each rule yields the lines that break it; `RULES` says for which folders and files it holds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

Check = Callable[[ast.Module], Iterator[int]]
_HEX_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
_STATIC_DIALOGS = {"information", "warning", "question", "critical", "about"}


@dataclass(frozen=True, slots=True)
class Rule:
    """``check`` holds for files under ``room`` (a folder or file), but for ``excepted`` ones."""

    name: str
    why: str
    check: Check
    room: str = "kam_desktop"
    excepted: tuple[str, ...] = ()

    def holds_for(self, path: PurePosixPath) -> bool:
        def inside(place: str) -> bool:
            return path == PurePosixPath(place) or PurePosixPath(place) in path.parents

        return inside(self.room) and not any(map(inside, self.excepted))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(node: ast.expr) -> str:
    """The last part of a dotted name, or an empty string."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _calls_of(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    return (call for call in _calls(tree) if _name(call.func) in names)


def modal_exec(tree: ast.Module) -> Iterator[int]:
    for call in _calls_of(tree, "exec", "exec_"):
        # A drag has no other way; the built-in exec is not Qt's and the linter's business.
        if isinstance(call.func, ast.Attribute) and _name(call.func.value) != "drag":
            yield call.lineno


def static_message_box(tree: ast.Module) -> Iterator[int]:
    for call in _calls_of(tree, *_STATIC_DIALOGS):
        if isinstance(call.func, ast.Attribute) and _name(call.func.value) == "QMessageBox":
            yield call.lineno


def process_events(tree: ast.Module) -> Iterator[int]:
    return (call.lineno for call in _calls_of(tree, "processEvents"))


def markup_from_text(tree: ast.Module) -> Iterator[int]:
    yield from (call.lineno for call in _calls_of(tree, "setHtml", "insertHtml"))
    rich = {
        target
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call)
        if _name(node.value.func) in {"QTextEdit", "QTextBrowser"}
        for target in map(_name, node.targets if isinstance(node, ast.Assign) else [node.target])
    }
    for call in _calls_of(tree, "setText", "append"):
        if isinstance(call.func, ast.Attribute) and _name(call.func.value) in rich:
            yield call.lineno


def label_without_format(tree: ast.Module) -> Iterator[int]:
    """A ``QLabel`` made in a function, or subclassed, that sets neither text format nor picture."""
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef):
            made = [call.lineno for call in _calls_of(scope, "QLabel")]
        elif isinstance(scope, ast.ClassDef) and "QLabel" in map(_name, scope.bases):
            made = [scope.lineno]
        else:
            continue
        if made and not any(_calls_of(scope, "setTextFormat", "setPixmap")):
            yield from made


def slot_without_name(tree: ast.Module) -> Iterator[int]:
    """``signal.connect(lambda …)`` or ``connect(partial(…))``: the receiver is never freed."""
    for call in _calls_of(tree, "connect"):
        for argument in call.args:
            if isinstance(argument, ast.Lambda) or (
                isinstance(argument, ast.Call) and _name(argument.func) == "partial"
            ):
                yield call.lineno


def lossy_signal(tree: ast.Module) -> Iterator[int]:
    for call in _calls_of(tree, "Signal"):
        if {"int", "dict"}.intersection(map(_name, call.args)):
            yield call.lineno


def colour_literal(tree: ast.Module) -> Iterator[int]:
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    for text in texts:
        if isinstance(text.value, str) and _HEX_COLOUR.fullmatch(text.value.strip()):
            yield text.lineno


def untranslatable(tree: ast.Module) -> Iterator[int]:
    """``_()`` of an f-string, sum or call: what is collected would not be what is looked up.

    A name or an item is fine, as it may hold a string that ``N_()`` marked elsewhere.
    """
    for call in _calls_of(tree, "_", "N_", "ngettext"):
        texts = call.args[: 2 if _name(call.func) == "ngettext" else 1]
        if any(isinstance(text, ast.JoinedStr | ast.BinOp | ast.Call) for text in texts):
            yield call.lineno


def asks_the_system_for_the_time(tree: ast.Module) -> Iterator[int]:
    for call in _calls_of(tree, "now", "utcnow", "today"):
        if isinstance(call.func, ast.Attribute) and _name(call.func.value) in {"datetime", "date"}:
            yield call.lineno


RULES = (
    Rule(
        "no-modal-exec",
        "use open() and signals; a modal loop hangs tests and blocks the window",
        modal_exec,
        # The tour waits in a loop of its own, which has a deadline.
        excepted=("kam_desktop/app.py", "kam_desktop/tour/driver.py"),
    ),
    Rule("no-static-message-box", "it is modal and reads user text as markup", static_message_box),
    Rule("no-process-events", "deleteLater never runs there, and code re-enters", process_events),
    Rule("no-markup", "user text would be read as markup; use setPlainText", markup_from_text),
    Rule("plain-labels", "call setTextFormat(PlainText), or use text_label", label_without_format),
    Rule(
        "named-slots", "connect a named method; a lambda keeps its owner alive", slot_without_name
    ),
    Rule("whole-signals", "int is cut to 32 bits and dict loses keys; use object", lossy_signal),
    Rule(
        "colours-in-theme",
        "colours are tokens of ui/theme.py, or a theme cannot change them",
        colour_literal,
        room="kam_desktop/ui",
        excepted=("kam_desktop/ui/theme.py",),
    ),
    Rule("literal-strings", "the string could not be collected for translation", untranslatable),
    Rule(
        "one-clock",
        "time comes from the clock that was handed in, so that it can stand still in tests",
        asks_the_system_for_the_time,
        excepted=("kam_desktop/services/clock.py",),
    ),
)
