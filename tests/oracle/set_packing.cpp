// The optimum of a set packing programme: a linear relaxation by row and column generation, then
// the few sets that it leaves. New here: rows that are points of the plane, so that separation of
// discs needs no row for each of the millions of pairs.

#include "tests/oracle/set_packing.hpp"

#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numeric>
#include <stdexcept>

namespace oracle {

namespace {

using cluster::FoundDisc;

constexpr double tolerance = 1e-6;
constexpr std::size_t columns_at_once = 200;
constexpr std::size_t rows_at_once = 40;
constexpr std::uint64_t most_looks = 4'000'000'000; // after which the relaxation's bound stands

struct ProblemDeleter {
    void operator()(glp_prob* problem) const { glp_delete_prob(problem); }
};

/// A place that at most one chosen disc may cover.
struct Pin {
    double x = 0;
    double y = 0;
};

/// A candidate, drawn so large that separation means that no two share a point.
struct Drawn {
    double x = 0;
    double y = 0;
    double radius = 0;
};

bool covers(const Drawn& disc, const Pin& pin) {
    const double dx = disc.x - pin.x;
    const double dy = disc.y - pin.y;
    const double reach = disc.radius - 1e-4; // rims may touch
    return dx * dx + dy * dy < reach * reach;
}

/// The middle of what two discs share.
Pin middle_of_shared(const Drawn& a, const Drawn& b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double apart = std::hypot(dx, dy);
    if (apart < 1e-9) {
        return {a.x, a.y};
    }
    const double from = std::max(-a.radius, apart - b.radius);
    const double to = std::min(a.radius, apart + b.radius);
    const double way = (from + to) / 2 / apart;
    return {a.x + way * dx, a.y + way * dy};
}

/// A row of the programme: a pin, or (where discs share less than a pin's tolerance) two columns.
struct Row {
    Pin pin;
    std::vector<std::size_t> pair;
};

class Solver {
  public:
    Solver(std::span<const FoundDisc> candidates, const PackingRules& rules,
           std::span<const std::size_t> known)
        : candidates_(candidates), rules_(rules), column_of_(candidates.size(), 0),
          problem_(glp_create_prob()) {
        glp_term_out(GLP_OFF);
        for (const FoundDisc& found : candidates) {
            drawn_.push_back({found.disc.centre.easting().value(),
                              found.disc.centre.northing().value(),
                              found.disc.radius.value() * rules.separation.factor});
        }
        best_.chosen.assign(known.begin(), known.end());
        std::sort(best_.chosen.begin(), best_.chosen.end());
        best_.value = value(best_.chosen);
    }

    Packing solve() {
        start();
        while (solve_relaxation(), add_rows() || add_columns()) {
        }
        best_.bound = glp_get_obj_val(problem_.get());
        if (best_.bound <= best_.value + tolerance) {
            best_.bound = best_.value;
            best_.proven = true;
            return best_;
        }
        enumerate();
        return best_;
    }

  private:
    double value(const std::vector<std::size_t>& chosen) const {
        return std::accumulate(chosen.begin(), chosen.end(), 0.0, [&](double sum, std::size_t i) {
            return sum + candidates_[i].value;
        });
    }

    bool conflict(std::size_t a, std::size_t b) const {
        return !cluster::apart(candidates_[a].disc, candidates_[b].disc, rules_.separation);
    }

    void start() {
        glp_set_obj_dir(problem_.get(), GLP_MAX);
        glp_add_rows(problem_.get(), 1);
        glp_set_row_bnds(problem_.get(), 1, GLP_UP, 0, rules_.most);
        std::vector<std::size_t> order(candidates_.size());
        std::iota(order.begin(), order.end(), 0U);
        const std::size_t first = std::min(columns_at_once, order.size());
        std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(first),
                          order.end(), [&](std::size_t a, std::size_t b) {
                              return candidates_[a].value > candidates_[b].value;
                          });
        order.resize(first);
        order.insert(order.end(), best_.chosen.begin(), best_.chosen.end());
        for (const std::size_t i : order) {
            add_column(i);
        }
    }

    void add_column(std::size_t candidate) {
        if (column_of_[candidate] != 0 || candidates_[candidate].value <= 0) {
            return;
        }
        const int column = glp_add_cols(problem_.get(), 1);
        column_of_[candidate] = column;
        candidate_of_.push_back(candidate);
        glp_set_col_bnds(problem_.get(), column, GLP_LO, 0, 0);
        glp_set_obj_coef(problem_.get(), column, candidates_[candidate].value);
        std::vector<int> indices{0, 1};
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            if (rows_[r].pair.empty() && covers(drawn_[candidate], rows_[r].pin)) {
                indices.push_back(static_cast<int>(r) + 2);
            }
        }
        const std::vector<double> ones(indices.size(), 1.0);
        glp_set_mat_col(problem_.get(), column, static_cast<int>(indices.size()) - 1,
                        indices.data(), ones.data());
    }

    void add_row(const Row& row) {
        const int number = glp_add_rows(problem_.get(), 1);
        rows_.push_back(row);
        glp_set_row_bnds(problem_.get(), number, GLP_UP, 0, 1);
        std::vector<int> indices{0};
        if (row.pair.empty()) {
            for (std::size_t c = 0; c < candidate_of_.size(); ++c) {
                if (covers(drawn_[candidate_of_[c]], row.pin)) {
                    indices.push_back(static_cast<int>(c) + 1);
                }
            }
        } else {
            indices.insert(indices.end(), {column_of_[row.pair[0]], column_of_[row.pair[1]]});
        }
        const std::vector<double> ones(indices.size(), 1.0);
        glp_set_mat_row(problem_.get(), number, static_cast<int>(indices.size()) - 1,
                        indices.data(), ones.data());
    }

    void solve_relaxation() {
        glp_smcp parameters;
        glp_init_smcp(&parameters);
        parameters.msg_lev = GLP_MSG_OFF;
        parameters.meth = GLP_DUALP;
        set_first_basis();
        if (glp_simplex(problem_.get(), &parameters) != 0 ||
            glp_get_status(problem_.get()) != GLP_OPT) {
            throw std::runtime_error("GLPK did not solve the linear programme");
        }
    }

    /// Rows and columns that were added leave a basis that GLPK can go on from.
    void set_first_basis() {
        if (!started_) {
            glp_std_basis(problem_.get());
            started_ = true;
        }
    }

    /// The candidates that the present solution takes at least a part of.
    std::vector<std::pair<std::size_t, double>> support() const {
        std::vector<std::pair<std::size_t, double>> taken;
        for (std::size_t c = 0; c < candidate_of_.size(); ++c) {
            const int column = static_cast<int>(c) + 1;
            const double part = glp_get_col_prim(problem_.get(), column);
            if (part > tolerance) {
                taken.emplace_back(candidate_of_[c], part);
            }
        }
        return taken;
    }

    /// Adds the rows that the present solution breaks most.
    bool add_rows() {
        const std::vector<std::pair<std::size_t, double>> taken = support();
        std::vector<std::pair<double, Row>> broken;
        for (std::size_t a = 0; a < taken.size(); ++a) {
            for (std::size_t b = a; b < taken.size(); ++b) { // itself too: a part above 1
                if (conflict(taken[a].first, taken[b].first)) {
                    consider_pair(taken, {taken[a].first, taken[b].first}, broken);
                }
            }
        }
        std::stable_sort(broken.begin(), broken.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        broken.resize(std::min(broken.size(), rows_at_once));
        for (const auto& [excess, row] : broken) {
            add_row(row);
        }
        return !broken.empty();
    }

    void consider_pair(const std::vector<std::pair<std::size_t, double>>& taken,
                       const std::pair<std::size_t, std::size_t>& pair,
                       std::vector<std::pair<double, Row>>& broken) const {
        const Drawn& a = drawn_[pair.first];
        const Drawn& b = drawn_[pair.second];
        Row row{middle_of_shared(a, b), {}};
        if (!covers(a, row.pin) || !covers(b, row.pin)) {
            row.pair = {pair.first, pair.second};
        }
        double load = 0;
        for (const auto& [candidate, part] : taken) {
            const bool in = row.pair.empty() ? covers(drawn_[candidate], row.pin)
                                             : candidate == pair.first || candidate == pair.second;
            load += in ? part : 0;
        }
        if (load > 1 + tolerance) {
            broken.emplace_back(load - 1, row);
        }
    }

    std::vector<double> reduced_costs() const {
        const double for_one = glp_get_row_dual(problem_.get(), 1);
        std::vector<std::pair<Pin, double>> prices;
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            const double price = glp_get_row_dual(problem_.get(), static_cast<int>(r) + 2);
            if (rows_[r].pair.empty() && std::abs(price) > 1e-12) {
                prices.emplace_back(rows_[r].pin, price);
            }
        }
        std::vector<double> costs(candidates_.size());
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            costs[i] = candidates_[i].value - for_one;
            for (const auto& [pin, price] : prices) {
                costs[i] -= covers(drawn_[i], pin) ? price : 0;
            }
        }
        return costs;
    }

    bool add_columns() {
        const std::vector<double> costs = reduced_costs();
        std::vector<std::size_t> paying;
        for (std::size_t i = 0; i < costs.size(); ++i) {
            if (column_of_[i] == 0 && candidates_[i].value > 0 && costs[i] > tolerance) {
                paying.push_back(i);
            }
        }
        std::stable_sort(paying.begin(), paying.end(),
                         [&](std::size_t a, std::size_t b) { return costs[a] > costs[b]; });
        paying.resize(std::min(paying.size(), columns_at_once));
        for (const std::size_t i : paying) {
            add_column(i);
        }
        return !paying.empty();
    }

    /// Looks through every set that could beat the best known: one whose reduced costs together
    /// are smaller than the gap below the relaxation.
    void enumerate() {
        const std::vector<double> costs = reduced_costs();
        std::vector<Survivor> survivors;
        for (std::size_t i = 0; i < costs.size(); ++i) {
            const double lost = std::max(0.0, -costs[i]);
            if (candidates_[i].value > 0 && best_.bound - lost > best_.value + tolerance) {
                survivors.push_back({i, candidates_[i].value, lost});
            }
        }
        std::stable_sort(survivors.begin(), survivors.end(),
                         [](const Survivor& a, const Survivor& b) { return a.value > b.value; });
        std::vector<std::size_t> set;
        extend(survivors, 0, {0, 0}, set);
        std::sort(best_.chosen.begin(), best_.chosen.end());
        best_.proven = looks_left_ > 0;
        best_.bound = best_.proven ? best_.value : best_.bound;
    }

    struct Survivor {
        std::size_t candidate = 0;
        double value = 0;
        double lost = 0; ///< how far a set that holds it stays below the relaxation at least
    };
    struct Sum {
        double value = 0;
        double lost = 0;
    };

    /// Tries every further disc, the most valuable first, while what is left could still do.
    void extend(const std::vector<Survivor>& survivors, std::size_t from, const Sum& sum,
                std::vector<std::size_t>& set) {
        if (sum.value > best_.value + tolerance) {
            best_.value = sum.value;
            best_.chosen = set;
        }
        const auto room = static_cast<double>(rules_.most - set.size());
        for (std::size_t i = from; i < survivors.size() && looks_left_ > 0; ++i) {
            const Survivor& next = survivors[i];
            if (sum.value + room * next.value <= best_.value + tolerance) {
                return; // also where there is no room
            }
            --looks_left_;
            const Sum longer{sum.value + next.value, sum.lost + next.lost};
            if (best_.bound - longer.lost <= best_.value + tolerance ||
                std::any_of(set.begin(), set.end(),
                            [&](std::size_t s) { return conflict(s, next.candidate); })) {
                continue;
            }
            set.push_back(next.candidate);
            extend(survivors, i + 1, longer, set);
            set.pop_back();
        }
    }

    std::span<const FoundDisc> candidates_;
    PackingRules rules_;
    std::vector<Drawn> drawn_;
    std::vector<int> column_of_; ///< by candidate; 0: none yet
    std::vector<std::size_t> candidate_of_;
    std::vector<Row> rows_; ///< after the first, which limits the number
    std::unique_ptr<glp_prob, ProblemDeleter> problem_;
    bool started_ = false;
    std::uint64_t looks_left_ = most_looks;
    Packing best_;
};

} // namespace

Packing best_packing(std::span<const FoundDisc> candidates, const PackingRules& rules,
                     std::span<const std::size_t> known) {
    if (rules.separation.factor < 1) {
        throw std::invalid_argument("set packing needs discs that share no site");
    }
    return Solver(candidates, rules, known).solve();
}

} // namespace oracle
