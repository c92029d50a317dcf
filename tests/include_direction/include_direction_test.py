#!/usr/bin/env python3
"""Damages a small tree in every way that include_direction.py is there to see."""
import pathlib
import tempfile
import unittest

from include_direction import faults


def faults_of(**files):
    """Faults of a tree of the given files: `geo__a_cpp="text"` is geo/a.cpp."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in files.items():
            top, rest = name.split("__")
            stem, _, ending = rest.rpartition("_")
            (root / top).mkdir(exist_ok=True)
            (root / top / f"{stem}.{ending}").write_text(text, encoding="utf-8")
        return faults(root)


class IncludeDirection(unittest.TestCase):
    def test_a_folder_may_include_itself_and_those_below(self):
        self.assertEqual(faults_of(io__a_cpp='#include "geo/p.hpp"\n#include "io/a.hpp"\n#include <gdal.h>\n'), [])

    def test_an_include_against_the_direction_is_named_with_its_line(self):
        found = faults_of(cluster__a_hpp='#pragma once\n#include "io/a.hpp"\n')
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0].startswith("cluster/a.hpp:2: cluster may not include io/a.hpp"), found[0])

    def test_an_include_that_does_not_name_its_folder_is_a_fault(self):
        self.assertEqual(len(faults_of(geo__a_cpp='#include "point.hpp"\n')), 1)

    def test_a_library_in_a_header_is_a_fault_even_in_the_folder_that_owns_it(self):
        for header in ["<geos_c.h>", "<proj.h>", "<date/tz.h>", "<fmt/format.h>"]:
            self.assertEqual(len(faults_of(geo__a_hpp=f"#include {header}\n")), 1, header)

    def test_a_library_outside_its_folder_is_a_fault(self):
        for header in ["<gdal.h>", "<ogr_api.h>", "<ogrsf_frmts.h>", "<cpl_conv.h>", "<nlohmann/json.hpp>",
                       "<toml++/toml.h>", "<openssl/evp.h>", "<CLI/CLI.hpp>", "<geos_c.h>", "<proj.h>"]:
            self.assertEqual(len(faults_of(schedule__a_cpp=f"#include {header}\n")), 1, header)
        self.assertEqual(len(faults_of(io__a_cpp="#include <nanoflann.hpp>\n")), 1)

    def test_what_reaches_out_of_a_pure_folder_is_a_fault(self):
        for line in ["#include <fstream>", "#include <filesystem>", "auto f = fopen(p, m);",
                     "auto t = std::chrono::system_clock::now();", "auto t = std::chrono::steady_clock::now();",
                     "auto h = std::getenv(n);", "std::random_device device;", "std::cout << 1;", "fmt::print(f, 1);"]:
            for folder in ["geo", "cluster", "schedule"]:
                self.assertEqual(len(faults_of(**{f"{folder}__a_cpp": line + "\n"})), 1, f"{folder}: {line}")
            self.assertEqual(faults_of(io__a_cpp=line + "\n"), [], line)

    def test_comments_do_not_count(self):
        self.assertEqual(faults_of(geo__a_cpp="// reads no std::random_device, no getenv\n/* <fstream>\n*/\n"), [])

    def test_the_checker_reaches_value_types_only(self):
        include = '#include "schedule/{}.hpp"\n'.format
        self.assertEqual(faults_of(schedule__checker_cpp=include("checker"), schedule__checker_hpp=include("plan"),
                                   schedule__plan_hpp=include("rule"), schedule__rule_hpp=""), [])
        for planning in ["gap", "shift", "travel", "ground", "planner", "demand"]:
            self.assertEqual(len(faults_of(schedule__checker_cpp=include(planning))), 1, planning)
        found = faults_of(schedule__checker_cpp=include("plan"), schedule__plan_hpp=include("travel"),
                          schedule__travel_hpp="")
        self.assertEqual(len(found), 1)
        self.assertIn("reaches schedule/travel.hpp by schedule/plan.hpp", found[0])

    def test_the_planner_does_not_reach_the_checker(self):
        include = '#include "schedule/{}.hpp"\n'.format
        found = faults_of(schedule__planner_cpp=include("outlook"), schedule__outlook_hpp=include("checker"))
        self.assertEqual(len(found), 2, found)


if __name__ == "__main__":
    unittest.main()
