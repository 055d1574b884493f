from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('psychsafety_xblock', '0006_retention'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='locked',
            field=models.BooleanField(default=False),
        ),
    ]
