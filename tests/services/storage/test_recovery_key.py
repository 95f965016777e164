"""The printed recovery key finds typing mistakes and says where they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.errors import UserError
from kam_desktop.services.storage.recovery_key import GROUPS, SECRET_BYTES, RecoveryKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
secrets = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES).map(RecoveryKey)


@given(secrets)
def test_the_printed_form_reads_back(key: RecoveryKey) -> None:
    assert RecoveryKey.parse(key.text) == key
    assert [len(group) for group in key.text.split("-")] == [5] * GROUPS


@given(secrets, st.sampled_from(["", " ", "-", ".", " - ", "\n"]))
def test_reading_forgives_case_spacing_and_lookalikes(key: RecoveryKey, between: str) -> None:
    typed = key.text.lower().replace("-", between).replace("0", "o").replace("1", "l")
    assert RecoveryKey.parse(typed) == key


@given(secrets, st.integers(0, 39), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found_and_its_group_named(
    key: RecoveryKey, at: int, other: str
) -> None:
    plain = key.text.replace("-", "")
    if plain[at] == other:
        return
    wrong = plain[:at] + other + plain[at + 1 :]
    with pytest.raises(UserError, match=rf"Group {at // 5 + 1} \(") as caught:
        RecoveryKey.parse(wrong)
    assert caught.value.field == "recovery_key"


@given(secrets, st.integers(0, 7), st.integers(0, 3))
def test_two_neighbours_swapped_are_found(key: RecoveryKey, group: int, at: int) -> None:
    groups = key.text.split("-")
    text = groups[group]
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if swapped == text:
        return
    groups[group] = swapped
    with pytest.raises(UserError, match=f"Group {group + 1} "):
        RecoveryKey.parse("-".join(groups))


@given(secrets, st.permutations(range(GROUPS)))
def test_groups_in_the_wrong_order_are_found(key: RecoveryKey, order: list[int]) -> None:
    groups = key.text.split("-")
    typed = "-".join(groups[index] for index in order)
    if typed == key.text:
        return
    with pytest.raises(UserError, match="typing mistake"):
        RecoveryKey.parse(typed)


def test_a_short_group_is_named() -> None:
    groups = RecoveryKey(bytes(SECRET_BYTES)).text.split("-")
    groups[3] = groups[3][:-1]
    with pytest.raises(UserError, match=r"Group 4 "):
        RecoveryKey.parse("-".join(groups))


def test_a_missing_character_without_groups_is_counted() -> None:
    plain = RecoveryKey(bytes(SECRET_BYTES)).text.replace("-", "")
    with pytest.raises(UserError, match="40 characters in 8 groups; 39 were typed"):
        RecoveryKey.parse(plain[:-1])


@given(st.text())
def test_any_text_is_either_a_key_or_a_plain_refusal(text: str) -> None:
    try:
        key = RecoveryKey.parse(text)
    except UserError:
        return
    assert len(key.secret) == SECRET_BYTES


def test_the_secret_is_not_shown_by_accident() -> None:
    key = RecoveryKey.generate()
    assert key.text not in repr(key)
    assert key.secret.hex() not in repr(key)
