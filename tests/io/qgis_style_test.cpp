#include "geo/error.hpp"
#include "io/qgis_project.hpp"
#include "io/qgis_style.hpp"
#include "published_sample.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace io {
namespace {

using testing::Test;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(LayerDefinition, HasNamesThatAShapefileKeeps) {
    for (const LayerDefinition& layer : layer_definitions()) {
        std::set<std::string_view> names;
        for (const LayerField& field : layer.fields) {
            EXPECT_LE(field.name.size(), 10U) << layer.name << "." << field.name;
            EXPECT_TRUE(names.insert(field.name).second) << layer.name << "." << field.name;
            EXPECT_FALSE(field.alias.empty()) << layer.name << "." << field.name;
            EXPECT_FALSE(field.description.empty()) << layer.name << "." << field.name;
        }
    }
}

TEST(LayerDefinition, StandsUnderItsKind) {
    for (const LayerDefinition& layer : layer_definitions()) {
        EXPECT_EQ(layer_definition(layer.kind).name, layer.name);
    }
}

TEST(PublishedLayers, FillEachFieldOfTheDefinition) {
    const std::vector<PublishedZone> planned = planned_sample_zones();
    const std::vector<PublishedZone> unplanned = sample_zones();
    const std::vector<schedule::Visit> visits = sample_visits();
    for (const auto& zones : {planned, unplanned}) {
        LayersContent content{.crs = "EPSG:27700", .zones = zones, .visits = visits};
        for (const PublishedLayer& layer : published_layers(content, london())) {
            for (std::size_t i = 0; i < layer.rows; ++i) {
                EXPECT_EQ(layer.row(i).values.size(), layer.definition.fields.size())
                    << layer.definition.name;
            }
        }
    }
}

TEST(QmlText, HasAHeadingAndAWidgetForEveryField) {
    for (const LayerDefinition& layer : layer_definitions()) {
        const std::string text = qml_text(layer, {});
        for (const LayerField& field : layer.fields) {
            EXPECT_TRUE(has(text, "<alias field=\"" + std::string(field.name) + "\""));
            EXPECT_TRUE(has(text, "<field name=\"" + std::string(field.name) + "\""));
            for (const FieldWord& word : field.words) {
                EXPECT_TRUE(has(text, "value=\"" + std::string(word.value) + "\""));
            }
        }
    }
}

TEST(QmlText, SaysUtcWhereTimesAre) {
    const LayerDefinition& zones = layer_definition(LayerKind::zones);
    EXPECT_TRUE(has(qml_text(zones, {.times = TimeFrame::utc}), "name=\"Due by (UTC)\""));
    EXPECT_TRUE(has(qml_text(zones, {.times = TimeFrame::local}), "name=\"Due by\""));
}

TEST(QmlText, ShowsThePublicWardsByBandAlone) {
    const std::string text =
        qml_text(layer_definition(LayerKind::wards), {.audience = Audience::everyone});
    EXPECT_TRUE(has(text, "attr=\"count_band\""));
    for (const CountBand& band : count_bands) {
        EXPECT_TRUE(has(text, "value=\"" + std::string(band.words) + "\""));
    }
}

class WrittenProject : public Test {
  protected:
    std::vector<PublishedZone> zones = sample_zones();
    LayersContent content{.crs = "EPSG:27700", .zones = zones};
    ProjectOptions options{.times = geo::TimeSpan{at("2027-03-27"), at("2027-04-03")}};
    TemporaryFolder folder;
};

TEST_F(WrittenProject, PlaysTheHorizonInUtc) {
    const std::string text = project_text(content, options);
    EXPECT_TRUE(has(text, "<start>2027-03-27T00:00:00Z</start>"));
    EXPECT_TRUE(has(text, "<end>2027-04-02T23:00:00Z</end>")); // summer time by then
}

TEST_F(WrittenProject, PointsBesideItselfAndNowhereElse) {
    const std::string text = project_text(content, options);
    EXPECT_TRUE(has(text, "<datasource>./patrolzones.gpkg|layername=zones</datasource>"));
    EXPECT_TRUE(has(text, "<Absolute type=\"bool\">false</Absolute>"));
    EXPECT_FALSE(has(text, "layername=visits")) << "nothing was planned";
}

TEST_F(WrittenProject, HasTheSameBytesEachTime) {
    write_project(folder / "a.qgz", content, options);
    write_project(folder / "b.qgz", content, options);
    EXPECT_EQ(io::content((folder / "a.qgz").string()), io::content((folder / "b.qgz").string()));
}

TEST_F(WrittenProject, CannotBeWrittenWhereThereIsNoFolder) {
    EXPECT_THROW(write_project(folder / "missing/a.qgz", content, options), geo::Error);
}

} // namespace
} // namespace io
