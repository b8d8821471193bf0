// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/schema.h"

namespace deepvm::catalog {
namespace {

constexpr const char* statements[] = {
    R"(CREATE TABLE source(
    id TEXT PRIMARY KEY CHECK (id <> ''),
    description TEXT NOT NULL CHECK (description <> ''),
    as_of TEXT NOT NULL CHECK (as_of GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT, WITHOUT ROWID)",

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
    precision TEXT NOT NULL CHECK (precision IN ('fp32', 'tensor')),
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE dataset(
    name TEXT PRIMARY KEY CHECK (name <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('published', 'provider')),
    position INTEGER NOT NULL UNIQUE,
    node_bound INTEGER CHECK (node_bound BETWEEN 2 AND 1000000)
) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE instance_type(
    dataset TEXT NOT NULL REFERENCES dataset(name),
    name TEXT NOT NULL CHECK (name <> ''),
    position INTEGER NOT NULL,
    family TEXT NOT NULL CHECK (family <> ''),
    quota_class TEXT NOT NULL CHECK (quota_class <> ''),
    vcpus INTEGER NOT NULL CHECK (vcpus BETWEEN 1 AND 100000),
    memory_gib REAL CHECK (memory_gib > 0 AND memory_gib <= 1e6),
    network_gbps REAL NOT NULL CHECK (network_gbps > 0 AND network_gbps <= 1e6),
    accelerator TEXT REFERENCES accelerator(name),
    accelerator_count INTEGER NOT NULL CHECK (accelerator_count BETWEEN 0 AND 1024),
    cpu_architecture TEXT CHECK (cpu_architecture IN ('x86_64', 'arm64')),
    published_rate REAL CHECK (published_rate > 0 AND published_rate <= 1e12),
    scaling_a REAL CHECK (scaling_a > 0 AND scaling_a <= 1e6),
    scaling_b REAL CHECK (scaling_b > 0 AND scaling_b <= 1e6),
    scaling_c REAL CHECK (scaling_c > 0 AND scaling_c <= 1e6),
    PRIMARY KEY (dataset, name),
    UNIQUE (dataset, position),
    CHECK ((accelerator IS NULL) = (accelerator_count = 0)),
    CHECK ((scaling_a IS NULL) = (scaling_b IS NULL) AND (scaling_a IS NULL) = (scaling_c IS NULL))
) STRICT, WITHOUT ROWID)",

    // A published data set has one nameless region. The primary key is the order in which load() reads.
    R"(CREATE TABLE offer(
    dataset TEXT NOT NULL,
    region TEXT NOT NULL CHECK (region <> 'any'),
    instance_type TEXT NOT NULL,
    on_demand INTEGER NOT NULL CHECK (on_demand BETWEEN 1 AND 1000000000000),
    spot INTEGER CHECK (spot BETWEEN 1 AND on_demand),
    spot_basis TEXT CHECK (spot_basis IN ('list', 'observed', 'advisor-savings', 'published')),
    interruption_band INTEGER CHECK (interruption_band BETWEEN 0 AND 4),
    on_demand_source TEXT NOT NULL REFERENCES source(id),
    spot_source TEXT REFERENCES source(id),
    PRIMARY KEY (dataset, region, instance_type),
    FOREIGN KEY (dataset, instance_type) REFERENCES instance_type(dataset, name),
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
};

}  // namespace

std::span<const char* const> schema_statements() {
    return statements;
}

}  // namespace deepvm::catalog
