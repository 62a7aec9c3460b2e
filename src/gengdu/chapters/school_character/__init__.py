"""Chapter 五: what makes a rural school its own."""
