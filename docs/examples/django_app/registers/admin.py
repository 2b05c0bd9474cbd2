"""Registers in Django's admin: a faulty document stays in its form, with every problem above it."""

from django import forms
from django.contrib import admin

from registers.documents import DocumentField
from registers.models import Record


class RecordForm(forms.ModelForm):
    document = DocumentField(label="登记册")


@admin.register(Record)
class RecordAdmin(admin.ModelAdmin):
    form = RecordForm
