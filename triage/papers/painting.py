"""Our own drawings as PNG, for papers that take no SVG; the one module that knows Pillow.

It paints what `drawing` and `interval_chart` draw (lines, paths of straight strokes, circles, text) and
nothing else. The letters come with Pillow, so that the picture is the same on every machine.
"""

import re
from io import BytesIO
from itertools import pairwise
from math import hypot
from xml.etree import ElementTree as ET

from PIL import Image, ImageDraw, ImageFont

from triage.papers.drawing import Point

_SCALE, _FINER = 2, 3
"""Pixels for each unit of the drawing; strokes are painted finer, then shrunk, so that edges are smooth."""
_FONT_SIZE = 13


def to_png(svg: str) -> bytes:
    """Paint a drawing on white, at two pixels for each of its units."""
    root = ET.fromstring(svg)  # noqa: S314 (our own drawing, never a stranger's)
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    size = (round(width * _SCALE), round(height * _SCALE))
    canvas = Image.new("RGB", (size[0] * _FINER, size[1] * _FINER), "white")
    pen = ImageDraw.Draw(canvas)
    marks = [mark for mark in root.iter() if _kind(mark) in _STROKED]
    for mark in marks:
        _STROKED[_kind(mark)](pen, mark)
    small = canvas.resize(size, Image.Resampling.LANCZOS)
    font = ImageFont.load_default(size=_FONT_SIZE * _SCALE)
    assert isinstance(font, ImageFont.FreeTypeFont)
    for mark in root.iter():
        if _kind(mark) == "text":
            _write(small, mark, font)
    written = BytesIO()
    small.save(written, format="PNG", optimize=True)
    return written.getvalue()


def _kind(mark: ET.Element) -> str:
    return mark.tag.rpartition("}")[2]


def _stroke(pen: ImageDraw.ImageDraw, mark: ET.Element, points: list[Point]) -> None:
    colour = mark.get("stroke", "none")
    if colour == "none":
        return
    width = max(1, round(float(mark.get("stroke-width", "1")) * _SCALE * _FINER))
    dashes = [float(part) for part in mark.get("stroke-dasharray", "").split()]
    for one, other in _dashed(points, dashes):
        ends = [tuple(part * _SCALE * _FINER for part in end) for end in (one, other)]
        pen.line([(ends[0][0], ends[0][1]), (ends[1][0], ends[1][1])], fill=colour, width=width)


def _dashed(points: list[Point], dashes: list[float]) -> list[tuple[Point, Point]]:
    """The strokes of a line; dashes run on around its corners."""
    if not dashes:
        return list(pairwise(points))
    strokes: list[tuple[Point, Point]] = []
    at, left = 0, dashes[0]
    for (x1, y1), (x2, y2) in pairwise(points):
        length, gone = hypot(x2 - x1, y2 - y1), 0.0
        while gone < length:
            step = min(left, length - gone)
            ends = [
                (x1 + (x2 - x1) * along / length, y1 + (y2 - y1) * along / length)
                for along in (gone, gone + step)
            ]
            if at % 2 == 0:
                strokes.append((ends[0], ends[1]))
            gone, left = gone + step, left - step
            if left <= 0:
                at, left = at + 1, dashes[(at + 1) % len(dashes)]
    return strokes


def _line(pen: ImageDraw.ImageDraw, mark: ET.Element) -> None:
    ends = [(float(mark.attrib[f"x{end}"]), float(mark.attrib[f"y{end}"])) for end in (1, 2)]
    _stroke(pen, mark, ends)


def _polyline(pen: ImageDraw.ImageDraw, mark: ET.Element) -> None:
    numbers = [float(part) for part in re.split(r"[ ,]+", mark.attrib["points"].strip()) if part]
    _stroke(pen, mark, list(zip(numbers[::2], numbers[1::2], strict=True)))


def _path(pen: ImageDraw.ImageDraw, mark: ET.Element) -> None:
    """Move, then straight strokes across and down."""
    points: list[Point] = []
    for letter, told in re.findall(r"([MVH])([^MVH]*)", mark.attrib["d"]):
        numbers = [float(part) for part in told.split()]
        x, y = points[-1] if points else (0.0, 0.0)
        points.append({"M": (numbers[0], numbers[-1]), "V": (x, numbers[0]), "H": (numbers[0], y)}[letter])
    _stroke(pen, mark, points)


def _circle(pen: ImageDraw.ImageDraw, mark: ET.Element) -> None:
    x, y, radius = (float(mark.attrib[name]) * _SCALE * _FINER for name in ("cx", "cy", "r"))
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=mark.get("fill", "black"))


_STROKED = {"line": _line, "polyline": _polyline, "path": _path, "circle": _circle}
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def _write(canvas: Image.Image, mark: ET.Element, font: ImageFont.FreeTypeFont) -> None:
    words, ink = mark.text or "", "#0b0c0c"
    turned = re.match(r"translate\(([\d.]+) ([\d.]+)\) rotate\(-90\)", mark.get("transform", ""))
    if turned is None:
        place = (float(mark.attrib["x"]) * _SCALE, float(mark.attrib["y"]) * _SCALE)
        ImageDraw.Draw(canvas).text(
            place, words, fill=ink, font=font, anchor=_ANCHORS[mark.get("text-anchor", "start")]
        )
        return
    x, y = (float(part) * _SCALE for part in turned.groups())
    left, top, right, bottom = font.getbbox(words, anchor="ls")
    strip = Image.new("RGB", (round(right - left), round(bottom - top)), "white")
    ImageDraw.Draw(strip).text((-left, -top), words, fill=ink, font=font, anchor="ls")
    upright = strip.rotate(90, expand=True)
    canvas.paste(upright, (round(x + top), round(y - upright.height / 2)))
