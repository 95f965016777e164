"""The touches of an account as lines, a page at a time, each changed in its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.errors import UserError
from kam_desktop.services.files import write_copies
from kam_desktop.services.formatting import date, joined, relative_date
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.places import documents_folder, shown_path
from kam_desktop.services.queries.choices import Choice
from kam_desktop.services.queries.interactions import (
    InteractionRow,
    Timeline,
    people_of_touch,
    timeline,
)
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.words import word
from kam_desktop.services.zones import LocalTime, local_of
from kam_desktop.ui.account.lines import LineActions, LineList
from kam_desktop.ui.account.record_form import Field, RecordForm
from kam_desktop.ui.interactions import changes
from kam_desktop.ui.interactions.record_field import (
    InlinePeople,
    InlineRecord,
    member_field,
    people_field,
)
from kam_desktop.ui.mail_files.dropping import mail_paths
from kam_desktop.ui.mail_files.import_dialog import choose_mails, open_mail_import
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import clock_text
from kam_desktop.ui.widgets import Button, Card, ElidedLabel, text_label

PAGE = 30
_TEXT_SHOWN = 300


def interactions_page(
    db: Reader, account_id: str, before: InteractionRow | None, limit: int = PAGE
) -> Timeline:
    """One page of the account's touches."""
    return timeline(db, account_id=account_id, before=before, limit=limit)


class TouchesCard(Card):
    """What took place, newest first. ``log_wanted`` asks to log a touch.

    E-mails that are dropped here are shown in a preview first.
    """

    log_wanted = Signal()

    def __init__(
        self, context: AppContext, actions: LineActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Touches"), parent=parent)
        self._context = context
        self._account_id = ""
        self._rows: tuple[InteractionRow, ...] = ()
        self._edited: InteractionRow | None = None
        self._folder = Path()
        self.setAcceptDrops(True)
        log = Button(_("Log a touch"), "quiet")
        mails = Button(_("Import e-mails"), "quiet")
        self.add_tool(mails)
        self.add_tool(log)
        self._nothing = text_label(
            _(
                "No touch recorded yet. Log the last call or visit you remember, or drop e-mails "
                "here."
            ),
            "hint",
            wrap=True,
        )
        self._nothing.hide()
        self.list = LineList(partial(_content, context), _name, actions)
        self.form = RecordForm(_("Change touch"), _fields(context), context.clock.today())
        self.form.setProperty("card", "sunken")
        self.more = Button(_("Show more"), "quiet")
        self.more.hide()
        self.add(self._nothing)
        self.add(self.list)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        log.clicked.connect(self.log_wanted)
        mails.clicked.connect(self.choose_mails)
        self.more.clicked.connect(self._load_more)
        self.form.submitted.connect(self._save)
        self.form.closed.connect(self.list.end_edit)

    def leave_account(self) -> None:
        """Another account is about to be shown."""
        self.form.close_form()
        self._rows = ()

    def load(self, account_id: str) -> None:
        """Read the touches anew, as many as are shown now."""
        self._account_id = account_id
        count = max(PAGE, len(self._rows))
        self._context.lanes.read(
            self, interactions_page, account_id, None, count, on_done=self._show_first
        )

    def _load_more(self) -> None:
        last = self._rows[-1] if self._rows else None
        self._context.lanes.read(
            self, interactions_page, self._account_id, last, on_done=self._show_next
        )

    def _show_first(self, page: Timeline) -> None:
        self._show((), page)

    def _show_next(self, page: Timeline) -> None:
        self._show(self._rows, page)

    def _show(self, before: tuple[InteractionRow, ...], page: Timeline) -> None:
        if page.rows and page.rows[0].account_id != self._account_id:
            return
        self._rows = (*before, *page.rows)
        self.list.show_rows(self._rows)
        self._nothing.setVisible(not self._rows)
        self.more.setVisible(page.more)

    # E-mails

    def choose_mails(self) -> None:
        """Ask for e-mail files to import."""
        choose_mails(self._context, self, self._account_id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if mail_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = mail_paths(event)
        if paths:
            event.acceptProposedAction()
            open_mail_import(self._context, paths, self, self._account_id)

    def save_attachments(self, row: InteractionRow) -> None:
        """Ask for a folder, then write copies of the files that came with a touch."""
        dialog = QFileDialog(self, _("Save the attachments in"), str(documents_folder()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setProperty("record", row.id)
        dialog.fileSelected.connect(self._read_attachments)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read_attachments(self, folder: str) -> None:
        dialog = self.sender()
        if dialog is not None:
            self.save_attachments_to(str(dialog.property("record")), Path(folder))

    def save_attachments_to(self, touch_id: str, folder: Path) -> None:
        """Write copies of the files that came with a touch into a folder."""
        self._folder = folder
        self._context.lanes.read(self, _attachments, touch_id, on_done=self._write_attachments)

    def _write_attachments(self, files: list[tuple[str, bytes]]) -> None:
        self._context.lanes.io(
            self, write_copies, self._folder, files,
            on_done=self._attachments_saved, on_error=self._not_saved, title=_("Saving"),
        )  # fmt: skip

    def _attachments_saved(self, paths: list[Path]) -> None:
        text = ngettext("{n} file saved in {folder}.", "{n} files saved in {folder}.", len(paths))
        said = text.format(n=len(paths), folder=shown_path(self._folder))
        self._context.navigator.notify(said, kind="good")

    def _not_saved(self, error: object) -> None:
        self._context.navigator.notify(str(error), kind="warn")

    # Changing

    def edit(self, row: InteractionRow) -> None:
        """Open the form in the place of a line, once it is known who took part."""
        self._edited = row
        self._context.lanes.read(self, people_of_touch, row.id, on_done=self._open_form)

    def _open_form(self, people: Sequence[Choice]) -> None:
        row = self._edited
        if row is None or row.account_id != self._account_id:
            return
        editor = self.form.editor("people")
        assert isinstance(editor, InlinePeople)
        editor.ask_in(self._account_id)
        editor.set_people(people)
        member = self.form.editor("member")
        assert isinstance(member, InlineRecord)
        member.set_record(row.member_id, row.member_name)
        local = local_of(row.at, row.zone)
        self.list.edit(row.id, self.form)
        values = {
            "summary": row.summary,
            "kind": row.kind,
            "day": local.date(),
            "at": clock_text(row.at, row.zone),
            "people": tuple(each.id for each in people),
            "member": row.member_id,
            "text": row.text,
        }
        self.form.open_with(values)

    def _save(self, values: dict[str, Any]) -> None:
        row = self._edited
        if row is None:
            return
        try:
            at = _instant(row, values["day"], values["at"])
        except UserError as error:
            self.form.refuse(UserError(str(error), field="at"))
            return
        draft = changes.TouchDraft(
            values["kind"], at, row.zone, values["people"], values["summary"], values["text"],
            values["member"],
        )  # fmt: skip
        self._context.operations.run(
            self.form, _("Change a touch"), changes.change_touch, row.id, draft,
            on_done=self.form.accept, on_error=self.form.refuse,
        )  # fmt: skip

    def delete(self, row: InteractionRow) -> None:
        """Move a touch to the trash."""
        self._context.operations.run(self, _("Delete a touch"), changes.delete_touch, row.id)


def _fields(context: AppContext) -> list[Field]:
    kinds = tuple((kind, word(kind)) for kind in InteractionKind)
    return [
        Field("summary", _("What it was about"), wide=True),
        Field("kind", _("Kind of contact"), "choice", kinds),
        Field("day", _("Day"), "date"),
        Field("at", _("Time there"), read=read_time),
        Field(
            "people",
            _("People, the main one first"),
            wide=True,
            make=partial(people_field, context),
            empty=(),
        ),
        Field(
            "member", _("Who of ours it was with"), make=partial(member_field, context), empty=None
        ),
        Field("text", _("Notes"), "text", wide=True),
    ]


def _content(context: AppContext, row: InteractionRow) -> QWidget:
    day = local_of(row.at, row.zone).date()
    return TouchContent(row, relative_date(day, context.clock.today()))


def _name(row: InteractionRow) -> str:
    day = date(local_of(row.at, row.zone).date())
    parts = (word(row.kind), _people_text(row), day, row.summary, *row.attachments)
    return ", ".join(each for each in parts if each)


class TouchContent(QWidget):
    """Kind and people, what it was about, when."""

    def __init__(self, row: InteractionRow, when: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        head = QHBoxLayout()
        head.setSpacing(theme().px(Space.S))
        head.addWidget(text_label(word(row.kind), "strong"))
        head.addWidget(ElidedLabel(_people_text(row), "secondary"), 1)
        day = text_label(when, "hint")
        local = local_of(row.at, row.zone)
        day.setToolTip(joined((date(local.date()), clock_text(row.at, row.zone), row.zone)))
        head.addWidget(day)
        column.addLayout(head)
        text = row.text[:_TEXT_SHOWN] + ("…" if len(row.text) > _TEXT_SHOWN else "")
        if row.summary:
            column.addWidget(text_label(row.summary, wrap=True))
        if text:
            column.addWidget(text_label(text, "small" if row.summary else "body", wrap=True))
        if row.attachments:
            names = _("Attached: {names}").format(names=", ".join(row.attachments))
            column.addWidget(ElidedLabel(names, "small"))


def _attachments(db: Reader, touch_id: str) -> list[tuple[str, bytes]]:
    from kam_desktop.services.documents import attachments_of

    return attachments_of(db, touch_id)


def _people_text(row: InteractionRow) -> str:
    theirs = ", ".join(name for name in (row.person_name, *row.others) if name)
    return joined((theirs, row.member_name))


def read_time(text: str) -> dt.time:
    """A time of day as the locale writes it, or as 14:20.

    Raises ``ValueError`` with a message for the user.
    """
    for read in (
        QLocale().toTime(text, QLocale.FormatType.ShortFormat),
        QTime.fromString(text, "H:mm"),
        QTime.fromString(text, "H.mm"),
    ):
        if read.isValid():
            return dt.time(read.hour(), read.minute())
    raise ValueError(_("This is not a time. Write it like 14:20."))


def _instant(row: InteractionRow, day: dt.date | None, time: dt.time) -> dt.datetime:
    """The instant that was entered; the stored one when day and minute are the same."""
    before = local_of(row.at, row.zone)
    local = dt.datetime.combine(day or before.date(), time)
    if local == before.replace(second=0, microsecond=0, fold=0):
        return row.at
    return LocalTime(local, row.zone).instant()
