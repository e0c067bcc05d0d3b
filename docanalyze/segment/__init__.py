"""Document -> sections and sentences, each with its exact place in the text."""
