"""Categories, entries and rules as data, and the formats that dictionaries come in."""
