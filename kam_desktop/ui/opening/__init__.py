"""What comes before the window: making a portfolio, opening one, and what can go wrong."""
