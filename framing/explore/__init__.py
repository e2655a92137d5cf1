"""What the numbers are made of: keyness, breakdown, concordance, attribution, overlap."""
