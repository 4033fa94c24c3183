"""What the words mean: records, validation, indicators, which version wins."""
