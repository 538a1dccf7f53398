"""Marking sentences for the catalogues."""


def N_(message: str) -> str:
    """Mark a sentence for the catalogues without translating it yet."""
    return message
