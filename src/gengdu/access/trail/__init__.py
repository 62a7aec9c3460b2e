"""The trail: who looked at, took out or changed what; it can be added to, never altered unseen."""
