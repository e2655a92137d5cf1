"""Is the lexicon right in this corpus? Coding sheets, agreement, precision and recall."""
