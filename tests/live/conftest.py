import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are files: `tests.live.world` is found from here
