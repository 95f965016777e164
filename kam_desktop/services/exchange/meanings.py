"""What the words of other systems mean in ours: deal states, kinds of contact, identifiers."""

from __future__ import annotations

import re
import unicodedata

from kam_desktop.models.vocabulary import InteractionKind, OpportunityState, Tier
from kam_desktop.services.words import word as word_of

_WON = ("closed won", "closedwon", "won", "gewonnen", "ganado", "ganada", "gagne", "gagnee")
_LOST = (
    "closed lost", "closedlost", "lost", "verloren", "perdido", "perdida", "perdu", "perdue",
    "canceled", "cancelled", "abandoned", "dropped",
)  # fmt: skip
_OPEN = ("open", "offen", "abierto", "abierta", "ouvert", "ouverte", "in progress", "new")
_STATES = (
    (_WON, OpportunityState.WON),
    (_LOST, OpportunityState.LOST),
    (_OPEN, OpportunityState.OPEN),
)
_KINDS: tuple[tuple[str, InteractionKind], ...] = (
    ("video", InteractionKind.VIDEO),
    ("teams", InteractionKind.VIDEO),
    ("zoom", InteractionKind.VIDEO),
    ("call", InteractionKind.CALL),
    ("phone", InteractionKind.CALL),
    ("anruf", InteractionKind.CALL),
    ("telefon", InteractionKind.CALL),
    ("llamada", InteractionKind.CALL),
    ("appel", InteractionKind.CALL),
    ("mail", InteractionKind.EMAIL_ONE_WAY),
    ("correo", InteractionKind.EMAIL_ONE_WAY),
    ("courriel", InteractionKind.EMAIL_ONE_WAY),
    ("newsletter", InteractionKind.EMAIL_ONE_WAY),
    ("lunch", InteractionKind.INFORMAL),
    ("dinner", InteractionKind.INFORMAL),
    ("essen", InteractionKind.INFORMAL),
    ("informal", InteractionKind.INFORMAL),
    ("training", InteractionKind.TRAINING),
    ("schulung", InteractionKind.TRAINING),
    ("formation", InteractionKind.TRAINING),
    ("visit", InteractionKind.VISIT),
    ("meeting", InteractionKind.VISIT),
    ("besuch", InteractionKind.VISIT),
    ("termin", InteractionKind.VISIT),
    ("treffen", InteractionKind.VISIT),
    ("visita", InteractionKind.VISIT),
    ("reunion", InteractionKind.VISIT),
    ("appointment", InteractionKind.VISIT),
    ("event", InteractionKind.EVENT),
    ("messe", InteractionKind.EVENT),
    ("evento", InteractionKind.EVENT),
)
_SALESFORCE_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?")
_SALESFORCE_PREFIXES = ("001", "003", "006", "00Q", "00T", "00U", "801", "500", "701")
_SUFFIX_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_UNDONE = frozenset(
    {
        "false", "no", "0", "to do", "todo", "open", "planned", "scheduled", "not started",
        "in progress", "nein", "offen", "geplant", "pendiente", "non", "a faire", "cancelled",
        "canceled", "missed", "overdue",
    }
)  # fmt: skip


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def deal_state(
    stage: str, status: str, is_closed: bool | None, is_won: bool | None
) -> OpportunityState | None:
    """Open, won or lost, from the plainest of what the source says; None when it says nothing."""
    if is_won:
        return OpportunityState.WON
    if is_closed is not None:
        return OpportunityState.LOST if is_closed else OpportunityState.OPEN
    for words in (_fold(status), _fold(stage)):
        for meant, state in _STATES:
            if words in meant:
                return state
    return OpportunityState.OPEN if stage else None


def contact_kind(word: str) -> InteractionKind:
    """The kind of contact a source's word stands for; *call* when it says nothing known.

    Our own stored values are understood as they are.
    """
    folded = _fold(word)
    own = folded.replace(" ", "_").replace("-", "_")
    if own in InteractionKind.__members__.values():
        return InteractionKind(own)
    for part, kind in _KINDS:
        if part in folded:
            return kind
    return InteractionKind.CALL


def account_tier(word: str) -> Tier | None:
    """The tier a source's word stands for; None when it is none of ours (``A``, ``Gold``).

    The stored values are understood, and the words on screen with or without *account*.
    """
    folded = _fold(word.replace("-", " ")).removesuffix(" account").removesuffix(" key")
    for tier in Tier:
        shown = _fold(word_of(tier))
        if folded in (tier.value, shown) or _fold(word) == shown:
            return tier
    return None


def is_undone(word: str) -> bool:
    """Whether a source says an activity has not taken place."""
    return _fold(word) in _UNDONE


def is_salesforce_id(key: str) -> bool:
    """Whether a key has the shape of an identifier of a Salesforce account, contact or deal."""
    return key.startswith(_SALESFORCE_PREFIXES) and _SALESFORCE_ID.fullmatch(key) is not None


def same_key(system: str, key: str) -> str:
    """A key in the one form it is kept in: Salesforce's 15 characters become the 18 they stand for.

    The three added characters tell upper from lower case, five at a time.
    """
    if system != "salesforce" or len(key) != 15 or not is_salesforce_id(key):
        return key
    suffix = ""
    for start in (0, 5, 10):
        bits = sum(1 << at for at, char in enumerate(key[start : start + 5]) if char.isupper())
        suffix += _SUFFIX_CHARACTERS[bits]
    return key + suffix
