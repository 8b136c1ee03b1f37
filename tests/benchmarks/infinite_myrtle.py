"""The peer of infinite_myrtle.ts: neural-tangents 0.6 (jax 0.4.23), in float64 or its default,
float32; in batches of 4 × 4 pairs, since all pairs of 16 images would take 16 GB and more.

    python infinite_myrtle.py --images 16
"""
import argparse
import json
import time

import jax
import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--images", type=int, default=16)
parser.add_argument("--float32", action="store_true")
options = parser.parse_args()
jax.config.update("jax_enable_x64", not options.float32)
import neural_tangents as nt
from neural_tangents import stax

conv = lambda: (stax.Conv(1, (3, 3), padding="SAME", b_std=None), stax.Relu())
pool = lambda k: stax.AvgPool((k, k), strides=(k, k), padding="VALID")
_, _, kernel = stax.serial(
    *conv(), *conv(), pool(2), *conv(), pool(2), *conv(), pool(8), stax.Flatten(),
    stax.Dense(1, b_std=None),
)
x = np.random.RandomState(1).randn(options.images, 32, 32, 3)
if options.float32:
    x = x.astype(np.float32)
kernel = nt.batch(kernel, batch_size=min(4, options.images), store_on_device=False)
start, start_of_work = time.perf_counter(), time.process_time()
both = kernel(x, None, ("nngp", "ntk"))
np.asarray(both.ntk)
seconds, work = time.perf_counter() - start, time.process_time() - start_of_work
print(json.dumps({"seconds": seconds, "processorSeconds": work}))
