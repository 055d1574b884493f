from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('psychsafety_xblock', '0007_session_locked'),
    ]

    operations = [
        migrations.AddField(
            model_name='ballot',
            name='late',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='token',
            name='late',
            field=models.BooleanField(default=False),
        ),
    ]
