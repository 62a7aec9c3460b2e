"""Towns, villages and communities with their dated codes; keeper: the statistics office."""
