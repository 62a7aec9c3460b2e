"""Chapter 二: town and country grow together."""
