"""An invented district that looks real, at any size, always the same for the same seed."""
