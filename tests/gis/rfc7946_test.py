#!/usr/bin/env python3
"""The validator must see each damage: a sound collection has no fault, and every one broken in one place has."""
import copy
import json
import unittest

from rfc7946 import faults

SQUARE = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
HOLE = [[0.2, 0.2], [0.2, 0.4], [0.4, 0.4], [0.4, 0.2], [0.2, 0.2]]
SOUND = {"type": "FeatureCollection", "name": "zones", "features": [
    {"type": "Feature", "properties": {"a": 1}, "geometry": {"type": "Polygon", "coordinates": [SQUARE, HOLE]}},
    {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [-3.1234567, 53.5]}}]}


def broken(change):
    document = copy.deepcopy(SOUND)
    change(document, document["features"][0]["geometry"]["coordinates"], document["features"][1]["geometry"]["coordinates"])
    return json.dumps(document)


DAMAGES = {
    "clockwise outline": lambda d, rings, point: rings[0].reverse(),
    "counter-clockwise hole": lambda d, rings, point: rings[1].reverse(),
    "open ring": lambda d, rings, point: rings[0].pop(),
    "short ring": lambda d, rings, point: rings.__setitem__(0, [[0.0, 0.0], [1.0, 0.0], [0.0, 0.0]]),
    "crs": lambda d, rings, point: d.update(crs={"type": "name"}),
    "crs in a feature": lambda d, rings, point: d["features"][0].update(crs=None),
    "eighth decimal": lambda d, rings, point: point.__setitem__(0, -3.12345678),
    "beyond the pole": lambda d, rings, point: point.__setitem__(1, 90.5),
    "grid coordinates": lambda d, rings, point: point.__setitem__(0, 330000),
    "text for a number": lambda d, rings, point: point.__setitem__(0, "1"),
    "not a number": lambda d, rings, point: point.__setitem__(0, float("nan")),
    "no properties": lambda d, rings, point: d["features"][0].pop("properties"),
    "no geometry member": lambda d, rings, point: d["features"][0].pop("geometry"),
    "same id twice": lambda d, rings, point: [f.update(id=1) for f in d["features"]],
    "bbox from north to south": lambda d, rings, point: d.update(bbox=[0, 2, 1, 1]),
    "another type": lambda d, rings, point: d.update(type="Feature"),
}


class Validator(unittest.TestCase):
    def test_finds_nothing_wrong_with_a_sound_collection(self):
        self.assertEqual(faults(json.dumps(SOUND)), [])

    def test_sees_every_damage(self):
        for name, change in DAMAGES.items():
            with self.subTest(name):
                self.assertNotEqual(faults(broken(change)), [])

    def test_sees_what_is_no_json(self):
        self.assertNotEqual(faults("{"), [])


if __name__ == "__main__":
    unittest.main()
