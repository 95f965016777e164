"""The brief on screen as it will be on paper, to change, to save and to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from kam_desktop.services.handouts.audience import Internal, for_colleague
from kam_desktop.services.handouts.brief_edits import BriefEdits
from kam_desktop.services.handouts.content import BriefContent
from kam_desktop.services.handouts.edited import EditedLine, applied
from kam_desktop.services.handouts.outline import Outline, Source
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.handouts import brief_changes
from kam_desktop.ui.handouts.brief_editor import WIDTH, BriefEditor
from kam_desktop.ui.handouts.making import MadePdf, ReadBrief, make_pdf, read_brief
from kam_desktop.ui.handouts.pdf_preview import PdfPreview, PreviewWords, file_stem
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import theme
from kam_desktop.ui.times import home_zone
from kam_desktop.ui.widgets import QuietCombo, make_action

PAPERS = ("A4", "Letter")
_MOST_BESIDE = 0.55
"""Of the window's width, for the lines beside the pages."""
_SETTLE_MS = 150
"""Changes of data within this time are read at once."""


class BriefPreview(PdfPreview):
    """Shows the brief of one account, with its lines beside the pages when *Edit* is on.

    ``read_brief`` → ``make_pdf`` (again for another paper or other words) → ``pictures`` (again for
    another size). Each change of the lines is kept with the meeting as one step of undo.
    """

    def __init__(
        self,
        context: AppContext,
        account_id: str,
        meeting_id: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            context,
            PreviewWords(
                title=_("Brief"),
                preparing=_("Preparing the brief"),
                save_title=_("Save the brief"),
                saving=_("Saving the brief"),
                failed=_("The brief could not be made"),
            ),
            parent,
        )
        self._account_id, self._meeting_id = account_id, meeting_id
        self._content: BriefContent | None = None
        self._outline: Outline | None = None
        self._keeping = 0
        self._when_made = ""
        self._again = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._connect_signals()
        self.start()

    def choices(self) -> Sequence[QWidget]:
        self.paper = QuietCombo()
        self.paper.setAccessibleName(_("Paper"))
        self.paper.addItems(PAPERS)
        self.edit = make_action(_("Edit"), self, shortcut="Ctrl+E")
        self.edit.setCheckable(True)
        self.undo = make_action(_("Undo"), self, shortcut="Ctrl+Z")
        self.redo = make_action(_("Redo"), self, shortcut="Ctrl+Shift+Z")
        return (self.paper,)

    def further_actions(self) -> Sequence[QAction]:
        return (self.edit,)

    def beside(self) -> QWidget | None:
        self.editor = BriefEditor()
        for action in self.editor.commands():
            self.addAction(action)
        self.editor.hide()
        return self.editor

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        half = round(event.size().width() * _MOST_BESIDE)
        self.editor.setFixedWidth(min(theme().px(WIDTH), half))

    def _connect_signals(self) -> None:
        self.paper.currentTextChanged.connect(self._paper_chosen)
        self.edit.toggled.connect(self._show_editor)
        self.undo.triggered.connect(self._context.operations.undo)
        self.redo.triggered.connect(self._context.operations.redo)
        self.editor.edits_wanted.connect(self._edit)
        self.editor.source_wanted.connect(self._go_to_source)
        self.editor.question_wanted.connect(self._take_question)
        self._context.bus.changed.connect(self._data_changed)
        self._again.timeout.connect(self._read)

    @property
    def print_paper(self) -> str:
        return self.paper.currentText()

    @property
    def file_name(self) -> str:
        assert self._content is not None, "saving is offered when there is something to save"
        day = self._content.today.content.isoformat()
        return f"{file_stem(self._content.account.content.name)[:80]} {day}"

    # Reading and making ---------------------------------------------------------------------------

    def start(self) -> None:
        self.wait()
        self._read()

    def _read(self) -> None:
        context = self._context
        context.lanes.read(
            self, read_brief, self._account_id, self._meeting_id, context.clock, home_zone(),
            on_done=self._content_arrived, on_error=self.show_failure, title=_("Reading the brief"),
        )  # fmt: skip

    def _data_changed(self, _changes: ChangeSet) -> None:
        if self._content is not None:
            self._again.start()

    def _content_arrived(self, read: ReadBrief) -> None:
        content = read.content
        if self._keeping and self._content is not None:
            # What was just changed here is newer than what could be read.
            content = replace(content, edits=self._content.edits)
        if self._content is not None and content == replace(self._content, made_at=content.made_at):
            return
        self._content, self._outline = content, read.outline
        # What is changed from now on belongs to this meeting, also when another becomes the next.
        self._meeting_id = self._meeting_of_brief() or None
        name = content.account.content.name
        self.setWindowTitle(_("Brief: {account}").format(account=name))
        self._show_lines()
        self._make()

    def _paper_chosen(self, _paper: str) -> None:
        if self._content is not None:
            self._make()

    def _make(self) -> None:
        self._context.lanes.io(
            self, make_pdf, self.begin(), self._content, self.paper.currentText(),
            on_done=self.show_pdf, on_error=self.show_failure, title=_("Making the brief"),
        )  # fmt: skip

    def show_pdf(self, made: MadePdf) -> None:
        super().show_pdf(made)
        waiting, self._when_made = self._when_made, ""
        if not self.print_pages.isEnabled():
            self._when_made = waiting
        elif waiting == "print":
            super()._ask_printer()
        elif waiting == "save":
            super()._ask_where()

    # What is typed is printed and saved too, once it is on the pages.

    def _ask_printer(self) -> None:
        self.editor.commit_drafts()
        if self.print_pages.isEnabled():
            super()._ask_printer()
        else:
            self._when_made = "print"

    def _ask_where(self) -> None:
        self.editor.commit_drafts()
        if self.save.isEnabled():
            super()._ask_where()
        else:
            self._when_made = "save"

    # Changing -------------------------------------------------------------------------------------

    def _show_editor(self, shown: bool) -> None:
        self.edit.setText(_("Done") if shown else _("Edit"))
        room = theme().px(WIDTH)
        if shown:
            self.resize(self._with_room(room))
            self.editor.show()
            self.editor.focus_list()
        else:
            self.editor.commit_drafts()
            self.editor.hide()
            self._browser.setFocus()

    def _with_room(self, more: int) -> QSize:
        """The size with room beside the pages, as far as the screen has it."""
        wanted = self.size() + QSize(more, 0)
        return wanted.boundedTo(self.screen().availableSize())

    def _show_lines(self) -> None:
        assert self._content is not None, "lines are shown when there are some"
        assert self._outline is not None, "lines are shown when there are some"
        edits = for_colleague(self._content.edits)
        generated = for_colleague(self._outline)
        self.editor.show_brief(
            edits, applied(edits, generated), editable=bool(self._meeting_of_brief())
        )

    def _meeting_of_brief(self) -> str:
        """The meeting its changes are kept with; '' when none is planned."""
        meeting = for_colleague(self._content.meeting) if self._content else None
        return meeting.id if meeting else ""

    def _edit(self, edits: BriefEdits, label: str) -> None:
        self._show_edits(edits)
        self._keeping += 1
        self._context.operations.run(
            self, label, brief_changes.keep_brief, self._meeting_of_brief(), edits,
            on_done=self._kept, on_error=self._not_kept,
        )  # fmt: skip

    def _show_edits(self, edits: BriefEdits) -> None:
        assert self._content is not None, "only what is shown can be edited"
        self._content = replace(self._content, edits=Internal(edits))
        self._show_lines()
        self._make()

    def _take_question(self, line: EditedLine) -> None:
        assert self._content is not None, "only what is shown can be taken"
        edits = None
        if line.reworded:
            # In other words it would be proposed again beside the question it became.
            now = for_colleague(self._content.edits)
            edits = now.with_words(line.line.key, None).with_line(
                line.line.key, line.line.basis, shown=False
            )
        self._keeping += 1
        self._context.operations.run(
            self, _("Add a question to a meeting"), brief_changes.take_question,
            self._meeting_of_brief(), line.text,
            fields={"person_id": line.line.person_id, "edits": edits},
            on_done=self._kept, on_error=self._not_kept,
        )  # fmt: skip

    def _kept(self, _result: object) -> None:
        self._keeping -= 1

    def _not_kept(self, error: BaseException) -> None:
        self._keeping -= 1
        self.tell_problem(error)
        self._read()

    def _go_to_source(self, source: Source) -> None:
        """Go to where a line comes from; the window would lie over it, so it closes."""
        self._context.navigator.open(source.page, **dict(source.params))
        self.close()

    def done(self, result: int) -> None:
        self.editor.commit_drafts()
        super().done(result)


def open_brief_preview(
    context: AppContext,
    account_id: str,
    meeting_id: str | None = None,
    parent: QWidget | None = None,
) -> BriefPreview:
    """Open the brief of an account (for its next meeting, unless one is given) in a window.

    Returns at once; the window owns itself and is freed when it is closed.
    """
    preview = BriefPreview(context, account_id, meeting_id, parent or QApplication.activeWindow())
    preview.show()
    return preview
