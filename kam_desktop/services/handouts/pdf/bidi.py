"""Which way text runs: the implicit rules of the Unicode Bidirectional Algorithm (UAX #9).

Explicit embeddings, overrides and isolates are taken out of the text beforehand (see `clean`), so
one paragraph is one run sequence and the rules P2–P3, W1–W7, N0–N2, I1–I2, L1 and L2 are enough.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_OPENING = "([{⁅〈⟦⟨⟪「『【〔（［｛"
_CLOSING = ")]}⁆〉⟧⟩⟫」』】〕）］｝"
_PAIRS = dict(zip(_OPENING, _CLOSING, strict=True))
_MAX_OPEN_BRACKETS = 63
_STRONG = {"L": 0, "R": 1, "EN": 1, "AN": 1}
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})


def base_level(text: str) -> int:
    """0 for a paragraph that starts left to right, 1 for right to left (P2, P3)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return 1
        if kind == "L":
            return 0
    return 0


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character; even levels run left to right."""
    if base == 0 and text.isascii():
        return [0] * len(text)
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    # Characters without a width of their own (BN) take no part; they follow what precedes them.
    places = [place for place, kind in enumerate(kinds) if kind != "BN"]
    resolved = [kinds[place] for place in places]
    start = "R" if base else "L"
    _resolve_weak(resolved, start)
    _resolve_brackets([text[place] for place in places], resolved, start)
    _resolve_neutral(resolved, start)
    result = [base] * len(text)
    for place, kind in zip(places, resolved, strict=True):
        result[place] = _level(kind, base)
    for place, kind in enumerate(kinds):
        if kind == "BN" and place:
            result[place] = result[place - 1]
    return _reset_trailing_space(kinds, result, base)


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """The indices of runs in the order they stand from left to right (L2)."""
    order = list(range(len(run_levels)))
    highest = max(run_levels, default=0)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(order):
            if run_levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order


def _level(kind: str, base: int) -> int:
    if base % 2 == 0:
        return base + {"L": 0, "R": 1}.get(kind, 2)
    return base + (0 if kind == "R" else 1)


def _resolve_weak(kinds: list[str], start: str) -> None:
    """W1 … W7, in place."""
    previous, strong = start, start
    for place, original in enumerate(kinds):
        kind = previous if original == "NSM" else original
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        previous = kinds[place] = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    _join_numbers(kinds)
    strong = start
    for place, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _join_numbers(kinds: list[str]) -> None:
    """W4 and W5: separators inside and signs beside a number belong to it."""
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and (
            (kind == "CS" and before in ("EN", "AN")) or (kind == "ES" and before == "EN")
        ):
            kinds[place] = before
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        touches = (place and kinds[place - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")
        if end > place and touches:
            kinds[place:end] = ["EN"] * (end - place)
        place = max(end, place + 1)


def _bracket_pairs(chars: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """The matched pairs of brackets that are still neutral, by opening place (BD16)."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, char in enumerate(chars):
        if kinds[place] != "ON":
            continue
        if char in _PAIRS:
            if len(opened) == _MAX_OPEN_BRACKETS:
                return []
            opened.append((_PAIRS[char], place))
        elif char in _CLOSING:
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == char:
                    pairs.append((opened[depth][1], place))
                    del opened[depth:]
                    break
    return sorted(pairs)


def _resolve_brackets(chars: Sequence[str], kinds: list[str], start: str) -> None:
    """N0: a pair of brackets takes the direction of what it encloses, or of what precedes it."""
    for opening, closing in _bracket_pairs(chars, kinds):
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if start in inside:
            found = start
        elif inside:
            before = [_direction(kind) for kind in kinds[:opening]]
            context = next((side for side in reversed(before) if side), start)
            found = context if context in inside else start
        else:
            continue
        kinds[opening] = kinds[closing] = found


def _direction(kind: str) -> str:
    return "" if kind not in _STRONG else "LR"[_STRONG[kind]]


def _resolve_neutral(kinds: list[str], start: str) -> None:
    """N1 and N2: neutrals between equal directions take it, others the paragraph's."""
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > place:
            before = _direction(kinds[place - 1]) if place else start
            after = _direction(kinds[end]) if end < len(kinds) else start
            kinds[place:end] = [before if before == after else start] * (end - place)
        place = max(end, place + 1)


def _reset_trailing_space(kinds: Sequence[str], result: list[int], base: int) -> list[int]:
    for place in range(len(kinds) - 1, -1, -1):
        if kinds[place] not in ("WS", "S", "B", "BN"):
            break
        result[place] = base
    return result
