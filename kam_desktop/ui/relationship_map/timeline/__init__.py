"""Going back in time with a map."""
