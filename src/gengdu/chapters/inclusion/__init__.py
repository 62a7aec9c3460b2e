"""Chapter 六: children with special needs or in difficulty."""
