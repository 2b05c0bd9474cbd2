"""Privacy (隐私保护): learners known by pseudonyms, and small figures withheld from publication."""

from commed.privacy.pseudonyms import pseudonymise
from commed.privacy.suppression import Published, Withheld, suppressed

__all__ = ["Published", "Withheld", "pseudonymise", "suppressed"]
