"""The demo marks its database with the row that records declares."""

from gengdu.records.models import SampleDistrict as DemoDistrict

__all__ = ["DemoDistrict"]
