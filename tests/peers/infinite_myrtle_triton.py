"""The layers of infinite_myrtle.py fused for a graphics processor, in Triton and float64.

A relu's kernels, and those of a convolution with its relu and pool, are one kernel each: what is
between them never leaves the processor's registers. infinite_myrtle.py holds its numbers against
plain PyTorch before it takes them. arccos is fdlibm's (Sun Microsystems 1993), good to an ulp.
"""

import torch
import triton
import triton.language as tl

BLOCK = 256
POOLS = (1, 2, 2, 8)


@triton.jit
def rectified(k, theta, inverse, scale):
    """K and Θ behind a relu; inverse: 1/√(vw), scale: √(vw)/2π."""
    c = k * inverse
    m = tl.abs(c)
    m = tl.where(1.0 - m > 4e-16, m, 1.0)
    far = m > 0.5
    z = tl.where(far, 0.5 - 0.5 * m, m * m)
    # arcsin x = x + x r(x²) up to ½; beyond, arccos x = 2 arcsin √((1 − x)/2).
    # A literal on its own would be a float32.
    p = z * 3.47933107596021167570e-05 + 7.91534994289814532176e-04
    p = z * p - 4.00555345006794114027e-02
    p = z * p + 2.01212532134862925881e-01
    p = z * p - 3.25565818622400915405e-01
    p = z * p + 1.66666666666666657415e-01
    q = z * 7.70381505559019352791e-02 - 6.88283971605453293030e-01
    q = z * q + 2.02094576023350569471e00
    q = z * q - 2.40339491173441421878e00
    q = z * q + 1.0
    r = z * p / q
    x = tl.where(far, tl.sqrt(z), m)
    arcsine = x + x * r
    angle = tl.where(far, 2.0 * arcsine, 1.57079632679489661923 - arcsine)
    left = tl.where(c >= 0, 3.14159265358979323846 - angle, angle)
    sine = tl.sqrt((1.0 - m) * (1.0 + m))
    cosine = tl.where(c >= 0, m, -m)
    return scale * (sine + left * cosine), theta * left * 0.15915494309189533577


@triton.jit
def relu_kernel(k, deviation, inverse, i, j, k_out, theta_out, PIXELS: tl.constexpr,
                BLOCK: tl.constexpr):
    """Behind the first relu, where Θ = K: a block of the entries of a pair."""
    pair = tl.program_id(1).to(tl.int64)
    at = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    p = tl.load(i + pair) * PIXELS + at // PIXELS
    q = tl.load(j + pair) * PIXELS + at % PIXELS
    place = pair * PIXELS * PIXELS + at
    value = tl.load(k + place)
    over = tl.load(inverse + p) * tl.load(inverse + q)
    scale = tl.load(deviation + p) * tl.load(deviation + q) * 0.15915494309189533577
    new_k, new_theta = rectified(value, value, over, scale)
    tl.store(k_out + place, new_k)
    tl.store(theta_out + place, new_theta)


@triton.jit
def layer_kernel(k, theta, deviation, inverse, i, j, k_out, theta_out, SIDE: tl.constexpr,
                 POOL: tl.constexpr, BLOCK: tl.constexpr):
    """Convolution, relu and pool: a block of the entries of a pair behind the pool."""
    NEW: tl.constexpr = SIDE // POOL
    pair = tl.program_id(1).to(tl.int64)
    at = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    y = at // (NEW * NEW * NEW) * POOL
    x = at // (NEW * NEW) % NEW * POOL
    v = at // NEW % NEW * POOL
    u = at % NEW * POOL
    own_i = tl.load(i + pair) * SIDE * SIDE
    own_j = tl.load(j + pair) * SIDE * SIDE
    start = pair * (SIDE * SIDE * SIDE * SIDE)
    sum_k = tl.zeros((BLOCK,), tl.float64)
    sum_theta = tl.zeros((BLOCK,), tl.float64)
    for part in range(POOL * POOL * POOL * POOL):
        y1 = y + part // (POOL * POOL * POOL)
        x1 = x + part // (POOL * POOL) % POOL
        v1 = v + part // POOL % POOL
        u1 = u + part % POOL
        place = start + ((y1 * SIDE + x1) * SIDE + v1) * SIDE + u1
        new_k = tl.zeros((BLOCK,), tl.float64)
        new_theta = tl.zeros((BLOCK,), tl.float64)
        for dy in tl.static_range(-1, 2):
            for dx in tl.static_range(-1, 2):
                inside = (y1 + dy >= 0) & (y1 + dy < SIDE) & (v1 + dy >= 0) & (v1 + dy < SIDE)
                inside = inside & (x1 + dx >= 0) & (x1 + dx < SIDE)
                inside = inside & (u1 + dx >= 0) & (u1 + dx < SIDE)
                there = place + dy * (SIDE * SIDE * SIDE + SIDE) + dx * (SIDE * SIDE + 1)
                new_k += tl.load(k + there, mask=inside, other=0.0)
                new_theta += tl.load(theta + there, mask=inside, other=0.0)
        new_k = new_k * 0.22222222222222222222
        new_theta = new_theta * 0.22222222222222222222 + new_k
        p = own_i + y1 * SIDE + x1
        q = own_j + v1 * SIDE + u1
        over = tl.load(inverse + p) * tl.load(inverse + q)
        scale = tl.load(deviation + p) * tl.load(deviation + q) * 0.15915494309189533577
        new_k, new_theta = rectified(new_k, new_theta, over, scale)
        sum_k += new_k
        sum_theta += new_theta
    place = pair * (NEW * NEW * NEW * NEW) + at
    tl.store(k_out + place, sum_k / (POOL * POOL * POOL * POOL))
    tl.store(theta_out + place, sum_theta / (POOL * POOL * POOL * POOL))


def fused_pairs(patches, own, i, j, block=BLOCK):
    """NNGP and NTK [2, pairs] of the images i and j; own: deviations and one over them, a layer each."""
    count = len(i)
    start = torch.bmm(patches[i], patches[j].mT)
    start *= 2 / 27
    k, theta = torch.empty_like(start), torch.empty_like(start)
    relu_kernel[(1024 * 1024 // block, count)](start, *own[0], i, j, k, theta, 1024, block)
    side = 32
    for (deviation, inverse), pool in zip(own[1:], POOLS[1:]):
        small = pool if pool < 8 else 1  # the last pool is a mean over all
        new = (side // small) ** 4
        k_out, theta_out = (k.new_empty((count, new)) for _ in range(2))
        layer_kernel[(new // block, count)](
            k, theta, deviation, inverse, i, j, k_out, theta_out, side, small, block,
        )
        k, theta, side = k_out, theta_out, side // small
    k, theta = k.mean(1), theta.mean(1)
    return torch.stack([2 * k, 2 * theta + 2 * k])
