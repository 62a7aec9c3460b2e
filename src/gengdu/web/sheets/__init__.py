"""Pages that every declared register gets: list, detail, form, history, export, import."""
