"""The relationship map in a real window: built by keyboard alone, by mouse alone, and undone."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.services import people, ties
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.relationship_map.items import PersonCardItem
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.navigator import Notice
from kam_desktop.ui.widgets import Button, ElidedLabel, IconButton, InlineChoice, InlineLine

Key = Qt.Key
Settled = Callable[[], None]


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add account") as work:
        made = Account(name="Aurora Foods")
        work.add(made)
        return made.id


@pytest.fixture
def team(portfolio: Portfolio, account: str) -> dict[str, str]:
    """Elena with Ben and Cem under her, and Dora beside them, by name."""
    with portfolio.unit_of_work("Add people") as work:
        elena = people.add_person(work, account, "Elena", title="CEO", support=1, influence=10)
        ben = people.add_person(work, account, "Ben", manager_id=elena)
        cem = people.add_person(work, account, "Cem", manager_id=elena)
        dora = people.add_person(work, account, "Dora")
        return {"Elena": elena, "Ben": ben, "Cem": cem, "Dora": dora}


@pytest.fixture
def view(
    qtbot: QtBot, app_context: AppContext, account: str, settled: Settled
) -> RelationshipMapView:
    made = RelationshipMapView(app_context)
    qtbot.addWidget(made)
    made.resize(1200, 720)
    made.show()
    qtbot.waitExposed(made)
    made.show_account(account)
    settled()
    return made


@pytest.fixture
def notices(app_context: AppContext) -> list[str]:
    told: list[str] = []

    def keep(notice: Notice) -> None:
        told.append(notice.text)

    app_context.navigator.noticed.connect(keep)
    return told


def card(view: RelationshipMapView, name: str) -> PersonCardItem:
    return next(c for c in view.scene.cards.values() if c.spec.name == name)


def names(view: RelationshipMapView) -> set[str]:
    return {c.spec.name for c in view.scene.cards.values()}


def lines(portfolio: Portfolio) -> list[tuple[Any, ...]]:
    with portfolio.reading() as db:
        return db.rows(
            "SELECT a.name, t.kind, b.name FROM tie t JOIN person a ON a.id = t.from_id"
            " JOIN person b ON b.id = t.to_id WHERE t.deleted_at IS NULL ORDER BY t.id"
        )


def point(view: RelationshipMapView, item: PersonCardItem, *, at_handle: bool = False) -> QPoint:
    box = item.box
    spot = item.mapToScene(box.right() if at_handle else box.center().x() - 20, box.center().y())
    return view.canvas.mapFromScene(spot)


def type_into(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), text)


def press(qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    keys = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget(), key, keys)


def drag(qtbot: QtBot, view: RelationshipMapView, start: QPoint, end: QPoint) -> None:
    viewport = view.canvas.viewport()
    qtbot.mouseMove(viewport, start)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(viewport, (start + end) / 2)
    qtbot.mouseMove(viewport, end)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)


def test_an_empty_account_says_what_to_do(view: RelationshipMapView) -> None:
    assert not view.scene.cards
    assert view._empty.isVisible()
    view.acts.add.trigger()
    assert view.new_person.isVisible()


def test_a_map_from_nothing_by_keyboard_alone(
    qtbot: QtBot, view: RelationshipMapView, portfolio: Portfolio, settled: Settled
) -> None:
    view._empty.setFocus()
    view.acts.add.trigger()
    type_into(qtbot, "Elena Rossi")
    press(qtbot, Key.Key_Return)
    settled()
    assert view.canvas.hasFocus()
    assert card(view, "Elena Rossi").isSelected()

    press(qtbot, Key.Key_N)  # a report of the person that is met
    type_into(qtbot, "Ben Berg")
    press(qtbot, Key.Key_Tab)
    type_into(qtbot, "Buyer")
    press(qtbot, Key.Key_Return)
    settled()
    press(qtbot, Key.Key_Up)
    assert view.scene.current == card(view, "Elena Rossi").person_id
    press(qtbot, Key.Key_N)
    type_into(qtbot, "Cem Aydin")
    press(qtbot, Key.Key_Return)
    settled()
    assert names(view) == {"Elena Rossi", "Ben Berg", "Cem Aydin"}
    assert lines(portfolio) == [
        ("Ben Berg", "reports_to", "Elena Rossi"),
        ("Cem Aydin", "reports_to", "Elena Rossi"),
    ]

    press(qtbot, Key.Key_L)  # Cem is met; link him with Ben, found by typing
    view.link_form.kind.setCurrentIndex(4)
    type_into(qtbot, "ben")
    qtbot.waitUntil(lambda: view.link_form.found.count() == 1)
    settled()
    press(qtbot, Key.Key_Return)
    settled()
    assert lines(portfolio)[-1] == ("Cem Aydin", "allied", "Ben Berg")

    press(qtbot, Key.Key_Return)  # edit
    settled()
    assert QApplication.focusWidget() is view.editor.fields["name"].focusProxy()
    press(qtbot, Key.Key_End)
    type_into(qtbot, " Jr")
    press(qtbot, Key.Key_Return)
    settled()
    assert "Cem Aydin Jr" in names(view)

    view.canvas.setFocus()
    press(qtbot, Key.Key_Delete)
    settled()
    assert names(view) == {"Elena Rossi", "Ben Berg"}
    assert len(lines(portfolio)) == 1


def test_tab_and_arrows_go_from_person_to_person(
    qtbot: QtBot, team: dict[str, str], view: RelationshipMapView
) -> None:
    view.canvas.setFocus()
    press(qtbot, Key.Key_Tab)
    assert view.scene.current == team["Elena"]
    press(qtbot, Key.Key_Down)
    first = view.scene.current
    press(qtbot, Key.Key_Right)
    assert {first, view.scene.current} == {team["Ben"], team["Cem"]}
    press(qtbot, Key.Key_Up)
    assert view.scene.current == team["Elena"]
    assert "Elena, CEO" in view.canvas.accessibleDescription()


def test_the_names_for_listeners_say_everything(
    team: dict[str, str], view: RelationshipMapView
) -> None:
    assert card(view, "Elena").accessible_name().startswith("Elena, CEO, Support: Supporter")
    assert "Support: unknown" in card(view, "Ben").accessible_name()


def test_dragging_moves_a_card_and_undo_moves_it_back(
    qtbot: QtBot,
    team: dict[str, str],
    view: RelationshipMapView,
    app_context: AppContext,
    settled: Settled,
) -> None:
    dora = card(view, "Dora")
    before, others = dora.pos(), {c.person_id: c.pos() for c in view.scene.cards.values()}
    start = point(view, dora)
    drag(qtbot, view, start, start + QPoint(140, 60))
    settled()
    assert card(view, "Dora").pos() != before
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM map_position") == 1
    app_context.operations.undo()
    settled()
    assert {c.person_id: c.pos() for c in view.scene.cards.values()} == others


def test_in_the_network_the_others_stay_when_one_is_moved_and_when_one_is_added(
    qtbot: QtBot,
    team: dict[str, str],
    view: RelationshipMapView,
    app_context: AppContext,
    settled: Settled,
    account: str,
) -> None:
    view.show_network()
    settled()
    before = {c.person_id: c.pos() for c in view.scene.cards.values()}
    start = point(view, card(view, "Ben"))
    drag(qtbot, view, start, start + QPoint(90, 120))
    settled()
    moved = {c.person_id: c.pos() for c in view.scene.cards.values()}
    assert {key for key in before if moved[key] != before[key]} == {team["Ben"]}
    with app_context.portfolio.unit_of_work("Add Eva") as work:
        people.add_person(work, account, "Eva", manager_id=team["Elena"])
    view.show_account(account)
    settled()
    after = {c.person_id: c.pos() for c in view.scene.cards.values()}
    assert {key: after[key] for key in moved} == moved
    app_context.portfolio.undo()
    app_context.operations.undo()
    settled()
    assert {c.person_id: c.pos() for c in view.scene.cards.values()} == before


def test_control_and_arrows_move_a_card(
    qtbot: QtBot, team: dict[str, str], view: RelationshipMapView, settled: Settled
) -> None:
    view.canvas.setFocus()
    view.canvas.go_to(team["Dora"])
    x = card(view, "Dora").x()
    press(qtbot, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert card(view, "Dora").x() == x + 8


def test_a_tie_is_drawn_with_the_mouse_and_its_kind_chosen(
    qtbot: QtBot,
    team: dict[str, str],
    view: RelationshipMapView,
    portfolio: Portfolio,
    settled: Settled,
) -> None:
    dora, ben = card(view, "Dora"), card(view, "Ben")
    viewport = view.canvas.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=point(view, dora))
    drag(qtbot, view, point(view, dora, at_handle=True), point(view, ben))
    choose(view, "Dora influences Ben")
    settled()
    assert lines(portfolio)[-1] == ("Dora", "influences", "Ben")


def test_a_circle_is_refused_with_its_names(
    qtbot: QtBot,
    team: dict[str, str],
    view: RelationshipMapView,
    portfolio: Portfolio,
    settled: Settled,
    notices: list[str],
) -> None:
    elena, ben = card(view, "Elena"), card(view, "Ben")
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point(view, elena))
    drag(qtbot, view, point(view, elena, at_handle=True), point(view, ben))
    choose(view, "Elena reports to Ben")
    settled()
    assert notices == ["This would make a circle of reports: Elena → Ben → Elena."]
    assert len(lines(portfolio)) == 2


def test_the_link_form_keeps_what_was_typed_when_refused(
    qtbot: QtBot, team: dict[str, str], view: RelationshipMapView, settled: Settled
) -> None:
    view.canvas.setFocus()
    view.canvas.go_to(team["Elena"])
    press(qtbot, Key.Key_L)
    type_into(qtbot, "Ben")
    settled()
    qtbot.waitUntil(lambda: view.link_form.found.count() == 1)
    press(qtbot, Key.Key_Return)
    settled()
    assert "Elena → Ben → Elena" in view.link_form.error.text()
    assert view.link_form.search.text() == "Ben"
    press(qtbot, Key.Key_Escape)
    assert not view.link_form.isVisible()
    assert view.canvas.hasFocus()


def choose(view: RelationshipMapView, text: str) -> None:
    """Choose from the open menu of the map."""
    menu = next(m for m in view.findChildren(QMenu) if m.isVisible())
    next(a for a in menu.actions() if a.text() == text).trigger()
    menu.close()


def test_a_double_click_opens_the_panel_and_edits_are_undoable(
    qtbot: QtBot,
    team: dict[str, str],
    view: RelationshipMapView,
    app_context: AppContext,
    settled: Settled,
) -> None:
    spot = point(view, card(view, "Ben"))
    qtbot.mouseDClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settled()
    assert view.editor.person_id == team["Ben"]
    support = view.editor.fields["support"]
    assert isinstance(support, InlineChoice)
    support.combo.setCurrentIndex(5)
    support.combo.activated.emit(5)
    settled()
    assert card(view, "Ben").spec.support == -2
    chip = view.editor.roles.chips["champion"]
    assert isinstance(chip, QToolButton)
    chip.click()
    settled()
    assert card(view, "Ben").spec.subtitle == "Champion"
    app_context.operations.undo()
    app_context.operations.undo()
    settled()
    assert card(view, "Ben").spec.support is None
    assert card(view, "Ben").spec.subtitle == ""
    assert not chip.isChecked()


def test_an_error_stands_beside_the_field_and_the_draft_stays(
    qtbot: QtBot, team: dict[str, str], view: RelationshipMapView, settled: Settled
) -> None:
    view.show_person(team["Ben"])
    settled()
    name = view.editor.fields["name"]
    assert isinstance(name, InlineLine)
    name.line.clear()
    name.line.textEdited.emit("")
    name.commit()
    settled()
    assert "needs a name" in name.error_text
    assert name.has_draft
    assert "Ben" in names(view)


def test_a_tie_goes_from_the_list_and_comes_back(
    team: dict[str, str],
    view: RelationshipMapView,
    portfolio: Portfolio,
    app_context: AppContext,
    settled: Settled,
) -> None:
    view.show_person(team["Ben"])
    settled()
    remove = next(
        button
        for button in view.editor.ties.findChildren(QToolButton)
        if button.accessibleName() == "Remove tie: reports to Elena"
    )
    remove.click()
    settled()
    assert [line[0] for line in lines(portfolio)] == ["Cem"]
    app_context.operations.undo()
    settled()
    assert len(view.scene.ties) == 2


def test_deleting_the_person_in_the_panel_closes_it(
    team: dict[str, str],
    view: RelationshipMapView,
    app_context: AppContext,
    settled: Settled,
) -> None:
    view.show_person(team["Ben"])
    settled()
    view.editor.form.delete.click()
    settled()
    assert not view.editor.isVisible()
    assert "Ben" not in names(view)
    app_context.operations.undo()
    settled()
    assert "Ben" in names(view)


def test_changes_made_elsewhere_appear(
    team: dict[str, str],
    view: RelationshipMapView,
    app_context: AppContext,
    settled: Settled,
) -> None:
    app_context.operations.run(view, "x", people.delete_person, team["Dora"])
    app_context.operations.run(view, "x", ties.set_manager, team["Ben"], team["Cem"])
    settled()
    assert names(view) == {"Elena", "Ben", "Cem"}
    assert card(view, "Ben").y() > card(view, "Cem").y()


def test_zoom_by_wheel_and_keys_and_fit(
    qtbot: QtBot, team: dict[str, str], view: RelationshipMapView
) -> None:
    canvas = view.canvas
    canvas.setFocus()
    before = canvas.zoom
    spot = canvas.viewport().rect().center()
    wheel = QWheelEvent(
        spot, canvas.viewport().mapToGlobal(spot), QPoint(), QPoint(0, -240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), wheel)
    assert canvas.zoom < before
    press(qtbot, Key.Key_Minus)
    press(qtbot, Key.Key_Minus)
    assert canvas.zoom < 0.6
    press(qtbot, Key.Key_Plus)
    press(qtbot, Key.Key_0)
    assert canvas.zoom == pytest.approx(before)


def test_the_map_leaves_the_keys_of_text_size_to_the_window(view: RelationshipMapView) -> None:
    keys = {key.toString() for act in view.commands() for key in act.shortcuts()}
    assert keys.isdisjoint({"Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+0"})


@pytest.mark.usefixtures("team")
def test_a_fitted_map_is_fitted_again_beside_the_panel_and_the_legend(
    view: RelationshipMapView, settled: Settled
) -> None:
    def all_in_sight() -> bool:
        room = view.canvas.mapToScene(view.canvas.viewport().rect()).boundingRect()
        return room.contains(view.scene.content())

    view.resize(700, 500)
    settled()
    view.canvas.fit()
    assert all_in_sight()
    view.open_person(next(iter(view.scene.cards)))
    view.acts.legend.trigger()
    settled()
    assert all_in_sight()
    view.close_panel()
    settled()
    assert all_in_sight()
    view.canvas.zoom_in()
    zoom = view.canvas.zoom
    view.acts.add.trigger()
    settled()
    assert view.canvas.zoom == zoom  # what the user chose stays


def test_the_first_person_is_added_with_the_mouse(
    qtbot: QtBot, view: RelationshipMapView, settled: Settled
) -> None:
    (add, *_others) = [b for b in view._empty.findChildren(Button) if b.text() == "Add person"]
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.new_person.name, Qt.MouseButton.LeftButton)
    type_into(qtbot, "Elena Rossi")
    (done, *_others) = [b for b in view.new_person.findChildren(Button) if b.text() == "Add"]
    qtbot.mouseClick(done, Qt.MouseButton.LeftButton)
    settled()
    assert names(view) == {"Elena Rossi"}
    assert card(view, "Elena Rossi").isSelected()
    assert view.panel.isHidden()


def test_adding_to_an_untouched_network_moves_nobody_when_it_is_opened_again(
    team: dict[str, str],
    view: RelationshipMapView,
    app_context: AppContext,
    settled: Settled,
    account: str,
    qtbot: QtBot,
) -> None:
    view.show_network()
    settled()
    before = {key: c.pos() for key, c in view.scene.cards.items()}
    view.canvas.go_to(team["Ben"])
    for name in ("Eva", "Finn"):
        view.acts.add.trigger()
        view.new_person.name.setText(name)
        view.new_person._submit()
        settled()
    shown = {key: c.pos() for key, c in view.scene.cards.items()}
    assert {key: shown[key] for key in before} == before
    again = RelationshipMapView(app_context)
    qtbot.addWidget(again)
    again.show()
    again.show_network()
    again.show_account(account)
    settled()
    assert {key: c.pos() for key, c in again.scene.cards.items()} == shown
    app_context.operations.undo()
    app_context.operations.undo()
    settled()
    assert {key: c.pos() for key, c in view.scene.cards.items()} == before
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM map_position WHERE deleted_at IS NULL") == 0


def test_strength_and_note_of_a_selected_tie(
    team: dict[str, str], view: RelationshipMapView, portfolio: Portfolio, settled: Settled
) -> None:
    (tie_id, *_rest) = [t.spec.id for t in view.scene.ties.values()]
    view.scene.ties[tie_id].setSelected(True)
    assert view.acts.edit.isEnabled()
    view.acts.edit.trigger()
    form = view.panel.tie_form
    assert view.panel.shown is form
    form.fields.strength.set_value(4)
    form.fields.strength.committed.emit(4)
    form.fields.note.committed.emit("Since the pilot")
    settled()
    with portfolio.reading() as db:
        row = db.row("SELECT strength, note FROM tie WHERE id = ?", (tie_id,))
    assert row == (4, "Since the pilot")
    assert form.fields.note.value() == "Since the pilot"
    form._remove.click()
    settled()
    assert view.panel.isHidden()
    assert tie_id not in view.scene.ties


def test_a_tie_is_edited_in_the_list_of_a_person(
    team: dict[str, str], view: RelationshipMapView, portfolio: Portfolio, settled: Settled
) -> None:
    view.open_person(team["Ben"])
    settled()
    (edit,) = [b for b in view.editor.ties.findChildren(IconButton) if b.toolTip() == "Edit tie"]
    edit.click()
    fields = view.editor.ties.fields
    assert fields.isVisible()
    fields.strength.committed.emit(2)
    settled()
    assert fields.isVisible()
    with portfolio.reading() as db:
        assert db.value("SELECT strength FROM tie WHERE id = ?", (fields.tie_id,)) == 2
    assert any("2 of 5" in label.text() for label in view.editor.ties.findChildren(ElidedLabel))


def test_names_from_everywhere_and_very_long_ones_are_painted(
    portfolio: Portfolio, account: str, view: RelationshipMapView, settled: Settled
) -> None:
    with portfolio.unit_of_work("Add people") as work:
        for name in ("x" * 300, "محمد الأحمد", "田中 太郎", "Ελένη", "<b>bold</b> & co\n"):
            people.add_person(work, account, name, title=name)
    view.show_account(view.account_id)
    settled()
    for zoom in (1.0, 0.5, 0.2):
        view.canvas.resetTransform()
        view.canvas.scale(zoom, zoom)
        view.canvas._zoom_changed()
        assert not view.canvas.grab().isNull()
    assert "<b>bold</b> & co" in names(view)
    assert "&lt;b&gt;bold" in card(view, "<b>bold</b> & co").toolTip()


@pytest.mark.usefixtures("collector_off")
def test_a_closed_map_is_freed_without_the_collector(
    team: dict[str, str], account: str, app_context: AppContext, settled: Settled
) -> None:
    made = RelationshipMapView(app_context)
    made.show()
    made.show_account(account)
    settled()
    made.show_person(team["Ben"])
    settled()
    gone = weakref.ref(made)
    made.hide()
    del made
    settled()
    assert gone() is None


def test_without_room_beside_it_the_panel_takes_the_place_of_the_map(
    team: dict[str, str],
    view: RelationshipMapView,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kam_desktop.ui.relationship_map.view._SIDE_BY_SIDE_FROM", 2000)
    view.open_person(team["Ben"])
    settled()
    assert not view.canvas.isVisible()
    assert view.editor.isVisible()
    view.close_panel()
    assert view.canvas.isVisible()
