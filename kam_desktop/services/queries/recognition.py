"""Who the people of an invitation or an e-mail are, by their addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kam_desktop.models.text import sort_key

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

MAIL_PROVIDERS = frozenset(
    {
        "aol.com", "fastmail.com", "free.fr", "gmail.com", "gmx.com", "gmx.de", "gmx.net",
        "googlemail.com", "hotmail.com", "icloud.com", "laposte.net", "libero.it", "live.com",
        "mac.com", "mail.ru", "me.com", "msn.com", "naver.com", "orange.fr", "outlook.com",
        "proton.me", "protonmail.com", "qq.com", "t-online.de", "web.de", "yahoo.co.jp",
        "yahoo.com", "yandex.ru", "163.com",
    }
)  # fmt: skip
"""Domains that say nothing about where somebody works."""

_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody found by an address: one of theirs (with an account) or one of ours."""

    id: str
    name: str
    account_id: str = ""

    @property
    def ours(self) -> bool:
        """Whether it is one of our team."""
        return not self.account_id


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody with an address, and the accounts that domains and names stand for.

    An address of two stakeholders stands for the one added first; a domain or name of two accounts
    stands for none.
    """

    people: Mapping[str, tuple[Known, ...]]
    domains: Mapping[str, str]
    names: Mapping[str, str]

    def known(self, email: str, account_id: str = "") -> Known | None:
        """Who has this address; somebody of ``account_id`` before others."""
        found = self.people.get(email.strip().lower(), ())
        return next((each for each in found if each.account_id == account_id), None) or (
            found[0] if found else None
        )

    def account_of_domain(self, email: str) -> str:
        """The only account whose people or website have the address's domain, else ''."""
        return self.domains.get(email.rpartition("@")[2].strip().lower(), "")

    def account_in(self, text: str) -> str:
        """The account with the longest name that stands in ``text`` as whole words, else ''."""
        words = sort_key(text).split()
        for length in range(min(6, len(words)), 0, -1):
            for at in range(len(words) - length + 1):
                found = self.names.get(" ".join(words[at : at + length]), "")
                if found:
                    return found
        return ""


def directory(db: Reader) -> Directory:
    """All addresses at once: a calendar or a mailbox asks for hundreds of them."""
    people: defaultdict[str, list[Known]] = defaultdict(list)
    domains: defaultdict[str, set[str]] = defaultdict(set)
    for member_id, name, email in db.rows(
        "SELECT id, name, email FROM team_member WHERE deleted_at IS NULL AND email <> ''"
    ):
        people[email.strip().lower()].append(Known(member_id, name))
    for person_id, name, email, account_id in db.rows(
        "SELECT p.id, p.name, p.email, p.account_id FROM person p"
        " JOIN account a ON a.id = p.account_id"
        " WHERE p.deleted_at IS NULL AND a.deleted_at IS NULL AND p.email > '' ORDER BY p.id"
    ):
        address = email.strip().lower()
        people[address].append(Known(person_id, name, account_id))
        domains[address.rpartition("@")[2]].add(account_id)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for account_id, name_key, website in db.rows(
        "SELECT id, name_key, website FROM account WHERE deleted_at IS NULL"
    ):
        names[name_key].add(account_id)
        if website:
            domains[_domain(website)].add(account_id)
    ours = {email.rpartition("@")[2] for email, found in people.items() if found[0].ours}
    silent = MAIL_PROVIDERS | ours | {""}
    return Directory(
        {email: tuple(found) for email, found in people.items()},
        {key: found for key, found in _only_ones(domains).items() if key not in silent},
        {key: found for key, found in _only_ones(names).items() if len(key) >= _SHORTEST_NAME},
    )


def _only_ones(found: Mapping[str, Collection[str]]) -> dict[str, str]:
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _domain(website: str) -> str:
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")
