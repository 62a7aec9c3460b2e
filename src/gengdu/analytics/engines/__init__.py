"""The places where indicator SQL can run; nothing else speaks to DuckDB or Spark."""
