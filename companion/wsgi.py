"""The door for gunicorn: `companion.wsgi:app`."""

import os

from companion.bootstrap import build
from companion.settings import read_settings
from companion.web.app import create_app

app = create_app(build(read_settings(os.environ)))
