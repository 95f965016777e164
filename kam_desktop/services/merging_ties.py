"""How the ties of two people become those of one: no double, no circle, none to oneself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import DIRECTED_TIES, TieKind
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.merging_relations import Pair, joined

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

_COLUMNS = 'id, from_id, to_id, kind, strength, note, "on", source, confidence'


@dataclass(frozen=True, slots=True)
class _Tie:
    id: str
    from_id: str
    to_id: str
    kind: str
    strength: int | None
    note: str
    on: str | None
    source: str | None
    confidence: str | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What two ties that say the same have in common."""
        if self.kind in DIRECTED_TIES:
            return self.kind, self.from_id, self.to_id
        return self.kind, *sorted((self.from_id, self.to_id))  # type: ignore[return-value]

    def with_other(self, tie: _Tie) -> _Tie:
        """This tie with what another one of the same people knows besides."""
        later = tie if (tie.on or "") > (self.on or "") else self
        strengths = [one for one in (later.strength, self.strength, tie.strength) if one]
        known = later if later.source else (self if self.source else tie)
        return replace(
            self,
            strength=strengths[0] if strengths else None,
            note=joined(self.note, tie.note),
            on=later.on,
            source=known.source,
            confidence=known.confidence,
        )


def move_ties(work: UnitOfWork, pair: Pair) -> list[str]:
    """Hang the ties of the one who goes on the one who stays; returns what is to be told.

    Ties between the two, doubles and what would make a circle of reports are left with the one who
    goes. A line of reports into another account becomes an informal tie.
    """
    ties = _ties_of(work, pair)
    mover = _Mover(work, pair, ties)
    for tie in ties:
        if pair.other in (tie.from_id, tie.to_id):
            mover.move(tie)
    mover.write()
    return mover.told()


def _ties_of(work: UnitOfWork, pair: Pair) -> list[_Tie]:
    rows = work.reader.rows(
        f"SELECT {_COLUMNS} FROM tie WHERE deleted_at IS NULL"
        " AND (from_id IN (?1, ?2) OR to_id IN (?1, ?2)) ORDER BY id",
        (pair.keep, pair.other),
    )
    return [_Tie(*row) for row in rows]


class _Mover:
    """Works out the ties of the one who stays, one after the other."""

    def __init__(self, work: UnitOfWork, pair: Pair, ties: Iterable[_Tie]) -> None:
        self._work = work
        self._pair = pair
        self._before = {tie.id: tie for tie in ties}
        self._now = {
            tie.key: tie
            for tie in self._before.values()
            if pair.other not in (tie.from_id, tie.to_id)
        }
        self._managers = _Managers(work, pair)
        self._between = self._circles = self._changed = 0

    def move(self, tie: _Tie) -> None:
        """Decide about one tie of the one who goes."""
        pair = self._pair
        swap = {pair.other: pair.keep}
        tie = replace(
            tie,
            from_id=swap.get(tie.from_id, tie.from_id),
            to_id=swap.get(tie.to_id, tie.to_id),
        )
        if tie.from_id == tie.to_id:
            self._between += 1
            return
        if tie.kind == TieKind.REPORTS_TO:
            if self._crosses(tie):
                self._changed += 1
                note = joined(tie.note, _("Was a line of reports in the other account."))
                tie = replace(tie, kind=TieKind.INFORMAL.value, note=note)
            elif not self._managers.add(tie.from_id, tie.to_id):
                self._circles += 1
                return
        known = self._now.get(tie.key)
        self._now[tie.key] = tie if known is None else known.with_other(tie)

    def _crosses(self, tie: _Tie) -> bool:
        if not self._pair.accounts_differ:
            return False
        far = tie.to_id if tie.from_id == self._pair.keep else tie.from_id
        account = self._work.reader.value("SELECT account_id FROM person WHERE id = ?", (far,))
        return bool(account != self._pair.keep_account)

    def write(self) -> None:
        """Store what has changed."""
        for tie in self._in_order():
            if tie != self._before[tie.id]:
                self._work.execute(
                    "UPDATE tie SET from_id = ?, to_id = ?, kind = ?, strength = ?, note = ?,"
                    ' "on" = ?, source = ?, confidence = ? WHERE id = ?',
                    (tie.from_id, tie.to_id, tie.kind, tie.strength, tie.note, tie.on,
                     tie.source, tie.confidence, tie.id),
                )  # fmt: skip

    def _in_order(self) -> list[_Tie]:
        """The oldest line of reports is the solid one: it stays that of the one who is kept."""
        keep = self._pair.keep
        lines = [
            tie
            for tie in self._now.values()
            if tie.from_id == keep and tie.kind == TieKind.REPORTS_TO
        ]
        own_first = sorted(lines, key=lambda tie: self._before[tie.id].from_id != keep)
        ids = sorted(tie.id for tie in lines)
        rest = [tie for tie in self._now.values() if tie not in lines]
        return [*rest, *(replace(tie, id=one) for tie, one in zip(own_first, ids, strict=True))]

    def told(self) -> list[str]:
        """What did not stay as it was."""
        told = []
        if self._between:
            text = ngettext(
                "{count} tie between the two is gone.",
                "{count} ties between the two are gone.",
                self._between,
            )
            told.append(text.format(count=self._between))
        if self._circles:
            text = ngettext(
                "{count} line of reports was left out, because it would make a circle.",
                "{count} lines of reports were left out, because they would make a circle.",
                self._circles,
            )
            told.append(text.format(count=self._circles))
        if self._changed:
            text = ngettext(
                "{count} line of reports into the other account is now an informal tie.",
                "{count} lines of reports into the other account are now informal ties.",
                self._changed,
            )
            told.append(text.format(count=self._changed))
        return told


class _Managers:
    """Who reports to whom, without the one who goes."""

    def __init__(self, work: UnitOfWork, pair: Pair) -> None:
        self._of: defaultdict[str, list[str]] = defaultdict(list)
        rows = work.reader.rows(
            "SELECT t.from_id, t.to_id FROM tie t JOIN person p ON p.id = t.from_id"
            " WHERE t.kind = 'reports_to' AND t.deleted_at IS NULL AND p.account_id IN (?1, ?2)"
            " AND ?3 NOT IN (t.from_id, t.to_id)",
            (pair.keep_account, pair.other_account, pair.other),
        )
        for from_id, to_id in rows:
            self._of[from_id].append(to_id)

    def add(self, person_id: str, manager_id: str) -> bool:
        """Add a line unless the manager reports, over any lines, to the person."""
        seen: set[str] = set()
        waiting = [manager_id]
        while waiting:
            at = waiting.pop()
            if at == person_id:
                return False
            if at not in seen:
                seen.add(at)
                waiting.extend(self._of[at])
        self._of[person_id].append(manager_id)
        return True
