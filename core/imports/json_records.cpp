// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/json_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <nlohmann/json.hpp>
#include <optional>

namespace deepvm::imports {
namespace {

constexpr std::size_t deepest = 32;
constexpr std::size_t largest_record = 1U << 24U;  // bytes of names and values

using Steps = std::vector<std::string>;

Steps split(std::string_view pattern) {
    Steps steps;
    while (true) {
        const auto slash = pattern.find('/');
        steps.emplace_back(pattern.substr(0, slash));
        if (slash == std::string_view::npos) return steps;
        pattern.remove_prefix(slash + 1);
    }
}

// Told of every value by the parser, keeps where in the document that is.
class Events : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit Events(const JsonReading& reading) : reading_(reading) {
        for (const auto& pattern : reading.patterns)
            patterns_.push_back(split(pattern));
    }

    std::string why;  // it had to stop

    bool null() override { return next_value(), true; }
    bool boolean(bool value) override { return take(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return take(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return take(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& text) override { return take(text); }
    bool string(string_t& value) override { return take(value); }
    bool binary(binary_t&) override { return true; }
    bool key(string_t& name) override {
        steps_.back() = name;
        return true;
    }
    bool start_object(std::size_t) override { return open(false); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(true); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

  private:
    // Within an array every value has the next number for a name.
    void next_value() {
        if (levels_.empty() || !levels_.back().array) return;
        steps_.back() = std::to_string(levels_.back().next++);
    }

    bool take(std::string_view value) {
        next_value();
        if (record_depth_ == 0) {
            if (reading_.outside) reading_.outside(joined(0), value);
            return true;
        }
        auto name = joined(record_depth_);
        bytes_ += name.size() + value.size();
        if (bytes_ > largest_record) {
            record_.too_large = true;
            record_.values.clear();
        } else {
            record_.values.emplace_back(std::move(name), std::string(value));
        }
        return true;
    }

    bool open(bool array) {
        next_value();
        if (levels_.size() == deepest) {
            why = fmt::format("is nested more than {} levels deep", deepest);
            return false;
        }
        if (record_depth_ == 0 && !array) begin_record();
        levels_.push_back({array, 0});
        steps_.emplace_back();
        return true;
    }

    bool close() {
        levels_.pop_back();
        steps_.pop_back();
        if (record_depth_ != 0 && steps_.size() == record_depth_) {
            record_depth_ = 0;
            reading_.each(pattern_, record_);
        }
        return true;
    }

    void begin_record() {
        for (std::size_t i = 0; i < patterns_.size(); ++i) {
            const auto fits = [](const std::string& step, const std::string& wanted) {
                return wanted == "*" || step == wanted;
            };
            if (!std::equal(steps_.begin(), steps_.end(), patterns_[i].begin(), patterns_[i].end(), fits))
                continue;
            pattern_ = i;
            record_depth_ = steps_.size();
            record_.values.clear();
            record_.too_large = false;
            bytes_ = 0;
            record_.path = place();
            record_.key = steps_.back();
            record_.parent = steps_.size() > 1 ? steps_[steps_.size() - 2] : std::string();
            return;
        }
    }

    std::string joined(std::size_t from) const {
        std::string path;
        for (std::size_t i = from; i < steps_.size(); ++i) {
            if (i > from) path += '/';
            path += steps_[i];
        }
        return path;
    }

    // As people write it: SpotPriceHistory[12], spot_advisor.us-east-1.Linux.
    std::string place() const {
        std::string path;
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            if (levels_[i].array)
                path += "[" + steps_[i] + "]";
            else
                path += (path.empty() ? "" : ".") + steps_[i];
        }
        return path;
    }

    struct Level {
        bool array = false;
        std::size_t next = 0;
    };

    const JsonReading& reading_;
    std::vector<Steps> patterns_;
    std::vector<Level> levels_;
    Steps steps_;  // as many as levels
    JsonRecord record_;
    std::size_t record_depth_ = 0;  // 0 outside of a record
    std::size_t pattern_ = 0;
    std::size_t bytes_ = 0;
};

bool skip_space(Input& input) {
    using Traits = Input::traits_type;
    for (auto c = input.sgetc(); c != Traits::eof(); c = input.snextc())
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return true;
    return false;
}

}  // namespace

std::string_view JsonRecord::get(std::string_view name) const {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.first == name; });
    return found == values.end() ? std::string_view() : std::string_view(found->second);
}

std::string read_json(Input& input, const JsonReading& reading) {
    input.expect_quotes();
    std::istream stream(&input);
    try {
        while (skip_space(input)) {
            Events events(reading);
            if (nlohmann::json::sax_parse(stream, &events, nlohmann::json::input_format_t::json, false))
                continue;
            const auto line = input.line();
            if (!events.why.empty())
                return fmt::format("line {}: {}; is this the right file?", line, events.why);
            if (input.failed()) return fmt::format("line {}: the disk fails here; copy the file", line);
            if (input.at_end()) return fmt::format("line {}: the file is cut off; fetch it again", line);
            return fmt::format("line {}: is no JSON from here on; fetch it again", line);
        }
    } catch (const NoStructure&) {
        return fmt::format(
            "line {}: millions of bytes without a quote, which no price list has; fetch it again",
            input.line());
    }
    return {};
}

}  // namespace deepvm::imports
