"""Keeping: how long a firm keeps which kind of material, and the nightly step that lets the rest go."""
