"""On which database a test runs: SQLite always, PostgreSQL too for the tests named here.

A test that asks for `engine` itself runs on both; those named below do so through their `house`. One worker runs all of
PostgreSQL, so that only one server is started.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from sqlalchemy import delete, text

from companion.storage.engine import make_engine
from companion.storage.migrate import migrate
from companion.storage.tables import Base
from tests.cluster import Cluster

SQLITE = "sqlite"
POSTGRESQL = "postgresql"

ON_BOTH: dict[str, tuple[str, ...]] = {
    "tests.e2e.test_sync_killed": (),
    "tests.services.test_record_sync": (),
    "tests.services.test_save_entry": (),
    "tests.services.test_apply_event": (
        "test_a_stay_moves_the_plan_once_however_often_it_is_sent",
        "test_an_old_version_is_refused_and_nothing_of_it_is_kept",
        "test_what_fails_half_way_leaves_neither_the_event_nor_the_version",
    ),
    "tests.storage.test_engine": (
        "test_a_row_of_nobody_is_refused",
        "test_what_fails_half_way_leaves_nothing",
        "test_an_instant_comes_back_as_the_same_instant",
        "test_writers_at_the_same_time_lose_no_update",
    ),
    "tests.storage.test_migrations": (
        "test_migrating_from_nothing_gives_the_tables",
        "test_every_constraint_has_a_name_that_a_migration_can_use",
        "test_going_down_leaves_nothing_and_up_again_works",
        "test_every_table_goes_with_the_person_it_is_about",
    ),
    "tests.storage.test_races": (),
    "tests.test_cli": (
        "test_migrate_is_harmless_twice",
        "test_the_demo_makes_alice_bob_and_charlie_once",
        "test_the_demo_people_can_come_in_and_every_page_of_theirs_opens",
        "test_the_demo_is_the_same_every_time",
        "test_export_to_a_file_and_to_standard_output",
        "test_erase_takes_one_person_and_leaves_the_others",
        "test_a_backup_overwrites_nothing_and_neither_does_putting_it_back",
        "test_keys_are_put_under_another_data_key",
    ),
    "tests.web.test_account": (
        "test_a_new_passphrase_replaces_the_old_and_ends_other_sessions",
        "test_signing_out_everywhere_ends_every_session_of_this_person_only",
        "test_a_session_that_is_not_used_ends_after_half_a_year",
        "test_the_export_holds_everything_in_the_shape_of_the_contract",
        "test_erasing_leaves_no_row_of_the_person_in_any_table",
    ),
    "tests.web.test_check_in": (
        "test_a_double_tap_and_another_tap_of_the_same_page",
        "test_undo_takes_it_back_and_keeps_the_earlier_version",
    ),
    "tests.web.test_consent": (
        "test_what_was_said_when_and_to_which_text_is_kept",
        "test_saying_yes_again_is_a_new_consent_beside_the_old",
    ),
    "tests.web.test_diary": (
        "test_the_night_of_the_issue_gives_490_345_and_70_4",
        "test_everything_written_comes_back_as_it_was_written",
        "test_a_changed_night_replaces_and_keeps_the_earlier_version",
        "test_pressing_keep_twice_keeps_one_night",
        "test_the_last_two_weeks_with_the_means_of_the_last_seven",
        "test_what_was_written_is_sealed_in_the_database",
    ),
    "tests.web.test_diary_versions": (
        "test_the_other_version_can_be_read_with_its_own_day_and_time",
        "test_bringing_back_twice_is_one_version_and_there_and_back_works",
    ),
    "tests.web.test_join": (
        "test_someone_joins_and_ends_at_the_question_of_consent",
        "test_a_name_that_looks_the_same_is_taken",
        "test_the_passphrase_is_not_in_the_database",
        "test_codes_are_shown_until_they_are_put_away_and_never_again",
        "test_a_code_lets_someone_back_in_once_with_a_new_passphrase",
    ),
    "tests.web.test_plan": (
        "test_rows_are_confirmed_one_by_one",
        "test_a_version_that_never_was_is_refused",
        "test_an_old_tab_cannot_change_a_row",
        "test_every_version_is_kept",
        "test_ending_twice_keeps_the_first_day",
    ),
    "tests.web.test_plan_bend": ("test_the_last_change_can_be_undone_on_the_same_day",),
    "tests.web.test_symptoms": ("test_keeping_twice_keeps_one_and_a_second_list_of_a_day_replaces",),
    "tests.web.test_sync": (
        "test_every_kind_is_stored_and_in_the_export",
        "test_sending_again_changes_nothing",
        "test_the_newer_of_two_versions_is_shown_and_the_other_kept",
        "test_five_hundred_are_taken_and_one_more_is_413",
        "test_someone_erased_in_the_meantime_is_signed_out",
        "test_words_are_sealed",
        "test_the_same_id_of_two_people_are_two_entries",
    ),
    "tests.web.test_sync_anything": ("test_almost_right_entries",),
    "tests.web.test_today": (
        "test_one_tap_notes_the_dose_and_the_time",
        "test_a_double_tap_notes_one_dose",
        "test_a_tap_in_two_tabs_keeps_the_first_time",
        "test_undo_takes_it_back_and_keeps_it_as_an_earlier_version",
        "test_an_extra_sent_twice_is_one_and_can_be_undone",
        "test_a_tap_on_a_moment_or_plan_that_is_not_there_is_404",
    ),
}
"""What runs on PostgreSQL too, by module; no names are all of its tests. New routes that write belong here."""

ONLY_POSTGRESQL = {"tests.storage.test_postgresql", "tests.storage.test_partitions"}

Given = Callable[[], AbstractContextManager[dict[str, Any]]]
"""What `open_house` is given for a new, migrated database of this engine."""


def chosen(module: str, name: str) -> bool:
    return module in ON_BOTH and (not ON_BOTH[module] or name in ON_BOTH[module])


def both(metafunc: pytest.Metafunc) -> None:
    """Run a test on both engines where it asks for `engine` itself or is named above."""
    if "engine" not in metafunc.fixturenames:
        return
    module, function = metafunc.module.__name__, metafunc.function
    asked = "engine" in function.__code__.co_varnames[: function.__code__.co_argcount]
    if asked or chosen(module, function.__name__) or module in ONLY_POSTGRESQL:
        there = pytest.param(POSTGRESQL, marks=pytest.mark.xdist_group(POSTGRESQL))
        here = [] if module in ONLY_POSTGRESQL else [SQLITE]
        metafunc.parametrize("engine", [*here, there], indirect=True, scope="session")


class Databases:
    """Migrated databases on one server: lent to a test, emptied, lent again."""

    def __init__(self, server: Cluster) -> None:
        self.server = server
        self._free: list[str] = []
        self._template = ""

    def new(self) -> str:
        """A migrated database that nobody else gets."""
        if not self._template:
            self._template = self.server.database()
            engine = make_engine(self.server.url(self._template))
            migrate(engine)
            engine.dispose()
        return self.server.database(self._template)

    @contextmanager
    def lent(self) -> Iterator[dict[str, Any]]:
        name = self._free.pop() if self._free else self.new()
        url = self.server.url(name)
        yield {"database_url": url, "migrated": True}
        engine = make_engine(url)
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))  # a test that left a transaction open is told
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(delete(table))
        engine.dispose()
        self._free.append(name)
