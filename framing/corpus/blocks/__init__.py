"""Blocks of an article and their roles: headline, standfirst, body, caption and so on."""
