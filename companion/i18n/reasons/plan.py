"""Sentences for the refusals of `companion.domain.plan`."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}
