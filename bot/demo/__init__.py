"""A demonstration: a local Slack, this bot against it, and a made-up coalition in between."""
