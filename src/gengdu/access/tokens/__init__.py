"""Tokens with which programs come to the API in the name of an account."""
