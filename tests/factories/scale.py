"""How much is tried: a seeded hundredth in the suite, all of it where DUBAN_PROVE is set."""

import os
import random

IS_PROVING = bool(os.environ.get("DUBAN_PROVE"))


def scaled(full: int) -> int:
    """`full` when proving, else a hundredth of it, at least one."""
    return full if IS_PROVING else max(1, full // 100)


def dice_of(seed: int) -> random.Random:
    """Dice that fall the same way each time."""
    return random.Random(seed)
