"""Makes jpeg.json: small JPEG files of every kind, written by Pillow, with the RGB it reads.

Pillow carries libjpeg-turbo, so RGB and gray agree but for rounding; its conversion of inks and its
turning of pictures by their Exif data are its own.

    python jpeg.py > jpeg.json
"""

import base64, io, json, platform, sys

import numpy as np
import PIL
import PIL.Image
import PIL.ImageOps
import PIL.features

seed = 3
rng = np.random.default_rng(seed)


def smooth(height, width, channels):
    """Noise of a few pixels' size: sharper noise would test the quantization."""
    noise = PIL.Image.fromarray(rng.integers(0, 256, (4, 5, channels), dtype=np.uint8).squeeze(),
                                {1: "L", 3: "RGB", 4: "CMYK"}[channels])
    return noise.resize((width, height), PIL.Image.BICUBIC)


def case(name, picture, **options):
    file = io.BytesIO()
    picture.save(file, "JPEG", **options)
    read = PIL.ImageOps.exif_transpose(PIL.Image.open(io.BytesIO(file.getvalue()))).convert("RGB")
    rgb = np.asarray(read)
    return {
        "name": name,
        "jpeg": base64.b64encode(file.getvalue()).decode(),
        "height": rgb.shape[0],
        "width": rgb.shape[1],
        "rgb": rgb.reshape(-1).tolist(),
    }


def exif(orientation, endian="<"):
    data = PIL.Image.Exif()
    data.endian = endian
    data[0x010F] = "a camera"
    data[0x0112] = orientation
    return data


cases = [
    case("RGB", smooth(9, 14, 3), quality=95, subsampling="4:4:4"),
    case("RGB, color at half the size", smooth(9, 14, 3), quality=90, subsampling="4:2:0"),
    case("progressive", smooth(9, 14, 3), quality=90, progressive=True),
    case("gray", smooth(9, 14, 1), quality=90),
    case("CMYK", smooth(9, 14, 4), quality=95),
    case("one pixel", smooth(1, 1, 3), quality=95),
    case("a single column, lying", smooth(7, 1, 3), quality=95, exif=exif(6)),
    case("big-endian Exif", smooth(4, 7, 3), quality=95, exif=exif(8, ">")),
]
picture = smooth(5, 8, 3)
for orientation in range(1, 9):
    cases.append(
        case(f"orientation {orientation}", picture, quality=95, subsampling="4:4:4",
             exif=exif(orientation)))

json.dump(
    {
        "passport": {
            "script": "jpeg.py",
            "seed": seed,
            "dtype": "uint8",
            "versions": {
                "python": platform.python_version(), "numpy": np.__version__,
                "pillow": PIL.__version__,
                "libjpeg-turbo": PIL.features.version_feature("libjpeg_turbo"),
            },
        },
        "decoding": cases,
    },
    sys.stdout)
print()
