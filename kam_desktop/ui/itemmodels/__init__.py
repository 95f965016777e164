"""Qt item models over the rows that queries return."""
