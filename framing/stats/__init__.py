"""Scores to levels, contrasts, ratios and positions, with articles and events as units."""
