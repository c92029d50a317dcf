#include <cluster/ranking.hpp>

#include <iostream>
#include <vector>

int main() {
    const auto square = geo::Polygon::from_wkt("POLYGON ((0 0, 1000 0, 1000 1000, 0 1000, 0 0))");
    const auto beyond =
        geo::Polygon::from_wkt("POLYGON ((1000 0, 3000 0, 3000 1000, 1000 1000, 1000 0))");
    const std::vector<cluster::Ward> wards{{cluster::WardCode("A"), "Here", square},
                                           {cluster::WardCode("B"), "Beyond", beyond}};
    std::vector<cluster::Incident> incidents(3);
    incidents[0].ward = incidents[1].ward = 1;
    for (const auto& ward : cluster::rank_wards(wards, incidents, cluster::RankBy::density)) {
        std::cout << wards[ward.ward].name << ' ' << ward.incidents << ' '
                  << ward.per_square_kilometre << '\n';
    }
}
