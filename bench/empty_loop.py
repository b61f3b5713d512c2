"""Wake twenty times a second and do nothing: the baseline for any live program."""

import select
import time

FRAME = 1 / 20

start, number = time.monotonic(), 0
while True:
    number += 1
    select.select([0], [], [], max(0.0, start + number * FRAME - time.monotonic()))
