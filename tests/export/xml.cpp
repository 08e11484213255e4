#include "export/xml.hpp"

#include <doctest/doctest.h>

#include <cctype>
#include <stdexcept>

namespace tcpsm::test {
namespace {

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    Element document()
    {
        const std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8"?>)";
        if (!text_.starts_with(declaration)) fail("no declaration");
        at_ = declaration.size();
        blanks();
        Element root = element();
        blanks();
        if (at_ != text_.size()) fail("something follows the root");
        return root;
    }

private:
    [[noreturn]] void fail(const std::string& what) const
    {
        throw std::runtime_error(what + " at octet " + std::to_string(at_) + ": " + std::string(text_.substr(at_, 60)));
    }
    [[nodiscard]] char peek() const
    {
        if (at_ >= text_.size()) fail("the end");
        return text_[at_];
    }
    void expect(std::string_view what)
    {
        if (text_.substr(at_, what.size()) != what) fail("expected " + std::string(what));
        at_ += what.size();
    }
    void blanks()
    {
        while (at_ < text_.size() && std::string_view(" \t\n").find(text_[at_]) != std::string_view::npos) ++at_;
    }
    std::string a_name()
    {
        const std::size_t begin = at_;
        const auto in_name = [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == ':';
        };
        while (in_name(peek())) ++at_;
        if (begin == at_) fail("expected a name");
        return std::string(text_.substr(begin, at_ - begin));
    }
    void reference(std::string& into)
    {
        static const std::map<std::string_view, char> entities{
            {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
        for (const auto& [entity, letter] : entities)
            if (text_.substr(at_, entity.size()) == entity) {
                into += letter;
                at_ += entity.size();
                return;
            }
        fail("an unknown entity");
    }
    void letter(std::string& into)
    {
        const auto lead = static_cast<unsigned char>(peek());
        if (lead == '&') return reference(into);
        if (lead < 0x20 && lead != '\t' && lead != '\n' && lead != '\r') fail("a control character");
        const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
        if (length == 0 || at_ + length > text_.size()) fail("no UTF-8");
        for (std::size_t i = 1; i < length; ++i)
            if ((static_cast<unsigned char>(text_[at_ + i]) & 0xC0) != 0x80) fail("no UTF-8");
        const std::string_view whole = text_.substr(at_, length);
        if (whole == "\xEF\xBF\xBE" || whole == "\xEF\xBF\xBF") fail("a letter that XML cannot have");
        into += whole;
        at_ += length;
    }

    Element element()
    {
        Element element;
        expect("<");
        element.name = a_name();
        for (blanks(); peek() != '>' && peek() != '/'; blanks()) {
            const std::string attribute = a_name();
            expect("=\"");
            std::string value;
            while (peek() != '"') {
                if (peek() == '<') fail("< in an attribute");
                letter(value);
            }
            expect("\"");
            if (!element.attributes.emplace(attribute, value).second) fail(attribute + " is given twice");
        }
        if (peek() == '/') {
            expect("/>");
            return element;
        }
        expect(">");
        while (text_.substr(at_, 2) != "</")
            if (peek() == '<')
                element.children.push_back(this->element());
            else
                letter(element.text);
        expect("</" + element.name);
        blanks();
        expect(">");
        return element;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

void collect(const Element& element, std::string_view name, std::vector<const Element*>& found)
{
    if (element.name == name) found.push_back(&element);
    for (const Element& child : element.children) collect(child, name, found);
}

} // namespace

Element read_xml(std::string_view text, std::string& error)
{
    error.clear();
    try {
        return Reader(text).document();
    } catch (const std::runtime_error& wrong) {
        error = wrong.what();
        return {};
    }
}

Element read(std::string_view text)
{
    std::string error;
    Element root = read_xml(text, error);
    CHECK(error == "");
    return root;
}

std::vector<const Element*> all(const Element& root, std::string_view name)
{
    std::vector<const Element*> found;
    collect(root, name, found);
    return found;
}

} // namespace tcpsm::test
