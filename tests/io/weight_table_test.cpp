#include "io/weight_table.hpp"

#include "tests/io/reading_fixture.hpp"

#include <gmock/gmock.h>

namespace {

using reading::error_of;
using reading::Folder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

io::WeightTable table(const Folder& folder, std::string_view text) {
    return io::read_weight_table(folder.write("harm.csv", text));
}

std::vector<double> weights(std::string_view text, std::string_view definition) {
    const Folder folder;
    return io::weights_of(io::parse_definition(definition, "test"), table(folder, text));
}

TEST(WeightTable, CodesAreReadInAnyOfTheirForms) {
    EXPECT_THAT(weights("code,weight\n004/1,5475\n8n,20\n", R"(codes = ["4.1", "008N"])"),
                ElementsAre(5475, 20));
}

TEST(WeightTable, CodeTakesTheSmallestClassThatHoldsIt) {
    EXPECT_THAT(weights("HO class;Severity\n34;365\n34B;19\n4;1\n",
                        R"(codes = ["34A", "34B", "4.10", "4.1"])"),
                ElementsAre(365, 19, 1, 1));
}

TEST(WeightTable, ClassOneDoesNotHoldClassTen) {
    EXPECT_THAT(weights("code,weight\n1,5\n10,7\n", R"(codes = ["1", "10"])"), ElementsAre(5, 7));
}

TEST(WeightTable, CategoriesAndNamesOfOffencesServe) {
    EXPECT_THAT(weights("offence,days\nrobbery,19\nHomicide,5475\n",
                        R"(offences = [{name = "Homicide", codes = ["1", "4.1"]},
                                       {name = "Taking", category = "Robbery"}])"),
                ElementsAre(5475, 5475, 19));
}

TEST(WeightTable, DefinitionsOwnWeightsStandInTheSameOrder) {
    EXPECT_THAT(io::weights_of(io::parse_definition(
                    R"(offences = [{codes = ["1", "2"], weight = 9}, {category = "x"}])", "t")),
                ElementsAre(9, 9, 1));
}

TEST(WeightTable, EveryClassWithoutAWeightIsNamed) {
    const geo::Error error =
        error_of([] { weights("code,weight\n1,5\n", R"(codes = ["1", "8N", "34B"])"); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
    EXPECT_THAT(error.what(), HasSubstr("harm.csv: no weight for 8N, 34B of the definition 'test'; "
                                        "add a line for each"));
}

TEST(WeightTable, SameWeightTwiceIsNoContradiction) {
    EXPECT_THAT(weights("code,weight\n1,5\n001,5\n", R"(codes = ["1"])"), ElementsAre(5));
}

struct BadTable {
    const char* what;
    const char* text;
    const char* says;
};

class BadWeights : public testing::TestWithParam<BadTable> {};

TEST_P(BadWeights, AreRefusedInOneLineWithPlaceValueAndRemedy) {
    const Folder folder;
    const geo::Error error = error_of([&] { table(folder, GetParam().text); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::input);
    EXPECT_THAT(error.what(), StartsWith(folder.path("harm.csv") + ": "));
    EXPECT_THAT(error.what(), HasSubstr(GetParam().says));
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("\n")));
}

INSTANTIATE_TEST_SUITE_P(
    WeightTable, BadWeights,
    testing::Values(
        BadTable{"no_number", "code,weight\n1,5\n8N,heavy\n",
                 "line 3: weight: 'heavy' is no weight; write a number above 0"},
        BadTable{"zero", "code,Score\n1,0\n", "line 2: Score: '0' is no weight"},
        BadTable{"negative", "code,weight\n1,-3\n", "'-3' is no weight"},
        BadTable{"not_finite", "code,weight\n1,inf\n", "'inf' is no weight"},
        BadTable{"too_large", "code,weight\n1,1e7\n", "up to 1000000"},
        BadTable{"no_offence", "code,weight\n,3\n", "line 2: code: the offence is empty"},
        BadTable{"twice", "code,weight\n8N,3\n008n,4\n", "has weight 4 on this line and 3 before"},
        BadTable{"no_weight_column", "code,colour\n8N,3\n", "no column 'weight' among 'code', "},
        BadTable{"no_code_column", "colour,weight\n8N,3\n", "no column 'code'"},
        BadTable{"header_only", "code,weight\n", "no weight; write a line for each offence"},
        BadTable{"empty", "", "harm.csv"}),
    [](const auto& tested) { return std::string(tested.param.what); });

} // namespace
