"""Chapter 三: school buildings, equipment and siting."""
