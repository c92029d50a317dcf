#include "io/sheet_sketch.hpp"

#include "io/html_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace io {

namespace {

/// The drawing in its own units; on paper about 4 to the millimetre.
constexpr double width = 720;
constexpr double margin = 36;
constexpr double least_radius = 9; ///< a zone is never drawn smaller

struct Dot {
    double x = 0;
    double y = 0;
};

/// Longitude and latitude on a plane in metres, x east and y south, around a middle.
class Plane {
  public:
    explicit Plane(const geo::LonLat& middle)
        : middle_(middle), across_(std::cos(middle.latitude * std::numbers::pi / 180)) {}

    Dot at(const geo::LonLat& place) const {
        constexpr double metres_a_degree = 111'195;
        return {(place.longitude - middle_.longitude) * across_ * metres_a_degree,
                (middle_.latitude - place.latitude) * metres_a_degree};
    }

  private:
    geo::LonLat middle_;
    double across_;
};

struct Frame {
    Dot low{1e12, 1e12};
    Dot high{-1e12, -1e12};

    void hold(const Dot& dot, double around) {
        low = {std::min(low.x, dot.x - around), std::min(low.y, dot.y - around)};
        high = {std::max(high.x, dot.x + around), std::max(high.y, dot.y + around)};
    }
    bool meets(const Frame& other) const {
        return low.x <= other.high.x && other.low.x <= high.x && low.y <= other.high.y &&
               other.low.y <= high.y;
    }
    Dot middle() const { return {(low.x + high.x) / 2, (low.y + high.y) / 2}; }
};

geo::LonLat middle_of(const SketchContent& content) {
    geo::LonLat low{180, 90};
    geo::LonLat high{-180, -90};
    for (const SketchStop& stop : content.stops) {
        low = {std::min(low.longitude, stop.centre.longitude),
               std::min(low.latitude, stop.centre.latitude)};
        high = {std::max(high.longitude, stop.centre.longitude),
                std::max(high.latitude, stop.centre.latitude)};
    }
    return {(low.longitude + high.longitude) / 2, (low.latitude + high.latitude) / 2};
}

/// From the plane to the drawing: all stops and the base inside its margins.
class Scale {
  public:
    explicit Scale(const SketchContent& content)
        : plane_(middle_of(content)), height_(content.height) {
        Frame frame;
        for (const SketchStop& stop : content.stops) {
            frame.hold(plane_.at(stop.centre), 2 * stop.radius.value());
        }
        if (content.base) {
            frame.hold(plane_.at(*content.base), 0);
        }
        factor_ = std::min((width - 2 * margin) / (frame.high.x - frame.low.x),
                           (height_ - 2 * margin) / (frame.high.y - frame.low.y));
        middle_ = frame.middle();
    }

    Dot at(const geo::LonLat& place) const {
        const Dot dot = plane_.at(place);
        return {width / 2 + (dot.x - middle_.x) * factor_,
                height_ / 2 + (dot.y - middle_.y) * factor_};
    }
    double length(geo::Metres metres) const { return metres.value() * factor_; }
    geo::Metres metres(double drawn) const { return geo::Metres(drawn / factor_); }
    double height() const { return height_; }
    /// All that can be seen.
    Frame paper() const { return {{0, 0}, {width, height_}}; }

  private:
    Plane plane_;
    double height_;
    double factor_ = 1;
    Dot middle_;
};

std::string path_of(const std::vector<geo::LonLat>& ring, const Scale& scale) {
    std::string path;
    for (const geo::LonLat& point : ring) {
        const Dot dot = scale.at(point);
        path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", dot.x, dot.y);
    }
    return path + "Z";
}

Frame frame_of(const ReportWard& ward, const Scale& scale) {
    Frame frame;
    for (const auto& ring : ward.outline) {
        for (const geo::LonLat& point : ring) {
            frame.hold(scale.at(point), 0);
        }
    }
    return frame;
}

std::string wards_drawn(const SketchContent& content, const Scale& scale) {
    std::string shapes;
    std::string names;
    for (const ReportWard& ward : content.wards) {
        const Frame frame = frame_of(ward, scale);
        if (!frame.meets(scale.paper())) {
            continue;
        }
        std::string path;
        for (const auto& ring : ward.outline) {
            path += path_of(ring, scale);
        }
        shapes += fmt::format(R"(<path class="ward" d="{}"/>)", path);
        const Dot middle = frame.middle();
        if (content.named.contains(ward.code) && middle.x > 60 && middle.x < width - 60 &&
            middle.y > 12 && middle.y < scale.height() - 30) {
            names += fmt::format(R"(<text class="ward-name" x="{:.1f}" y="{:.1f}">{}</text>)",
                                 middle.x, middle.y, html_escaped(ward.name));
        }
    }
    return shapes + names;
}

std::string way_drawn(const SketchContent& content, const Scale& scale) {
    std::string points;
    for (const geo::LonLat& place : content.way) {
        const Dot dot = scale.at(place);
        points += fmt::format("{}{:.1f},{:.1f}", points.empty() ? "" : " ", dot.x, dot.y);
    }
    return fmt::format(R"(<polyline class="way" points="{}"/>)", points);
}

/// Where labels stand already, so that the next one finds room.
class Labels {
  public:
    explicit Labels(const Frame& paper) : paper_(paper) {}

    /// A place for a label of so many characters at a circle: above it, or else around.
    Dot place(const Dot& circle, double radius, std::size_t characters) {
        const double half = 4.6 * static_cast<double>(characters) + 2;
        const double away = radius + 9;
        const std::array<Dot, 6> around{{{0, -away},
                                         {0, away},
                                         {radius + 4 + half, 0},
                                         {-radius - 4 - half, 0},
                                         {radius + half, -away},
                                         {-radius - half, away}}};
        Dot best{circle.x + around.front().x, circle.y + around.front().y};
        for (const Dot& offset : around) {
            const Dot at{circle.x + offset.x, circle.y + offset.y};
            if (is_free(at, half)) {
                best = at;
                break;
            }
        }
        take(best, half);
        return best;
    }
    void take(const Dot& at, double half_width) { taken_.push_back(box(at, half_width)); }

  private:
    static Frame box(const Dot& at, double half_width) {
        return {{at.x - half_width, at.y - 8}, {at.x + half_width, at.y + 8}};
    }
    bool is_free(const Dot& at, double half_width) const {
        const Frame wanted = box(at, half_width);
        const bool inside = wanted.low.x > 0 && wanted.high.x < paper_.high.x && wanted.low.y > 0 &&
                            wanted.high.y < paper_.high.y;
        return inside && std::ranges::none_of(
                             taken_, [&](const Frame& other) { return other.meets(wanted); });
    }
    Frame paper_;
    std::vector<Frame> taken_;
};

std::string stops_drawn(const SketchContent& content, const Scale& scale) {
    std::string circles;
    std::string texts;
    Labels labels(scale.paper());
    for (const SketchStop& stop : content.stops) {
        const double radius = std::max(scale.length(stop.radius), least_radius);
        const Dot at = scale.at(stop.centre);
        circles += fmt::format(R"(<circle class="zone" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>)", at.x,
                               at.y, radius);
        labels.take(at, radius);
    }
    for (const SketchStop& stop : content.stops) {
        const double radius = std::max(scale.length(stop.radius), least_radius);
        const Dot at = scale.at(stop.centre);
        const bool fits_inside = radius >= 4.6 * static_cast<double>(stop.label.size()) + 3;
        const Dot label = fits_inside ? at : labels.place(at, radius, stop.label.size());
        texts += fmt::format(R"(<text class="order" x="{:.1f}" y="{:.1f}">{}</text>)", label.x,
                             label.y + 5, html_escaped(stop.label));
    }
    return circles + texts;
}

std::string base_drawn(const SketchContent& content, const Scale& scale) {
    if (!content.base) {
        return "";
    }
    const Dot at = scale.at(*content.base);
    return fmt::format(R"(<path class="base" d="M{:.1f} {:.1f}h12v12h-12z"/>)"
                       R"(<text class="base-name" x="{:.1f}" y="{:.1f}">base</text>)",
                       at.x - 6, at.y - 6, at.x, at.y + 19);
}

/// 1, 2 or 5 times a power of ten, not above `most`.
double round_length(double most) {
    const double power = std::pow(10, std::floor(std::log10(most)));
    const double times = most / power;
    return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
}

std::string scale_bar(const Scale& scale) {
    const double metres = round_length(scale.metres(width / 4).value());
    const double drawn = scale.length(geo::Metres(metres));
    const std::string text =
        metres >= 1000 ? fmt::format("{:g} km", metres / 1000) : fmt::format("{:g} m", metres);
    return fmt::format(R"(<path class="scale" d="M12 {0}v6h{1:.1f}v-6"/>)"
                       R"(<text class="scale-text" x="{2:.1f}" y="{3}">{4}</text>)",
                       scale.height() - 20, drawn, 12 + drawn / 2, scale.height() - 22, text);
}

std::string north_arrow() {
    return fmt::format(R"(<path class="north" d="M{0} 10l9 26l-9 -6l-9 6z"/>)"
                       R"(<text class="north-text" x="{0}" y="50">N</text>)",
                       width - 22);
}

} // namespace

std::string sketch_svg(const SketchContent& content) {
    const Scale scale(content);
    return fmt::format(R"(<svg class="sketch" viewBox="0 0 {:g} {:g}" role="img" )"
                       R"(aria-label="Sketch of the way from zone to zone, north up">{}{}{}{}{}{})"
                       "</svg>",
                       width, content.height, wards_drawn(content, scale),
                       way_drawn(content, scale), base_drawn(content, scale),
                       stops_drawn(content, scale), scale_bar(scale), north_arrow());
}

} // namespace io
