"""Schools and kindergartens with dated names, places and flags; keeper: the education bureau."""
