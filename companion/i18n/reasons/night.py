"""Sentences for the refusals of `companion.domain.night`."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {}
