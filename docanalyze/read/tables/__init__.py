"""Tables of a page: ruled, partly ruled and without rules."""
