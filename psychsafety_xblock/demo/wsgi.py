"""The WSGI application of the demo."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psychsafety_xblock.demo.settings")

application = get_wsgi_application()
