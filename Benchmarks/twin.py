"""What every PyTorch twin shares: rows by name, a warm-up, then timed steps when told to.

A twin gives `run` its rows and `make_step(row, mode)`, which makes the inputs and returns a function
that does the work once and says how many seconds it took.
"""

import argparse
import json
import os
import resource
import sys

try:
    import torch
except ImportError as error:
    print(f"{error}. To compare with PyTorch:  pip install torch torchvision numpy\n"
          "in a virtual environment, and set BOOK_PYTHON to its python.", file=sys.stderr)
    sys.exit(3)

WARM_UP_STEPS = 3


def answer(value):
    print(json.dumps(value), flush=True)


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def serve(step):
    """Answers "step N" with the seconds that N steps took together."""
    for line in sys.stdin:
        words = line.split()
        if len(words) == 2 and words[0] == "step" and words[1].isdecimal():
            seconds = sum(step() for _ in range(int(words[1])))
            answer({"seconds": seconds, "peak_megabytes": peak_megabytes()})
        elif words == ["quit"]:
            return
        else:
            answer({"error": f"expected step N or quit, got {line.strip()!r}"})


def run(description, rows, modes, make_step):
    parser = argparse.ArgumentParser(description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--time", metavar="ROW", choices=rows)
    what.add_argument("--serve", metavar="ROW", choices=rows)
    parser.add_argument("--mode", choices=modes, default=modes[0])
    parser.add_argument("--steps", type=int, default=10, help="timed steps of --time")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    row = arguments.time or arguments.serve
    step = make_step(row, arguments.mode)
    for _ in range(WARM_UP_STEPS):
        step()
    about = {"row": row, "mode": arguments.mode, "torch": torch.__version__,
             "threads": torch.get_num_threads()}
    if arguments.serve:
        answer({"ready": True, **about})
        serve(step)
    else:
        answer({**about, "steps": [step() for _ in range(arguments.steps)],
                "peak_megabytes": peak_megabytes()})
