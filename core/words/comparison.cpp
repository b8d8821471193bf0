// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/csv_table.h"
#include "base/printable.h"
#include "risk/revocation.h"
#include "words/job.h"
#include "words/plans.h"
#include "words/reasons.h"
#include "words/remarks.h"
#include "words/reopened.h"

namespace deepvm::words {
namespace {

using compare::Column;
using compare::Comparison;

enum class Better { none, less, more };

/// What a row says of a column, and the figure behind it where columns can be judged by it.
struct Cell {
    std::string text;
    std::optional<double> figure = std::nullopt;
};

using Say = std::function<Cell(const Column&)>;

class Table {
  public:
    Table(const Comparison& comparison, Style style) : comparison_(comparison), style_(style) {}

    void group(std::string name) { group_ = std::move(name); }

    void add(std::string name, Better better, const Say& say) {
        ComparisonRow row{group_, std::move(name), {}, {}, false};
        std::vector<std::optional<double>> figures;
        for (const auto& column : comparison_.columns) {
            auto cell = say(column);
            row.values.push_back(cell.text.empty() ? std::string(dash(style_)) : std::move(cell.text));
            figures.push_back(cell.figure);
        }
        row.differs =
            std::ranges::any_of(row.values, [&](const auto& each) { return each != row.values.front(); });
        // What reads alike is not judged: the difference is below what anybody knows.
        row.best = row.differs ? best(figures, better) : std::vector<bool>(figures.size(), false);
        rows_.push_back(std::move(row));
    }

    /// The same of what a plan says, nothing where there is none.
    void of_plan(std::string name, Better better,
                 const std::function<Cell(const Column&, const problem::Plan&)>& say) {
        add(std::move(name), better,
            [&](const Column& column) { return column.plan ? say(column, *column.plan) : Cell{}; });
    }

    std::vector<ComparisonRow> rows() && { return std::move(rows_); }

  private:
    static std::vector<bool> best(const std::vector<std::optional<double>>& figures, Better better) {
        std::vector<bool> marks(figures.size(), false);
        if (better == Better::none) return marks;
        std::vector<double> known;
        for (const auto& figure : figures)
            if (figure) known.push_back(*figure);
        const auto [least, most] = std::ranges::minmax_element(known);
        if (known.size() < 2 || *least == *most) return marks;
        const double wanted = better == Better::less ? *least : *most;
        for (std::size_t i = 0; i < figures.size(); ++i)
            marks[i] = figures[i] == wanted;
        return marks;
    }

    const Comparison& comparison_;
    Style style_;
    std::string group_;
    std::vector<ComparisonRow> rows_;
};

// By the one name of its provider; the command line takes providers by the names that it shows.
std::string place_of(const problem::Plan& plan, Style style) {
    return style == Style::plain ? model::place_name(plan.provider, plan.region)
                                 : model::place_title(plan.provider, plan.region);
}

// Of the job only what is asked of the same work can be judged.
bool one_job(const Comparison& comparison) {
    const Column* first = nullptr;
    for (const auto& column : comparison.columns) {
        if (!column.problem) continue;
        if (first && !compare::same_job(*first->problem, *column.problem)) return false;
        if (!first) first = &column;
    }
    return true;
}

// Of the machines that the plan rents.
std::string oldest_price(const model::Market& market, const problem::Plan& plan) {
    std::string oldest;
    for (const auto& price : session::prices_of(market, plan))
        if (!price.as_of.empty() && (oldest.empty() || price.as_of < oldest)) oldest = price.as_of;
    return oldest.empty() ? model::prices_as_of(market) : oldest;
}

// How likely revocations are taken to be.
std::string revocations_asked(const problem::Risk& risk) {
    if (!risk.rates) return fmt::format("by interruption band, {}", problem::name(risk.point));
    const auto monthly = fmt::format("{:.3g} % a month", 100 * risk::monthly_share(risk.rates->middle));
    return risk.source.starts_with("lifetimes") ? "observed lifetimes" : monthly;
}

void add_question(Table& table, const Comparison& comparison, Style style) {
    table.group("Question");
    table.add("Market", Better::none, [](const Column& c) {
        return c.problem ? Cell{c.problem->market->title} : Cell{c.pin.question.selection.market};
    });
    table.add("Revocations", Better::none, [](const Column& c) {
        return c.problem && c.problem->market->kind == model::MarketKind::published
                   ? Cell{}
                   : Cell{revocations_asked(c.pin.question.risk)};
    });
    table.add("Budget", Better::none, [](const Column& c) { return Cell{per_hour(c.pin.question.budget)}; });
    table.add("Objective", Better::none,
              [](const Column& c) { return Cell{objective(c.pin.question.objective)}; });
    table.add("Workload", Better::none, [](const Column& c) {
        return Cell{c.problem ? problem::workload_of(*c.problem).display_name : c.pin.question.workload};
    });
    table.add("Job", Better::none, [style](const Column& c) {
        return c.problem ? Cell{job_size(c.problem->request, problem::workload_of(*c.problem), style)}
                         : Cell{};
    });
    if (std::ranges::any_of(comparison.columns, [](const Column& c) { return !c.pin.note.empty(); }))
        table.add(std::string(note_row), Better::none,
                  [](const Column& c) { return Cell{base::printable(c.pin.note)}; });
    table.add("Deadline", Better::none, [](const Column& c) {
        const auto& deadline = c.pin.question.job.deadline_hours;
        return deadline ? Cell{hours(*deadline)} : Cell{};
    });
}

void add_machines(Table& table, Style style) {
    table.group("Machines");
    table.of_plan("Architecture", Better::none,
                  [](const Column&, const auto& plan) { return Cell{architecture(plan.architecture)}; });
    table.of_plan("Cluster", Better::none,
                  [style](const Column&, const auto& plan) { return Cell{machines(plan, style)}; });
    table.of_plan("Place", Better::none, [style](const Column& c, const auto& plan) {
        const auto where = place_of(plan, style);
        return Cell{where.empty() ? c.problem->market->title : where};
    });
    table.of_plan("Spot machines", Better::none,
                  [](const Column&, const auto& plan) { return Cell{std::to_string(plan.spot_workers)}; });
}

void add_money(Table& table, bool judged) {
    table.group("Dollars");
    table.of_plan("Price an hour", Better::less, [](const Column&, const auto& plan) {
        return Cell{cost_per_hour(plan.hourly_price), plan.hourly_price.usd()};
    });
    table.of_plan("The job", judged ? Better::less : Better::none, [](const Column&, const auto& plan) {
        const auto& usd = plan.job.expected_usd;
        return usd ? Cell{dollars(*usd), *usd} : Cell{};
    });
    table.of_plan("The job, P5 to P95", Better::none, [](const Column& c, const auto&) {
        if (!c.futures || !c.futures->unknown.empty() || !c.futures->futures.finishes) return Cell{};
        const auto& spread = c.futures->futures.dollars;
        return Cell{fmt::format("{} to {}", dollars(spread.p5), dollars(spread.p95))};
    });
}

void add_speed_and_time(Table& table, bool judged, Style style) {
    table.group("Speed");
    table.of_plan(
        "Samples a second", judged ? Better::more : Better::none, [](const Column&, const auto& plan) {
            const auto& speed = plan.samples_per_second;
            return speed ? Cell{rounded(speed->samples_per_second), speed->samples_per_second} : Cell{};
        });
    table.of_plan("Efficiency", Better::more, [style](const Column&, const auto& plan) {
        return Cell{percent(100 * plan.efficiency, style), plan.efficiency};
    });
    table.group("Time");
    table.of_plan("The job", judged ? Better::less : Better::none, [](const Column&, const auto& plan) {
        const auto& expected = plan.job.expected;
        return expected && expected->finishes
                   ? Cell{hours(expected->expected_hours), expected->expected_hours}
                   : Cell{};
    });
    table.of_plan("The job, P5 to P95", Better::none, [](const Column& c, const auto&) {
        if (!c.futures || !c.futures->unknown.empty() || !c.futures->futures.finishes) return Cell{};
        const auto& spread = c.futures->futures.hours;
        return Cell{hours_range(spread.p5, spread.p95)};
    });
}

void add_risk(Table& table, Style style) {
    table.group("Risk");
    table.of_plan("Revocations of the job", Better::less, [style](const Column&, const auto& plan) {
        const auto& expected = plan.job.expected;
        if (!expected || !expected->finishes) return Cell{};
        return Cell{revocation_count(expected->expected_revocations, style), expected->expected_revocations};
    });
    table.of_plan("Done by the deadline", Better::more, [](const Column&, const auto& plan) {
        const auto& share = plan.job.done_by_deadline;
        return share ? Cell{chance(*share), *share} : Cell{};
    });
    table.group("Limits");
    table.of_plan("What binds", Better::none,
                  [](const Column&, const auto& plan) { return Cell{binding(plan)}; });
    table.group("Prices");
    table.add("As of", Better::none, [](const Column& c) {
        return c.problem && c.plan ? Cell{oldest_price(*c.problem->market, *c.plan)} : Cell{};
    });
    table.add("Since it was pinned", Better::none, [style](const Column& c) {
        if (c.failure) return Cell{c.failure->message};
        return c.pin.answer ? Cell{change_in_short(*c.pin.answer, c.reopened, style)} : Cell{};
    });
}

std::string cheaper_or_dearer(double one, double other, Style style) {
    const double change = 100 * (one / other - 1);
    if (std::abs(change) < 0.05) return "costs the same";
    return fmt::format("is {} {}", percent(std::abs(change), style), change < 0 ? "cheaper" : "dearer");
}

std::string faster_or_slower(double one, double other) {
    const double difference = one - other;
    if (hours(one) == hours(other)) return "takes as long";
    return fmt::format("{} {}", hours(std::abs(difference)), difference < 0 ? "faster" : "slower");
}

// Nothing of a column without a plan, or where neither dollars nor hours can be compared.
std::string sentence_of(const Comparison& comparison, std::size_t i, std::size_t j, Style style) {
    const auto& one = comparison.columns[i];
    const auto& other = comparison.columns[j];
    if (!one.plan || !other.plan) return {};
    const auto titles = std::pair(column_title(one, style), column_title(other, style));
    if (!compare::same_job(*one.problem, *other.problem))
        return fmt::format(
            "{} and {} are of different jobs: an hour {} on the first.", titles.first, titles.second,
            cheaper_or_dearer(one.plan->hourly_price.usd(), other.plan->hourly_price.usd(), style));
    const auto& a = one.plan->job;
    const auto& b = other.plan->job;
    if (!a.expected_usd || !b.expected_usd || !a.expected || !b.expected || *b.expected_usd <= 0)
        return fmt::format(
            "{} {} an hour than {}.", titles.first,
            cheaper_or_dearer(one.plan->hourly_price.usd(), other.plan->hourly_price.usd(), style),
            titles.second);
    const auto money = cheaper_or_dearer(*a.expected_usd, *b.expected_usd, style);
    const auto time = faster_or_slower(a.expected->expected_hours, b.expected->expected_hours);
    const auto& cheaper = comparison.cheaper_in[i][j];
    return fmt::format("{} {} and {} {} {}{}.", titles.first, money, time,
                       money == "costs the same" || time == "takes as long" ? "as" : "than", titles.second,
                       cheaper ? fmt::format("; it costs less in {:.0f} of 100 futures", *cheaper) : "");
}

}  // namespace

std::string column_title(const Column& column, Style style) {
    if (!column.pin.name.empty()) return column.pin.name;
    const auto& question = column.pin.question;
    const auto* plan = column.plan ? &*column.plan : column.pin.answer ? &column.pin.answer->plan : nullptr;
    const auto place = plan ? place_of(*plan, style) : std::string();
    auto where = place.empty() ? question.selection.market : place;
    if (plan && plan->provider.empty() && !place.empty()) where = question.selection.market + ' ' + place;
    return plan ? fmt::format("{}, {}", where, architecture_within(plan->architecture, Style::typographic))
                : where;
}

std::vector<ComparisonRow> comparison_rows(const Comparison& comparison, Style style) {
    Table table(comparison, style);
    const bool judged = one_job(comparison);
    add_machines(table, style);
    add_money(table, judged);
    add_speed_and_time(table, judged, style);
    add_risk(table, style);
    add_question(table, comparison, style);
    return std::move(table).rows();
}

std::vector<std::string> comparison_sentences(const Comparison& comparison, Style style) {
    std::vector<std::string> sentences;
    for (std::size_t other = 1; other < comparison.columns.size(); ++other)
        if (auto said = sentence_of(comparison, 0, other, style); !said.empty())
            sentences.push_back(std::move(said));
    return sentences;
}

std::string comparison_table(const Comparison& comparison, char separator) {
    std::string text = base::csv_field("group", separator) + separator + "row";
    for (const auto& column : comparison.columns)
        text += separator + base::csv_field(column_title(column, Style::plain), separator);
    text += '\n';
    for (const auto& row : comparison_rows(comparison, Style::plain)) {
        text += base::csv_field(row.group, separator) + separator + base::csv_field(row.name, separator);
        for (const auto& value : row.values)
            text += separator + base::csv_field(value, separator);
        text += '\n';
    }
    return text;
}

}  // namespace deepvm::words
