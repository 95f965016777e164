"""The rules of `habits` hold for every file, and each rule finds what it is there to find."""

from __future__ import annotations

import ast
from pathlib import Path, PurePosixPath

import pytest

from tests.architecture.habits import RULES, Rule

ROOT = Path(__file__).resolve().parents[2]
BAD = {
    "no-modal-exec": "self.dialog.exec()",
    "no-static-message-box": "QMessageBox.warning(self, 'a', text)",
    "no-process-events": "QApplication.processEvents()",
    "no-markup": "self.notes = QTextEdit()\nself.notes.setText(text)",
    "plain-labels": "def f():\n    return QLabel(name)",
    "named-slots": "button.clicked.connect(lambda: self.save())",
    "whole-signals": "chosen = Signal(int)",
    "colours-in-theme": "colour = '#2F5D8A'",
    "literal-strings": "title = _(f'{name} deleted')",
    "one-clock": "when = dt.datetime.now(dt.UTC)",
}
GOOD = {
    "no-modal-exec": "self.dialog.open()\ndrag.exec()\nwork.execute(sql)",
    "no-static-message-box": "log.warning('a')\nbox = QMessageBox(self)",
    "no-process-events": "QApplication.instance()",
    "no-markup": "self.notes = QPlainTextEdit()\nlabel.setText(text)",
    "plain-labels": "def f():\n    x = QLabel()\n    x.setTextFormat(plain)\n    return x",
    "named-slots": "button.clicked.connect(self._save)\nrows.sort(key=lambda row: row.name)",
    "whole-signals": "chosen = Signal(object)\nclosed = Signal()",
    "colours-in-theme": "text = 'see #2 or section #abc'",
    "literal-strings": "title = _('{name} deleted').format(name=name)\nword = _(WORDS[value])",
    "one-clock": "when = clock.now()\nwhat = work.today",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_file_keeps_to_the_rule(rule: Rule) -> None:
    found = []
    for file in sorted((ROOT / "kam_desktop").rglob("*.py")):
        path = PurePosixPath(file.relative_to(ROOT).as_posix())
        if rule.holds_for(path):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            found += [f"{path}:{line}" for line in rule.check(tree)]
    assert found == [], rule.why


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_tells_bad_from_good(rule: Rule) -> None:
    assert list(rule.check(ast.parse(BAD[rule.name]))) != []
    assert list(rule.check(ast.parse(GOOD[rule.name]))) == []


def test_exceptions_are_single_files_that_exist_or_may() -> None:
    assert RULES[0].holds_for(PurePosixPath("kam_desktop/ui/shell/window.py"))
    assert not RULES[0].holds_for(PurePosixPath("kam_desktop/app.py"))
    assert not RULES[0].holds_for(PurePosixPath("tests/conftest.py"))
