"""A map as it comes out of the printer: to look at, to save as PDF or SVG, and to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from kam_desktop.services.handouts.files import save_bytes
from kam_desktop.services.handouts.poster.content import (
    PosterContent,
    load_view,
    poster_content,
)
from kam_desktop.services.handouts.poster.paper import PosterOptions
from kam_desktop.services.i18n import _
from kam_desktop.services.map_loading import MapWish
from kam_desktop.services.queries.relationship_map import MapName
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.handouts.making import MadePdf
from kam_desktop.ui.handouts.pdf_pages import page_sizes
from kam_desktop.ui.handouts.pdf_preview import (
    PdfPreview,
    PreviewWords,
    file_stem,
    save_dialog,
)
from kam_desktop.ui.relationship_map.poster_choices import PosterChoices, options_text
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.tasks import TaskToken
from kam_desktop.ui.widgets import make_action


@dataclass(frozen=True, slots=True)
class ReadPoster:
    """What a map shows on paper, and the account's saved maps."""

    content: PosterContent
    maps: tuple[MapName, ...]


class MapPreview(PdfPreview):
    """Shows one map of an account on paper.

    ``read_map`` (again for another map) → ``make_poster`` (again for other paper) → pictures.
    """

    def __init__(self, context: AppContext, wish: MapWish, parent: QWidget | None = None) -> None:
        self._wish = wish
        self._content: PosterContent | None = None
        super().__init__(
            context,
            PreviewWords(
                title=_("Print or save the map"),
                preparing=_("Preparing the map"),
                save_title=_("Save the map"),
                saving=_("Saving the map"),
                failed=_("The map could not be made"),
            ),
            parent,
        )
        self._connect_signals()
        self.start()

    def choices(self) -> Sequence[QWidget]:
        remembered = self._context.preferences.values.poster
        self.chosen = PosterChoices(self._wish, remembered, self)
        return self.chosen.widgets()

    def further_actions(self) -> Sequence[QAction]:
        if not hasattr(self, "save_picture"):
            self.save_picture = make_action(
                _("Save as SVG…"), self, shortcut="Ctrl+Shift+S", icon_name="save"
            )
        return (self.save_picture,)

    def _connect_signals(self) -> None:
        self.chosen.view_chosen.connect(self.start)
        self.chosen.look_chosen.connect(self._look_chosen)
        self.save_picture.triggered.connect(self._ask_where_picture)

    @property
    def print_paper(self) -> str:
        return self.chosen.options.paper

    @property
    def file_name(self) -> str:
        content = self._content
        assert content is not None, "saving is offered when there is something to save"
        name = file_stem(content.account_name, content.title)
        return f"{name} {content.as_of.isoformat()}"

    def start(self) -> None:
        self.wait()
        self._context.lanes.read(
            self, read_map, self.chosen.wish,
            on_done=self._arrived, on_error=self.show_failure, title=_("Reading the map"),
        )  # fmt: skip

    def _arrived(self, read: ReadPoster) -> None:
        self._content = read.content
        self.chosen.offer(read.maps)
        title = _("Map: {account}").format(account=read.content.account_name)
        self.setWindowTitle(title)
        self._make()

    def _look_chosen(self) -> None:
        self._context.preferences.update(poster=options_text(self.chosen.options))
        if self._content is not None:
            self._make()

    def _make(self) -> None:
        self._context.lanes.io(
            self, make_poster, self.begin(), self._content, self.chosen.options,
            on_done=self.show_pdf, on_error=self.show_failure, title=_("Making the map"),
        )  # fmt: skip

    def _ask_where_picture(self) -> None:
        dialog = save_dialog(self, _("Save the map"), "svg", _("SVG pictures (*.svg)"))
        dialog.selectFile(f"{self.file_name}.svg")
        dialog.fileSelected.connect(self.save_picture_to)
        dialog.open()

    def save_picture_to(self, file_name: str) -> None:
        """Save the map as a picture of its own size; tells when it is done, or why it is not."""
        plain = self.chosen.options.black_and_white
        self._context.lanes.io(
            self, save_svg, self._content, plain, Path(file_name),
            on_done=self.tell_saved, on_error=self.tell_problem, title=_("Saving the map"),
        )  # fmt: skip


def read_map(db: Reader, wish: MapWish) -> ReadPoster:
    """Reads and lays out a map, on a read lane."""
    loaded = load_view(db, wish)
    return ReadPoster(poster_content(db, loaded, wish), loaded.data.maps)


def make_poster(
    request: int, content: PosterContent, options: PosterOptions, *, task: TaskToken | None = None
) -> MadePdf:
    """Renders the poster, on an io lane; stops between two pages when ``task`` is cancelled."""
    from kam_desktop.services.handouts.poster.pdf import render_poster

    pdf = render_poster(content, options, None if task is None else task.progress)
    return MadePdf(request, pdf, page_sizes(pdf))


def save_svg(content: PosterContent, black_and_white: bool, target: Path) -> Path:
    """Writes the map as SVG, on an io lane."""
    from kam_desktop.services.handouts.poster.svg import render_svg

    text = render_svg(content, black_and_white=black_and_white)
    return save_bytes(text.encode("utf-8"), target)
