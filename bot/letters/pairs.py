"""Signatories that may be one: what is worth asking an organiser, and never decided here."""

from bot.letters.endorsement import Kind, Signature
from bot.names.likeness import person_probe, probes


def probes_of(signature: Signature) -> frozenset[str]:
    """Under what the signatory of a signature is found again by names like its own."""
    if signature.capacity.kind is Kind.PERSON:
        return frozenset({person_probe(signature.facts.name)})
    return probes(signature.facts.organisation)
