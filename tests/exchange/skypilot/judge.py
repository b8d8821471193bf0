# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a SkyPilot file as SkyPilot does (PyYAML), checks it by schema.json, and prints its documents as JSON."""
import json
import pathlib
import sys

import jsonschema
import yaml

documents = list(yaml.safe_load_all(sys.stdin.buffer.read()))
schema = json.loads(pathlib.Path(__file__).with_name("schema.json").read_text())
jsonschema.Draft202012Validator(schema).validate(documents)
names = [task["name"] for task in documents[-max(1, len(documents) - 1):]]
assert len(set(names)) == len(names), "tasks of a group need names of their own"
if len(documents) > 1:
    assert set(documents[0].get("primary_tasks", [])) <= set(names), "an unknown primary task"
json.dump(documents, sys.stdout)
