"""What each figure measures: its indicator, of when, on what basis, and of which other figure it is said."""
