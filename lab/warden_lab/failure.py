"""The one error of the lab: a sentence for the person at the keyboard."""


class LabError(Exception):
    """Names the thing, the place and the remedy; shown without a stack trace."""
