"""What every row is made of: when it was valid, when it was known, whether it was approved."""
