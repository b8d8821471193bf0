// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/program_wording.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

#include "wording/format.h"
#include "words/figures.h"

namespace deepvm::ui::models {
namespace {

constexpr QChar minus{0x2212};

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// Six significant digits, no more than six places, no zeros at the end.
QString sixDigits(double value) {
    if (value == 0 || !std::isfinite(value)) return QString::number(value);
    const int before = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
    QString number = QString::number(std::abs(value), 'f', std::clamp(6 - before, 0, 6));
    if (number.contains(QLatin1Char('.'))) {
        while (number.endsWith(QLatin1Char('0')))
            number.chop(1);
        if (number.endsWith(QLatin1Char('.'))) number.chop(1);
    }
    return value < 0 && number != QLatin1String("0") ? minus + number : number;
}

/// Core writes formulas in ASCII, as the exported files do.
QString typeset(const std::string& ascii) {
    QString formula = QString::fromStdString(ascii);
    formula.replace(QStringLiteral("<="), QStringLiteral("≤"));
    formula.replace(QStringLiteral(">="), QStringLiteral("≥"));
    formula.replace(QStringLiteral(" - "), QStringLiteral(" %1 ").arg(minus));
    formula.replace(QStringLiteral(" -"), QStringLiteral(" %1").arg(minus));
    formula.replace(QStringLiteral("..."), QStringLiteral("…"));
    return formula;
}

QString counted(int count, const QString& one, const QString& many) {
    return QStringLiteral("%1 %2").arg(QString::number(count), count == 1 ? one : many);
}

QString nodes(const problem::Plan& plan) {
    QString said = counted(plan.nodes, QStringLiteral("node"), QStringLiteral("nodes"));
    if (plan.remotes > 0)
        said += QStringLiteral(" and ") +
                counted(plan.remotes, QStringLiteral("remote node"), QStringLiteral("remote nodes"));
    return said;
}

}  // namespace

Amount amount(double value, std::string_view unit) {
    if (unit == "USD/h")  // exact, as everywhere
        return {QString::fromStdString(base::Money::from_usd(value).decimal()), text(unit)};
    if (unit != "FLOP/$") return {sixDigits(value), text(unit)};
    const auto [scaled, prefix] = words::prefixed(value, 1000);
    return {sixDigits(scaled), text(prefix) + text(unit)};
}

Amount relaxedPrice(double value, std::string_view objectiveUnit, std::string_view unitOne) {
    Amount price = amount(value, objectiveUnit);
    // Of a published data set, which has one unit of its own.
    if (objectiveUnit == "published units") price.unit = QStringLiteral("units");
    price.unit += QStringLiteral(" per ") + text(unitOne);
    return price;
}

QString formula(const explain::SolvedRow& row) {
    return typeset(row.words.formula);
}

QString objectiveFormula(const explain::SolvedProgram& program) {
    if (!program.value_per_node) return typeset(program.objective);
    const std::string function = program.objective.substr(program.objective.find(' ') + 1);
    return amount(*program.value_per_node, program.objective_unit).line() + QStringLiteral(" × ") +
           typeset(function);
}

QString directionOf(const explain::SolvedProgram& program) {
    return program.maximise ? QStringLiteral("Maximise") : QStringLiteral("Minimise");
}

QString lettersOf(const explain::SolvedProgram& program) {
    if (!program.plan.other_worker.empty()) return QStringLiteral("n nodes, o of the second type");
    if (program.plan.architecture == problem::Architecture::parameter_server)
        return QStringLiteral("n workers, m servers");
    return program.plan.remote.empty() ? QStringLiteral("n nodes")
                                       : QStringLiteral("n nodes, m remote nodes");
}

QString summary(const explain::SolvedProgram& program, problem::Objective objective) {
    const QString what = [objective] {
        switch (objective) {
            case problem::Objective::deepvm:
                return QStringLiteral("FLOPP × effective nodes");
            case problem::Objective::job_cost:
                return QStringLiteral("expected dollars of the job");
            case problem::Objective::job_time:
                return QStringLiteral("expected hours of the job");
            case problem::Objective::throughput:
                break;
        }
        return QStringLiteral("throughput");
    }();
    const QString size =
        counted(static_cast<int>(program.choices), QStringLiteral("choice"), QStringLiteral("choices")) +
        QStringLiteral(", ") +
        counted(static_cast<int>(program.rows.size()), QStringLiteral("row"), QStringLiteral("rows"));
    const QString best = amount(program.optimum, program.objective_unit).line();
    const bool by_itself = program.plan.binding == std::vector{problem::Limit::scaling};
    const QString end =
        by_itself ? QStringLiteral(" No row stops the plan: more nodes would be worth nothing more.")
                  : QString();
    if (!program.proven)
        return QStringLiteral("%1 %2: %3; the plan reaches %4 at %5. Unproven: %6.")
                   .arg(directionOf(program), what, size, best, nodes(program.plan),
                        QString::fromStdString(program.doubt)) +
               end;
    return QStringLiteral("%1 %2: %3; optimum %4 at %5; solved by lp_solve in %6; proven.")
               .arg(directionOf(program), what, size, best, nodes(program.plan),
                    wording::duration(program.elapsed)) +
           end;
}

QString markOf(const explain::SolvedRow& row) {
    if (row.sense == solver::Sense::equal) return QStringLiteral("=");
    if (row.binding) return QStringLiteral("●");
    return row.used_up ? QStringLiteral("○") : QString();
}

QString stateOf(const explain::SolvedRow& row) {
    if (row.sense == solver::Sense::equal) return QStringLiteral("always holds");
    if (row.binding) return QStringLiteral("binding");
    return row.used_up ? QStringLiteral("used up") : QString();
}

QString stateInWords(const explain::SolvedRow& row, const explain::SolvedProgram& program) {
    if (row.sense == solver::Sense::equal) return QStringLiteral("An equality: it always holds.");
    if (row.binding) {
        return program.plan.binding.size() == 1
                   ? QStringLiteral("Binding: without it these machines would do more.")
                   : QStringLiteral("Binding: one of the limits that keep these machines from doing more.");
    }
    if (row.used_up)
        return QStringLiteral(
            "Used up, but not what stops the plan: without it alone nothing more would fit.");
    return QStringLiteral("Not binding: the plan leaves some of it.");
}

QString priceInWords(const explain::SolvedRow& row) {
    if (row.words.unit == "nodes" && row.words.limit != problem::Limit::network_saturation)
        return QStringLiteral("Its shadow price says nothing: no column has more nodes than it allows.");
    return {};
}

}  // namespace deepvm::ui::models
