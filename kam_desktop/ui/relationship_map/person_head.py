"""Who a form is about: photo or initials, name, and what tells them from others of that name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.person_detail import PersonDetail
from kam_desktop.services.queries.photos import photo_of
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Avatar,
    ElidedLabel,
    IconButton,
    make_action,
    text_label,
)

_AVATAR = 48
_PASTED_SIDE = 1024


class PersonHead(QWidget):
    """``closed`` by the close button. Setting and removing the photo are undoable steps."""

    closed = Signal()

    def __init__(
        self, context: AppContext, parent: QWidget | None = None, *, closable: bool = True
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: PersonDetail | None = None
        self.avatar = Avatar("", _AVATAR)
        self.heading = ElidedLabel("", "heading")
        self.where = ElidedLabel("", "small")
        self.namesakes = text_label("", "hint", wrap=True)
        self.namesakes.hide()
        self.photo_button = IconButton("pencil", _("Photo"))
        self._close = IconButton("x", _("Close"))
        if not closable:
            self._close.hide()
        self.act_choose = make_action(_("Choose a picture…"), self, icon_name="folder-open")
        self.act_paste = make_action(_("Paste a picture"), self, icon_name="copy")
        self.act_remove = make_action(_("Remove the photo"), self, icon_name="x")
        self._build()
        self._close.clicked.connect(self.closed)
        self.photo_button.clicked.connect(self._open_menu)
        self.act_choose.triggered.connect(self.choose_photo)
        self.act_paste.triggered.connect(self.paste_photo)
        self.act_remove.triggered.connect(self.remove_photo)

    def _build(self) -> None:
        px = theme().px
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.heading)
        names.addWidget(self.where)
        names.addWidget(self.namesakes)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.XS))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.avatar, 0, top)
        row.addWidget(self.photo_button, 0, top)
        row.addLayout(names, 1)
        row.addWidget(self._close, 0, top)

    def show_detail(self, detail: PersonDetail) -> None:
        """Show who it is."""
        photo = "" if self._detail is None else self._detail.photo
        self._detail = detail
        self.avatar.set_name(detail.name)
        self.heading.setText(detail.name or _("Vacant seat"))
        self.where.setText(detail.account_name)
        self.namesakes.setText(_telling(detail))
        self.namesakes.setVisible(bool(detail.namesakes))
        self.photo_button.setVisible(not detail.vacant)
        self.act_remove.setEnabled(bool(detail.photo))
        if not detail.photo:
            self.avatar.set_photo(None)
        elif detail.photo != photo:
            self.avatar.set_photo(None)
            self._context.lanes.read(self, photo_of, detail.photo, on_done=self.avatar.set_photo)

    def forget(self) -> None:
        """Another person is about to be shown."""
        self._detail = None
        self.avatar.set_photo(None)

    # The photo

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.addActions([self.act_choose, self.act_paste, self.act_remove])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.photo_button.mapToGlobal(QPoint(0, self.photo_button.height())))

    def choose_photo(self) -> None:
        """Ask for a picture file."""
        dialog = QFileDialog(self, _("Choose a picture"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Pictures (*.jpg *.jpeg *.png *.webp *.gif *.bmp)"))
        dialog.fileSelected.connect(self.use_file)
        dialog.open()

    def use_file(self, path: str) -> None:
        """Take a picture file as the photo."""
        self._context.lanes.io(
            self, _read_picture, path, on_done=self.use_picture, on_error=self._refuse
        )

    def paste_photo(self) -> None:
        """Take the picture on the clipboard as the photo."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            text = _("There is no picture on the clipboard. Copy one first.")
            self._context.navigator.notify(text, kind="warn")
        else:
            self.use_picture(_png(image))

    def use_picture(self, content: bytes) -> None:
        """Keep the bytes of a picture file as the photo."""
        from kam_desktop.services.photos import set_photo

        if self._detail is not None:
            label = _("Photo of {name}").format(name=self._detail.name)
            self._context.operations.run(
                self, label, set_photo, self._detail.id, content, on_error=self._refuse
            )

    def remove_photo(self) -> None:
        """Show the initials again."""
        from kam_desktop.services.photos import remove_photo

        if self._detail is not None:
            label = _("Remove the photo of {name}").format(name=self._detail.name)
            self._context.operations.run(self, label, remove_photo, self._detail.id)

    def _refuse(self, error: object) -> None:
        self._context.navigator.notify(str(error), kind="warn")


def _telling(detail: PersonDetail) -> str:
    """What tells somebody from others of the same name."""
    centre = dict(detail.buying_centres).get(detail.buying_centre_id or "", "")
    known = joined([detail.title, centre, detail.email])
    others = ngettext(
        "{count} other person has this name.",
        "{count} other people have this name.",
        detail.namesakes,
    ).format(count=detail.namesakes)
    return f"{known}\n{others}" if known else others


def _png(image: QImage) -> bytes:
    small = image
    if max(image.width(), image.height()) > _PASTED_SIDE:
        small = image.scaled(
            _PASTED_SIDE,
            _PASTED_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    into = QBuffer()
    into.open(QIODevice.OpenModeFlag.WriteOnly)
    small.save(into, "PNG")  # type: ignore[call-overload]
    return bytes(into.data().data())


def _read_picture(path: str) -> bytes:
    """The bytes of a file that may be a picture; raises `UserError` when it cannot be read."""
    from kam_desktop.services.photos import MAX_PHOTO_BYTES

    try:
        with Path(path).open("rb") as source:
            # One byte more than is taken, so that a larger file is refused for its size.
            return source.read(MAX_PHOTO_BYTES + 1)
    except OSError as error:
        raise UserError(
            _("“{name}” could not be read. Nothing was changed.").format(name=Path(path).name)
        ) from error
