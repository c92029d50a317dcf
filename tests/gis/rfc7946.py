"""A validator of RFC 7946 for what is published here, standard library only: faults(text) gives one line a fault.

Covers the whole of the geometry section (closed rings of four or more positions, right-hand winding, no antimeridian games),
positions of two numbers within the world and of at most 7 decimals (section 11.2), no `crs` member (section 4), `bbox` where
there is one, and the structure of features and collections (section 3).
"""
import json
import re

SIMPLE = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


class Literal(str):
    """A number as it is written, so that its decimals can be counted."""


def faults(text):
    found = []
    try:
        document = json.loads(text, parse_float=Literal, parse_constant=lambda c: found.append(f"{c} is not JSON"))
    except ValueError as error:
        return [f"not JSON: {error}"]
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        return ["no FeatureCollection"]
    if not isinstance(document.get("features"), list):
        return ["no list of features"]
    found += members(document, "the collection")
    ids = set()
    for i, feature in enumerate(document["features"]):
        found += [f"feature {i}: {fault}" for fault in feature_faults(feature)]
        if isinstance(feature, dict) and "id" in feature:
            if feature["id"] in ids:
                found.append(f"feature {i}: id {feature['id']} twice")
            ids.add(feature["id"])
    return found


def members(thing, what):
    if "crs" in thing:
        yield f"{what} has a crs member"
    for alien in {"coordinates", "geometries", "geometry", "properties"} & set(thing) if thing["type"] == "FeatureCollection" else ():
        yield f"{what} has a member {alien}"
    if "bbox" in thing:
        box = thing["bbox"]
        if not isinstance(box, list) or len(box) not in (4, 6) or not all(isinstance(v, (int, Literal)) for v in box):
            yield f"{what} has a bbox of another form"
        elif float(box[1]) > float(box[len(box) // 2 + 1]):
            yield f"{what} has a bbox from north to south"


def feature_faults(feature):
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return ["no Feature"]
    found = list(members(feature, "it"))
    if "properties" not in feature or not isinstance(feature["properties"], (dict, type(None))):
        found.append("properties are neither an object nor null")
    if "geometry" not in feature:
        return [*found, "no geometry member"]
    geometry = feature["geometry"]
    if geometry is None:
        return found
    if geometry.get("type") not in SIMPLE:
        return [*found, f"geometry of type {geometry.get('type')}"]
    found += members(geometry, "its geometry")
    return found + list(geometry_faults(geometry["type"], geometry.get("coordinates")))


def geometry_faults(kind, coordinates):
    if kind == "Polygon":
        yield from polygon_faults(coordinates)
    elif kind == "MultiPolygon":
        for polygon in coordinates:
            yield from polygon_faults(polygon)
    elif kind == "Point":
        yield from position_faults(coordinates)
    else:
        yield f"{kind} is not published here"


def polygon_faults(rings):
    if not rings:
        yield "a polygon without rings"
    for i, ring in enumerate(rings):
        bad = [fault for position in ring for fault in position_faults(position)]
        yield from bad
        if bad:
            continue
        if len(ring) < 4:
            yield "a ring of fewer than four positions"
        if ring[0] != ring[-1]:
            yield "a ring that is not closed"
        area = twice_area(ring)
        if (area <= 0) if i == 0 else (area >= 0):
            yield f"ring {i} winds the wrong way"
        if max(float(p[0]) for p in ring) - min(float(p[0]) for p in ring) > 180:
            yield "a ring over the antimeridian"


def position_faults(position):
    if not isinstance(position, list) or len(position) not in (2, 3):
        yield f"{position} is no position"
        return
    for value, most in zip(position, (180, 90)):
        if not isinstance(value, (int, Literal)) or isinstance(value, bool):
            yield f"{value} is no number"
        elif abs(float(value)) > most:
            yield f"{value} lies outside the world"
        elif isinstance(value, Literal) and len(re.sub(r"^[^.]*\.?|[eE].*$", "", value)) > 7:
            yield f"{value} has more than 7 decimals"


def twice_area(ring):
    """By the shoelace formula around the first corner; positive where it winds counter-clockwise."""
    x0, y0 = float(ring[0][0]), float(ring[0][1])
    moved = [(float(p[0]) - x0, float(p[1]) - y0) for p in ring]
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(moved, moved[1:]))
