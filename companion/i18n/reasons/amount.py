"""Sentences for the refusals of `companion.domain.amount`."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}
