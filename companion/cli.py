"""The console script `companion`. JSON on standard output, messages on standard error, 0 done, 2 wrong input."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from companion import clock, commands, logs
from companion.bootstrap import House, build, check_key, migrate
from companion.commands import copies
from companion.commands.progress import counting
from companion.domain.codes import Refused
from companion.domain.instant import instant_text, read_instant
from companion.domain.share import USUAL_DAYS, Back, Section, read_choices
from companion.i18n.reasons import sentence
from companion.services import consent
from companion.services.demo import make_demo, only_demo
from companion.services.erase_person import erase_person, find_person
from companion.services.export_person import export_person
from companion.services.import_person import merge, put_in_place, revive
from companion.services.instant_text import instant
from companion.services.open_share import open_share
from companion.services.outcomes import read_outcomes
from companion.services.read_export import read_export
from companion.services.rotate_keys import seal_old_words
from companion.settings import BadSetting, read_settings

FINISHING = 30
"""Seconds in which requests that run are finished when the web server is told to stop."""


class WrongInput(Exception):
    """What someone typed cannot be used; the message is one clear sentence."""


def _house(*, sends: bool = False) -> House:
    """The house, migrated. One that `sends` messages must do so with the key that browsers subscribed with."""
    try:
        house = build(read_settings(os.environ))
    except (BadSetting, ValueError) as error:
        raise WrongInput(str(error)) from error
    try:
        migrate(house)
        if sends:
            check_key(house)
    except BadSetting as error:
        raise WrongInput(str(error)) from error
    return house


def _migrate(_asked: argparse.Namespace) -> None:
    seal_old_words(_house(sends=True).store)
    print(json.dumps({"migrated": True}))


def _web(_asked: argparse.Namespace) -> None:
    """gunicorn in place of this process."""
    try:
        settings = read_settings(os.environ)
    except BadSetting as error:
        raise WrongInput(str(error)) from error
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    bind = os.environ.get("BIND", f"127.0.0.1:{settings.port}")
    options = [
        "--bind",
        bind,
        "--workers",
        workers,
        "--threads",
        "2",
        "--no-control-socket",
        "--access-logfile",
        "/dev/null",
        "--logger-class",
        "companion.gunicorn_log.Log",
        "--graceful-timeout",
        str(FINISHING),
    ]
    _gunicorn(options)


def _gunicorn(options: list[str]) -> None:
    program = Path(sys.executable).with_name("gunicorn")
    os.execv(program, [str(program), *options, "companion.wsgi:app"])  # noqa: S606  # our own fixed words


def _serve(_asked: argparse.Namespace) -> None:
    """Migrate, start the clock as a child, then become the web server."""
    house = _house(sends=True)
    logs.begin(house.settings.log_format)
    address = f"http://127.0.0.1:{house.settings.port}"
    print(f"{house.settings.app_name} is at {address}", file=sys.stderr, flush=True)
    house.store.engine.dispose()
    if os.fork() == 0:
        clock.run(house, beside=os.getppid())
        os._exit(0)
    _web(_asked)


def _clock(_asked: argparse.Namespace) -> None:
    house = _house(sends=True)
    logs.begin(house.settings.log_format)
    clock.run(house)


def _demo(asked: argparse.Namespace) -> None:
    made = make_demo(_house().store, asked.people, asked.nights, force=asked.force, tell=counting("people made"))
    if isinstance(made, str):
        raise WrongInput(made)
    print(json.dumps({"people": list(made)}))


def _tick(asked: argparse.Namespace) -> None:
    """One round now; as of another instant only where nobody but test people would get a message."""
    house = _house(sends=True)
    at = None
    if asked.at is not None:
        at = read_instant(asked.at)
        if at is None:
            raise WrongInput("at: Write the instant in UTC, like 2027-01-04T20:45:00Z.")
        if not only_demo(house.store):
            raise WrongInput("at: another time than now is only for a database with the test people of demo alone.")
    done = clock.round_now(house, at)
    print(json.dumps({"at": instant_text((at or house.now()).replace(microsecond=0)), **clock.told(done)}))


def _export(asked: argparse.Namespace) -> None:
    house = _house()
    person = find_person(house.store, asked.person)
    if person is None:
        raise WrongInput("person: nobody here has this name or id.")
    text = json.dumps(export_person(house.store, person), ensure_ascii=False, indent=1)
    if asked.file == "-":
        print(text)
        return
    try:
        Path(asked.file).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise WrongInput(f"file: {asked.file} cannot be written ({error.strerror}).") from error
    print(json.dumps({"exported": person.name, "file": asked.file}))


def _import(asked: argparse.Namespace) -> None:
    house = _house()
    try:
        text = sys.stdin.read() if asked.file == "-" else Path(asked.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"file: {asked.file} cannot be read.") from error
    portrait = read_export(text)
    if isinstance(portrait, Refused):
        raise _wrong(portrait)
    person, tell = find_person(house.store, asked.person), counting("entries")
    if person is None:
        if asked.person not in {portrait.person.name, portrait.person.id}:
            raise WrongInput("person: nobody here has this name or id, and it is not the one in the file.")
        revived = revive(house.store, portrait, house.now(), tell)
        if isinstance(revived, Refused):
            raise _wrong(revived)
        print(json.dumps({"imported": revived.person.name, "recovery_codes": revived.codes}))
        return
    done = (put_in_place if asked.replace else merge)(house.store, person, portrait, tell)
    if isinstance(done, Refused):
        raise _wrong(done)
    print(json.dumps({"imported": person.name, "added": dict(done.added)}))


def _wrong(refused: Refused) -> WrongInput:
    reason = refused.reasons[0]
    return WrongInput(f"{reason.field}: {sentence(reason)}")


def _erase(asked: argparse.Namespace) -> None:
    house = _house()
    person = find_person(house.store, asked.person)
    if person is None:
        raise WrongInput("person: nobody here has this name or id.")
    erase_person(house.store, person, house.now())
    print(json.dumps({"erased": person.name}))


def _outcomes(_asked: argparse.Namespace) -> None:
    house = _house()
    now = house.now()
    progress = counting("people")
    print(json.dumps({"at": instant_text(now.replace(microsecond=0)), **read_outcomes(house.store, now, progress)}))


def _of_all(run: Callable[[House, argparse.Namespace], dict[str, Any]]) -> Callable[[argparse.Namespace], None]:
    """A command about everyone at once."""

    def act(asked: argparse.Namespace) -> None:
        try:
            print(json.dumps(run(_house(), asked)))
        except copies.Refused as refused:
            raise WrongInput(str(refused)) from refused

    return act


def _share(asked: argparse.Namespace) -> None:
    house = _house()
    person = find_person(house.store, asked.person)
    if person is None:
        raise WrongInput("person: nobody here has this name or id.")
    sections = [name.strip().replace("-", "_") for name in asked.sections.split(",") if name.strip()]
    given = {"days": asked.days, "pin": asked.pin, "pin_how": "new" if asked.pin else "none", "back": Back.ALL.value}
    choices = read_choices(given, sections, consent.standing(house.store, person))
    if isinstance(choices, Refused):
        raise WrongInput("; ".join(f"{reason.field}: {sentence(reason)}" for reason in choices.reasons))
    now = house.now().replace(microsecond=0)
    opened = open_share(house.store, person, choices, str(uuid4()), now)
    base = house.settings.base_url or f"http://127.0.0.1:{house.settings.port}"
    print(json.dumps({"url": f"{base}/s/{opened.token}", "expires": instant(opened.share.ends_at)}))


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number.")
    return int(text)


class Parser(argparse.ArgumentParser):
    """argparse, with one sentence on standard error and exit 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        print(message[0].upper() + message[1:].rstrip(".") + ".", file=sys.stderr)
        raise SystemExit(2)


def _parser() -> Parser:
    parser = Parser(prog="companion", description="Andante on the command line.")
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=Parser)

    def verb(name: str, act: Callable[[argparse.Namespace], None], help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = verbs.add_parser(name, help=help)
        made.set_defaults(act=act)
        return made

    verb("serve", _serve, "migrate, then serve the web app with its clock")
    verb("web", _web, "the web app only")
    verb("clock", _clock, "the clock only")
    verb("migrate", _migrate, "bring the database to the newest schema")
    demo = verb("demo", _demo, "make the test people Alice, Bob and Charlie")
    demo.add_argument("--people", type=_whole, default=0, help="more made-up people")
    demo.add_argument("--nights", type=_whole, default=180, help="nights for each of them")
    demo.add_argument("--force", action="store_true", help="also on a database that holds anyone else")
    tick = verb("tick", _tick, "one round of the clock now")
    tick.add_argument("--at", metavar="INSTANT", help="as of another instant (test people only)")
    export = verb("export", _export, "everything of a person as JSON")
    export.add_argument("person")
    export.add_argument("file")
    taken = verb("import", _import, "take over an export: what is new is added; someone who was erased comes back")
    taken.add_argument("person")
    taken.add_argument("file")
    taken.add_argument("--replace", action="store_true", help="in place of everything this person noted")
    erase = verb("erase", _erase, "erase a person and everything of theirs")
    erase.add_argument("person")
    verb("outcomes", _outcomes, "how many started, stay lower or stopped; only groups of ten and more")
    copied = verb("backup", _of_all(copies.run_backup), "a copy of the database in a file, while people write")
    copied.add_argument("file")
    back = verb("restore", _of_all(copies.run_restore), "put a backup in place of the database")
    back.add_argument("file")
    back.add_argument("--force", action="store_true", help="also where people live: everything of now makes way")
    back.add_argument("--keys", metavar="FILE", help="a copy of keys that is not beside the backup")
    back.add_argument("--without-words", action="store_true", help="give up words to which there is no key any more")
    verb("rotate-keys", _of_all(copies.run_rotate_keys), "every key under the DATA_KEY of now (DATA_KEY_OLD: others)")
    share = verb("share", _share, "make a link for a doctor or pharmacist; its address is told once")
    share.add_argument("person")
    share.add_argument("--sections", required=True, help="of " + ",".join(Section))
    share.add_argument("--days", default=str(USUAL_DAYS), help="how many days it works")
    share.add_argument("--pin", default="", help="4 to 8 digits")
    for name, help in commands.HELP.items():
        verb(name, _migrate, help)
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in commands.RUN:
        raise SystemExit(commands.RUN[words[0]](words[1:], sys.stdin, sys.stdout, sys.stderr))
    asked = _parser().parse_args(words)
    try:
        asked.act(asked)
    except WrongInput as wrong:
        print(wrong, file=sys.stderr)
        raise SystemExit(2) from wrong
