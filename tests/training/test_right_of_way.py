"""How the window's thread goes first."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from playground.training.right_of_way import NICENESS, stand_back


def niceness():
    """Return that of this thread; elsewhere than on Linux threads have none."""
    if sys.platform != "linux":
        return NICENESS
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def test_a_thread_stands_back_with_all_that_it_starts_and_no_other():
    def work():
        stand_back()
        with ThreadPoolExecutor(1) as started:
            return niceness(), started.submit(niceness).result()

    before = niceness()
    with ThreadPoolExecutor(1) as executor:
        own, inherited = executor.submit(work).result()
    assert own == inherited
    assert own - before == (NICENESS if sys.platform == "linux" else 0)
    assert niceness() == before
