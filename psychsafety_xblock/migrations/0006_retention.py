"""What is left of an ended session: all, what its follow-up needs, or counts; and what that is decided by."""

import datetime

from django.db import migrations, models


def fill_in(apps, schema_editor):
    """Give sessions that have ended already their number of seats and their follow-up date."""
    Session = apps.get_model("psychsafety_xblock", "Session")
    Token = apps.get_model("psychsafety_xblock", "Token")
    Round = apps.get_model("psychsafety_xblock", "Round")
    for session in Session.objects.filter(kind="team", phase="ended"):
        session.seats = Token.objects.filter(session=session, role="seat").count()
        for one in Round.objects.filter(session=session).order_by("number"):
            shown = one.answered is not None or not one.definition.get("counted", True)
            if one.definition.get("commitments") and shown:
                session.follow_up_on = datetime.date.fromisoformat(one.definition["due"])
        session.save(update_fields=["seats", "follow_up_on"])


class Migration(migrations.Migration):

    dependencies = [
        ("psychsafety_xblock", "0005_round_carried"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="follow_up_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="kept",
            field=models.CharField(
                choices=[("all", "All"), ("follow_up", "Follow Up"), ("counts", "Counts")], default="all", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="seats",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
