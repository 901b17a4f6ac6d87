"""From the hand-written `form.yaml` and `rules.yaml` of an edition to everything that is published."""
