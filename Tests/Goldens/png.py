"""Makes png.json: small PNG files of every kind, written byte by byte, with the RGB they stand for.

The files are assembled here from the PNG specification (ISO/IEC 15948) with zlib alone; the expected
RGB is computed from the samples by the specification's sample depth scaling, and checked against
Pillow wherever Pillow decodes the kind faithfully. Bilinear resizing is torch's.

    python png.py > png.json
"""

import base64, io, json, platform, struct, sys, zlib

import numpy as np
import PIL
import PIL.Image
import torch

seed = 2
rng = np.random.default_rng(seed)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows, width, depth, color, extra=()):
    height = len(rows)
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    scanlines = b"".join(b"\0" + row for row in rows)
    parts = [chunk(b"IHDR", header), *(chunk(k, d) for k, d in extra)]
    parts += [chunk(b"IDAT", zlib.compress(scanlines, 9)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed(samples, depth):
    """One row of samples under eight bits, most significant first."""
    bits = "".join(format(int(s), f"0{depth}b") for s in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def over_white(rgb, alpha):
    """Rounded c*a + 255*(1-a) on integers."""
    rgb, alpha = rgb.astype(int), alpha.astype(int)[..., None]
    return (rgb * alpha + 255 * (255 - alpha) + 127) // 255


def case(name, data, rgb, pillow=True):
    rgb = np.asarray(rgb).astype(int)
    if pillow:
        theirs = PIL.Image.open(io.BytesIO(data))
        if "A" in theirs.mode or "transparency" in theirs.info:
            rgba = np.asarray(theirs.convert("RGBA")).astype(int)
            theirs = over_white(rgba[..., :3], rgba[..., 3])
        else:
            theirs = np.asarray(theirs.convert("RGB")).astype(int)
        assert (theirs == rgb).all(), name
    return {
        "name": name,
        "png": base64.b64encode(data).decode(),
        "height": rgb.shape[0],
        "width": rgb.shape[1],
        "rgb": rgb.reshape(-1).tolist(),
    }


h, w = 3, 5
cases = []
for depth in (1, 2, 4, 8):
    gray = rng.integers(0, 2**depth, (h, w))
    rows = [packed(row, depth) for row in gray]
    full = gray * 255 // (2**depth - 1)
    cases.append(
        case(f"gray, {depth} bit", png(rows, w, depth, 0), np.repeat(full[..., None], 3, 2)))

gray = rng.integers(0, 65536, (h, w))
rows = [row.astype(">u2").tobytes() for row in gray]
full = (gray * 255 + 32767) // 65535
cases.append(
    case("gray, 16 bit", png(rows, w, 16, 0), np.repeat(full[..., None], 3, 2), pillow=False))

rgb = rng.integers(0, 256, (h, w, 3))
rows = [row.astype("u1").tobytes() for row in rgb]
cases.append(case("RGB, 8 bit", png(rows, w, 8, 2), rgb))

rgb = rng.integers(0, 65536, (h, w, 3))
rows = [row.astype(">u2").tobytes() for row in rgb]
cases.append(case("RGB, 16 bit", png(rows, w, 16, 2), (rgb * 255 + 32767) // 65535, pillow=False))

rgba = rng.integers(0, 256, (h, w, 4))
rgba[0, 0, 3], rgba[0, 1, 3] = 0, 255
rows = [row.astype("u1").tobytes() for row in rgba]
cases.append(case("RGB with alpha", png(rows, w, 8, 6), over_white(rgba[..., :3], rgba[..., 3])))

pair = rng.integers(0, 256, (h, w, 2))
rows = [row.astype("u1").tobytes() for row in pair]
gray3 = np.repeat(pair[..., :1], 3, 2)
cases.append(case("gray with alpha", png(rows, w, 8, 4), over_white(gray3, pair[..., 1])))

palette = rng.integers(0, 256, (13, 3))
index = rng.integers(0, 13, (h, w))
rows = [packed(row, 4) for row in index]
plte = (b"PLTE", palette.astype("u1").tobytes())
cases.append(case("palette, 4 bit", png(rows, w, 4, 3, [plte]), palette[index]))

alpha = np.full(13, 255)
alpha[:6] = rng.integers(0, 256, 6)
trns = (b"tRNS", alpha[:6].astype("u1").tobytes())
cases.append(
    case(
        "palette with transparency",
        png(rows, w, 4, 3, [plte, trns]),
        over_white(palette[index], alpha[index])))

picture = rng.integers(0, 256, (9, 14, 3))
resizes = []
for size in ((5, 6), (20, 31), (9, 4), (3, 28), (1, 1)):
    tensor = torch.tensor(picture, dtype=torch.float64).permute(2, 0, 1)[None]
    out = torch.nn.functional.interpolate(
        tensor, size=size, mode="bilinear", align_corners=False, antialias=True)
    values = out[0].permute(1, 2, 0).reshape(-1).numpy()
    resizes.append({"height": size[0], "width": size[1], "values": values.round(4).tolist()})

json.dump(
    {
        "passport": {
            "script": "png.py",
            "seed": seed,
            "dtype": "uint8 pictures; float64 resizing",
            "versions": {
                "python": platform.python_version(), "zlib": zlib.ZLIB_VERSION,
                "numpy": np.__version__, "pillow": PIL.__version__, "torch": torch.__version__,
            },
        },
        "decoding": cases,
        "resizing": {"height": 9, "width": 14, "rgb": picture.reshape(-1).tolist(), "to": resizes},
    },
    sys.stdout)
print()
