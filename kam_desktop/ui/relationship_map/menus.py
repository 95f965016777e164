"""The menus of the map: what kind of tie was drawn, and what can be done with what is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from kam_desktop.models.vocabulary import DIRECTED_TIES, TieKind
from kam_desktop.services.formatting import isolate
from kam_desktop.services.i18n import _
from kam_desktop.services.words import word
from kam_desktop.ui.relationship_map.add_forms import kind_choices, run_link
from kam_desktop.ui.relationship_map.scene import LinkWish, MenuWish

if TYPE_CHECKING:
    from kam_desktop.ui.relationship_map.view import RelationshipMapView


class MapMenus(QObject):
    """Opens menus over a map view and does what is chosen."""

    def __init__(self, view: RelationshipMapView) -> None:
        super().__init__(view)

    @property
    def _view(self) -> RelationshipMapView:
        # Asked of Qt each time: a reference of our own would be a cycle that keeps the view alive.
        return cast("RelationshipMapView", self.parent())

    def choose_kind(self, wish: LinkWish) -> None:
        """Ask what kind of tie was drawn."""
        menu = self._menu()
        one, two = isolate(self._view.called(wish.from_id)), isolate(self._view.called(wish.to_id))
        for kind, forward, text in kind_choices():
            action = menu.addAction(_plain(f"{one} {text} {two}"))
            ends = (wish.from_id, wish.to_id) if forward else (wish.to_id, wish.from_id)
            action.setData((kind, *ends, False))
        if any(link.from_id == wish.from_id and link.solid for link in self._view.scene.map.links):
            text = _("{one} also reports to {two} (matrix line)").format(one=one, two=two)
            menu.addAction(_plain(text)).setData(
                (TieKind.REPORTS_TO, wish.from_id, wish.to_id, True)
            )
        menu.triggered.connect(self._link_chosen)
        menu.popup(wish.at)

    def _link_chosen(self, action: QAction) -> None:
        kind, one, two, matrix = action.data()
        run_link(
            self._view.context, self._view, one, two, kind, self._view.called(one), matrix=matrix
        )

    def open_menu(self, wish: MenuWish) -> None:
        """What can be done with a person, a tie or the map."""
        menu, view = self._menu(), self._view
        if wish.person_id:
            menu.addActions([view.acts.edit, view.acts.link, view.acts.add, view.acts.seat])
            menu.addSeparator()
            menu.addActions([view.acts.introduce, view.acts.what_if])
            menu.addSeparator()
            menu.addAction(view.acts.delete)
        elif wish.tie_id:
            tie = self._view.scene.ties[wish.tie_id].spec
            menu.addAction(view.acts.edit)
            menu.addSeparator()
            for kind in TieKind:
                action = menu.addAction(_plain(word(kind)))
                action.setCheckable(True)
                action.setChecked(kind is tie.kind)
                action.setData(("kind", wish.tie_id, kind))
            if tie.kind in DIRECTED_TIES:
                menu.addSeparator()
                menu.addAction(_("Turn round")).setData(("turn", wish.tie_id, None))
            menu.addSeparator()
            menu.addAction(view.acts.delete)
            menu.triggered.connect(self._tie_chosen)
        else:
            menu.addActions([view.acts.add, view.acts.seat, view.acts.fit, view.acts.reset])
        menu.popup(wish.at)

    def _menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _tie_chosen(self, action: QAction) -> None:
        from kam_desktop.services.ties import turn_tie, update_tie

        if action.data() is None:
            return
        what, tie_id, kind = action.data()
        run = self._view.context.operations.run
        if what == "turn":
            run(self._view, _("Turn a tie round"), turn_tie, tie_id)
        else:
            run(self._view, _("Change a tie"), partial(update_tie, kind=kind), tie_id)


def _plain(text: str) -> str:
    """User text in a menu: an ampersand stays one, and a long name does not fill the screen."""
    return text[:120].replace("&", "&&")
