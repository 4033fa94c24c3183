"""All forgeries of a package."""

from tests.exports.container_attacks import CONTAINER_ATTACKS
from tests.exports.honest_key_attacks import HONEST_KEY_ATTACKS
from tests.exports.part_attacks import PART_ATTACKS
from tests.exports.signature_attacks import SIGNATURE_ATTACKS

ATTACKS = [*CONTAINER_ATTACKS, *PART_ATTACKS, *SIGNATURE_ATTACKS, *HONEST_KEY_ATTACKS]
