"""Chapter 一: the whole school environment educates."""
