"""Judgements about a person: how fresh they are, where they come from, and help to make them."""
