// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a file that somebody downloaded, read once from front to back. Private to this folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace deepvm::imports {

/// Thrown out of a reader by bytes that no list of prices has: more than `longest_run` of them without a
/// quote.
struct NoStructure {};

/// A file or a pipe as a stream buffer that shows its beginning before it is read and knows its line.
class Input : public std::streambuf {
  public:
    /// Refuses what cannot be read, and names what is no text of ours: UTF-16, compressed files, web pages,
    /// spreadsheets, nothing at all.
    /// Once `stop` is asked for, the file ends with the next 64 KiB.
    static base::Result<std::unique_ptr<Input>> open(const std::filesystem::path& file,
                                                     std::stop_token stop = {});

    ~Input() override;
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

    /// The first 64 KiB, or the whole file if it is shorter, without a byte order mark.
    std::string_view head() const { return head_; }
    /// File name without its folder, as messages show it.
    const std::string& name() const { return name_; }
    const std::filesystem::path& file() const { return file_; }
    /// ISO date of the file's last change; empty for a pipe.
    const std::string& date() const { return date_; }
    /// Of what is read next, from 1.
    std::uint64_t line() const;
    /// Whether everything was read.
    bool at_end() { return sgetc() == traits_type::eof(); }
    /// The disk failed, not the file ended.
    bool failed() const { return failed_; }
    /// From now on throws NoStructure; for formats with quotes around every name.
    void expect_quotes() { expect_quotes_ = true; }

  protected:
    int_type underflow() override;

  private:
    Input(std::filesystem::path file, int descriptor, std::stop_token stop);
    std::size_t fill(char* to, std::size_t most);

    static constexpr std::size_t chunk = 1U << 16U;
    static constexpr std::size_t longest_run = 1U << 24U;

    std::filesystem::path file_;
    std::string name_;
    std::string date_;
    int descriptor_;
    std::stop_token stop_;
    std::vector<char> buffer_;
    std::string head_;
    std::uint64_t lines_before_ = 0;  // of the buffer
    std::size_t run_ = 0;             // bytes since the last quote
    bool failed_ = false;
    bool expect_quotes_ = false;
    bool head_given_ = false;
};

}  // namespace deepvm::imports
