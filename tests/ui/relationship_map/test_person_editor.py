"""The form of a person: judgements with sources, help to judge, photo, leaving, namesakes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.models.vocabulary import ClaimField
from kam_desktop.services import buying_centres, claims, people, ties
from kam_desktop.services.queries.claims import Judged, judged_fields
from kam_desktop.services.queries.person_detail import person_detail
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.account.quota_dialog import QuotaDialog
from kam_desktop.ui.relationship_map.leaving_dialog import LeavingDialog
from kam_desktop.ui.relationship_map.person_editor import PersonEditor
from kam_desktop.ui.relationship_map.rules_dialog import RelationshipRulesDialog
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.navigator import Notice
from kam_desktop.ui.theme import Theme
from kam_desktop.ui.widgets import InlineChoice, InlineLine
from tests.ui.conftest import flush_deleted

Key = Qt.Key
Settled = Callable[[], None]
TODAY = dt.date(2026, 11, 20)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def world(portfolio: Portfolio) -> dict[str, str]:
    """Two accounts; Ana in the first one, and Ben who reports to her."""
    with portfolio.unit_of_work("Add people") as work:
        here, there = Account(name="Aurora Foods"), Account(name="Borealis")
        work.session.add_all([here, there])
        work.flush()
        plant = buying_centres.add_buying_centre(work, here.id, "Plant")
        ana = people.add_person(work, here.id, "Ana Pop", title="CFO", email="a@aurora.example")
        ben = people.add_person(work, here.id, "Ben Ode", manager_id=ana)
    return {"here": here.id, "there": there.id, "plant": plant, "Ana": ana, "Ben": ben}


@pytest.fixture
def editor(
    qtbot: QtBot, app_context: AppContext, world: dict[str, str], settled: Settled
) -> PersonEditor:
    made = PersonEditor(app_context)
    qtbot.addWidget(made)
    made.resize(368, 900)
    with qtbot.waitActive(made):
        made.show()
    made.show_person(world["Ana"])
    settled()
    return made


@pytest.fixture
def notices(app_context: AppContext) -> list[str]:
    told: list[str] = []

    def keep(notice: Notice) -> None:
        told.append(notice.text)

    app_context.navigator.noticed.connect(keep)
    return told


def judged(portfolio: Portfolio, person: str, field: str) -> Judged:
    with portfolio.reading() as db:
        return judged_fields(db, person, TODAY)[ClaimField(field)]


def own(portfolio: Portfolio, person: str, column: str) -> Any:
    with portfolio.reading() as db:
        return db.value(f"SELECT {column} FROM person WHERE id = ?", (person,))


def choose(editor: InlineChoice, value: object) -> None:
    editor.combo.setCurrentIndex(editor._values.index(value))
    editor.combo.activated.emit(editor.combo.currentIndex())


def field_of(editor: PersonEditor, name: str) -> InlineChoice:
    found = editor.fields[name]
    assert isinstance(found, InlineChoice)
    return found


def press(qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    keys = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget(), key, keys)  # type: ignore[no-untyped-call]


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


# Judgements


def test_unknown_is_shown_as_unknown_and_has_no_freshness(editor: PersonEditor) -> None:
    support = editor.form.judged[ClaimField.SUPPORT]
    assert field_of(editor, "support").combo.currentText() == "Unknown"
    assert not support.pill.isVisible()


def test_what_is_chosen_is_judged_today_in_one_step(
    editor: PersonEditor, portfolio: Portfolio, world: dict[str, str], settled: Settled
) -> None:
    choose(field_of(editor, "support"), 1)
    settled()
    assert editor.form.judged[ClaimField.SUPPORT].pill.text() == "judged today"
    portfolio.undo()
    assert own(portfolio, world["Ana"], "support") is None
    assert judged(portfolio, world["Ana"], "support").claims == ()


def test_how_fresh_a_judgement_is_and_what_contradicts_it_is_said(
    editor: PersonEditor, portfolio: Portfolio, world: dict[str, str], settled: Settled
) -> None:
    with portfolio.unit_of_work("Claims") as work:
        for field, value, source, days in (
            ("support", -1, "colleague", 100),
            ("support", 1, "seen", 12),
            ("influence", 8, "said", 260),
            ("coverage", "multiple", "seen", 700),
        ):
            claims.state_claim(
                work, world["Ana"], field, value, source=source, confidence="high", on=ago(days)
            )
        people.update_person(work, world["Ana"], title="CFO")
        work.execute("UPDATE person SET level = 'vendor' WHERE id = ?", (world["Ana"],))
    editor.show_person(world["Ana"])
    settled()
    pills = {field.value: shown.pill.text() for field, shown in editor.form.judged.items()}
    assert pills == {
        "support": "seen 12 days ago",
        "influence": "said 8 months ago · fading",
        "coverage": "seen Dec 20, 2024 · faded",
        "level": "no source noted",
        "orientation": "",
    }
    assert "Contradicted: Sceptic" in texts(editor.form.judged[ClaimField.SUPPORT])
    assert "Contradicted" not in texts(editor.form.judged[ClaimField.INFLUENCE])


def test_a_source_is_stated_corrected_and_taken_back_by_keyboard(
    qtbot: QtBot,
    editor: PersonEditor,
    portfolio: Portfolio,
    world: dict[str, str],
    settled: Settled,
) -> None:
    field_of(editor, "support").setFocus()
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(qtbot, Key.Key_J, control)
    assert QApplication.focusWidget() is editor.claims.add
    press(qtbot, Key.Key_Space)
    form = editor.claims.form
    assert QApplication.focusWidget() is form.value.focusProxy()
    choose(form.value, 2)
    choose(form.source, "colleague")
    form.source_text.line.setText("Olof")
    form.on.line.setText("2026-11-01")
    form.save.click()
    settled()
    assert not form.isVisible()
    believed = judged(portfolio, world["Ana"], "support").believed
    assert believed is not None
    assert (believed.value, believed.source_text, believed.on) == (2, "Olof", dt.date(2026, 11, 1))
    assert own(portfolio, world["Ana"], "support") == 2
    assert "Told by a colleague of ours (Olof)" in texts(editor.claims)

    def tool(name: str) -> QToolButton:
        return next(
            button for button in editor.claims.findChildren(QToolButton)
            if button.toolTip() == name and button.isVisible()
        )  # fmt: skip

    tool("Correct").click()
    choose(form.value, 1)
    form.save.click()
    settled()
    assert own(portfolio, world["Ana"], "support") == 1
    tool("Take back").click()
    settled()
    assert own(portfolio, world["Ana"], "support") is None
    press(qtbot, Key.Key_Escape)
    assert not editor.claims.isVisible()


def test_a_day_to_come_is_refused_beside_the_field_and_what_was_typed_stays(
    editor: PersonEditor, portfolio: Portfolio, world: dict[str, str], settled: Settled
) -> None:
    editor.toggle_sources(ClaimField.INFLUENCE)
    editor.claims.ask()
    form = editor.claims.form
    choose(form.value, 7)
    form.on.line.setText("2026-11-21")
    form.note.text.setPlainText("at the fair")
    form.save.click()
    settled()
    assert "day to come" in form.on.error_text
    assert form.note.value() == "at the fair"
    assert judged(portfolio, world["Ana"], "influence").claims == ()


# How do I judge this?


def test_questions_are_answered_by_keyboard_and_used(
    qtbot: QtBot,
    editor: PersonEditor,
    portfolio: Portfolio,
    world: dict[str, str],
    settled: Settled,
) -> None:
    field_of(editor, "support").setFocus()
    press(qtbot, Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    guide = editor.guide
    assert guide.isVisible()
    assert guide.suggestion.text() == "Unknown"
    assert not guide.use.isEnabled()
    press(qtbot, Key.Key_Return)
    settled()
    assert judged(portfolio, world["Ana"], "support").claims == ()
    for key in (Key.Key_Y, Key.Key_Y, Key.Key_N, Key.Key_Y, Key.Key_Question, Key.Key_N):
        press(qtbot, key)
    # 9 of 18 points are answered; f = 6/8 of those for us, a = 0: 2 · ¾ is one for the lesser.
    assert guide.suggestion.text() == "Supporter, unsure"
    assert "3 of 4 seen" in guide.reasons.text()
    press(qtbot, Key.Key_Up)
    press(qtbot, Key.Key_Y)
    assert "1 of 1 seen" in guide.reasons.text()
    press(qtbot, Key.Key_Up)
    press(qtbot, Key.Key_N)
    press(qtbot, Key.Key_Return)
    settled()
    assert not guide.isVisible()
    believed = judged(portfolio, world["Ana"], "support").believed
    assert believed is not None
    assert believed.value == own(portfolio, world["Ana"], "support") == 1
    assert believed.note.splitlines()[0] == "Yes: Do they speak for us when we are not in the room?"
    assert len(believed.note.splitlines()) == 5
    assert QApplication.focusWidget() is field_of(editor, "support").focusProxy()


def test_escape_leaves_the_questions_without_a_trace(
    qtbot: QtBot, editor: PersonEditor, portfolio: Portfolio, world: dict[str, str]
) -> None:
    editor.open_guide(ClaimField.INFLUENCE)
    press(qtbot, Key.Key_Y)
    press(qtbot, Key.Key_Escape)
    assert not editor.guide.isVisible()
    assert judged(portfolio, world["Ana"], "influence").claims == ()


# The way to another level


def test_the_next_level_and_the_step_to_it(
    editor: PersonEditor, portfolio: Portfolio, world: dict[str, str], settled: Settled
) -> None:
    assert not editor.fields["step"].isVisible()
    choose(field_of(editor, "level_wanted"), "trusted_adviser")
    settled()
    assert editor.form.way.text() == "First find out how they see us now."
    choose(field_of(editor, "level"), "vendor")
    settled()
    assert "Credible source" in editor.form.way.text()
    step = editor.fields["step"]
    assert isinstance(step, InlineLine)
    assert step.isVisible()
    step.line.setText("Show the pilot")
    step.commit()
    settled()
    assert own(portfolio, world["Ana"], "step") == "Show the pilot"


# Roles


def test_roles_of_the_account_and_of_a_buying_centre_stand_side_by_side(
    editor: PersonEditor, portfolio: Portfolio, world: dict[str, str], settled: Settled
) -> None:
    editor.roles.chips["champion"].click()
    settled()
    scope = editor.roles._scope
    scope.setCurrentIndex(1)
    scope.activated.emit(1)
    assert not editor.roles.chips["champion"].isChecked()
    for role in ("user", "approver"):
        editor.roles.chips[role].click()
        settled()
    assert "Elsewhere: Champion (whole account)" in texts(editor.roles)
    with portfolio.reading() as db:
        held = db.rows(
            "SELECT role, buying_centre_id FROM role_in_decision"
            " WHERE person_id = ? AND deleted_at IS NULL ORDER BY role",
            (world["Ana"],),
        )
    plant = world["plant"]
    assert held == [("approver", plant), ("champion", None), ("user", plant)]
    portfolio.undo()
    editor.show_person(world["Ana"])
    settled()
    assert not editor.roles.chips["approver"].isChecked()
    assert editor.roles.chips["user"].isChecked()


# Photo


def picture(colour: str) -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (300, 300), colour).save(into, "PNG")
    return into.getvalue()


def middle(editor: PersonEditor) -> QColor:
    avatar = editor.head.avatar
    return avatar.grab().toImage().pixelColor(avatar.width() // 2, avatar.height() // 2)


def test_a_photo_is_chosen_pasted_and_removed(
    editor: PersonEditor,
    portfolio: Portfolio,
    world: dict[str, str],
    settled: Settled,
    tmp_path: Path,
) -> None:
    file = tmp_path / "ana.png"
    file.write_bytes(picture("#00ff00"))
    editor.head.use_file(str(file))
    settled()
    settled()
    assert own(portfolio, world["Ana"], "photo_sha256")
    assert middle(editor).green() > 200
    image = QImage(2000, 1500, QImage.Format.Format_RGB32)
    image.fill(QColor("#0000ff"))
    QGuiApplication.clipboard().setImage(image)
    editor.head.act_paste.trigger()
    settled()
    settled()
    assert middle(editor).blue() > 200
    editor.head.act_remove.trigger()
    settled()
    assert own(portfolio, world["Ana"], "photo_sha256") is None
    assert middle(editor).blue() < 250 or middle(editor).red() > 50


def test_what_is_no_picture_is_refused_in_words(
    editor: PersonEditor,
    portfolio: Portfolio,
    world: dict[str, str],
    settled: Settled,
    notices: list[str],
    tmp_path: Path,
) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"not a picture")
    editor.head.use_file(str(bad))
    settled()
    settled()
    editor.head.use_file(str(tmp_path / "missing.jpg"))
    settled()
    QGuiApplication.clipboard().clear()
    editor.head.act_paste.trigger()
    assert [words.split()[0] for words in notices] == ["This", "“missing.jpg”", "There"]
    assert own(portfolio, world["Ana"], "photo_sha256") is None


# Leaving


def leaving(editor: PersonEditor) -> LeavingDialog:
    editor.form.leaving.set_open(True)
    editor.form.left.click()
    return next(found for found in editor.window().findChildren(LeavingDialog) if found.isVisible())


def test_who_left_is_added_where_they_went_in_one_step(
    editor: PersonEditor, portfolio: Portfolio, world: dict[str, str], settled: Settled
) -> None:
    dialog = leaving(editor)
    assert not dialog.add_there.isEnabled()
    dialog.went_to.setText("Bor")
    dialog.went_to.ask()
    settled()
    dialog.went_to._take(dialog.went_to._choices.index(0))
    assert dialog.add_there.isEnabled()
    dialog.add_there.setChecked(True)
    dialog.keep_seat.setChecked(True)
    dialog.save.click()
    settled()
    assert "Borealis" in editor.form.gone.text()
    with portfolio.reading() as db:
        there = "SELECT name FROM person WHERE account_id = ? AND deleted_at IS NULL"
        assert db.rows(there, (world["there"],)) == [("Ana Pop",)]
        assert db.value("SELECT count(*) FROM person WHERE placeholder") == 1
    portfolio.undo()
    with portfolio.reading() as db:
        assert db.rows(there, (world["there"],)) == []
    assert own(portfolio, world["Ana"], "left_on") is None


def test_where_somebody_went_may_be_any_words_and_they_may_come_back(
    editor: PersonEditor, portfolio: Portfolio, world: dict[str, str], settled: Settled
) -> None:
    dialog = leaving(editor)
    dialog.on.line.setText("2026-11-30")
    dialog.went_to.setText("a start-up")
    dialog.save.click()
    settled()
    assert "future" in dialog.on.error_text
    dialog.on.line.setText("2026-11-10")
    dialog.save.click()
    settled()
    assert own(portfolio, world["Ana"], "went_to") == "a start-up"
    assert editor.form.left.text() == "Is back"
    editor.form.left.click()
    settled()
    assert own(portfolio, world["Ana"], "left_on") is None


# Two of one name, long and foreign names


def test_people_of_one_name_are_told_apart(
    editor: PersonEditor, portfolio: Portfolio, world: dict[str, str], settled: Settled
) -> None:
    assert not editor.head.namesakes.isVisible()
    with portfolio.unit_of_work("Add person") as work:
        people.update_person(work, world["Ana"], buying_centre_id=world["plant"])
        people.add_person(work, world["there"], "ana pop")
    editor.show_person(world["Ana"])
    settled()
    assert editor.head.namesakes.text() == (
        "CFO · Plant · a@aurora.example\n1 other person has this name."
    )


@pytest.mark.parametrize("name", ["Ñandú " * 50, "محمد عبد الله " * 22, "王小明" * 100])
def test_the_longest_names_in_any_script_leave_the_form_its_width(
    editor: PersonEditor, portfolio: Portfolio, world: dict[str, str], settled: Settled, name: str
) -> None:
    with portfolio.unit_of_work("Rename") as work:
        people.update_person(work, world["Ana"], name=name, title=name)
        people.add_person(work, world["here"], name)
        claims.state_claim(
            work, world["Ana"], "support", 1,
            source="others", confidence="low", source_text=name, note=name,
        )  # fmt: skip
    editor.show_person(world["Ana"])
    settled()
    editor.toggle_sources(ClaimField.SUPPORT)
    assert editor.minimumSizeHint().width() <= 340
    assert editor.width() == 368


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_form_fits_the_smallest_window(
    qtbot: QtBot,
    app_context: AppContext,
    world: dict[str, str],
    theme: Theme,
    settled: Settled,
    scale: float,
) -> None:
    theme.apply("light", scale=scale)
    made = PersonEditor(app_context)
    qtbot.addWidget(made)
    made.resize(round(298 * scale), 400)
    made.show()
    made.show_person(world["Ana"])
    settled()
    for section in made.form.sections():
        section.set_open(True)
    made.toggle_sources(ClaimField.SUPPORT)
    made.claims.ask()
    inner = made.form.widget()
    assert inner is not None
    assert inner.minimumSizeHint().width() <= made.form.viewport().width()
    assert made.minimumSizeHint().height() <= 400


def test_closed_groups_say_what_is_in_them(editor: PersonEditor) -> None:
    for section in editor.form.sections():
        section.set_open(False)
    assert texts(editor.form) == (
        "CFO\nnone noted\nUnknown · influence ?\na@aurora.example\n1 tie\n"
    )


def test_a_refused_field_in_a_closed_group_is_opened(
    editor: PersonEditor, settled: Settled
) -> None:
    cadence = editor.fields["cadence_days"]
    assert isinstance(cadence, InlineLine)
    cadence.line.setText("0")
    cadence.commit()
    settled()
    assert editor.form.contact.is_open
    assert "at least 1" in cadence.error_text


# Ties


def test_a_tie_says_where_it_is_known_from(
    editor: PersonEditor, portfolio: Portfolio, world: dict[str, str], settled: Settled
) -> None:
    with portfolio.unit_of_work("Add tie") as work:
        eva = people.add_person(work, world["there"], "Eva")
        tie = ties.add_tie(work, world["Ana"], eva, "influences")
    editor.show_person(world["Ana"])
    settled()
    editor.ties.edit(tie)
    fields = editor.ties.fields
    choose(fields.source, "seen")
    choose(fields.confidence, "high")
    fields.on.line.setText("2026-11-01")
    fields.on.commit()
    settled()
    with portfolio.reading() as db:
        row = db.row('SELECT source, confidence, "on" FROM tie WHERE id = ?', (tie,))
    assert row == ("seen", "high", "2026-11-01")
    assert "Borealis · Seen by us · Nov 1, 2026" in texts(editor.ties)
    fields.on.line.setText("2026-12-24")
    fields.on.commit()
    settled()
    assert "day to come" in fields.on.error_text


# The numbers behind the map


def test_the_numbers_behind_the_map_are_edited_as_a_new_version(
    qtbot: QtBot,
    editor: PersonEditor,
    app_context: AppContext,
    portfolio: Portfolio,
    world: dict[str, str],
    settled: Settled,
) -> None:
    with portfolio.unit_of_work("Claim") as work:
        claims.state_claim(
            work, world["Ana"], "support", 1, source="seen", confidence="high", on=ago(60)
        )
    dialog = RelationshipRulesDialog(app_context)
    qtbot.addWidget(dialog)
    dialog.show()
    settled()
    _field, days = dialog.lines["half_lives", "support"]
    assert days.value() == "180"
    days.line.setText("0")
    dialog.save()
    assert days.error_text
    days.line.setText("30")
    _field, medium = dialog.lines["confidences", "low"]
    medium.line.setText("90")
    dialog.save()
    settled()
    assert "surer" in medium.error_text or "surer" in texts(dialog)
    medium.line.setText("40")
    dialog.save()
    settled()
    # Two half-lives of 30 days: a quarter is left, which has not faded yet.
    assert editor.form.judged[ClaimField.SUPPORT].pill.text() == "seen 8 weeks ago · fading"
    portfolio.undo()
    editor.show_person(world["Ana"])
    settled()
    assert editor.form.judged[ClaimField.SUPPORT].pill.text() == "seen 8 weeks ago"


def test_dialogs_and_form_are_freed(
    qtbot: QtBot,
    app_context: AppContext,
    world: dict[str, str],
    settled: Settled,
    collector_off: None,
) -> None:
    del collector_off
    host = QWidget()
    qtbot.addWidget(host)
    made = PersonEditor(app_context, host)
    gone: list[str] = []
    made.destroyed.connect(lambda: gone.append("editor"))
    made.show_person(world["Ana"])
    settled()
    made.open_guide(ClaimField.SUPPORT)
    with app_context.portfolio.reading() as db:
        detail = person_detail(db, world["Ana"], TODAY)
    assert detail is not None
    dialogs: dict[str, QDialog] = {
        "left": LeavingDialog(app_context, detail, host),
        "quota": QuotaDialog(app_context, world["plant"], "Plant", host),
        "rules": RelationshipRulesDialog(app_context, host),
    }
    for name, dialog in dialogs.items():
        dialog.destroyed.connect(partial(gone.append, name))
        dialog.open()
        settled()
        dialog.reject()
    made.deleteLater()
    flush_deleted()
    assert sorted(gone) == ["editor", "left", "quota", "rules"]
