"""The door for gunicorn: `companion.wsgi:app`."""

import os

from companion import logs
from companion.bootstrap import build, check_key
from companion.settings import read_settings
from companion.web.app import create_app

settings = read_settings(os.environ)
logs.begin(settings.log_format)
house = build(settings)
check_key(house)
app = create_app(house)
