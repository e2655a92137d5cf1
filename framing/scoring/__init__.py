"""Paragraphs to scores and cues: VADER, masking, rules, voices."""
