"""The fields of a person in groups that open and close: who, the decision, how they stand …"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import ClaimField, DecisionRole, RelationshipLevel
from kam_desktop.services import words
from kam_desktop.services.analysis.levels import next_level
from kam_desktop.services.claim_words import value_words
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.person_detail import PersonDetail
from kam_desktop.ui.relationship_map.form_section import FormSection
from kam_desktop.ui.relationship_map.judgement.judged_field import JudgedField
from kam_desktop.ui.relationship_map.person_fields import make_editors, show_detail
from kam_desktop.ui.relationship_map.role_chips import RoleChips
from kam_desktop.ui.relationship_map.tie_list import TieList
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, Scroller, text_label


class PersonForm(Scroller):
    """Lays the fields out and fills them; what is typed and pressed is up to `PersonEditor`."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = make_editors(context.clock.today())
        self.judged = {field: JudgedField(field, self.fields[field.value]) for field in ClaimField}
        self.roles = RoleChips()
        self.ties = TieList(context)
        self.external = QCheckBox(_("Not employed here (adviser, partner)"))
        self.email_hint = text_label("", "hint", wrap=True)
        self.email_hint.hide()
        self.way = text_label("", "hint", wrap=True)
        self.gone = text_label("", wrap=True)
        self.left = Button(_("Has left the company…"), icon_name="log-out")
        self.vacate = Button(_("Leave the seat vacant"), icon_name="user-x")
        self.delete = Button(_("Delete"), icon_name="trash-2")
        self.link = Button(_("Add a tie"), "quiet", icon_name="link")
        self.who = FormSection(_("Who"))
        self.decision = FormSection(_("Role in the decision"))
        self.standing = FormSection(_("How they stand"))
        self.contact = FormSection(_("Contact and notes"), is_open=False)
        self.tied = FormSection(_("Ties"))
        self.leaving = FormSection(_("Leaving"), is_open=False)
        self._build()

    def sections(self) -> tuple[FormSection, ...]:
        """The groups, from top to bottom."""
        return (self.who, self.decision, self.standing, self.contact, self.tied, self.leaving)

    def _build(self) -> None:
        px = theme().px
        self.column.setSpacing(px(Space.S))
        self.column.setContentsMargins(px(2), px(2), px(Space.S), px(Space.S))
        for section in self.sections():
            self.column.addWidget(section)
        self.column.addStretch(1)
        fields = self.fields
        for name in ("name", "title", "buying_centre_id"):
            self.who.column.addWidget(fields[name])
        self.who.column.addWidget(self.external)
        self.decision.column.addWidget(self.roles)
        self._build_standing(self.standing.column)
        self._pair(self.contact.column, "email")
        self.contact.column.addWidget(self.email_hint)
        for names in (("phone", "mobile"), ("languages", "cadence_days"), ("owner_id",)):
            self._pair(self.contact.column, *names)
        self.contact.column.addWidget(fields["about"])
        self.tied.column.addWidget(self.ties)
        self.tied.column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.gone, self.left, self.vacate, self.delete):
            self.leaving.column.addWidget(widget)

    def _build_standing(self, column: QVBoxLayout) -> None:
        judged = self.judged
        for field in (ClaimField.SUPPORT, ClaimField.INFLUENCE, ClaimField.COVERAGE):
            column.addWidget(judged[field])
        column.addWidget(judged[ClaimField.LEVEL])
        column.addWidget(self.fields["level_wanted"])
        column.addWidget(self.way)
        self._pair(column, "step", "step_due")
        column.addWidget(judged[ClaimField.ORIENTATION])
        column.addWidget(self.fields["style"])

    def _pair(self, column: QVBoxLayout, *names: str) -> None:
        """Fields side by side."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(Space.S))
        for at, name in enumerate(names):
            grid.addWidget(self.fields[name], 0, at, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at, 1)
        column.addLayout(grid)

    def show_detail(self, detail: PersonDetail, today: dt.date) -> None:
        """Fill in what is known; drafts stay."""
        show_detail(self.fields, detail)
        for field, judged in self.judged.items():
            known = getattr(detail, field.value) is not None
            judged.show_judged(detail.judged[field], today, known=known)
        self.roles.show_detail(detail)
        self.ties.show_ties(detail.ties)
        self.external.setChecked(detail.external)
        self._show_way(detail)
        self._show_leaving(detail)
        self._summarise(detail)

    def _show_way(self, detail: PersonDetail) -> None:
        following = next_level(detail.level, detail.level_wanted)
        if following is not None:
            text = _("The next level on the way: {level}.").format(level=words.word(following))
        elif detail.level is not None and detail.level_wanted is not None:
            text = _("They see us as we wish.")
        elif detail.level_wanted is not None:
            text = _("First find out how they see us now.")
        else:
            text = ""
        self.way.setText(text)
        self.way.setVisible(bool(text))
        on_the_way = following is not None or bool(detail.step) or detail.step_due is not None
        for name in ("step", "step_due"):
            self.fields[name].setVisible(on_the_way)

    def _show_leaving(self, detail: PersonDetail) -> None:
        gone = detail.left_on is not None
        self.left.setText(_("Is back") if gone else _("Has left the company…"))
        self.left.setVisible(not detail.vacant)
        self.vacate.setVisible(not detail.vacant and not gone and bool(detail.title))
        self.gone.setText(_gone_words(detail))
        self.gone.setVisible(gone)

    def _summarise(self, detail: PersonDetail) -> None:
        """What each group says while it is closed."""
        centre = dict(detail.buying_centres).get(detail.buying_centre_id or "", "")
        self.who.set_summary(joined([detail.title, centre]))
        roles = dict.fromkeys(words.word(DecisionRole(held.role)) for held in detail.roles)
        self.decision.set_summary(", ".join(roles) or _("none noted"))
        self.standing.set_summary(
            joined(
                [
                    value_words(ClaimField.SUPPORT, detail.support),
                    _("influence {value}").format(
                        value="?" if detail.influence is None else detail.influence
                    ),
                    "" if detail.level is None else words.word(RelationshipLevel(detail.level)),
                ]
            )
        )
        owner = dict(detail.team).get(detail.owner_id or "", "")
        reach = detail.email or detail.mobile or detail.phone
        notes = " ".join(detail.about.split())
        self.contact.set_summary(joined([reach, owner, notes]) or _("nothing noted"))
        count = len(detail.ties)
        self.tied.set_summary(ngettext("{count} tie", "{count} ties", count).format(count=count))
        self.leaving.set_summary(_gone_words(detail))


def _gone_words(detail: PersonDetail) -> str:
    """When somebody left and where to; empty while they are there."""
    if detail.left_on is None:
        return ""
    from kam_desktop.services.formatting import date

    left = _("Left on {day}").format(day=date(detail.left_on))
    return joined([left, detail.went_to])
