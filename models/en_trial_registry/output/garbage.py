"""What the garbage collector need not look at again."""

import gc


def settle() -> None:
    """Leave everything that was loaded so far out of later collections.

    They then cost next to nothing, and forked processes share what was loaded.
    """
    gc.collect()
    gc.freeze()
