#include "io/xml_text.hpp"

#include <gtest/gtest.h>

namespace io {
namespace {

TEST(XmlText, EscapesWhatXmlGivesAMeaning) {
    EXPECT_EQ(xml_text({"a", {{"b", "\"<&>\""}}, {}, "1 < 2 & 3"}),
              "<a b=\"&quot;&lt;&amp;&gt;&quot;\">1 &lt; 2 &amp; 3</a>\n");
    EXPECT_EQ(xml_text({"a", {{"b", "two\nlines"}}, {}, ""}), "<a b=\"two&#10;lines\"/>\n");
}

TEST(XmlText, LeavesOutCharactersThatXmlCannotHold) {
    EXPECT_EQ(xml_text({"a", {}, {}, std::string("x\x01y")}), "<a>xy</a>\n");
}

TEST(XmlText, IndentsChildren) {
    EXPECT_EQ(xml_text({"a", {}, {{"b", {}, {{"c", {}, {}, "d"}}, ""}}, ""}),
              "<a>\n  <b>\n    <c>d</c>\n  </b>\n</a>\n");
}

} // namespace
} // namespace io
