"""Stores what cards bring beside a person's fields: the text to keep, and the photo."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.plans import ImportPlan
from kam_desktop.services.exchange.tables import NO_PROGRESS, TaskProgress

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def keep_cards(work: UnitOfWork, plan: ImportPlan, progress: TaskProgress = NO_PROGRESS) -> None:
    """Keep the cards of a plan whose people are stored already. Raises `CancelledError`.

    A photo that turns out not to be readable is left out; its card is kept all the same.
    """
    from kam_desktop.models.registry import PersonVCard
    from kam_desktop.services.photos import set_photo

    cards = [
        (row.record_id, row.card) for one in plan.tables for row in one.rows if row.card is not None
    ]
    new = []
    for person_id, card in cards:
        done = work.execute(
            "UPDATE person_vcard SET text = ? WHERE person_id = ? AND deleted_at IS NULL",
            (card.text, person_id),
        )
        if not done:
            new.append({"person_id": person_id, "text": card.text})
    work.bulk_insert(PersonVCard, new)
    photos = [(person_id, card.photo) for person_id, card in cards if card.photo is not None]
    for number, (person_id, photo) in enumerate(photos):
        progress.step(number, len(photos))
        with contextlib.suppress(UserError):
            set_photo(work, person_id, photo)
