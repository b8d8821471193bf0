# SPDX-License-Identifier: GPL-3.0-or-later
# Compile commands of a GCC build for tools made of Clang: without precompiled headers and without what Qt
# and CMake generated.
#   clang_commands.py FROM TO [ROOM...]    writes them and prints their files, all or those of the rooms, the files
#                                          that include most of the project first
import json
import re
import sys


def is_ours(entry):
    file = entry["file"]
    generated = "_autogen/" in file or "/qrc_" in file or "/.rcc/" in file
    return not generated and not file.endswith("cmake_pch.hxx.cxx")


def for_clang(entry):
    only_gcc = r" -Winvalid-pch| -include \S*cmake_pch\.hxx| -Wno-restrict| -Wno-subobject-linkage"
    command = re.sub(only_gcc, "", entry["command"])
    return {**entry, "command": command}


def room_of(entry):
    return re.search(r" -o (\w+)/", entry["command"]).group(1)


def length(entry):
    if "/Unity/" not in entry["file"]:
        return 1
    with open(entry["file"], encoding="utf-8") as unity:
        return unity.read().count("#include")


def main(source, target, *rooms):
    with open(source, encoding="utf-8") as file:
        entries = [for_clang(entry) for entry in json.load(file) if is_ours(entry)]
    with open(target, "w", encoding="utf-8") as file:
        json.dump(entries, file, indent=1)
    for entry in sorted(entries, key=length, reverse=True):
        if not rooms or room_of(entry) in rooms:
            print(entry["file"])


main(*sys.argv[1:])
