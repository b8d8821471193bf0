// SPDX-License-Identifier: GPL-3.0-or-later
// The measured speeds that the project ships, for the tests of what is made of them.
#pragma once

#include <QtGlobal>
#include <string>
#include <vector>

#include "model/throughput.h"

namespace deepvm::test {

template <typename T, typename Columns, typename Parse>
std::vector<T> shipped_rows(const std::string& file, const Columns& columns, Parse parse) {
    const auto table = base::CsvTable::read(DEEPVM_SOURCE_DIR "/resources/validation/" + file, columns);
    if (!table) qFatal("%s", table.error().message.c_str());
    std::vector<T> rows;
    for (std::size_t i = 0; i < table->size(); ++i) {
        auto row = parse(table->row(i));
        if (!row) qFatal("%s", row.error().message.c_str());
        rows.push_back(std::move(*row));
    }
    return rows;
}

inline std::vector<model::DeviceThroughput> shipped_devices() {
    return shipped_rows<model::DeviceThroughput>("device_throughput.csv", model::device_throughput_columns,
                                                 model::parse_device_throughput);
}

inline std::vector<model::Accelerator> shipped_accelerators() {
    return shipped_rows<model::Accelerator>("peaks/accelerators.csv", model::accelerator_columns,
                                            model::parse_accelerator);
}

}  // namespace deepvm::test
