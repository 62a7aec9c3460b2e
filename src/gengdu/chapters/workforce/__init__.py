"""Chapter 四: heads and teachers."""
