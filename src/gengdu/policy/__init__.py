"""The notice and the standards it points to, as dated, quoted data; asked for by name and day."""
