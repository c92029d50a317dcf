#include "io/xml_text.hpp"

#include <string_view>

namespace io {

namespace {

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\n':
            out += "&#10;";
            break;
        case '\t':
            out += "&#9;";
            break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20) {
                out += c;
            }
        }
    }
}

void append(std::string& out, const XmlElement& element, std::size_t level) {
    const std::string indent(2 * level, ' ');
    out += indent + "<" + element.name;
    for (const auto& [name, value] : element.attributes) {
        out += " " + name + "=\"";
        append_escaped(out, value);
        out += '"';
    }
    if (element.children.empty() && element.text.empty()) {
        out += "/>\n";
        return;
    }
    out += '>';
    append_escaped(out, element.text);
    if (!element.children.empty()) {
        out += '\n';
        for (const XmlElement& child : element.children) {
            append(out, child, level + 1);
        }
        out += indent;
    }
    out += "</" + element.name + ">\n";
}

} // namespace

std::string xml_text(const XmlElement& element) {
    std::string out;
    append(out, element, 0);
    return out;
}

} // namespace io
