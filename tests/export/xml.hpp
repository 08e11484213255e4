#pragma once
// A strict reader of the XML that the exporters write: elements, attributes and text, and nothing else.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tcpsm::test {

struct Element {
    std::string name;
    std::map<std::string, std::string> attributes;
    std::string text; ///< of its own, without that of its children
    std::vector<Element> children;
};

/// What is wrong with it is said in `error`, which stays empty where nothing is. Refused are comments, processing
/// instructions, document types, CDATA, entities but the five of XML, octets that are not UTF-8, letters that XML
/// cannot have, and an attribute that is given twice.
Element read_xml(std::string_view text, std::string& error);

/// The same for what must be right: a check fails where something is wrong with it.
Element read(std::string_view text);

/// All elements of that name, in the order of the document.
std::vector<const Element*> all(const Element& root, std::string_view name);

} // namespace tcpsm::test
