"""What hangs on a person, and how each of it passes to another: one function per relation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.storage import trash

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people by id: the one who stays and the one who goes, with their accounts."""

    keep: str
    other: str
    keep_account: str
    other_account: str

    @property
    def accounts_differ(self) -> bool:
        return self.keep_account != self.other_account


Told = Iterable[str]
Move = Callable[["UnitOfWork", Pair], Told]


def _pass_on(table: str, column: str) -> Move:
    """Everything of a table, also what lies in the trash: restored, it belongs to who is left."""

    def move(work: UnitOfWork, pair: Pair) -> Told:
        work.execute(
            f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?', (pair.keep, pair.other)
        )
        return ()

    return move


def _move_claims(work: UnitOfWork, pair: Pair) -> Told:
    work.execute(
        "UPDATE claim SET person_id = ? WHERE person_id = ? AND deleted_at IS NULL",
        (pair.keep, pair.other),
    )
    return ()


def _move_roles(work: UnitOfWork, pair: Pair) -> Told:
    """A role both hold is held once; in another account's buying centre it loses the centre."""
    told = []
    if pair.accounts_differ:
        lost = work.execute(
            "UPDATE role_in_decision SET buying_centre_id = NULL WHERE person_id = ?"
            " AND deleted_at IS NULL AND buying_centre_id IS NOT NULL",
            (pair.other,),
        )
        if lost:
            told.append(
                ngettext(
                    "{count} role was held in a buying centre of the other account; it is now"
                    " held in the whole account.",
                    "{count} roles were held in buying centres of the other account; they are now"
                    " held in the whole account.",
                    lost,
                ).format(count=lost)
            )
    for role_id, role, centre in work.reader.rows(
        "SELECT id, role, buying_centre_id FROM role_in_decision"
        " WHERE person_id = ? AND deleted_at IS NULL ORDER BY id",
        (pair.other,),
    ):
        work.execute(
            "UPDATE role_in_decision SET person_id = ?1 WHERE id = ?2 AND NOT EXISTS"
            " (SELECT 1 FROM role_in_decision r WHERE r.person_id = ?1 AND r.role = ?3"
            " AND r.buying_centre_id IS ?4 AND r.deleted_at IS NULL)",
            (pair.keep, role_id, role, centre),
        )
    return told


def _move_attendance(work: UnitOfWork, pair: Pair) -> Told:
    """At a meeting both are down for, the person attends once."""
    twice = work.reader.rows(
        "SELECT o.id FROM attendee o JOIN attendee k ON k.meeting_id = o.meeting_id"
        " WHERE o.person_id = ? AND k.person_id = ?"
        " AND o.deleted_at IS NULL AND k.deleted_at IS NULL",
        (pair.other, pair.keep),
    )
    for (attendee_id,) in twice:
        trash.trash(work, "attendee", attendee_id)
    work.execute(
        "UPDATE attendee SET person_id = ? WHERE person_id = ? AND deleted_at IS NULL",
        (pair.keep, pair.other),
    )
    return ()


def _move_touches(work: UnitOfWork, pair: Pair) -> Told:
    """A touch has the person once: as the main one, else as one who took part."""
    work.execute(
        "UPDATE interaction SET person_id = ? WHERE person_id = ?", (pair.keep, pair.other)
    )
    work.execute(
        "UPDATE interaction_person SET person_id = ?1 WHERE person_id = ?2 AND deleted_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM interaction_person p WHERE p.person_id = ?1"
        "  AND p.interaction_id = interaction_person.interaction_id AND p.deleted_at IS NULL)",
        (pair.keep, pair.other),
    )
    twice = work.reader.rows(
        "SELECT p.id FROM interaction_person p JOIN interaction i ON i.id = p.interaction_id"
        " WHERE p.person_id = ?1 AND i.person_id = ?1 AND p.deleted_at IS NULL",
        (pair.keep,),
    )
    for (participant_id,) in twice:
        trash.trash(work, "interaction_person", participant_id)
    return ()


def _move_contacts(work: UnitOfWork, pair: Pair) -> Told:
    """Of two cells of one colleague the one seen later counts; both notes are kept."""
    rows = work.reader.rows(
        'SELECT o.id, o.state, o."on", o.note, k.id, k."on", k.note FROM team_contact o'
        " LEFT JOIN team_contact k ON k.member_id = o.member_id AND k.person_id = ?"
        " AND k.deleted_at IS NULL WHERE o.person_id = ? AND o.deleted_at IS NULL ORDER BY o.id",
        (pair.keep, pair.other),
    )
    for other_id, state, on, note, keep_id, keep_on, keep_note in rows:
        if keep_id is None:
            work.execute(
                "UPDATE team_contact SET person_id = ? WHERE id = ?", (pair.keep, other_id)
            )
            continue
        if (on or "") > (keep_on or ""):
            work.execute(
                'UPDATE team_contact SET state = ?, "on" = ? WHERE id = ?', (state, on, keep_id)
            )
        if note and note != keep_note:
            work.execute(
                "UPDATE team_contact SET note = ? WHERE id = ?", (joined(keep_note, note), keep_id)
            )
    return ()


def joined(first: str, second: str) -> str:
    """Two notes as one."""
    return "\n".join(dict.fromkeys(filter(None, (first, second))))


def _move_places(work: UnitOfWork, pair: Pair) -> Told:
    """The card keeps its place; on maps without it, it takes the other's."""
    work.execute(
        "UPDATE map_position SET person_id = ?1 WHERE person_id = ?2 AND deleted_at IS NULL"
        " AND map_id IN (SELECT id FROM saved_map WHERE account_id = ?3)"
        " AND map_id NOT IN (SELECT map_id FROM map_position"
        "  WHERE person_id = ?1 AND deleted_at IS NULL)",
        (pair.keep, pair.other, pair.keep_account),
    )
    return ()


def _move_card(work: UnitOfWork, pair: Pair) -> Told:
    """Two kept vCards become one with all that either has."""
    from kam_desktop.services.exchange.vcard.kept import combined_texts

    select = (
        "SELECT id, text FROM person_vcard WHERE person_id = ? AND deleted_at IS NULL ORDER BY id"
    )
    kept, moved = work.reader.row(select, (pair.keep,)), work.reader.row(select, (pair.other,))
    if moved is None:
        return ()
    if kept is None:
        work.execute("UPDATE person_vcard SET person_id = ? WHERE id = ?", (pair.keep, moved[0]))
        return ()
    text = combined_texts(kept[1], moved[1])
    if text is None:
        return (_("The second contact card was too long to be added to the first one."),)
    if text != kept[1]:
        work.execute("UPDATE person_vcard SET text = ? WHERE id = ?", (text, kept[0]))
    return ()


def _move_personal(work: UnitOfWork, pair: Pair) -> Told:
    """Personal notes follow; the birthday of the one kept stays their only one."""
    twice = work.reader.rows(
        "SELECT o.id FROM personal_fact o WHERE o.person_id = ? AND o.kind = 'birthday'"
        " AND o.deleted_at IS NULL AND EXISTS (SELECT 1 FROM personal_fact k"
        " WHERE k.person_id = ? AND k.kind = 'birthday' AND k.deleted_at IS NULL)",
        (pair.other, pair.keep),
    )
    for (fact_id,) in twice:
        trash.trash(work, "personal_fact", fact_id)
    work.execute(
        "UPDATE personal_fact SET person_id = ? WHERE person_id = ? AND deleted_at IS NULL",
        (pair.keep, pair.other),
    )
    return ()


def _ties(_work: UnitOfWork, _pair: Pair) -> Told:
    """Moved by `merging_ties`, which has to look at all of them together."""
    return ()


RELATIONS: Mapping[tuple[str, str], Move] = {
    ("tie", "from_id"): _ties,
    ("tie", "to_id"): _ties,
    ("role_in_decision", "person_id"): _move_roles,
    ("claim", "person_id"): _move_claims,
    ("attendee", "person_id"): _move_attendance,
    ("interaction", "person_id"): _move_touches,
    ("interaction_person", "person_id"): _move_touches,
    ("note", "person_id"): _pass_on("note", "person_id"),
    ("commitment", "person_id"): _pass_on("commitment", "person_id"),
    ("opportunity", "person_id"): _pass_on("opportunity", "person_id"),
    ("team_contact", "person_id"): _move_contacts,
    ("map_position", "person_id"): _move_places,
    ("person_vcard", "person_id"): _move_card,
    ("personal_fact", "person_id"): _move_personal,
    ("action", "person_id"): _pass_on("action", "person_id"),
    ("meeting_point", "person_id"): _pass_on("meeting_point", "person_id"),
}
"""Every column that refers to a person, and what moves it."""


def move_mentions(work: UnitOfWork, pair: Pair) -> None:
    """What names a person without a reference: identifiers elsewhere, maps, dismissed questions."""
    work.execute(
        "UPDATE external_ref SET record_id = ? WHERE record_kind = 'person' AND record_id = ?",
        (pair.keep, pair.other),
    )
    for table, column in (("saved_map", "options"), ("dismissed_suggestion", "key")):
        work.execute(
            f'UPDATE "{table}" SET "{column}" = replace("{column}", ?1, ?2)'
            f' WHERE instr("{column}", ?1) > 0',
            (pair.other, pair.keep),
        )
