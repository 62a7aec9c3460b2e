"""Log-in sessions that know whose they are, so that they can be limited, listed and ended."""
