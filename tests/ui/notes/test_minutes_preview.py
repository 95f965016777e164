"""The minutes as they will be handed out, and as an e-mail draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Person
from kam_desktop.services import meetings
from kam_desktop.services.exchange.mail.eml import read_eml
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.handouts.minutes_preview import MinutesPreview, open_minutes_preview
from kam_desktop.ui.shell.context import AppContext
from tests.ui.notes.conftest import Held


@pytest.fixture
def preview(
    qtbot: QtBot, app_context: AppContext, portfolio: Portfolio, held: Held,
    settled: Callable[[], None],
) -> Iterator[MinutesPreview]:  # fmt: skip
    with portfolio.unit_of_work("Write up") as work:
        meetings.record_outcome(work, held.meeting, outcome="A pilot", next_step="Visit")
        work.get(Person, held.world.elena).email = "elena@aurora.example"
    owner = QWidget()
    qtbot.addWidget(owner)
    made = open_minutes_preview(app_context, held.meeting, owner)
    settled()
    yield made
    owner.close()


def test_the_draft_holds_what_is_shown(
    preview: MinutesPreview, tmp_path: Path, settled: Callable[[], None]
) -> None:
    assert preview.mail.isEnabled()
    target = tmp_path / "minutes.eml"
    preview.save_mail(str(target))
    settled()
    mail = read_eml(target.read_bytes())
    assert [each.email for each in mail.to] == ["elena@aurora.example"]
    assert "A pilot" in mail.text
    assert mail.attachments[0].content.startswith(b"%PDF")
    preview.outcome.setChecked(False)
    settled()
    preview.save_mail(str(target))
    settled()
    assert "A pilot" not in read_eml(target.read_bytes()).text


def test_saving_where_nothing_can_be_saved_says_why(
    preview: MinutesPreview, tmp_path: Path, settled: Callable[[], None]
) -> None:
    preview.save_mail(str(tmp_path / "gone" / "minutes.eml"))
    settled()
    assert "not there any more" in preview._number.text()
    preview.paper.setCurrentText("Letter")
    settled()
    assert preview.file_name.startswith("Minutes Oil proposal")
