"""Django's PostgreSQL, but null sorts before everything else, as it does on SQLite."""
