#include "cluster/ward_layout.hpp"

#include <algorithm>

namespace cluster {

WardLayout::WardLayout(std::vector<Site> sites, const geo::Polygon& ward, const DiscChoice& choice)
    : choice_(choice), search_(std::move(sites), ward) {}

std::optional<FoundDisc> WardLayout::best(const DiscChoice& choice) const {
    return search_.best(choice, placed_);
}

FoundDisc WardLayout::valued(const Disc& disc) const {
    return search_.valued(disc, choice_, placed_);
}

void WardLayout::place(const Disc& disc) {
    value_ += valued(disc).value;
    search_.hold(disc);
    placed_.insert(placed_.begin() + static_cast<std::ptrdiff_t>(own_), disc);
    ++own_;
}

void WardLayout::remove(std::size_t index) {
    const Disc disc = placed_[index];
    placed_.erase(placed_.begin() + static_cast<std::ptrdiff_t>(index));
    --own_;
    search_.release(disc);
    value_ = own_ == 0 ? 0 : value_ - valued(disc).value;
}

void WardLayout::add_foreign(const Disc& disc) {
    search_.hold(disc);
    placed_.push_back(disc);
    recount();
}

void WardLayout::remove_foreign(const Disc& disc) {
    search_.release(disc);
    placed_.erase(
        std::find(placed_.begin() + static_cast<std::ptrdiff_t>(own_), placed_.end(), disc));
    recount();
}

void WardLayout::recount() {
    const std::vector<Disc> own(placed_.begin(),
                                placed_.begin() + static_cast<std::ptrdiff_t>(own_));
    while (own_ > 0) {
        remove(own_ - 1);
    }
    for (const Disc& disc : own) {
        place(disc);
    }
}

} // namespace cluster
