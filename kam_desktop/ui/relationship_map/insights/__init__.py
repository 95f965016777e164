"""Thinking with a map: what it says, beside it."""
