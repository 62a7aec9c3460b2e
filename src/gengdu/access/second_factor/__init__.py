"""The second step of a log-in: a code from the person's own telephone, or a recovery code."""
