"""Reminders: what can remind, on which days and at what wall time, and which instants that makes."""

from companion.domain.reminder.message import TEST, Action, Content, Message
from companion.domain.reminder.model import DAILY, Days, Every, Habit, Kind, Once, Quiet, Weekdays
from companion.domain.reminder.rule import Occurrence, latest, occurrence, occurrences, upcoming

__all__ = [
    "DAILY",
    "TEST",
    "Action",
    "Content",
    "Days",
    "Every",
    "Habit",
    "Kind",
    "Message",
    "Occurrence",
    "Once",
    "Quiet",
    "Weekdays",
    "latest",
    "occurrence",
    "occurrences",
    "upcoming",
]
