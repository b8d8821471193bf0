// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/input.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>

namespace deepvm::imports {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

std::string date_of(const struct stat& status) {
    tm day{};
    if (::gmtime_r(&status.st_mtime, &day) == nullptr) return {};
    return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

// What the file is instead of text in UTF-8, with what to do; empty where nothing speaks against it.
std::string_view other_kind(std::string_view head) {
    const auto begins = [&](std::string_view with) { return head.starts_with(with); };
    if (head.find_first_not_of(" \t\r\n") == std::string_view::npos) return "is empty; fetch it again";
    if (begins("\xFF\xFE") || begins("\xFE\xFF"))
        return "is UTF-16 text; save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)";
    if (begins("\x1F\x8B")) return "is compressed; unpack it with gunzip";
    if (begins("PK\x03\x04")) return "is a ZIP archive or a spreadsheet; unpack it, or save it as CSV";
    if (begins("BZh") ||
        begins("\xFD"
               "7zXZ") ||
        begins("\x28\xB5\x2F\xFD"))
        return "is compressed; unpack it";
    if (begins("PAR1")) return "is a Parquet file; fetch JSON or CSV";
    if (begins("SQLite format 3")) return "is a SQLite file; compare catalogs with \"deepvm catalog diff\"";
    const auto first = head.find_first_not_of(" \t\r\n");
    if (head[first] == '<') return "is a web page or XML; fetch the file that the page links to";
    // Without a byte order mark, too, every other byte of UTF-16 is 0 in these files.
    const auto zeros = std::count(head.begin(), head.end(), '\0');
    if (4 * static_cast<std::size_t>(zeros) > head.size())
        return "is UTF-16 text or no text; save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)";
    return {};
}

}  // namespace

Input::Input(fs::path file, int descriptor, std::stop_token stop)
    : file_(std::move(file)),
      name_(file_.filename().string()),
      descriptor_(descriptor),
      stop_(std::move(stop)),
      buffer_(chunk) {}

Input::~Input() {
    ::close(descriptor_);
}

base::Result<std::unique_ptr<Input>> Input::open(const fs::path& file, std::stop_token stop) {
    const auto refuse = [&](std::string_view why) {
        return base::fail(ErrorCode::unreadable, fmt::format("{}: {}", file.string(), why));
    };
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT) return refuse("no such file; check its name");
    if (descriptor < 0)
        return refuse(fmt::format("cannot be read ({}); check its permissions", std::strerror(errno)));
    std::unique_ptr<Input> input(new Input(file, descriptor, std::move(stop)));
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return refuse(std::strerror(errno));
    if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode))
        return refuse("is neither a file nor a pipe; name a file");
    if (S_ISREG(status.st_mode)) input->date_ = date_of(status);
    input->head_.resize(chunk);
    input->head_.resize(input->fill(input->head_.data(), chunk));
    if (input->failed_) return refuse("cannot be read; check the disk");
    if (input->head_.starts_with("\xEF\xBB\xBF")) input->head_.erase(0, 3);
    if (const auto other = other_kind(input->head_); !other.empty())
        return base::fail(ErrorCode::damaged, fmt::format("{}: {}", file.string(), other));
    return input;
}

std::size_t Input::fill(char* to, std::size_t most) {
    std::size_t got = 0;
    while (got < most) {
        const auto read = ::read(descriptor_, to + got, most - got);
        if (read < 0 && errno == EINTR) continue;
        failed_ = read < 0;
        if (read <= 0) break;
        got += static_cast<std::size_t>(read);
    }
    return got;
}

std::uint64_t Input::line() const {
    return lines_before_ + 1 + static_cast<std::uint64_t>(std::count(eback(), gptr(), '\n'));
}

Input::int_type Input::underflow() {
    if (gptr() < egptr()) return traits_type::to_int_type(*gptr());
    lines_before_ += static_cast<std::uint64_t>(std::count(eback(), egptr(), '\n'));
    std::size_t got = 0;
    if (!head_given_) {
        got = head_.size();
        std::copy(head_.begin(), head_.end(), buffer_.begin());
        head_given_ = true;
    }
    if (stop_.stop_requested()) return traits_type::eof();
    if (got == 0) got = fill(buffer_.data(), chunk);
    setg(buffer_.data(), buffer_.data(), buffer_.data() + got);
    if (got == 0) return traits_type::eof();
    const std::string_view text(buffer_.data(), got);
    const auto quote = text.rfind('"');
    run_ = quote == std::string_view::npos ? run_ + got : got - quote;
    if (expect_quotes_ && run_ > longest_run) throw NoStructure();
    return traits_type::to_int_type(*gptr());
}

}  // namespace deepvm::imports
