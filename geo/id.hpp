#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace geo {

/// A name that means one kind of thing; ids of different kinds do not convert into each other.
template <typename Kind>
class Id {
  public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}

    const std::string& text() const { return text_; }

    friend auto operator<=>(const Id& a, const Id& b) { return a.text_.compare(b.text_) <=> 0; }
    friend bool operator==(const Id&, const Id&) = default;

  private:
    std::string text_;
};

} // namespace geo

template <typename Kind>
struct std::hash<geo::Id<Kind>> {
    std::size_t operator()(const geo::Id<Kind>& id) const noexcept {
        return std::hash<std::string>()(id.text());
    }
};
