"""Reminders: what can remind, on which days and at what wall time, and which instants that makes."""

from companion.domain.reminder.model import DAILY, Days, Every, Habit, Kind, Once, Quiet, Weekdays

__all__ = ["DAILY", "Days", "Every", "Habit", "Kind", "Once", "Quiet", "Weekdays"]
