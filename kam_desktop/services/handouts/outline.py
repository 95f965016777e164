"""The brief as sections of lines, each with its words, the facts it says and where they are kept.

Pure: a function of the content and the language in force. Paper and the list beside the preview
both show these lines, so that what can be left out or reworded is what is printed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from kam_desktop.services.handouts.audience import Internal
from kam_desktop.services.handouts.content import (
    AccountHead,
    Change,
    MeetingHead,
    OpenItem,
    PersonCard,
    Promise,
    Remark,
    Revenue,
    Task,
)
from kam_desktop.services.queries.brief import ContractRow, DealRow
from kam_desktop.services.queries.meetings import PointRow


class SectionKey(StrEnum):
    """The sections of a brief in the order in which they are generated."""

    AIM = "aim"
    WHO = "who"
    AGENDA = "agenda"
    PROMISES = "promises"
    ACTIONS = "actions"
    QUESTIONS = "questions"
    OBJECTIONS = "objections"
    CHANGES = "changes"
    HEALTH = "health"
    RISKS = "risks"
    PREPARATION = "preparation"
    DEALS = "deals"
    CONTRACTS = "contracts"
    REVENUE = "revenue"


MAIN = (
    SectionKey.WHO,
    SectionKey.AGENDA,
    SectionKey.PROMISES,
    SectionKey.ACTIONS,
    SectionKey.QUESTIONS,
    SectionKey.OBJECTIONS,
    SectionKey.CHANGES,
)
"""The sections of the wide column."""

SIDE = (
    SectionKey.HEALTH,
    SectionKey.RISKS,
    SectionKey.PREPARATION,
    SectionKey.DEALS,
    SectionKey.CONTRACTS,
    SectionKey.REVENUE,
)
"""The sections of the narrow column."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the program a statement comes from: a page and what it is to show."""

    page: str
    params: tuple[tuple[str, str], ...] = ()


class Figure(StrEnum):
    """What is drawn of the health score."""

    SCORE = "score"
    VETO = "veto"
    STEP = "step"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class HealthFigure:
    """A part of the health score; ``at`` counts vetoes and steps."""

    figure: Figure
    at: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A text under a short label, such as what came out of the meeting before."""

    label: str


Fact = (
    PersonCard | Promise | Task | Remark | Change | Told | PointRow | OpenItem | DealRow
    | ContractRow | Revenue | HealthFigure | None
)  # fmt: skip
"""What a line is about, for drawing it; None for a line of the user's own."""


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One statement. ``text`` is what can be reworded, ``label`` the words fixed before it.

    ``basis`` marks the facts it was made from, whatever the language; ``importance`` says what
    stays longest when not all fits. ``group`` is its heading within the section. ``person_id`` is
    whom it is about, for a question.
    """

    key: str
    text: str
    fact: Fact = None
    source: Source | None = None
    basis: str = ""
    label: str = ""
    group: str = ""
    importance: int = 0
    rewordable: bool = True
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class BriefSection:
    """A section with its lines. ``point`` stands beside the title, ``empty`` where no line is.

    ``more`` is how many further lines the portfolio holds.
    """

    key: SectionKey
    title: str
    lines: tuple[BriefLine, ...]
    point: str = ""
    empty: str = ""
    more: int = 0
    source: Source | None = None


Outline = Internal[tuple[BriefSection, ...]]
"""All sections, those without lines too: judgements stand beside names, so it is for us alone."""


def basis_of(*facts: object) -> str:
    """A short mark of some facts; other facts give another one."""
    return hashlib.sha256(repr(facts).encode("utf-8", "replace")).hexdigest()[:16]


class Places:
    """Where the statements of one brief come from."""

    def __init__(self, account: AccountHead, meeting: MeetingHead | None) -> None:
        self._account_id = account.id
        self._meeting_id = meeting.id if meeting else ""

    def account(self, section: str) -> Source:
        """A section of the dossier."""
        return Source("account", (("account_id", self._account_id), ("section", section)))

    def person(self, person_id: str) -> Source:
        """Somebody on the map; the map itself without an id."""
        if not person_id:
            return self.account("map")
        where = (("account_id", self._account_id), ("person_id", person_id), ("section", "map"))
        return Source("account", where)

    def meeting(self, part: str) -> Source | None:
        """A part of the meeting, if there is one."""
        if not self._meeting_id:
            return None
        return Source("meetings", (("meeting_id", self._meeting_id), ("part", part)))

    def other_meeting(self, meeting_id: str) -> Source:
        """Another meeting."""
        return Source("meetings", (("meeting_id", meeting_id),))

    def health(self) -> Source:
        """The health of the account."""
        return Source("health", (("account_id", self._account_id),))
