"""Bodies that lead or help with measures; keeper: the party and government office."""
