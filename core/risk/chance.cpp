// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/chance.h"

#include <algorithm>
#include <array>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <complex>
#include <numbers>

#include "model/statistics.h"
#include "risk/quadrature.h"

namespace deepvm::risk {
namespace {

using Complex = std::complex<double>;

// Mean and deviation of a delay, in seconds.
struct DelayMoments {
    double mean = 0;
    double deviation = 0;
};

double normal_cdf(double z) {
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double normal_quantile(double probability) {
    constexpr double least = 1e-12;
    return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * std::clamp(probability, least, 1 - least));
}

// A gamma distribution with these moments: what a sum of many small delays looks like.
double gamma_cdf(const DelayMoments& of, double delay) {
    if (!(delay > 0)) return 0;
    constexpr double sharpest = 1e6;  // as good as a step, and within what gamma_p computes
    const double relative = of.deviation / of.mean;
    const double shape = relative * relative > 1 / sharpest ? 1 / (relative * relative) : sharpest;
    using boost::math::policies::policy;
    using Quiet = policy<boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
                         boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
                         boost::math::policies::domain_error<boost::math::policies::ignore_error>>;
    const double share = boost::math::gamma_p(shape, delay / of.mean * shape, Quiet());
    return std::isnan(share) ? 1 : share;
}

// The distribution function at `t` of a positive variable whose Laplace transform is `transform`: Euler
// summation of the Fourier series of its inversion (Abate and Whitt 1995), `terms` of them before the last 12
// are averaged.
template <typename Transform>
double distribution_at(double t, int terms, const Transform& transform) {
    constexpr double accuracy = 18.4;  // the discretisation error is exp(-accuracy)
    constexpr std::array<double, 12> binomial{1, 11, 55, 165, 330, 462, 462, 330, 165, 55, 11, 1};
    const double real = accuracy / (2 * t);
    const auto term = [&](int k) {
        const Complex s(real, k * std::numbers::pi / t);
        return (k % 2 == 0 ? 1 : -1) * (transform(s) / s).real();
    };
    double sum = term(0) / 2;
    for (int k = 1; k <= terms; ++k)
        sum += term(k);
    double average = binomial[0] * sum;
    for (std::size_t k = 1; k < binomial.size(); ++k) {
        sum += term(terms + static_cast<int>(k));
        average += binomial[k] * sum;
    }
    return std::clamp(std::exp(accuracy / 2) / t * average / 2048, 0.0, 1.0);
}

// The delay of a job that rolls back. A piece (a segment, a restart) of `length` seconds either passes or is
// given up after less than that.
class RollingBack {
  public:
    RollingBack(const JobRun& run, double checkpoints, double segment_seconds)
        : rate_(run.revocations_per_hour / seconds_per_hour),
          restart_(run.restart_seconds),
          checkpoints_(checkpoints),
          segment_(segment_seconds + run.checkpoint_seconds),
          last_(segment_seconds) {}

    double fault_free() const { return checkpoints_ * segment_ + last_; }
    double undisturbed() const { return std::exp(-rate_ * fault_free()); }

    /// That the delay is at most `delay`: none, or one restart and what comes on top of it.
    double within(double delay, const DelayMoments& of) const {
        const double calm = undisturbed();
        const double beyond = delay - restart_;
        if (!(beyond > 0)) return calm;
        constexpr double rare = 0.01;  // of a second one nobody would see anything
        if (rate_ * (fault_free() + restart_) < rare) return calm * (1 + failed_once(beyond));
        if (rate_ * fault_free() > many) return gamma_cdf(of, delay);
        // The sharper the distribution the more terms; a restart that is long beside all that a revocation
        // loses makes steps of it.
        const int fewest = restart_ > segment_ ? 80 : 20;
        const int terms = std::clamp(static_cast<int>(4 * of.mean / of.deviation), fewest, 120);
        const double disturbed = distribution_at(beyond, terms, [&](Complex s) { return beyond_one(s); });
        return std::min(1.0, calm + disturbed);
    }

  private:
    static constexpr double many = 200;

    // Of an attempt of this length that is given up.
    Complex failed(Complex s, double length) const {
        return rate_ / (rate_ + s) * (1.0 - std::exp(-(rate_ + s) * length));
    }

    // That one piece fails, for every time that none does, and so early that it costs at most `beyond`
    // seconds.
    double failed_once(double beyond) const {
        const auto piece = [&](double length) {
            return std::expm1(rate_ * length) * std::min(1.0, beyond / length);
        };
        return checkpoints_ * piece(segment_) * std::exp(-rate_ * segment_) +
               piece(last_) * std::exp(-rate_ * last_);
    }

    // Of what the delay has beyond one restart, where there is one: all pieces, each passed at last, without
    // those that pass at once.
    Complex beyond_one(Complex s) const {
        const Complex tried = std::exp(-rate_ * restart_) / (1.0 - failed(s, restart_));
        const Complex waited = std::exp(-s * restart_);
        const Complex of_segment = checkpoints_ > 0 ? failed(s, segment_) : Complex();
        const Complex of_last = failed(s, last_);
        // What takes two restarts would vanish beside what takes one, and that beside 1.
        constexpr double small = 1e-6;
        if (std::abs(waited) < small) return undisturbed() * tried * (checkpoints_ * of_segment + of_last);
        const Complex restart = tried * waited;
        const Complex all =
            checkpoints_ * std::log(1.0 - restart * of_segment) + std::log(1.0 - restart * of_last);
        return undisturbed() * (std::exp(-all) - 1.0) / waited;
    }

    double rate_;
    double restart_;
    double checkpoints_;
    double segment_;
    double last_;
};

// The sum of `count` uniform variables on [0, 1] is at most x (Irwin and Hall).
double sum_of_uniforms(int count, double x) {
    if (x <= 0) return 0;
    if (x >= count) return 1;
    if (count > 6) return normal_cdf((x - count / 2.0) / std::sqrt(count / 12.0));
    double sum = 0;
    double choose = 1;
    for (int k = 0; k <= static_cast<int>(x); ++k) {
        sum += (k % 2 == 0 ? choose : -choose) * std::pow(x - k, count);
        choose *= static_cast<double>(count - k) / (k + 1);
    }
    double factorial = 1;
    for (int i = 2; i <= count; ++i)
        factorial *= i;
    return std::clamp(sum / factorial, 0.0, 1.0);
}

// The delay of a job that carries on: `whole` revocations are expected that cost a whole machine's share of a
// restart, `partial` so shortly before the end that they cost any part of it.
double carrying_on_within(double delay, double whole, double partial, const DelayMoments& of) {
    constexpr double many = 30;
    if (whole + partial > many) return gamma_cdf(of, delay);
    const double x = delay / (of.mean / (whole + partial / 2));
    double sum = 0;
    double of_partial = std::exp(-partial);
    for (int i = 0; i < 12 + 4 * partial; of_partial *= partial / ++i) {
        double of_whole = std::exp(-whole);
        for (int k = 0; k <= x && k < 4 * many; of_whole *= whole / ++k)
            sum += of_partial * of_whole * (i == 0 ? 1 : sum_of_uniforms(i, x - k));
    }
    return std::min(sum, 1.0);
}

// One run without doubt: its useful time and its rate multiplied.
class Case {
  public:
    Case(const JobRun& run, const Outlook& expected, double time, double rate)
        : run_(run), checkpoints_(expected.checkpoints) {
        run_.useful_seconds *= time;
        run_.revocations_per_hour *= rate;
        segment_seconds_ = run_.useful_seconds / (checkpoints_ + 1);
    }

    double fault_free() const {
        return run_.start_seconds + run_.useful_seconds +
               (run_.throughputs.empty() && checkpoints_ > 0 ? checkpoints_ * run_.checkpoint_seconds : 0);
    }

    Outlook outlook() const {
        return run_.throughputs.empty() ? outlook_with_checkpoints(run_, checkpoints_) : risk::outlook(run_);
    }

    double within(double seconds) const {
        constexpr double rounding = 1e-12;
        const double delay = seconds * (1 + rounding) - fault_free();
        if (!(delay >= 0)) return 0;
        const Outlook expected = outlook();
        if (!expected.finishes) return 0;
        const DelayMoments of{(expected.expected_hours - expected.fault_free_hours) * seconds_per_hour,
                              expected.deviation_hours * seconds_per_hour};
        if (!(of.mean > 0) || std::isinf(delay)) return 1;
        if (run_.throughputs.empty())
            return RollingBack(run_, checkpoints_, segment_seconds_).within(delay, of);
        // The rest of the machines may end the job before the one that is gone comes back.
        const double rate = run_.revocations_per_hour / seconds_per_hour;
        const double held = std::min(share_of_others(run_) * run_.restart_seconds, run_.useful_seconds);
        return carrying_on_within(delay, rate * (run_.useful_seconds - held), rate * held, of);
    }

  private:
    JobRun run_;
    int checkpoints_;
    double segment_seconds_ = 0;
};

// One rate; the time is in doubt. In parts, because the chance leaps where not even a calm run is in time,
// and again where one restart is too much.
double over_times(const JobRun& run, const Outlook& expected, double seconds, double doubt, double rate) {
    const auto chance = [&](double time) { return Case(run, expected, time, rate).within(seconds); };
    if (!(doubt > 0)) return chance(1);
    const Case likely(run, expected, 1, rate);
    const double stopped = likely.fault_free() - run.useful_seconds;
    // The error of the time with which a job of so many useful seconds is left, as a share of all errors.
    const auto share = [&](double useful) {
        return useful > 0 ? normal_cdf(std::log(useful / run.useful_seconds) / doubt) : 0;
    };
    const double calm = share(seconds - stopped);
    const double restarted = run.throughputs.empty() ? share(seconds - stopped - run.restart_seconds) : calm;
    // Below, every run is as good as in time: twenty deviations from the mean are left.
    double surely = std::log(std::max(seconds - stopped, 1.0) / run.useful_seconds) - 12;
    double hardly = surely + 12;
    for (int i = 0; i < 12; ++i) {
        const double middle = (surely + hardly) / 2;
        const Outlook of = Case(run, expected, std::exp(middle), rate).outlook();
        const bool sure =
            of.finishes && (of.expected_hours + 20 * of.deviation_hours) * seconds_per_hour <= seconds;
        (sure ? surely : hardly) = middle;
    }
    const double sure = std::min(normal_cdf(surely / doubt), restarted);
    const auto at = [&](double errors) { return chance(std::exp(doubt * normal_quantile(errors))); };
    return sure + integral(fine, sure, restarted, at) + integral(coarse, restarted, calm, at);
}

// Both are in doubt. The chance is mostly smooth in the rate (Gauss and Hermite), but many revocations are as
// good as certain to cost what they do on average: then it leaps at one rate, and the leap is looked for.
double over_rates(const JobRun& run, const Outlook& expected, double seconds, const Doubt& doubt) {
    constexpr std::array<Node, 5> deviations{{{-2.8569700138728056, 0.0112574113277207},
                                              {-1.3556261799742659, 0.2220759220056126},
                                              {0, 0.5333333333333333},
                                              {1.3556261799742659, 0.2220759220056126},
                                              {2.8569700138728056, 0.0112574113277207}}};
    constexpr double leap = 0.35;
    const auto at = [&](double place) {
        return over_times(run, expected, seconds, doubt.time, std::exp(doubt.revocations * place));
    };
    std::array<Seen, deviations.size()> seen{};
    double smooth = 0;
    double furthest = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        seen[i] = {normal_cdf(deviations[i].place), at(deviations[i].place)};
        smooth += deviations[i].weight * seen[i].chance;
        if (i > 0) furthest = std::max(furthest, seen[i - 1].chance - seen[i].chance);
    }
    if (furthest < leap) return smooth;
    double sum = seen.front().errors * seen.front().chance + (1 - seen.back().errors) * seen.back().chance;
    for (std::size_t i = 1; i < seen.size(); ++i)
        sum += falling(seen[i - 1], seen[i], [&](double errors) { return at(normal_quantile(errors)); });
    return sum;
}

}  // namespace

double deviation_of_range(double middle, double end) {
    return std::abs(std::log(end / middle)) / model::four_in_five;
}

namespace {

// What is known of a chance without an integral.
class Bounds {
  public:
    Bounds(const JobRun& run, const Outlook& expected, double hours, const Doubt& doubt)
        : run_(run),
          expected_(expected),
          doubt_(doubt),
          hours_(hours),
          room_(hours * seconds_per_hour * (1 + rounding) -
                (expected.fault_free_hours * seconds_per_hour - run.useful_seconds)) {}

    /// Without a revocation.
    double most() const { return share(room_); }

    /// With few revocations that each cost as much as one can; and with as many as there may be, of which
    /// Cantelli's inequality says how often a time is far above its mean.
    double least() const {
        const double calm = most();
        if (calm <= 0 || run_.revocations_per_hour <= 0) return calm;
        double least = with_few(calm);
        // At the longest useful time that is in time, and at a rate that hardly any is above; the delay of
        // all others is less.
        // One rate in 200 is above it.
        const bool known = !(doubt_.revocations > 0);
        const double rate = known ? 1 : std::exp(model::normal_99 * doubt_.revocations);
        const Outlook late = Case(run_, expected_, room_ / run_.useful_seconds, rate).outlook();
        if (!late.finishes) return least;
        const double delay = (late.expected_hours - late.fault_free_hours) * seconds_per_hour;
        const double deviation = late.deviation_hours * seconds_per_hour;
        for (const double far : {5.0, 10.0, 20.0, 40.0})
            least = std::max(least, (known ? 1 : 0.995) * share(room_ - delay - far * deviation) * far * far /
                                        (1 + far * far));
        return least;
    }

  private:
    static constexpr double rounding = 1e-12;

    // More than k of x revocations happen with a probability of at most x^(k + 1) / (k + 1)!.
    double with_few(double calm) const {
        const double stretch = room_ / run_.useful_seconds;
        const double lost =
            run_.throughputs.empty() ? expected_.interval_seconds * stretch + run_.checkpoint_seconds : 0;
        const double hits = run_.revocations_per_hour * hours_;
        const double squared = doubt_.revocations * doubt_.revocations;
        double least = 0;
        double factorial = 1;
        for (int few = 0; few <= 4; ++few) {
            factorial *= few + 1;
            const double more =
                std::pow(hits, few + 1) * std::exp((few + 1) * (few + 1) * squared / 2) / factorial;
            if (more < 1)
                least = std::max(least, share(room_ - few * (lost + run_.restart_seconds)) * (1 - more));
        }
        return std::min(least, calm);
    }

    // Of the errors of the time with which the useful part takes no longer than that.
    double share(double seconds) const {
        if (!(seconds > 0)) return 0;
        if (!(doubt_.time > 0)) return seconds >= run_.useful_seconds ? 1 : 0;
        return normal_cdf(std::log(seconds / run_.useful_seconds) / doubt_.time);
    }

    const JobRun& run_;
    const Outlook& expected_;
    Doubt doubt_;
    double hours_;
    double room_;
};

}  // namespace

double done_within(const JobRun& run, const Outlook& expected, double hours, const Doubt& doubt) {
    if (!expected.finishes || !(hours > 0)) return 0;
    if (std::isinf(hours)) return 1;
    const double seconds = hours * seconds_per_hour;
    if (!(run.revocations_per_hour > 0)) return over_times(run, expected, seconds, doubt.time, 1);
    // Where revocations are rare the chance is a straight line in the rate, and that at the mean its mean.
    const double variance = std::expm1(doubt.revocations * doubt.revocations);
    const double hits = run.revocations_per_hour * hours;
    constexpr double nobody_sees = 0.004;
    if (hits * hits * variance / 2 < nobody_sees)
        return over_times(run, expected, seconds, doubt.time, std::sqrt(1 + variance));
    return std::min(over_rates(run, expected, seconds, doubt), 1.0);
}

double longest_in_time_hours(double hours, const Doubt& doubt, double confidence) {
    if (!(doubt.time > 0)) return hours;
    return hours * std::exp(-doubt.time * normal_quantile(confidence));
}

bool keeps(const JobRun& run, const Outlook& expected, double hours, const Doubt& doubt, double confidence) {
    if (confidence <= 0) return true;
    if (!expected.finishes || !(hours > 0)) return false;
    const Bounds bounds(run, expected, hours, doubt);
    if (bounds.most() < confidence) return false;
    if (bounds.least() >= confidence) return true;
    return done_within(run, expected, hours, doubt) >= confidence;
}

}  // namespace deepvm::risk
