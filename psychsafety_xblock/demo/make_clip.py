"""Draws the clip of the demo: paper notes drift onto a wall, then one sentence. Run by `make clip`.

Needs Pillow and ffmpeg; the result is kept with the project, so nobody else does.
"""

from __future__ import annotations

import math
import random
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (960, 540)
RATE = 24
SECONDS = 11
SCALE = 2
NIGHT, INK, PALE = "#0f2426", "#1d2b2f", "#f3efe4"
PAPERS = ("#fff1b3", "#d8efe0", "#dce8fa", "#fadfd3", "#eae2f6")
SENTENCE = ("Everybody in this room", "has one of these.")
FONTS = ("DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf", "LiberationSans-Bold.ttf", "Arial Bold.ttf")
HERE = Path(__file__).parent / "static/psychsafety_demo"


def note(colour: str, lines: list[float]) -> Image.Image:
    """A piece of paper with strokes where writing would be, so that nobody reads somebody's."""
    width, height, edge = 150 * SCALE, 118 * SCALE, 22 * SCALE
    paper = Image.new("RGBA", (width + 2 * edge, height + 2 * edge))
    shadow = Image.new("RGBA", paper.size)
    ImageDraw.Draw(shadow).rectangle(
        (edge, edge + 8 * SCALE, edge + width, edge + height + 8 * SCALE), fill="#00000088"
    )
    paper.alpha_composite(shadow.filter(ImageFilter.GaussianBlur(7 * SCALE)))
    draw = ImageDraw.Draw(paper)
    draw.rectangle((edge, edge, edge + width, edge + height), fill=colour)
    for row, length in enumerate(lines):
        top = edge + (24 + row * 20) * SCALE
        start = edge + 16 * SCALE
        draw.rounded_rectangle(
            (start, top, start + length * 118 * SCALE, top + 6 * SCALE), radius=3 * SCALE, fill="#1d2b2f66"
        )
    return paper


def ease(t: float) -> float:
    """0 to 1, quick at first and then settling, for t from 0 to 1."""
    return 1 - (1 - min(max(t, 0.0), 1.0)) ** 4


def font(size: int) -> ImageFont.FreeTypeFont:
    """The first of the common fonts that this machine has."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    sys.exit(f"none of the fonts {', '.join(FONTS)} is installed")


def sentence(strength: float) -> Image.Image:
    """The sentence on a transparent picture, as visible as `strength` from 0 to 1 says."""
    layer = Image.new("RGBA", SIZE)
    draw = ImageDraw.Draw(layer)
    for row, line in enumerate(SENTENCE):
        draw.text(
            (SIZE[0] / 2, SIZE[1] / 2 - 30 + row * 60), line, font=font(46), anchor="mm",
            fill=(*(int(PALE[i : i + 2], 16) for i in (1, 3, 5)), round(255 * strength)),
        )  # fmt: skip
    return layer


def frames() -> list[Image.Image]:
    """All pictures of the clip, in order."""
    chance = random.Random(7)  # noqa: S311 - the same clip at each run
    notes = []
    for place in range(15):
        column, row = place % 5, place // 5
        colour = PAPERS[(place * 2 + row) % len(PAPERS)]
        notes.append(
            {
                "picture": note(colour, [chance.uniform(0.55, 1), chance.uniform(0.6, 1), chance.uniform(0.25, 0.8)]),
                "end": (column * 180 + 120 + chance.uniform(-8, 8), row * 158 + 112 + chance.uniform(-7, 7)),
                "from": (chance.uniform(-0.2, 1.2) * SIZE[0], -140 - chance.uniform(0, 120)),
                "start": chance.uniform(0, 4.6),
                "turn": chance.uniform(-4, 4),
                "swing": chance.choice((-1, 1)) * chance.uniform(18, 40),
            }
        )
    notes.sort(key=lambda each: each["start"])
    return [frame(notes, number / RATE) for number in range(SECONDS * RATE)]


def frame(notes: list[dict], time: float) -> Image.Image:
    """The picture at a time in seconds."""
    picture = Image.new("RGBA", SIZE, NIGHT)
    for each in notes:
        way = ease((time - each["start"]) / 2.0)
        if way <= 0:
            continue
        sway = math.sin(way * math.pi * 2) * 40 * (1 - way)
        x = each["from"][0] + (each["end"][0] - each["from"][0]) * way + sway
        y = each["from"][1] + (each["end"][1] - each["from"][1]) * way
        turned = each["picture"].rotate(
            each["turn"] + each["swing"] * (1 - way), resample=Image.Resampling.BICUBIC, expand=True
        )
        turned = turned.resize((turned.width // SCALE, turned.height // SCALE), Image.Resampling.LANCZOS)
        picture.alpha_composite(_clipped(turned, x, y))
    dark = min(max((time - 7.4) / 0.9, 0), 1)
    if dark:
        picture.alpha_composite(Image.new("RGBA", SIZE, (15, 36, 38, round(205 * dark))))
        picture.alpha_composite(sentence(min(max((time - 7.9) / 0.8, 0), 1)))
    return picture.convert("RGB")


def _clipped(small: Image.Image, x: float, y: float) -> Image.Image:
    layer = Image.new("RGBA", SIZE)
    layer.paste(small, (round(x - small.width / 2), round(y - small.height / 2)))
    return layer


def main() -> None:
    """Write clip.mp4 and its poster, clip.jpg."""
    HERE.mkdir(parents=True, exist_ok=True)
    pictures = frames()
    pictures[int(7.3 * RATE)].save(HERE / "clip.jpg", quality=78, optimize=True)
    size = f"{SIZE[0]}x{SIZE[1]}"
    encoder = subprocess.Popen(
        ["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", str(RATE),
         "-i", "-", "-c:v", "libx264", "-profile:v", "main", "-preset", "veryslow", "-crf", "28",
         "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(HERE / "clip.mp4")],
        stdin=subprocess.PIPE,
    )  # fmt: skip
    assert encoder.stdin is not None  # noqa: S101 - Popen gives one when asked for a pipe
    for picture in pictures:
        encoder.stdin.write(picture.tobytes())
    encoder.stdin.close()
    if encoder.wait():
        sys.exit("ffmpeg could not write the clip")
    print(f"clip.mp4: {(HERE / 'clip.mp4').stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
