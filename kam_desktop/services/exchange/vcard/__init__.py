"""vCards 2.1, 3.0 and 4.0: read with limits, kept whole, written again (decision 80)."""
