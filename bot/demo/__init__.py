"""A demonstration: this bot in a local Slack, with a made-up coalition."""
