// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "deepcheck/manifest.h"

namespace deepvm::deepcheck {
namespace {

using Json = nlohmann::ordered_json;
using base::ErrorCode;
using base::Result;

constexpr std::string_view schema_stem = "deepvm-deepcheck-manifest/";
constexpr int newest_format = 1;
constexpr int deepest = 8;

/// Leaves the reading, which makes an error of it.
struct Wrong {
    ErrorCode code;
    std::string message;
};

[[noreturn]] void damaged(std::string message) {
    throw Wrong{ErrorCode::damaged, std::move(message)};
}

const Json& member(const Json& object, const char* key) {
    if (!object.is_object() || !object.contains(key)) damaged(fmt::format("{} is missing", key));
    return object.at(key);
}

std::uint64_t number(const Json& object, const char* key, std::uint64_t most) {
    const auto& value = member(object, key);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most)
        damaged(fmt::format("{} must be a whole number from 0 to {}", key, most));
    return value.get<std::uint64_t>();
}

std::string text(const Json& object, const char* key) {
    const auto& value = member(object, key);
    if (!value.is_string()) damaged(fmt::format("{} must be text", key));
    return value.get<std::string>();
}

Hash hash(const Json& value, const char* key) {
    const auto read = value.is_string() ? hash_of_hex(value.get_ref<const std::string&>()) : std::nullopt;
    if (!read) damaged(fmt::format("{} must be 32 hexadecimal digits", key));
    return *read;
}

const Json& list(const Json& object, const char* key) {
    const auto& value = member(object, key);
    if (!value.is_array()) damaged(fmt::format("{} must be a list", key));
    return value;
}

FileEntry file_of(const Json& json) {
    constexpr auto any = std::numeric_limits<std::int64_t>::max();
    FileEntry file{.name = text(json, "name"),
                   .whole = number(json, "whole", any),
                   .begin = number(json, "begin", any),
                   .size = number(json, "size", any),
                   .chunks = {}};
    for (const auto& chunk : list(json, "chunks"))
        file.chunks.push_back(hash(chunk, "a chunk"));
    return file;
}

void read_format(const Json& document) {
    const auto format = text(document, "schema");
    if (!format.starts_with(schema_stem)) damaged("the document is no manifest of DeepCheck");
    if (format == fmt::format("{}{}", schema_stem, newest_format)) return;
    throw Wrong{ErrorCode::wrong_version,
                fmt::format("this is \"{}\", and this program reads {}{}; use a newer one", format,
                            schema_stem, newest_format)};
}

Manifest manifest_of(const Json& document) {
    read_format(document);
    const auto spread = spread_named(text(document, "spread"));
    if (!spread) damaged("spread must be sharded, replicated or whole");
    Manifest manifest{
        .job = text(document, "job"),
        .position = {static_cast<std::uint32_t>(number(document, "generation", most_generation)),
                     number(document, "step", most_step)},
        .rank = static_cast<int>(number(document, "rank", most_ranks)),
        .ranks = static_cast<int>(number(document, "ranks", most_ranks)),
        .spread = *spread,
        .files = {}};
    for (const auto& file : list(document, "files"))
        manifest.files.push_back(file_of(file));
    if (const auto sound = check(manifest); !sound) throw Wrong{sound.error().code, sound.error().message};
    if (hash(member(document, "root"), "root") != root_of(manifest))
        damaged("the root hash does not fit what the manifest says");
    return manifest;
}

}  // namespace

std::string manifest_json(const Manifest& manifest) {
    Json files = Json::array();
    for (const auto& file : manifest.files) {
        Json chunks = Json::array();
        for (const auto& chunk : file.chunks)
            chunks.push_back(hex(chunk));
        files.push_back({{"name", file.name},
                         {"whole", file.whole},
                         {"begin", file.begin},
                         {"size", file.size},
                         {"chunks", std::move(chunks)}});
    }
    const Json document{{"schema", fmt::format("{}{}", schema_stem, newest_format)},
                        {"job", manifest.job},
                        {"generation", manifest.position.generation},
                        {"step", manifest.position.step},
                        {"rank", manifest.rank},
                        {"ranks", manifest.ranks},
                        {"spread", name(manifest.spread)},
                        {"files", std::move(files)},
                        {"root", hex(root_of(manifest))}};
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

base::Result<Manifest> read_manifest(std::string_view json, const std::string& where) {
    try {
        return manifest_of(Json::parse(json, [](int depth, Json::parse_event_t, const Json&) {
            if (depth > deepest) damaged("nested deeper than any manifest is");
            return true;
        }));
    } catch (const Wrong& wrong) {
        return base::fail(wrong.code, fmt::format("{}: {}", where, wrong.message));
    } catch (const Json::exception& error) {
        return base::fail(ErrorCode::damaged,
                          fmt::format("{}: no JSON that can be read: {}", where, error.what()));
    }
}

}  // namespace deepvm::deepcheck
