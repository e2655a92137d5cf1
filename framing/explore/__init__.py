"""What is behind the scores: keyness, breakdown, attribution, keyword in context, overlap."""
