"""Generated tables in the shapes of official statistics, typeset by two producers and read back."""
