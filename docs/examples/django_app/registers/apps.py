"""The app, named for the admin."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "registers"
    verbose_name = "社区教育登记册"
