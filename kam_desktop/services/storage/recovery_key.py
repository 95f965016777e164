"""The recovery key: 160 random bits, printed as eight groups that check themselves.

Each group is four Crockford base-32 characters (no I, L, O, U) and a check character over GF(32),
so that a slip of the pen (one wrong character, two neighbours swapped, two groups swapped) is found
and the group named. Reading is forgiving: case, spaces and dashes do not matter, O is 0, I and L
are 1.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _, ngettext

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
GROUPS = 8
_GROUP_LENGTH = 5
SECRET_BYTES = 20
# Weights of the four data characters: different from each other and from 1, the weight of the check
# character, which is what finds every single slip and every swap of neighbours.
_WEIGHTS = (2, 4, 8, 16)


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """160 secret bits that open one portfolio; printed on the recovery sheet and stored nowhere."""

    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> RecoveryKey:
        """A new random key."""
        return cls(secrets.token_bytes(SECRET_BYTES))

    @property
    def text(self) -> str:
        """The printed form, e.g. ``7Z2KD-…``: eight groups of five."""
        number = int.from_bytes(self.secret, "big")
        groups = []
        for index in range(GROUPS):
            bits = (number >> (20 * (GROUPS - 1 - index))) & 0xFFFFF
            values = [(bits >> shift) & 31 for shift in (15, 10, 5, 0)]
            groups.append("".join(_ALPHABET[v] for v in (*values, _check(values, index))))
        return "-".join(groups)

    @classmethod
    def parse(cls, text: str) -> RecoveryKey:
        """The key somebody typed. Raises ``UserError`` naming the groups that cannot be right."""
        groups = _split(text)
        wrong = [index for index, group in enumerate(groups) if not _is_sound(group, index)]
        if wrong:
            raise UserError(_wrong_groups(wrong, groups), field="recovery_key")
        number = 0
        for group in groups:
            for char in group[:4]:
                number = number << 5 | _ALPHABET.index(char)
        return cls(number.to_bytes(SECRET_BYTES, "big"))


def _split(text: str) -> list[str]:
    upper = text.upper().translate(_LOOKALIKES)
    parts = re.findall(r"[^\W_]+", upper)
    if len(parts) == GROUPS:
        return parts
    joined = "".join(parts)
    length = GROUPS * _GROUP_LENGTH
    if len(joined) != length:
        raise UserError(
            _(
                "The recovery key has {expected} characters in {groups} groups; {typed} were typed."
            ).format(expected=length, groups=GROUPS, typed=len(joined)),
            field="recovery_key",
        )
    return [joined[start : start + _GROUP_LENGTH] for start in range(0, length, _GROUP_LENGTH)]


def _is_sound(group: str, index: int) -> bool:
    if len(group) != _GROUP_LENGTH or not set(group) <= set(_ALPHABET):
        return False
    values = [_ALPHABET.index(char) for char in group]
    return _check(values[:4], index) == values[4]


def _wrong_groups(wrong: list[int], groups: list[str]) -> str:
    listed = ", ".join(f"{index + 1} ({groups[index]})" for index in wrong)
    return ngettext(
        "Group {groups} of the recovery key has a typing mistake. Compare it with the sheet.",
        "Groups {groups} of the recovery key have a typing mistake. Compare them with the sheet.",
        len(wrong),
    ).format(groups=listed)


def _check(values: list[int], index: int) -> int:
    # The group's number goes in as well, so that groups in the wrong order are noticed.
    total = index + 1
    for value, weight in zip(values, _WEIGHTS, strict=True):
        total ^= _times(value, weight)
    return total


def _times(left: int, right: int) -> int:
    """The product in GF(32) with the polynomial x⁵ + x² + 1."""
    product = 0
    for bit in range(5):
        if right >> bit & 1:
            product ^= left << bit
    for bit in range(8, 4, -1):
        if product >> bit & 1:
            product ^= 0b100101 << (bit - 5)
    return product
