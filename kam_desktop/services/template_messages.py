"""Collects the texts of the built-in templates for translation.

Given to Babel as the extraction method ``kam_desktop.services.template_messages:extract`` for
``resources/templates/*.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

TRANSLATED = ("name", "text", "evidence")
"""The members of a template file that people read."""


def extract(
    fileobj: IO[bytes],
    _keywords: Sequence[str],
    _comment_tags: Sequence[str],
    options: dict[str, Any],  # noqa: ARG001 - Babel passes it by this name
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield (line, function, message, comments) of each text, as Babel asks its extractors to."""
    source = fileobj.read().decode("utf-8")
    for message in _messages(json.loads(source)):
        line = source[: source.index(json.dumps(message, ensure_ascii=False))].count("\n") + 1
        yield line, "_", message, []


def _messages(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in TRANSLATED and isinstance(value, str):
                yield value
            else:
                yield from _messages(value)
    elif isinstance(node, list):
        for value in node:
            yield from _messages(value)
