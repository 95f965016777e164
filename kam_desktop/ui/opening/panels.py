"""The panels of the opening window. Each says with a signal what the user wants."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button, PrimaryButton
from kam_desktop.ui.widgets.fields import InlineLine
from kam_desktop.ui.widgets.labels import text_label
from kam_desktop.ui.widgets.progress import ProgressBar

MIN_PASSPHRASE = 8


class Panel(QWidget):
    """A heading, some text, content in ``column``, and a row of buttons."""

    def __init__(self, title: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(Space.M))
        self.heading = text_label(title, "title", wrap=True)
        self.text = text_label(text, "secondary", wrap=True)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.text)
        self.text.setVisible(bool(text))

    def add_buttons(self, *buttons: Button) -> None:
        """A row of buttons, the main one last."""
        row = QHBoxLayout()
        row.setSpacing(theme().px(Space.S))
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.column.addStretch(1)
        self.column.addLayout(row)

    def take_focus(self) -> None:
        """Put the keyboard where the user will type first."""


class Welcome(Panel):
    """The first thing a new user sees."""

    create_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Welcome"),
            _(
                "A portfolio holds your accounts, the people who decide there, and every meeting. "
                "It is one encrypted file on this computer; nothing is sent anywhere."
            ),
            parent,
        )
        self.maker = PrimaryButton(_("Make a portfolio"), icon_name="plus")
        self.open = Button(_("Open a portfolio"), icon_name="folder-open")
        self.sample = Button(_("Look around in a sample portfolio"), icon_name="book-open")
        self.maker.clicked.connect(self.create_wanted)
        self.open.clicked.connect(self.open_wanted)
        self.sample.clicked.connect(self.sample_wanted)
        self.column.addSpacing(theme().px(Space.S))
        for button in (self.maker, self.open, self.sample):
            self.column.addWidget(button)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        self.maker.setFocus(Qt.FocusReason.OtherFocusReason)


class Create(Panel):
    """``submitted`` carries title, file and passphrase (empty: this computer's keyring)."""

    submitted = Signal(str, object, str)
    back_wanted = Signal()
    place_wanted = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(_("Make a portfolio"), parent=parent)
        self.title_field = InlineLine(_("Name"))
        self.title_field.set_placeholder(_("e.g. Northern portfolio"))
        self.place = InlineLine(_("Folder"))
        self.place.set_value(str(folder))
        self._choose = Button(_("Choose…"))
        self.protect = QCheckBox(_("Protect it with a passphrase of my own"))
        self.passphrase = _secret(_("Passphrase"))
        self.again = _secret(_("Passphrase again"))
        self._hint = text_label(
            _(
                "Without one, the key is kept in this computer's keyring and the portfolio opens "
                "when you are logged in."
            ),
            "small",
            wrap=True,
        )
        place = QHBoxLayout()
        place.addWidget(self.place, 1)
        place.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addWidget(self.title_field)
        self.column.addLayout(place)
        for widget in (self.protect, self._hint, self.passphrase, self.again):
            self.column.addWidget(widget)
        self._back = Button(_("Back"), "quiet")
        self._make = PrimaryButton(_("Make the portfolio"))
        self.add_buttons(self._back, self._make)
        self._connect_signals()
        self._show_secrets(protect=False)

    def _connect_signals(self) -> None:
        self._choose.clicked.connect(self.place_wanted)
        self._back.clicked.connect(self.back_wanted)
        self._make.clicked.connect(self.submit)
        self.again.entered.connect(self.submit)
        self.protect.toggled.connect(self._protect_toggled)

    def _protect_toggled(self, protect: bool) -> None:
        self._show_secrets(protect=protect)

    def _show_secrets(self, *, protect: bool) -> None:
        self.passphrase.setVisible(protect)
        self.again.setVisible(protect)
        self._hint.setVisible(not protect)

    def take_focus(self) -> None:
        self.title_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Check what was typed and pass it on, or say beside the field what is missing."""
        title = self.title_field.value()
        name = "".join(letter for letter in title if letter.isalnum() or letter in " -_()").strip()
        if not name:
            self.title_field.refuse(_("Give the portfolio a name."))
            return
        secret = self.passphrase.line.text() if self.protect.isChecked() else ""
        if self.protect.isChecked() and len(secret) < MIN_PASSPHRASE:
            self.passphrase.refuse(_("Use at least eight characters; several words are best."))
            return
        if self.protect.isChecked() and secret != self.again.line.text():
            self.again.refuse(_("The two are not the same."))
            return
        self.submitted.emit(title, Path(self.place.value()) / f"{name}.kam", secret)

    def refuse(self, error: UserError) -> None:
        """Show what was wrong with what was typed."""
        fields = {"title": self.title_field, "passphrase": self.passphrase}
        fields.get(error.field or "", self.place).refuse(error)


class Unlock(Panel):
    """``submitted`` carries passphrase and recovery key; one of them is empty."""

    submitted = Signal(str, str)
    back_wanted = Signal()

    def __init__(self, back: str = "", parent: QWidget | None = None) -> None:
        super().__init__(_("Open the portfolio"), " ", parent)
        self.passphrase = _secret(_("Passphrase"))
        self.recovery = InlineLine(_("Recovery key from the printed sheet"))
        self.recovery.hide()
        self._other = Button(_("Use the recovery key instead"), "quiet")
        self._back = Button(back or _("Another portfolio"), "quiet")
        self.open_button = PrimaryButton(_("Open"))
        self.column.addWidget(self.passphrase)
        self.column.addWidget(self.recovery)
        self.column.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_buttons(self._back, self.open_button)
        self._other.clicked.connect(self.switch)
        self._back.clicked.connect(self.back_wanted)
        self.open_button.clicked.connect(self.submit)
        self.passphrase.entered.connect(self.submit)
        self.recovery.entered.connect(self.submit)

    @property
    def by_recovery_key(self) -> bool:
        return not self.recovery.isHidden()

    def ask_for(self, name: str, why: str) -> None:
        """Say which portfolio it is and why something has to be typed."""
        self.heading.setText(_("Open “{name}”").format(name=name))
        self.text.setText(why)
        self.text.setVisible(bool(why))

    def refuse(self, text: str) -> None:
        """What was typed did not open it."""
        (self.recovery if self.by_recovery_key else self.passphrase).refuse(text)
        self.take_focus()

    def submit(self) -> None:
        """Try what was typed."""
        if self.by_recovery_key:
            self.submitted.emit("", self.recovery.value())
        else:
            self.submitted.emit(self.passphrase.line.text(), "")

    def switch(self) -> None:
        """Ask for the other of the two: recovery key or passphrase."""
        use_recovery = not self.by_recovery_key
        self.recovery.setVisible(use_recovery)
        self.passphrase.setVisible(not use_recovery)
        self._other.setText(
            _("Use the passphrase instead") if use_recovery else _("Use the recovery key instead")
        )
        self.take_focus()

    def take_focus(self) -> None:
        field = self.recovery if self.by_recovery_key else self.passphrase
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.line.selectAll()


class Recovery(Panel):
    """Shows the recovery key once. ``save_wanted``, ``copy_wanted``, ``done``."""

    save_wanted = Signal()
    copy_wanted = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Keep this key on paper"),
            _(
                "It opens the portfolio when the passphrase is forgotten or the computer is gone. "
                "It is shown only now. Keep the sheet where you keep your passport."
            ),
            parent,
        )
        self.key = text_label("", "section", wrap=True)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.key.setAccessibleName(_("Recovery key"))
        self.column.addWidget(self.key)
        self._copy = Button(_("Copy"), icon_name="copy")
        self.save = Button(_("Save as a sheet (PDF)"), icon_name="printer")
        self._done = PrimaryButton(_("I have kept it"))
        self._copy.clicked.connect(self.copy_wanted)
        self.save.clicked.connect(self.save_wanted)
        self._done.clicked.connect(self.done)
        self._trouble = text_label("", "error", wrap=True)
        self._trouble.hide()
        self.column.addWidget(self._trouble)
        self.add_buttons(self._copy, self.save, self._done)

    def say(self, trouble: str) -> None:
        """Why the sheet could not be saved; empty when nothing is wrong."""
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    @property
    def trouble_text(self) -> str:
        return "" if self._trouble.isHidden() else self._trouble.text()

    def take_focus(self) -> None:
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)


class Trouble(Panel):
    """What is wrong with a portfolio's file, what is safe, and the ways out."""

    back_wanted = Signal()
    again_wanted = Signal()
    read_only_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("The portfolio could not be opened"), " ", parent)
        self._remedy = text_label("", wrap=True)
        self.column.addWidget(self._remedy)
        self._back = Button(_("Another portfolio"), "quiet")
        self.read_only = Button(_("Open for reading only"))
        self.again = PrimaryButton(_("Try again"))
        self._back.clicked.connect(self.back_wanted)
        self.read_only.clicked.connect(self.read_only_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.add_buttons(self._back, self.read_only, self.again)

    def explain(self, message: str, remedy: str, *, read_only_helps: bool) -> None:
        """Show one trouble."""
        self.text.setText(message)
        self._remedy.setText(remedy)
        self.read_only.setVisible(read_only_helps)

    @property
    def message(self) -> str:
        return self.text.text()

    def take_focus(self) -> None:
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)


class Working(Panel):
    """While a portfolio is being made or opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("One moment"), " ", parent)
        self.column.addWidget(ProgressBar(None, name=_("Opening")))
        self.column.addStretch(1)


def _secret(label: str) -> InlineLine:
    field = InlineLine(label)
    field.line.setEchoMode(QLineEdit.EchoMode.Password)
    return field
