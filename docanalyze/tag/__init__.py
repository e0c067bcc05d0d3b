"""Text -> mentions: each tagger is `find_x(text, lexicon) -> Iterator[Mention]` and sees text only."""
