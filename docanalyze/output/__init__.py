"""Values -> JSON, JSON Lines, CSV and the terminal. Imports `core` only."""
