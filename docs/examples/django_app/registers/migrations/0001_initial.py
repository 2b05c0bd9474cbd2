from django.db import migrations, models

from registers.documents import validate_register


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Record",
            fields=[
                (
                    "id",
                    models.BigAutoField("ID", auto_created=True, primary_key=True, serialize=False),
                ),
                ("name", models.SlugField(unique=True, verbose_name="名称")),
                (
                    "document",
                    models.JSONField(validators=[validate_register], verbose_name="登记册"),
                ),
            ],
            options={"verbose_name": "登记册", "verbose_name_plural": "登记册"},
        ),
    ]
