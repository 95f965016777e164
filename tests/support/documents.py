"""Reads the project's Markdown: sections, tables, links, blocks of code."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"


def markdown_files() -> list[Path]:
    """Every document a reader finds, the guide's pages and the decisions among them."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def sections(text: str, level: int = 2) -> dict[str, str]:
    """The text below each heading of ``level``, up to the next heading of it or above."""
    found: dict[str, str] = {}
    title = ""
    for line in _outside_code(text):
        marks, _space, words = line.partition(" ")
        if marks.strip("#") == "" and 0 < len(marks) <= level:
            title = words.strip().strip("`") if len(marks) == level else ""
        elif title:
            found[title] = found.get(title, "") + line + "\n"
    return found


def _outside_code(text: str) -> list[str]:
    """The lines of ``text``; those inside blocks of code indented, so that none is a heading."""
    lines, inside = [], False
    for line in text.splitlines():
        fence = line.startswith("```")
        lines.append(f" {line}" if inside and not fence else line)
        inside ^= fence
    return lines


def rows(text: str) -> list[tuple[str, ...]]:
    """The rows of all tables in ``text``, without their headings."""
    found: list[tuple[str, ...]] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            continue
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        if all(set(cell) <= set("-: ") for cell in cells):
            found.pop()
        else:
            found.append(cells)
    return found


def code_blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)


def links(text: str) -> list[str]:
    """The targets of all links and pictures, in Markdown and in HTML."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    return [
        *re.findall(r"\]\(([^)\s]+)\)", prose),
        *re.findall(r"(?:src|srcset|href)=\"([^\"]+)\"", prose),
    ]


def anchors(text: str) -> set[str]:
    """The names that headings can be linked to by, as GitHub makes them."""
    titles = [line.lstrip("#").strip() for line in _outside_code(text) if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
