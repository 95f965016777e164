"""The services without a window on one portfolio: prints milliseconds as JSON."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.figures import median_ms, p95
from bench.start_probe import KEY
from kam_desktop.services.clock import SystemClock
from kam_desktop.services.queries import (
    accounts,
    commercial,
    commitments,
    interactions,
    meetings,
    people,
    today,
)
from kam_desktop.services.queries.search import search
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.reader import Reader

_OWN_WORDS = ("reviewed the pump", "discussed", "audit", "praised compared", "42")


def _search_p95(db: Reader, names: list[str]) -> float:
    samples = []
    for text in (*names, *_OWN_WORDS):
        for length in range(1, len(text) + 1):
            start = time.perf_counter()
            search(db, text[:length], 6)
            samples.append((time.perf_counter() - start) * 1000)
    return p95(samples)


def _first_pages(db: Reader, account_id: str) -> dict[str, float]:
    clock = SystemClock()
    now, day = clock.now(), clock.today()
    lists: dict[str, Callable[[], object]] = {
        "accounts": lambda: accounts.first_account_page(db),
        "people": lambda: people.first_person_page(db),
        "meetings ahead": lambda: meetings.upcoming(db, now),
        "meetings past": lambda: meetings.past(db, now),
        "interactions": lambda: interactions.timeline(db),
        "interactions of an account": lambda: interactions.timeline(db, account_id=account_id),
        "overdue promises": lambda: commitments.overdue(db, day),
        "deals of an account": lambda: commercial.opportunities(db, account_id),
        "revenue of an account": lambda: commercial.revenue_page(db, account_id),
    }
    return {name: median_ms(read) for name, read in lists.items()}


def _brief(db: Reader, account_id: str) -> float:
    from kam_desktop.services.handouts.brief import brief_content
    from kam_desktop.services.handouts.pdf import render_brief

    clock = SystemClock()
    return median_ms(lambda: render_brief(brief_content(db, account_id, clock=clock)), 5)


def _floors(db: Reader) -> dict[str, float]:
    """What the libraries need for the least of it: one match, a hundred ids, an empty page."""
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    def empty_pdf() -> None:
        canvas = Canvas(BytesIO())
        canvas.showPage()
        canvas.save()

    one_match = "SELECT rowid FROM account_words WHERE account_words MATCH '\"a\"*' LIMIT 6"
    hundred = "SELECT id, name FROM person WHERE deleted_at IS NULL ORDER BY name_key, id LIMIT 100"
    return {
        "one_match": median_ms(lambda: db.rows(one_match)),
        "hundred_rows": median_ms(lambda: db.rows(hundred)),
        "empty_pdf": median_ms(empty_pdf),
    }


def main(path: str) -> None:
    """Measure on the portfolio at ``path``."""
    portfolio = Portfolio(Path(path), KEY)
    clock = SystemClock()
    with portfolio.reading() as db:
        ids = random.Random(5).sample(accounts.account_ids(db), 12)
        names = [row.name for row in accounts.account_rows(db, ids)]
        answer = {
            "floors": _floors(db),
            "search_p95": _search_p95(db, names),
            "pages": _first_pages(db, ids[0]),
            "today": median_ms(lambda: today.today_view(db, clock.now(), "Europe/Rome")),
            "brief": _brief(db, ids[0]),
        }
    portfolio.close()
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
