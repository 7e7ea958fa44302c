"""Facts about Slack that the tests hold this project to, and the script that derives them."""
