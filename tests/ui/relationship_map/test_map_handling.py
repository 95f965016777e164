"""Views, saved maps, filters, folding, looking for people, ties by keyboard, and the overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.services import maps, people, ties
from kam_desktop.services.map_loading import MapWish, load_map
from kam_desktop.services.map_options import MapOptions, MapTarget
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.relationship_map.folds import FoldMark
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from kam_desktop.ui.shell.context import AppContext
from tests.conftest import StillClock

Key = Qt.Key
Settled = Callable[[], None]
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add account") as work:
        made = Account(name="Aurora Foods")
        work.add(made)
        return made.id


@pytest.fixture
def crew(portfolio: Portfolio, account: str) -> dict[str, str]:
    """Elena leads Ben and Cem, Ben leads Fay and Gus; Dora is allied with Gus; Hal left."""
    with portfolio.unit_of_work("Add people") as work:
        add = people.add_person
        elena = add(work, account, "Élena Rossi", title="CEO", support=1, influence=10)
        ben = add(work, account, "Ben", manager_id=elena, support=-1, influence=6)
        cem = add(work, account, "Cem", manager_id=elena, influence=2)
        fay = add(work, account, "Fay", manager_id=ben, title="Buyer")
        gus = add(work, account, "Gus 田中", manager_id=ben)
        dora = add(work, account, "Dora", external=True)
        hal = add(work, account, "Hal", left_on=TODAY)
        ties.add_tie(work, dora, gus, "allied")
        ties.add_tie(work, cem, fay, "influences")
    names = ("Elena", "Ben", "Cem", "Fay", "Gus", "Dora", "Hal")
    return dict(zip(names, (elena, ben, cem, fay, gus, dora, hal), strict=True))


@pytest.fixture
def view(
    qtbot: QtBot, app_context: AppContext, account: str, crew: dict[str, str], settled: Settled
) -> RelationshipMapView:
    made = RelationshipMapView(app_context)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    qtbot.waitExposed(made)
    made.show_account(account)
    settled()
    made.canvas.setFocus()
    return made


def press(qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    keys = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget(), key, keys)


def shown(view: RelationshipMapView) -> set[str]:
    return set(view.scene.cards)


def places(view: RelationshipMapView) -> dict[str, QPointF]:
    return {key: card.pos() for key, card in view.scene.cards.items()}


def choose(qtbot: QtBot, view: RelationshipMapView, *texts: str) -> None:
    """Choose from the open menu, by the titles of its menus and then of the entry."""
    menu = next(m for m in view.findChildren(QMenu) if m.isVisible())
    top = menu
    for text in texts[:-1]:
        found = next(a for a in menu.actions() if a.text() == text).menu()
        assert isinstance(found, QMenu)
        menu = found
    next(a for a in menu.actions() if a.text() == texts[-1]).trigger()
    top.close()
    with qtbot.waitActive(view):
        view.activateWindow()


# Views


def test_the_number_keys_switch_between_the_views(
    qtbot: QtBot, view: RelationshipMapView, crew: dict[str, str], settled: Settled
) -> None:
    view.stage.go_to(crew["Ben"])
    for key, name in (
        (Key.Key_2, "network"), (Key.Key_3, "grid"), (Key.Key_4, "coverage"), (Key.Key_5, "ego"),
        (Key.Key_1, "org"),
    ):  # fmt: skip
        press(qtbot, key)
        settled()
        assert view.shown_view == name
        assert view.acts.views[name].isChecked()
        focus = QApplication.focusWidget()
        assert focus is view.stage or view.stage.isAncestorOf(focus)
        # Without anybody of ours, the matrix has no cell to go to.
        assert view.stage.current == ("" if name == "coverage" else crew["Ben"])


def test_around_one_person_by_distance(
    qtbot: QtBot,
    view: RelationshipMapView,
    crew: dict[str, str],
    settled: Settled,
    app_context: AppContext,
) -> None:
    view.stage.go_to(crew["Dora"])
    press(qtbot, Key.Key_C)
    settled()
    assert view.shown_view == "ego"
    assert shown(view) == {crew[name] for name in ("Dora", "Gus", "Ben")}
    press(qtbot, Key.Key_BracketRight)
    settled()
    assert shown(view) == {crew[name] for name in ("Dora", "Gus", "Ben", "Elena", "Fay")}
    assert view.shape_bar.text == "Up to 3 ties away from Dora · 5 of 7 shown"
    press(qtbot, Key.Key_BracketLeft)
    press(qtbot, Key.Key_BracketLeft)
    settled()
    app_context.operations.undo()
    settled()
    assert view.loaded_map is not None
    assert view.loaded_map.distance in (2, 3)
    assert view.loaded_map.focus == crew["Dora"]


def test_the_middle_stays_while_one_goes_from_person_to_person(
    view: RelationshipMapView, crew: dict[str, str], settled: Settled
) -> None:
    view.show_around(crew["Ben"])
    settled()
    view.stage.go_to(crew["Fay"])
    view.reload()
    settled()
    assert view.loaded_map is not None
    assert view.loaded_map.focus == crew["Ben"]


# Folding


def test_a_branch_is_folded_by_keyboard_and_the_card_stays_where_it_is(
    qtbot: QtBot,
    view: RelationshipMapView,
    crew: dict[str, str],
    settled: Settled,
    app_context: AppContext,
) -> None:
    before = places(view)
    view.stage.go_to(crew["Ben"])
    spot = view.canvas.spot_of(crew["Ben"])
    press(qtbot, Key.Key_F)
    settled()
    assert shown(view) == set(crew.values()) - {crew["Fay"], crew["Gus"]}
    assert view.scene.cards[crew["Ben"]].spec.hidden == 2
    now = view.canvas.spot_of(crew["Ben"])
    assert spot is not None
    assert now is not None
    assert (now - spot).manhattanLength() <= 2
    press(qtbot, Key.Key_Asterisk)
    settled()
    assert places(view) == before
    app_context.operations.undo()
    settled()
    assert crew["Fay"] not in shown(view)


def test_a_branch_is_folded_with_the_mouse(
    qtbot: QtBot, view: RelationshipMapView, crew: dict[str, str], settled: Settled
) -> None:
    mark = next(
        item
        for item in view.scene.items()
        if isinstance(item, FoldMark) and item.person_id == crew["Elena"]
    )
    spot = view.canvas.mapFromScene(mark.scenePos())
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settled()
    assert view.scene.cards[crew["Elena"]].spec.hidden == 4
    spot = view.canvas.mapFromScene(view.scene.cards[crew["Elena"]].mapToScene(QPointF(112, 90)))
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settled()
    assert shown(view) == set(crew.values())


# Filters


def test_filters_are_chosen_said_and_taken_away(
    qtbot: QtBot, view: RelationshipMapView, crew: dict[str, str], settled: Settled
) -> None:
    press(qtbot, Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    choose(qtbot, view, "Hide who left")
    settled()
    assert crew["Hal"] not in shown(view)
    assert view.shape_bar.text == "6 of 7 shown"
    press(qtbot, Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    choose(qtbot, view, "Support", "unknown")
    settled()
    assert shown(view) == {crew[name] for name in ("Cem", "Fay", "Gus", "Dora")}
    says = [chip.property("says") for chip in view.shape_bar.chips.chips]
    assert says == ["Support: unknown", "Hide who left"]
    view.shape_bar.chips.chips[0].click()
    settled()
    assert len(shown(view)) == 6
    view.shape_bar.chips.chips[0].click()
    settled()
    assert len(shown(view)) == 7
    assert not view.shape_bar.isVisible()


def test_taking_a_filter_back_brings_the_former_picture_back(
    view: RelationshipMapView,
    crew: dict[str, str],
    settled: Settled,
    app_context: AppContext,
    account: str,
) -> None:
    before = places(view)
    target = MapTarget(account, "org")
    options = MapOptions(hide_external=True, influence_from=2)
    app_context.operations.run(view, "x", maps.change_options, target, options)
    settled()
    assert shown(view) == {crew[name] for name in ("Elena", "Ben", "Cem")}
    app_context.operations.undo()
    settled()
    assert places(view) == before


# Saved maps


def test_a_map_is_saved_named_again_copied_and_deleted(
    qtbot: QtBot,
    view: RelationshipMapView,
    crew: dict[str, str],
    settled: Settled,
    app_context: AppContext,
) -> None:
    press(qtbot, Key.Key_M)
    choose(qtbot, view, "New map from this …")
    qtbot.keyClicks(QApplication.focusWidget(), "The sceptics")
    press(qtbot, Key.Key_Return)
    settled()
    assert view.shown_map is not None
    assert view.shown_map.title == "The sceptics"
    assert view.stage.isAncestorOf(QApplication.focusWidget())
    assert view.loaded_map is not None
    wanted = replace(view.loaded_map.options, support=frozenset({-1}))
    app_context.operations.run(view, "Filter", maps.change_options, view.target, wanted)
    settled()
    assert shown(view) == {crew["Ben"]}

    press(qtbot, Key.Key_M)
    choose(qtbot, view, "Rename this map …")
    qtbot.keyClicks(QApplication.focusWidget(), "Against us")
    press(qtbot, Key.Key_Return)
    settled()
    assert view.shown_map.title == "Against us"
    press(qtbot, Key.Key_M)
    choose(qtbot, view, "Duplicate this map")
    settled()
    assert view.shown_map.title == "Copy of Against us"
    assert shown(view) == {crew["Ben"]}
    press(qtbot, Key.Key_M)
    choose(qtbot, view, "Delete this map")
    settled()
    assert view.shown_map.title == "Org chart"
    assert len(shown(view)) == 7
    assert view.data is not None
    assert [saved.title for saved in view.data.maps] == ["Org chart", "Against us"]
    press(qtbot, Key.Key_M)
    choose(qtbot, view, "Against us (Org chart)")
    settled()
    assert shown(view) == {crew["Ben"]}


def test_a_map_needs_a_name_and_escape_gives_up(
    qtbot: QtBot, view: RelationshipMapView, settled: Settled
) -> None:
    press(qtbot, Key.Key_M)
    choose(qtbot, view, "New map from this …")
    press(qtbot, Key.Key_Return)
    settled()
    assert view.name_bar.isVisible()
    assert "needs a name" in view.name_bar.error_text
    press(qtbot, Key.Key_Escape)
    assert not view.name_bar.isVisible()
    assert view.canvas.hasFocus()


# Looking for people


@pytest.mark.parametrize(
    ("typed", "who"),
    [("elena", "Elena"), ("ROSSI ceo", "Elena"), ("田", "Gus"), ("buyer", "Fay")],
)
def test_people_are_found_in_any_script(
    qtbot: QtBot, view: RelationshipMapView, crew: dict[str, str], typed: str, who: str
) -> None:
    press(qtbot, Key.Key_Slash)
    view.finder.field.insert(typed)
    faded = {key for key, card in view.scene.cards.items() if card.faded}
    assert faded == set(crew.values()) - {crew[who]}
    press(qtbot, Key.Key_Return)
    assert view.scene.current == crew[who]
    assert view.finder.field.hasFocus()
    press(qtbot, Key.Key_Escape)
    assert view.canvas.hasFocus()
    assert not any(card.faded for card in view.scene.cards.values())


def test_enter_steps_through_what_was_found(
    qtbot: QtBot, view: RelationshipMapView, crew: dict[str, str]
) -> None:
    press(qtbot, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(view.finder.field, "e")
    met = []
    for _turn in range(5):
        press(qtbot, Key.Key_Return)
        met.append(view.scene.current)
    assert met[0] == met[4]
    assert set(met) == {crew[name] for name in ("Elena", "Ben", "Cem", "Fay")}
    press(qtbot, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.scene.current == met[3]


# Along ties


def test_ties_are_walked_with_their_meaning_said(
    qtbot: QtBot, view: RelationshipMapView, crew: dict[str, str]
) -> None:
    view.stage.go_to(crew["Dora"])
    press(qtbot, Key.Key_T)
    assert "allied with" in view.canvas.accessibleDescription()
    assert view.scene.current == crew["Dora"]
    assert view.scene.selected_people() == []
    press(qtbot, Key.Key_G)
    assert view.scene.current == crew["Gus"]
    heard = set()
    for _turn in range(2):
        press(qtbot, Key.Key_T)
        heard.add(view.canvas.accessibleDescription())
    assert len(heard) == 2
    press(qtbot, Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    assert view.canvas.accessibleDescription() in heard


# The overview


def test_the_overview_shows_and_moves_what_is_seen(
    qtbot: QtBot, view: RelationshipMapView, crew: dict[str, str]
) -> None:
    view.canvas.fit()
    overview = view.stages.drawn.mini_map
    assert not overview.isVisible()
    view.canvas.zoom_by(2.5)
    view.canvas.look_at(view.scene.content().topLeft())
    assert overview.isVisible()
    before = view.canvas.seen.center()
    corner = QPoint(overview.width() - 20, overview.height() - 20)
    qtbot.mouseClick(overview, Qt.MouseButton.LeftButton, pos=corner)
    assert view.canvas.seen.center().x() > before.x()
    view.canvas.setFocus()
    press(qtbot, Key.Key_O)
    assert not overview.isVisible()


# Places that stay


def test_an_import_in_between_moves_nobody_when_a_network_is_opened_again(
    qtbot: QtBot,
    view: RelationshipMapView,
    crew: dict[str, str],
    settled: Settled,
    app_context: AppContext,
    account: str,
) -> None:
    for name in ("network", "org"):
        view.show_view(name)
        settled()
    seen = {"org": places(view)}
    view.show_network()
    settled()
    seen["network"] = places(view)
    view.hide()
    with app_context.portfolio.unit_of_work("Import") as work:
        people.add_person(work, account, "Ida", manager_id=crew["Elena"])
        people.add_person(work, account, "Jon", manager_id=crew["Ben"])
    for name, before in seen.items():
        again = RelationshipMapView(app_context)
        qtbot.addWidget(again)
        again.show()
        again.show_view(name)
        again.show_account(account)
        settled()
        after = places(again)
        assert len(after) == len(before) + 2
        assert {key: after[key] for key in before} == before


def test_tidying_up_is_undone_to_the_pixel(
    view: RelationshipMapView,
    crew: dict[str, str],
    settled: Settled,
    app_context: AppContext,
    account: str,
) -> None:
    with app_context.portfolio.unit_of_work("Add") as work:
        people.add_person(work, account, "Ida", manager_id=crew["Elena"])
        people.add_person(work, account, "Jon", manager_id=crew["Fay"])
    view.reload()
    settled()
    before = places(view)
    view.acts.reset.trigger()
    settled()
    assert places(view) != before
    app_context.operations.undo()
    settled()
    assert places(view) == before


# The past


def test_a_past_state_is_read_only(
    qtbot: QtBot,
    view: RelationshipMapView,
    crew: dict[str, str],
    settled: Settled,
    app_context: AppContext,
    clock: StillClock,
    account: str,
) -> None:
    then = clock.now()
    clock.go_on(days=3)
    with app_context.portfolio.unit_of_work("Add") as work:
        people.add_person(work, account, "Ida")
    view.reload()
    settled()
    now = places(view)
    assert len(now) == 8
    view.show_moment(then + dt.timedelta(hours=1))
    settled()
    assert shown(view) == set(crew.values())
    assert places(view) == {key: now[key] for key in crew.values()}
    view.stage.go_to(crew["Ben"])
    for action in (view.acts.add, view.acts.edit, view.acts.link, view.acts.delete):
        assert not action.isEnabled()
    view.open_person(crew["Ben"])
    assert view.panel.isHidden()
    press(qtbot, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Key.Key_F)
    settled()
    assert crew["Fay"] not in shown(view)
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM map_position") == 0
        assert db.value("SELECT count(*) FROM saved_map") == 0
    view.show_moment(None)
    settled()
    assert view.acts.add.isEnabled()
    assert len(view.people) == 8


# Very many people


def test_two_thousand_people_open_as_a_part_and_more_is_offered(
    portfolio: Portfolio, account: str
) -> None:
    with portfolio.unit_of_work("Import") as work:
        from kam_desktop.models.registry import Person, Tie

        ids = work.bulk_insert(
            Person, [{"account_id": account, "name": f"Person {n:04}"} for n in range(2000)]
        )
        work.bulk_insert(
            Tie,
            [
                {"from_id": ids[n], "to_id": ids[(n - 1) // 5], "kind": "reports_to"}
                for n in range(1, 2000)
            ],
        )
    with portfolio.reading() as db:
        part = load_map(db, MapWish(account, "org", TODAY))
        everybody = load_map(db, MapWish(account, "org", TODAY, options=MapOptions(distance=0)))
    assert 1 < len(part.data.people) <= 600
    assert part.distance > 0
    assert part.left_out == 2000 - len(part.data.people)
    assert len(everybody.data.people) == 2000
    assert everybody.left_out == 0
