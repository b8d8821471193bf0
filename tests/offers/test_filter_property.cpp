// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions drawn by chance, written down with as many spaces and parentheses as chance has it, and reckoned
// a second time from the drawing instead of the text. And texts that are no conditions.
#include <QtTest>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <string>

#include "cases.h"
#include "draw.h"
#include "offers/filter.h"
#include "offers/small_market.h"
#include "test_program.h"

namespace test_filter_property {

using namespace deepvm;
using namespace deepvm::test;
using offers::Field;
using offers::OfferFilter;

namespace {

/// A condition or number, as it is written and as it is reckoned.
struct Drawn {
    std::string text;
    int strength;  ///< how strongly its outermost sign binds, 9 for none
    std::function<double(const offers::Table&, std::size_t)> of;
};

class Drawer {
  public:
    explicit Drawer(unsigned seed) : random_(seed) {}

    Drawn condition(int depth) {
        switch (tests::whole(random_, depth > 0 ? 0 : 3, 5)) {
            case 0:
                return join(condition(depth - 1), condition(depth - 1), 1, {"|", "||", " or "},
                            [](double a, double b) { return a != 0 || b != 0 ? 1.0 : 0.0; });
            case 1:
                return join(condition(depth - 1), condition(depth - 1), 2, {"&", "&&", " and "},
                            [](double a, double b) { return a != 0 && b != 0 ? 1.0 : 0.0; });
            case 2: {
                const auto inner = condition(depth - 1);
                return {
                    pick({"!", "not "}) + space() + within(inner, 3), 3,
                    [inner](const auto& table, auto row) { return inner.of(table, row) == 0 ? 1.0 : 0.0; }};
            }
            case 3:
                return {pick({"x86", "X86"}), 9, [](const auto& table, auto row) {
                            return table.type(row).host == model::HostArchitecture::x86_64 ? 1.0 : 0.0;
                        }};
            default:
                return comparison(depth);
        }
    }

    std::string noise() {
        static const std::vector<std::string> pieces{"gpu", "spot", "type", "x86",  "(",    ")", "!",
                                                     "&",   "|",    "<",    ">=",   "=",    "~", "\"",
                                                     "g5",  "3",    "1e9",  "-",    "*",    "/", "or",
                                                     " ",   "..",   "\0",   "\xff", "\xc3", ",", "not",
                                                     "age", "#",    "1e",   "\xe2", "'"};
        std::string text;
        for (int i = tests::whole(random_, 1, 14); i > 0; --i)
            text += pieces[static_cast<std::size_t>(
                        tests::whole(random_, 0, static_cast<int>(pieces.size()) - 1))] +
                    space();
        return text;
    }

  private:
    std::string pick(const std::vector<std::string>& of) {
        return of[static_cast<std::size_t>(tests::whole(random_, 0, static_cast<int>(of.size()) - 1))];
    }
    std::string space() { return std::string(static_cast<std::size_t>(tests::whole(random_, 0, 2)), ' '); }

    // In parentheses where it has to be, and sometimes where it need not.
    std::string within(const Drawn& inner, int least) {
        if (inner.strength >= least && tests::chance(random_, 0.7)) return inner.text;
        return "(" + space() + inner.text + space() + ")";
    }

    Drawn join(const Drawn& a, const Drawn& b, int strength, const std::vector<std::string>& signs,
               const std::function<double(double, double)>& both) {
        // From the left: the right one needs parentheses where it binds no more strongly.
        const auto text = within(a, strength) + space() + pick(signs) + space() + within(b, strength + 1);
        return {text, strength, [a, b, both](const offers::Table& table, std::size_t row) {
                    return both(a.of(table, row), b.of(table, row));
                }};
    }

    Drawn comparison(int depth) {
        const auto a = number(depth);
        const auto b = number(depth);
        const auto known = [](double x, double y) { return std::isfinite(x) && std::isfinite(y); };
        const std::vector<std::pair<std::string, std::function<bool(double, double)>>> all{
            {"<", std::less<>()},           {"<=", std::less_equal<>()}, {">", std::greater<>()},
            {">=", std::greater_equal<>()}, {"=", std::equal_to<>()},    {"!=", std::not_equal_to<>()}};
        const auto& chosen =
            all[static_cast<std::size_t>(tests::whole(random_, 0, static_cast<int>(all.size()) - 1))];
        const auto text = within(a, 5) + space() + chosen.first + space() + within(b, 5);
        return {text, 4, [a, b, known, test = chosen.second](const offers::Table& table, std::size_t row) {
                    const double x = a.of(table, row);
                    const double y = b.of(table, row);
                    return known(x, y) && test(x, y) ? 1.0 : 0.0;
                }};
    }

    Drawn number(int depth) {
        const int kind = tests::whole(random_, depth > 0 ? 0 : 2, 4);
        if (kind == 0) return reckoning(number(depth - 1), number(depth - 1), 6, pick({"*", "/"}));
        if (kind == 1) return reckoning(number(depth - 1), number(depth - 1), 5, pick({"+", "-"}));
        if (kind == 2) {
            const int value = tests::whole(random_, 0, 40);
            return {std::to_string(value), 9,
                    [value](const auto&, auto) { return static_cast<double>(value); }};
        }
        const std::vector<std::pair<std::string, Field>> fields{
            {"gpu", Field::gpu}, {"memory", Field::memory},      {"spot", Field::spot},
            {"ram", Field::ram}, {"ondemand", Field::on_demand}, {"Vcpu", Field::vcpu}};
        const auto& [name, field] =
            fields[static_cast<std::size_t>(tests::whole(random_, 0, static_cast<int>(fields.size()) - 1))];
        return {name, 9, [field = field](const offers::Table& table, std::size_t row) {
                    return table.number(row, field);
                }};
    }

    Drawn reckoning(const Drawn& a, const Drawn& b, int strength, const std::string& sign) {
        return join(a, b, strength, {sign}, [sign](double x, double y) {
            if (sign == "*") return x * y;
            if (sign == "+") return x + y;
            if (sign == "-") return x - y;
            return y == 0 ? std::numeric_limits<double>::quiet_NaN() : x / y;
        });
    }

    std::mt19937 random_;
};

}  // namespace

class TestFilterProperty : public QObject {
    Q_OBJECT

    const offers::Table table_ = small_table();

  private slots:
    void every_condition_means_what_it_was_drawn_to() {
        int some = 0;
        int long_ones = 0;
        for (const unsigned seed : tests::seeds(1, 3000)) {
            const auto drawn = Drawer(seed).condition(4);
            const auto filter = OfferFilter::parse(drawn.text);
            QVERIFY2(filter.has_value(),
                     qPrintable(QString::fromStdString(drawn.text + "\n" +
                                                       (filter ? std::string() : filter.error().message))));
            std::vector<std::uint32_t> wanted;
            for (std::uint32_t row = 0; row < table_.size(); ++row)
                if (drawn.of(table_, row) != 0) wanted.push_back(row);
            QVERIFY2(filter->rows(table_) == wanted, drawn.text.c_str());
            const auto again = OfferFilter::parse(filter->text());
            QVERIFY2(again && again->rows(table_) == wanted, filter->text().c_str());
            if (wanted.empty()) QVERIFY(!filter->why_none(table_).empty());
            some += !wanted.empty() && wanted.size() < table_.size() ? 1 : 0;
            long_ones += drawn.text.size() > 60 ? 1 : 0;
        }
        QVERIFY2(tests::enough(some, 500), qPrintable(QString::number(some)));
        QVERIFY2(tests::enough(long_ones, 500), qPrintable(QString::number(long_ones)));
    }

    void whatever_is_typed_is_read_or_refused_by_its_column() {
        int refused = 0;
        for (const unsigned seed : tests::seeds(1, 20'000)) {
            const auto text = Drawer(seed).noise();
            const auto filter = OfferFilter::parse(text);
            if (filter) {
                QVERIFY(filter->rows(table_).size() <= table_.size());
                continue;
            }
            ++refused;
            const auto& message = filter.error().message;
            QVERIFY2(message.starts_with("column "), message.c_str());
            QVERIFY2(base::is_utf8_text(message), message.c_str());
        }
        QVERIFY(tests::enough(refused, 10'000));
    }
};

}  // namespace test_filter_property

DEEPVM_TEST(test_filter_property, TestFilterProperty)
#include "test_filter_property.moc"
