from hypothesis import settings

# These rules are counted, not timed: a busy machine must not make one of them false.
settings.register_profile("letters", deadline=None)
settings.load_profile("letters")
