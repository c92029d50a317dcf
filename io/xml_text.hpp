#pragma once

#include <string>
#include <utility>
#include <vector>

namespace io {

/// An element of an XML document. Either text or children.
struct XmlElement {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes; ///< in the order written
    std::vector<XmlElement> children;
    std::string text;
};

/// The element as text, a child a line, indented by two blanks a level; attributes and text are
/// escaped. Characters that XML 1.0 cannot hold are left out. Ends with a line end.
std::string xml_text(const XmlElement& element);

} // namespace io
