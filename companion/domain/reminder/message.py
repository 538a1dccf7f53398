"""What a reminder is about, in codes, and the message in words that is made of it.

`services/due_content` makes a `Content` when a reminder falls due, `notify/message` words it, and the phone or the
mail gets the `Message`. The codes of `Content.data`, by kind:

- *dose*: `{"moment", "doses": [{"plan", "moment", "mg", "medicine"}]}`, one for each plan that has not been noted
- *diary*: nothing more; `day` is the morning the night ended
- *symptoms*: `{"instrument"}`
- *step*: `{"plan", "medicine", "first_day", "days"}`; `days` is 3 or 1: so many days until that first day
- *supply*: `{"plan", "medicine", "strength", "form", "last_day"}`: enough until and with that day
- *prescription*: `{"plan", "medicine", "first_day"}`: for the step that begins that day
- *appointment*, *kind_word*, *test*: nothing more
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

TEST: Final = "test"
"""The kind of a message that only shows that messages arrive. Not a `Kind`: nothing reminds of it."""


@dataclass(frozen=True)
class Content:
    """What one delivery says, in codes. `kind` is a `Kind` or `TEST`, `key` that of the reminder, `day` the day of the
    person it is about (the wake date for the diary). `words` is what someone wrote: `{"what", "day", "time"}` of an
    appointment, `{"from", "text"}` of a kind word."""

    kind: str
    key: str
    day: date
    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Action:
    """A button on the notification: `action` is "done", "later-10", "later-60" or "tonight"; `title` is worded."""

    action: str
    title: str


@dataclass(frozen=True)
class Message:
    """A worded message. `path` is the page a tap opens; `neutral_…` what the phone shows when it already holds what
    the message asks for; `entries` what "done" stores, each `{"kind", "day", "data"}` as in contract §4."""

    title: str
    body: str
    path: str
    lang: str
    actions: Sequence[Action] = ()
    neutral_title: str = ""
    neutral_body: str = ""
    entries: Sequence[Mapping[str, Any]] = ()
