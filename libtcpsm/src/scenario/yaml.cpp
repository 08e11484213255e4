// YAML, taken as the parser meets it: its own tree would need much more memory, accept a key given twice, and resolve
// aliases, which can make gigabytes of a line.

#include <algorithm>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "scenario/element.hpp"

namespace tcpsm::reading {
namespace {

constexpr std::size_t most_nodes = 100'000;

/// Ends the parsing: the problem has been noted.
struct Refused {};

/// Where things stand, by their octet. The parser's own columns count octets, people's editors count characters.
class Lines {
public:
    explicit Lines(std::string_view text) : text_(text)
    {
        for (std::size_t i = 0; i < text.size(); ++i)
            if (text[i] == '\n') starts_.push_back(i + 1);
    }
    /// Counts on from the last place that was asked for, where this one lies behind it in the same line.
    Place place(std::size_t offset)
    {
        offset = std::min(offset, text_.size());
        const auto line = std::prev(std::upper_bound(starts_.begin(), starts_.end(), offset));
        if (last_ < *line || last_ > offset) {
            last_ = *line;
            column_ = 1;
        }
        const std::string_view between = text_.substr(last_, offset - last_);
        column_ += static_cast<std::size_t>(
            std::ranges::count_if(between, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
        last_ = offset;
        return {static_cast<std::size_t>(line - starts_.begin()) + 1, column_};
    }
    /// What stands there, to the end of its line.
    [[nodiscard]] std::string_view rest_of_line(std::size_t offset) const
    {
        const std::string_view rest = text_.substr(std::min(offset, text_.size()));
        return rest.substr(0, rest.find('\n'));
    }
    /// Whether the quoted text that begins here also ends: the parser takes the end of the file for its end.
    [[nodiscard]] bool quote_ends(std::size_t offset) const
    {
        const char quote = text_[std::min(offset, text_.size() - 1)];
        for (std::size_t i = offset + 1; i < text_.size(); ++i) {
            const bool doubled = quote == '\'' && text_.substr(i, 2) == "''";
            if (doubled || (quote == '"' && text_[i] == '\\'))
                ++i;
            else if (text_[i] == quote)
                return true;
        }
        return false;
    }
    [[nodiscard]] bool indented_with_tab(std::size_t line) const
    {
        const std::string_view all = text_.substr(starts_[std::min(line, starts_.size()) - 1]);
        return all.substr(0, std::min(all.find_first_not_of(" \t"), all.size())).find('\t') != std::string_view::npos;
    }

private:
    std::string_view text_;
    std::vector<std::size_t> starts_{0};
    std::size_t last_ = 0;
    std::size_t column_ = 1;
};

class Builder : public YAML::EventHandler {
public:
    Builder(std::string_view text, Problems& problems) : lines_(text), problems_(problems) {}

    Lines& lines() { return lines_; }
    Element take_root() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (documents_++ > 0) refuse(mark, "a second document", "one scenario in a file");
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        refuse_anchor(mark, anchor);
        add(make(mark, Element::Kind::nothing));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse(mark, "an alias (*)", "the value itself"); }
    void OnAnchor(const YAML::Mark& mark, const std::string&) override { refuse_anchor(mark, 1); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override
    {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        const bool plain = tag == "?";
        const bool quoted_text = lines_.rest_of_line(offset(mark)).find_first_of("\"'") == 0;
        if (!plain && quoted_text && !lines_.quote_ends(offset(mark)))
            refuse(mark, "a text without its closing quote", "the quote");
        Element node =
            make(mark, plain && (value.empty() || value == "~") ? Element::Kind::nothing : Element::Kind::scalar);
        node.text = value;
        const std::string_view there = lines_.rest_of_line(offset(mark));
        node.verbatim = there.starts_with(value);
        if (!plain && there.substr(std::min<std::size_t>(1, there.size())).starts_with(value)) {
            node.verbatim = true;
            ++node.place.column; // behind the quote
        }
        add(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        begin(mark, tag, anchor, Element::Kind::list);
    }
    void OnSequenceEnd() override { end(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        begin(mark, tag, anchor, Element::Kind::map);
    }
    void OnMapEnd() override
    {
        note_bad_keys(open_.back());
        end();
    }

private:
    static std::size_t offset(const YAML::Mark& mark) { return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos); }

    [[noreturn]] void refuse(const YAML::Mark& mark, std::string found, std::string expected)
    {
        problems_.add(lines_.place(offset(mark)), std::move(found), std::move(expected));
        throw Refused{};
    }
    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor)
    {
        if (anchor != YAML::NullAnchor) refuse(mark, "an anchor (&)", "no anchors: write the value where it is used");
    }
    void refuse_tag(const YAML::Mark& mark, const std::string& tag)
    {
        // "?" and "!" are what the parser itself says of a plain and of a quoted text.
        if (!tag.empty() && tag != "?" && tag != "!")
            refuse(mark, "a tag (!)", "no tags: the keys say what a value is");
        if (tag == "!" && lines_.rest_of_line(offset(mark)).starts_with('!'))
            refuse(mark, "a tag (!)", "no tags: the keys say what a value is");
    }
    Element make(const YAML::Mark& mark, Element::Kind kind)
    {
        if (++nodes_ > most_nodes)
            refuse(mark, "more than " + std::to_string(most_nodes) + " values", "a scenario, which has far fewer");
        Element node;
        node.kind = kind;
        node.place = lines_.place(offset(mark));
        return node;
    }
    void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Element::Kind kind)
    {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (open_.size() == deepest)
            refuse(mark, "nesting deeper than " + std::to_string(deepest), "a scenario, which needs four levels");
        open_.push_back(make(mark, kind));
    }
    void end()
    {
        Element node = std::move(open_.back());
        open_.pop_back();
        add(std::move(node));
    }
    void add(Element node)
    {
        if (open_.empty())
            root_ = std::move(node);
        else
            open_.back().items.push_back(std::move(node));
    }
    void note_bad_keys(const Element& map)
    {
        std::vector<const Element*> keys;
        for (std::size_t i = 0; i < map.entries(); ++i) {
            if (map.key(i).kind != Element::Kind::scalar)
                problems_.add(map.key(i).place, map.key(i).found() + " as a key", "a word");
            keys.push_back(&map.key(i));
        }
        std::stable_sort(keys.begin(), keys.end(),
                         [](const Element* a, const Element* b) { return a->text < b->text; });
        for (std::size_t i = 1; i < keys.size(); ++i)
            if (keys[i]->text == keys[i - 1]->text && keys[i]->kind == Element::Kind::scalar)
                problems_.add(keys[i]->place, reading::quoted(keys[i]->text) + " a second time", "each key once");
    }

    Lines lines_;
    Problems& problems_;
    std::vector<Element> open_;
    Element root_;
    std::size_t nodes_ = 0;
    int documents_ = 0;
};

void note_mistake(const YAML::Exception& mistake, Lines& lines, Problems& problems)
{
    const auto offset = mistake.mark.is_null() ? 0 : static_cast<std::size_t>(mistake.mark.pos);
    const Place place = lines.place(offset);
    if (lines.rest_of_line(offset).starts_with('*')) // of an anchor that does not exist, so we are not asked
        problems.add(place, "an alias (*)", "the value itself");
    else if (lines.indented_with_tab(place.line))
        problems.add({place.line, 1}, "a tab", "blanks: YAML is not indented with tabs");
    else
        problems.add(place, "a mistake in the YAML: " + mistake.msg, "a scenario as docs/scenarios.md describes it");
}

} // namespace

const Element* Element::find(std::string_view wanted_key) const
{
    if (kind != Kind::map) return nullptr;
    for (std::size_t i = 0; i < entries(); ++i)
        if (key(i).text == wanted_key) return &value(i);
    return nullptr;
}

std::string Element::found() const
{
    switch (kind) {
    case Kind::nothing: return "nothing";
    case Kind::scalar: return text.empty() ? "an empty text" : reading::quoted(text);
    case Kind::list: return "a list";
    case Kind::map: return "a map";
    }
    return {};
}

std::string Element::on_one_line() const
{
    if (kind == Kind::scalar) return text;
    std::string inside;
    const bool map = kind == Kind::map;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) inside += map && i % 2 == 1 ? ": " : ", ";
        inside += items[i].on_one_line();
    }
    if (kind == Kind::nothing) return inside;
    return map ? "{ " + inside + " }" : '[' + inside + ']';
}

bool parse_yaml(std::string_view text, Element& root, Problems& problems)
{
    std::istringstream stream{std::string(text)};
    Builder builder(text, problems);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const Refused&) {
        return false;
    } catch (const YAML::Exception& mistake) {
        note_mistake(mistake, builder.lines(), problems);
        return false;
    }
    root = builder.take_root();
    if (root.kind == Element::Kind::map) return true;
    const bool empty = root.kind == Element::Kind::nothing;
    problems.add(empty ? Place{1, 1} : root.place, empty ? "an empty file" : root.found(),
                 empty ? "a scenario; 'tcpsm new' prints one to start from" : "a map with hosts and steps");
    return false;
}

} // namespace tcpsm::reading
