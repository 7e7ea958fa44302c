from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
"""The reference files that may be beside the checkout; no test needs them."""
