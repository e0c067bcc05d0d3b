"""Whether printed figures agree with each other: relations, findings, and what could not be checked."""
