"""Senders of messages: e-mail, web-hooks of gateways, the console of the demo."""
