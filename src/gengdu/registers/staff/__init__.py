"""Staff with posts, degrees, leadership terms and titles; keeper: the personnel section."""
