"""The one exception by which the file of a notice is turned away."""


class Unreadable(ValueError):
    """A file of which no text can be had; the message is Chinese and says how to mend it."""
