"""What the database keeps."""

from django.db import models

import commed
from registers.documents import validate_register


class Record(models.Model):
    """A register, under a name."""

    name = models.SlugField("名称", unique=True)
    document = models.JSONField("登记册", validators=[validate_register])

    class Meta:
        verbose_name = verbose_name_plural = "登记册"

    def __str__(self) -> str:
        return str(self.name)

    @property
    def register(self) -> commed.Register:
        return commed.load_register(self.document)
