"""Clients for oVirt's API."""
