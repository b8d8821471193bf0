// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/schema.h"

#include <cstddef>
#include <iterator>

namespace deepvm::catalog {
namespace {

constexpr const char* statements[] = {
    // The first table, so that its one row is in the page after the first: see seal.h.
    R"(CREATE TABLE seal(
    checksum BLOB NOT NULL
) STRICT)",

    R"(CREATE TABLE source(
    number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 65535),
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    description TEXT NOT NULL CHECK (description <> ''),
    as_of TEXT NOT NULL CHECK (as_of GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT)",

    R"(CREATE TABLE accelerator(
    name TEXT PRIMARY KEY CHECK (name <> ''),
    display_name TEXT NOT NULL CHECK (display_name <> ''),
    fp32_tflops REAL NOT NULL CHECK (fp32_tflops > 0 AND fp32_tflops <= 1e6),
    tensor_tflops REAL NOT NULL CHECK (tensor_tflops > 0 AND tensor_tflops <= 1e6),
    memory_gib REAL NOT NULL CHECK (memory_gib > 0 AND memory_gib <= 1e6),
    memory_bandwidth_gbs REAL NOT NULL CHECK (memory_bandwidth_gbs > 0 AND memory_bandwidth_gbs <= 1e6),
    year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2100)
) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE workload(
    name TEXT PRIMARY KEY CHECK (name <> ''),
    position INTEGER NOT NULL UNIQUE,
    display_name TEXT NOT NULL CHECK (display_name <> ''),
    parameters INTEGER NOT NULL CHECK (parameters BETWEEN 1 AND 1000000000000000),
    flop_per_sample REAL NOT NULL CHECK (flop_per_sample > 0 AND flop_per_sample <= 1e30),
    batch_per_accelerator INTEGER NOT NULL CHECK (batch_per_accelerator BETWEEN 1 AND 1000000),
    gradient_bytes_per_parameter INTEGER NOT NULL CHECK (gradient_bytes_per_parameter BETWEEN 1 AND 1024),
    state_bytes_per_parameter INTEGER NOT NULL CHECK (state_bytes_per_parameter BETWEEN 1 AND 1024),
    checkpoint_bytes_per_parameter INTEGER NOT NULL CHECK (checkpoint_bytes_per_parameter BETWEEN 1 AND 1024),
    samples_per_epoch INTEGER NOT NULL CHECK (samples_per_epoch BETWEEN 1 AND 1000000000000000),
    epochs INTEGER NOT NULL CHECK (epochs BETWEEN 1 AND 1000000),
    precision TEXT NOT NULL CHECK (precision IN ('fp32', 'tf32', 'tensor', 'fp8')),
    note TEXT NOT NULL,
    kind TEXT CHECK (kind <> ''),
    accumulation_steps INTEGER NOT NULL CHECK (accumulation_steps BETWEEN 1 AND 1000000),
    measured_as TEXT NOT NULL
) STRICT, WITHOUT ROWID)",

    // Samples a second that were measured, model::DeviceThroughput.
    R"(CREATE TABLE device_throughput(
    position INTEGER PRIMARY KEY,
    accelerator TEXT NOT NULL CHECK (accelerator <> ''),
    accelerators INTEGER NOT NULL CHECK (accelerators BETWEEN 1 AND 100000),
    workload TEXT NOT NULL CHECK (workload <> ''),
    kind TEXT NOT NULL,
    parameters REAL NOT NULL,
    flop_per_sample REAL NOT NULL,
    precision TEXT NOT NULL,
    samples_per_second REAL NOT NULL CHECK (samples_per_second > 0 AND samples_per_second <= 1e9),
    software TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source <> ''),
    source_date TEXT NOT NULL,
    use INTEGER NOT NULL CHECK (use BETWEEN 0 AND 2)
) STRICT)",

    R"(CREATE TABLE dataset(
    name TEXT PRIMARY KEY CHECK (name NOT IN ('', 'any')),
    title TEXT NOT NULL CHECK (title <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('published', 'provider')),
    position INTEGER NOT NULL UNIQUE,
    node_bound INTEGER CHECK (node_bound BETWEEN 2 AND 1000000)
) STRICT, WITHOUT ROWID)",

    // What open() tells of a data set without reading its offers; check() counts them.
    R"(CREATE TABLE summary(
    dataset TEXT PRIMARY KEY REFERENCES dataset(name),
    instance_types INTEGER NOT NULL,
    offers INTEGER NOT NULL,
    prices_as_of TEXT NOT NULL
) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE instance_type(
    number INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL REFERENCES dataset(name),
    name TEXT NOT NULL CHECK (name <> ''),
    position INTEGER NOT NULL,
    family TEXT NOT NULL CHECK (family <> ''),
    quota_class TEXT NOT NULL CHECK (quota_class <> ''),
    vcpus INTEGER NOT NULL CHECK (vcpus BETWEEN 1 AND 100000),
    memory_gib REAL CHECK (memory_gib > 0 AND memory_gib <= 1e6),
    network_gbps REAL CHECK (network_gbps > 0 AND network_gbps <= 1e6),
    fabric TEXT CHECK (fabric IN ('tcp', 'efa', 'infiniband', 'gpudirect-tcpx')),
    fabric_gbps REAL CHECK (fabric_gbps > 0 AND fabric_gbps <= 1e6),
    accelerator TEXT REFERENCES accelerator(name),
    accelerator_count INTEGER NOT NULL CHECK (accelerator_count BETWEEN 0 AND 1024),
    cpu_architecture TEXT CHECK (cpu_architecture IN ('x86_64', 'arm64')),
    published_rate REAL CHECK (published_rate > 0 AND published_rate <= 1e12),
    scaling_a REAL CHECK (scaling_a > 0 AND scaling_a <= 1e6),
    scaling_b REAL CHECK (scaling_b > 0 AND scaling_b <= 1e6),
    scaling_c REAL CHECK (scaling_c > 0 AND scaling_c <= 1e6),
    -- mean logarithm of estimated spot / on-demand over its regions, model::TypeShare
    mean_log_share REAL CHECK (mean_log_share BETWEEN -20 AND 20),
    UNIQUE (dataset, name),
    UNIQUE (dataset, position),
    CHECK ((accelerator IS NULL) = (accelerator_count = 0)),
    CHECK ((scaling_a IS NULL) = (scaling_b IS NULL) AND (scaling_a IS NULL) = (scaling_c IS NULL))
) STRICT)",

    // A published data set has one nameless region.
    R"(CREATE TABLE place(
    number INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL REFERENCES dataset(name),
    region TEXT NOT NULL CHECK (region <> 'any'),
    UNIQUE (dataset, region)
) STRICT)",

    // The primary key is the order in which load() reads. spot_basis is a model::PriceBasis.
    R"(CREATE TABLE offer(
    place INTEGER NOT NULL REFERENCES place(number),
    instance_type INTEGER NOT NULL REFERENCES instance_type(number),
    on_demand INTEGER NOT NULL CHECK (on_demand BETWEEN 1 AND 1000000000000),
    spot INTEGER CHECK (spot BETWEEN 1 AND 1000000000000),
    spot_basis INTEGER CHECK (spot_basis BETWEEN 0 AND 3),
    interruption_band INTEGER CHECK (interruption_band BETWEEN 0 AND 4),
    on_demand_source INTEGER NOT NULL REFERENCES source(number),
    spot_source INTEGER REFERENCES source(number),
    doubtful INTEGER NOT NULL DEFAULT 0 CHECK (doubtful BETWEEN 0 AND 1),
    PRIMARY KEY (place, instance_type),
    CHECK ((spot IS NULL) = (spot_basis IS NULL) AND (spot IS NULL) = (spot_source IS NULL))
) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE quota(
    dataset TEXT NOT NULL REFERENCES dataset(name),
    quota_class TEXT NOT NULL CHECK (quota_class <> ''),
    position INTEGER NOT NULL,
    on_demand_vcpus INTEGER NOT NULL CHECK (on_demand_vcpus BETWEEN 0 AND 100000000),
    spot_vcpus INTEGER NOT NULL CHECK (spot_vcpus BETWEEN 0 AND 100000000),
    PRIMARY KEY (dataset, quota_class)
) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE network_saturation(
    network_gbps REAL PRIMARY KEY CHECK (network_gbps > 0 AND network_gbps <= 1e6),
    workers_per_remote REAL NOT NULL CHECK (workers_per_remote > 0 AND workers_per_remote <= 1e6)
) STRICT, WITHOUT ROWID)",

    // Since version 4: what an offer cost before an import changed it; `step` counts from 1, the oldest.
    R"(CREATE TABLE past_price(
    place INTEGER NOT NULL REFERENCES place(number),
    instance_type INTEGER NOT NULL REFERENCES instance_type(number),
    is_spot INTEGER NOT NULL CHECK (is_spot BETWEEN 0 AND 1),
    step INTEGER NOT NULL CHECK (step >= 1),
    price INTEGER NOT NULL CHECK (price BETWEEN 1 AND 1000000000000),
    basis INTEGER NOT NULL CHECK (basis BETWEEN 0 AND 3),
    source INTEGER NOT NULL REFERENCES source(number),
    PRIMARY KEY (place, instance_type, is_spot, step)
) STRICT, WITHOUT ROWID)",

    // Since version 4: the zones behind a spot price, which is that of the cheapest.
    R"(CREATE TABLE spot_range(
    place INTEGER NOT NULL REFERENCES place(number),
    instance_type INTEGER NOT NULL REFERENCES instance_type(number),
    zone TEXT NOT NULL,
    zones INTEGER NOT NULL CHECK (zones >= 1),
    low INTEGER NOT NULL CHECK (low BETWEEN 1 AND 1000000000000),
    high INTEGER NOT NULL CHECK (high BETWEEN low AND 1000000000000),
    PRIMARY KEY (place, instance_type)
) STRICT, WITHOUT ROWID)",
};

constexpr std::size_t since_version_4 = 2;

constexpr std::size_t count_of(int version) {
    return version < 4 ? std::size(statements) - since_version_4 : std::size(statements);
}

}  // namespace

std::span<const char* const> schema_statements(int version) {
    return std::span(statements).first(count_of(version));
}

std::span<const char* const> schema_statements_since(int version) {
    return std::span(statements).subspan(count_of(version));
}

}  // namespace deepvm::catalog
