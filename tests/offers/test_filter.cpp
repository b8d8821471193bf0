// SPDX-License-Identifier: GPL-3.0-or-later
// What a person types is what they see: a filter that lets through something else hides the offer that they
// looked for.
#include <QtTest>
#include <string>

#include "offers/filter.h"
#include "offers/lists.h"
#include "offers/small_market.h"
#include "test_program.h"

namespace test_filter {

using namespace deepvm;
using namespace deepvm::test;
using offers::OfferFilter;

class TestFilter : public QObject {
    Q_OBJECT

    const offers::Table table_ = small_table();

    // The rows by number, or what is wrong with the filter.
    QString through(const std::string& text) const {
        const auto filter = OfferFilter::parse(text);
        if (!filter) return QString::fromStdString(filter.error().message);
        QStringList rows;
        for (const auto row : filter->rows(table_))
            rows << QString::number(row);
        return rows.join(' ');
    }

  private slots:
    void lets_through_what_it_says_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("rows");
        const auto add = [](const char* filter, const char* rows) {
            QTest::newRow(filter) << QString(filter) << QString(rows);
        };
        add("", "0 1 2 3 4 5");
        add("   ", "0 1 2 3 4 5");
        add("gpu>=4 & memory/gpu>=40 & spot<2", "");
        add("gpu>=2 & memory/gpu>=40 & spot<=2", "5");
        add("gpu>=4", "1 2");
        add("GPU >= 4 AND memory/gpu < 40", "1");
        add("gpu=1 | gpu==8", "0 2 4");
        add("gpu=1 or gpu=8 and spot", "0 4");
        add("(gpu=1 or gpu=8) and spot", "0");
        add("gpu!=1", "1 2 3 5");
        add("gpu", "0 1 2 4 5");
        add("!gpu", "3");
        add("not gpu", "3");
        add("!!gpu", "0 1 2 4 5");
        add("!gpu>=4", "0 3 4 5");
        add("spot", "0 1 3 5");
        add("spot<2", "0 1 3");
        add("!(spot<2)", "2 4 5");  // what is not known fits no comparison
        add("spot=0.158", "0");
        add("spot<0.5*ondemand", "0 1 3 5");
        add("ondemand-spot>3", "1 5");
        add("1-2*3=-5", "0 1 2 3 4 5");
        add("8/4/2=1", "0 1 2 3 4 5");
        add("-gpu<-3", "1 2");
        add("ram/gpu>1", "0 1 2 4 5");  // nothing is known of a division by no accelerators
        add("ram", "0 1 2 4 5");
        add("x86", "0 1 2 4 5");
        add("arm & spot", "3");
        add("stale", "0 2");
        add("age>=100", "0 2");
        add("latest & gpu", "1 2 5");
        add("provider=azure", "5");
        add("provider=AZURE | provider=\"AWS\" & gpu>4", "2 5");
        add("region~us", "0 1 2 3 5");
        add("region!=us-east-1", "4 5");
        add("type=G4DN.XLARGE", "0 4");
        add("type~12x|type~24X", "1 2");
        add("type!~large", "5");
        add("accelerator=a100", "2");
        add("accelerator~a100", "2 5");
        add("accelerator = \"NVIDIA a100-80gb\"", "5");
        add("accelerator", "0 1 2 4 5");
        add("\"eu-west\"", "4");
        add("\"nc48\" | \"a10g\"", "1 5");
        add("host=arm64", "3");
        add("basis=observed & gpu", "0 1 5");
        add("price<0.16", "0 3");
        add("tflops_per_usd>100", "0 1 4");
        add("usd_per_gib<0.02", "0 5");
        add("speed", "");
        add("memory=1.6e1", "0 4");
        add("\t gpu>=4\n& x86", "1 2");
        add("gpu>=4&&x86||arm", "1 2 3");
    }
    void lets_through_what_it_says() {
        QFETCH(QString, filter);
        QFETCH(QString, rows);
        QCOMPARE(through(filter.toStdString()), rows);
    }

    void a_refusal_says_where_and_what_to_write_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("said");
        const auto add = [](const char* filter, const char* said) {
            QTest::newRow(filter) << QString(filter) << QString(said);
        };
        add("gpus>=4", "column 1: unknown field \"gpus\"; did you mean \"gpu\"?");
        add("gpu>=4 & vcpus<2", "column 10: unknown field \"vcpus\"; did you mean \"vcpu\"?");
        add("gpu>=", "column 6: a condition or number is missing at the end");
        add("gpu>=4 &", "column 9: a condition or number is missing at the end");
        add("& gpu", "column 1: a condition is missing before \"& gpu\"");
        add("(gpu>=4", "column 1: this parenthesis is not closed");
        add("gpu>=4)", "column 7: this parenthesis was not opened");
        add("()", "column 2: a condition is missing before \")\"");
        add("gpu>=4 spot<2", "column 8: \"spot<2\" cannot stand here; join conditions with & or |");
        add("1<gpu<4", "column 6: compare two numbers at a time, as in gpu>=1 & gpu<=4");
        add("gpu/2", "column 1: a number alone is no condition; compare it");
        add("gpu>=4 & 3", "column 10: a number alone is no condition");
        add("x86>1", "column 4: compare two numbers at a time");
        add("x86+1>2", "column 4: only numbers are reckoned with, not conditions");
        add("gpu>x86", "column 5: a number is missing here, not a condition");
        add("gpu>=1,000", "column 7: numbers have no commas here");
        add("gpu>=1.2.3", "column 6: \"1.2.3\" is no number");
        add("type<5", "column 5: type is a text; compare it with =, != or ~");
        add("type=", "column 6: what type is compared with is missing; write type=\"...\"");
        add("type=\"g5", "column 6: the quote has no end");
        add("\"g5", "column 1: the quote has no end");
        add("gpu # 3", "column 5: \"# 3\" cannot stand here");
        add("\"\xc3\xa4\xc3\xb6\" & gpus", "column 8: unknown field");  // characters, not bytes
    }
    void a_refusal_says_where_and_what_to_write() {
        QFETCH(QString, filter);
        QFETCH(QString, said);
        const auto read = OfferFilter::parse(filter.toStdString());
        QVERIFY(!read);
        const auto message = QString::fromStdString(read.error().message);
        QVERIFY2(message.startsWith(said), qPrintable(message));
    }

    void nesting_and_length_have_a_bound() {
        const std::string deep(100'000, '(');
        QVERIFY(!OfferFilter::parse(deep));
        for (const char* piece : {"(", "!", "-", "!(", "-("}) {
            std::string text;
            while (text.size() < 3000)
                text += piece;
            const auto read = OfferFilter::parse(text + "gpu");
            QVERIFY(!read);
            QVERIFY2(read.error().message.find("too deeply nested") != std::string::npos,
                     read.error().message.c_str());
        }
        std::string flat = "gpu>=0";
        while (flat.size() < 3900)
            flat += " & gpu>=0";
        QCOMPARE(OfferFilter::parse(flat)->rows(table_).size(), table_.size());
        QVERIFY(OfferFilter::parse(flat + flat).error().message.find("longer than") != std::string::npos);
    }

    void two_filters_together_are_both() {
        const auto one = *OfferFilter::parse("gpu=1 | gpu=8");
        const auto other = *OfferFilter::parse("spot & x86");
        const auto both = one & other;
        QCOMPARE(QString::fromStdString(both.text()), QStringLiteral("(gpu=1 | gpu=8) & spot & x86"));
        QCOMPARE(both.rows(table_), (std::vector<std::uint32_t>{0}));
        QCOMPARE(OfferFilter::parse(both.text())->rows(table_), both.rows(table_));
        QCOMPARE((OfferFilter() & one).rows(table_), one.rows(table_));
        QVERIFY(OfferFilter().empty() && OfferFilter().text().empty());
        QCOMPARE(QString::fromStdString(offers::in_quotes("a\"b")), QStringLiteral("\"ab\""));
    }

    void an_empty_result_explains_itself() {
        const auto why = [&](const char* text) {
            return QString::fromStdString(OfferFilter::parse(text)->why_none(table_));
        };
        QCOMPARE(why("gpu>=9 & x86"), QStringLiteral("no offer matches: gpu>=9 alone leaves none"));
        QCOMPARE(why("gpu>=9 & spot<0.01 & x86"),
                 QStringLiteral("no offer matches: gpu>=9 and spot<0.01 alone leaves none"));
        QCOMPARE(why("gpu>=4 & arm"),
                 QStringLiteral("no offer matches all: without arm there would be 2 offers"));
        QCOMPARE(why("gpu=1 & gpu=4 & gpu=8"),
                 QStringLiteral("no offer matches: each of the 3 conditions leaves some, together they leave "
                                "none"));
        const offers::Table nothing(std::make_shared<model::Market>(), std::nullopt, day_of_the_test());
        QCOMPARE(OfferFilter::parse("gpu")->why_none(nothing), std::string("there is no offer at all"));
    }

    void the_help_names_every_field() {
        const auto help = offers::filter_help();
        for (const auto& field : offers::fields()) {
            QVERIFY(help.find(std::string(field.name)) != std::string::npos);
            QVERIFY(offers::field_named(field.name).value() == field.field);
            QVERIFY(&offers::named(field.field) == &field);
        }
        QVERIFY(OfferFilter::parse(help.substr(0, help.find('\n'))).has_value());
        QVERIFY(!offers::field_named("gpus"));
    }
};

}  // namespace test_filter

DEEPVM_TEST(test_filter, TestFilter)
#include "test_filter.moc"
