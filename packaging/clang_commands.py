# SPDX-License-Identifier: GPL-3.0-or-later
# Compile commands of a GCC build for tools made of Clang: without precompiled headers and without what Qt
# and CMake generated.
#   clang_commands.py FROM TO [ROOM...]         writes them and prints their files, all or those of the rooms, the
#                                               files that include most of the project first; the files of one folder of
#                                               tests or core become one, so that what all of them include is looked
#                                               at once
#   clang_commands.py FROM TO --print-commands  prints a command for each file with which Clang checks it by itself
import json
import os
import re
import shlex
import sys


def is_ours(entry):
    file = entry["file"]
    generated = "_autogen/" in file or "/qrc_" in file or "/.rcc/" in file
    return not generated and not file.endswith("cmake_pch.hxx.cxx")


def for_clang(entry):
    only_gcc = r" -Winvalid-pch| -include \S*cmake_pch\.hxx| -Wno-restrict| -Wno-subobject-linkage"
    command = re.sub(only_gcc, "", entry["command"])
    return {**entry, "command": command}


def folder_of(entry):
    return re.search(r" -o (\S+)/CMakeFiles/", entry["command"]).group(1)


def room_of(entry):
    return folder_of(entry).split("/")[0]


def length(entry):
    if "/Unity/" not in entry["file"]:
        return 1
    with open(entry["file"], encoding="utf-8") as unity:
        return unity.read().count("#include")


# One entry for those of one folder; with main() in two of them, as in app, they stay apart.
def joined(entries, to):
    together = {}
    for entry in entries:
        folder = folder_of(entry)
        apart = not folder.startswith(("tests/", "core/")) or entry["file"].endswith("lp_solve.cpp")
        together.setdefault(entry["file"] if apart else folder, []).append(entry)
    for folder, parts in together.items():
        if len(parts) == 1:
            yield parts[0]
            continue
        name = os.path.join(to, folder.replace("/", "_") + ".cpp")
        with open(name, "w", encoding="utf-8") as file:
            file.writelines(f'#include "{part["file"]}"\n' for part in parts)
        words = shlex.split(parts[0]["command"])
        for part in parts[1:]:
            words[1:1] = [word for word in shlex.split(part["command"]) if word[:2] in ("-I", "-D") and word not in words]
        words = [name if word == parts[0]["file"] else word for word in words]
        yield {**parts[0], "file": name, "command": shlex.join(words)}


def main(source, target, *rooms):
    with open(source, encoding="utf-8") as file:
        entries = [for_clang(entry) for entry in json.load(file) if is_ours(entry)]
    if rooms == ("--print-commands",):
        for entry in entries:
            command = re.sub(r"^\S+", "clang++-14", entry["command"])
            command = re.sub(r" -o \S+ -c ", " -fsyntax-only ", command)
            print(f"cd {shlex.quote(entry['directory'])} && {command}")
        return
    entries = sorted(entries, key=length, reverse=True)
    entries = list(joined(entries, os.path.dirname(os.path.abspath(target))))
    with open(target, "w", encoding="utf-8") as file:
        json.dump(entries, file, indent=1)
    for entry in entries:
        if not rooms or room_of(entry) in rooms:
            print(entry["file"])


main(*sys.argv[1:])
