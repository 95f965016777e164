"""The relationship map: people as cards, ties as lines, and the panel that edits them."""
