"""The generator of the corpus: annotated sources (`*.report`) in, text, PDF and gold out."""
