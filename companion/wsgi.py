"""The door for gunicorn: `companion.wsgi:app`."""

import os

from companion.bootstrap import build, check_key
from companion.settings import read_settings
from companion.web.app import create_app

house = build(read_settings(os.environ))
check_key(house)
app = create_app(house)
