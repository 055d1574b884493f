"""`manage.py psychsafety_forget`: what retiring an account does, by hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from ... import service
from ...freeing import free


class Command(BaseCommand):
    """For sites that delete accounts without the platform's retirement, and for one that was missed."""

    help = "Forget what could be led back to an account: sessions that it leads or has led, and seats that it holds."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("--account", required=True, metavar="ID", help="the platform's number of the user")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget it and say what there was, without naming anybody."""
        for name, count in service.forget_account(str(options["account"])).items():
            self.stdout.write(f"{name}: {count}")
        if not connection.in_atomic_block:
            free()
