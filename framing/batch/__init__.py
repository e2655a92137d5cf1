"""Many reports from one plan."""
