// RFC 9293, 3.5. Establishing a Connection: how its figures write a segment.

#include "tcpsm/wire/notation.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tcpsm {

namespace {

struct FlagName {
    std::string_view name;
    Flag flag;
};
// In the order in which they are written: ACK comes last in every figure.
constexpr std::array<FlagName, 8> flag_names{{
    {"SYN", Flag::SYN},
    {"FIN", Flag::FIN},
    {"RST", Flag::RST},
    {"PSH", Flag::PSH},
    {"URG", Flag::URG},
    {"ECE", Flag::ECE},
    {"CWR", Flag::CWR},
    {"ACK", Flag::ACK},
}};

enum class Field : std::uint8_t { SEQ, ACK, DATA, CTL, WND, UP, MSS };

struct FieldName {
    std::string_view name;
    Field field;
    std::uint32_t most; // of its number; CTL has none
};
constexpr std::uint32_t most_text = 65535 - 20 - 20; // an IPv4 datagram's room, less the two headers
constexpr std::array<FieldName, 7> field_names{{
    {"SEQ", Field::SEQ, 0xFFFFFFFF},
    {"ACK", Field::ACK, 0xFFFFFFFF},
    {"DATA", Field::DATA, most_text},
    {"CTL", Field::CTL, 0},
    {"WND", Field::WND, 0xFFFF},
    {"UP", Field::UP, 0xFFFF},
    {"MSS", Field::MSS, 0xFFFF},
}};

constexpr std::string_view blanks = " \t";

std::string_view trim(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

char upper(char c) // not std::toupper, which asks the locale
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool same_word(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, upper, upper);
}

// Null where the word is none of the names.
template <class Name, std::size_t count>
const Name* find(const std::array<Name, count>& names, std::string_view word)
{
    for (const Name& known : names)
        if (same_word(known.name, word)) return &known;
    return nullptr;
}

// How many letters must be added, dropped, changed or swapped with their neighbour to make one word of the other.
// Neither is longer than `longest`.
constexpr std::size_t longest = 8;
std::size_t distance(std::string_view a, std::string_view b)
{
    std::array<std::array<std::size_t, longest + 1>, longest + 1> d{}; // [i][j]: of the first i and the first j letters
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = upper(a[i - 1]) == upper(b[j - 1]);
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && upper(a[i - 1]) == upper(b[j - 2]) && upper(a[i - 2]) == upper(b[j - 1]))
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

// "; did you mean FIN?", or nothing where more than half of the letters would have to change: such a guess misleads.
template <class Names>
std::string suggestion(const Names& names, std::string_view word)
{
    if (word.size() > longest) return {}; // more than twice any name
    std::string_view nearest;
    std::size_t least = longest + 1;
    for (const auto& known : names) {
        const std::size_t d = distance(word, known.name);
        if (d >= least || 2 * d > std::max(word.size(), known.name.size())) continue;
        least = d;
        nearest = known.name;
    }
    return nearest.empty() ? std::string() : "; did you mean " + std::string(nearest) + '?';
}

// "expected one of SYN, FIN, RST"
template <class Names>
std::string expected_one_of(const Names& names)
{
    std::string text = "expected one of ";
    for (const auto& known : names) {
        if (&known != &names.front()) text += ", ";
        text += known.name;
    }
    return text;
}

// Shortened, and in printable ASCII, because the text may be anything and the sentence goes to a terminal.
std::string quoted(std::string_view what)
{
    constexpr std::size_t most = 24;
    std::string text = "\"";
    for (const char c : what.substr(0, most)) text += c >= ' ' && c <= '~' ? c : '?';
    text += what.size() > most ? "...\"" : "\"";
    return text;
}

// `found "SQE", ` and what goes on.
std::string found(std::string_view what, std::string expected)
{
    return (what.empty() ? "found nothing" : "found " + quoted(what)) + ", " + std::move(expected);
}

struct ReadFlags {
    Flags flags;
    std::optional<std::string_view> unknown; // a part of the text: the first name that is none
};

ReadFlags read_flags(std::string_view text)
{
    ReadFlags read;
    std::string_view rest = trim(text);
    while (true) {
        const std::string_view word = rest.substr(0, rest.find_first_of(", \t"));
        const FlagName* const known = find(flag_names, word);
        if (known == nullptr) {
            read.unknown = word;
            return read;
        }
        read.flags = read.flags | known->flag;
        rest = trim(rest.substr(word.size()));
        if (rest.empty()) return read;
        if (rest.front() == ',') rest = trim(rest.substr(1)); // a name must follow: "FIN," goes on to an empty one
    }
}

// Reads one text, once. Each step gives false where it has noted a fault.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text), rest_(trim(text)) {}

    ParsedNotation read()
    {
        if (rest_.empty()) refuse(rest_, "found nothing, expected a segment such as <SEQ=100><ACK=300><CTL=FIN,ACK>");
        while (!rest_.empty() && read_field()) rest_ = trim(rest_);
        if (!fault_.error.empty() || !check_together()) return fault_;
        ParsedNotation parsed;
        parsed.segment = segment_;
        return parsed;
    }

private:
    // <NAME=VALUE>, with blanks anywhere between.
    bool read_field()
    {
        if (rest_.front() != '<')
            return refuse(rest_, found(trim(rest_.substr(0, rest_.find('<'))), "expected \"<\" to begin a field"));
        const std::size_t end = std::min(rest_.find_first_of("<>", 1), rest_.size());
        const std::string_view field = trim(rest_.substr(1, end - 1));
        rest_ = rest_.substr(end);
        if (rest_.empty() || rest_.front() != '>')
            return refuse(rest_, std::string(rest_.empty() ? "found the end" : "found \"<\"") +
                                     ", expected \">\" to end the field " + quoted(field));
        rest_ = rest_.substr(1);
        return read_value(trim(field.substr(0, field.find('='))), field);
    }

    bool read_value(std::string_view name, std::string_view field)
    {
        const FieldName* const known = find(field_names, name);
        if (known == nullptr)
            return refuse(name, found(name, expected_one_of(field_names) + suggestion(field_names, name)));
        std::string_view& seen = at(known->field);
        if (!seen.empty())
            return refuse(name, "found " + std::string(known->name) + " a second time, expected each field once");
        seen = name;
        const std::size_t equals = field.find('=');
        if (equals == std::string_view::npos) return refuse(field.substr(field.size()), expected_equals(*known));
        const std::string_view value = trim(field.substr(equals + 1));
        return known->field == Field::CTL ? read_control_bits(value) : read_number(*known, value);
    }

    bool read_control_bits(std::string_view value)
    {
        const ReadFlags read = read_flags(value);
        if (read.unknown)
            return refuse(*read.unknown,
                          found(*read.unknown, expected_one_of(flag_names) + suggestion(flag_names, *read.unknown)));
        segment_.flags = read.flags;
        return true;
    }

    bool read_number(const FieldName& known, std::string_view value)
    {
        std::uint32_t number = 0;
        const char* const end = value.data() + value.size();
        const auto [stop, fault] = std::from_chars(value.data(), end, number);
        if (fault != std::errc() || stop != end || number > known.most)
            return refuse(value, found(value, "expected for " + std::string(known.name) + " a number from 0 to " +
                                                  std::to_string(known.most)));
        set(known.field, number);
        return true;
    }

    void set(Field field, std::uint32_t number)
    {
        switch (field) {
        case Field::SEQ: segment_.seq = Seq(number); break;
        case Field::ACK: segment_.ack = Seq(number); break;
        case Field::DATA: segment_.text_len = number; break;
        case Field::WND: segment_.wnd = static_cast<std::uint16_t>(number); break;
        case Field::UP: segment_.up = static_cast<std::uint16_t>(number); break;
        case Field::MSS: segment_.options.add_mss(static_cast<std::uint16_t>(number)); break;
        case Field::CTL: break;
        }
    }

    // A number that its control bit does not make meaningful would be ignored, and an ACK without a number would
    // acknowledge 0: whoever writes either meant something else.
    bool check_together()
    {
        if (at(Field::SEQ).empty()) return refuse(rest_, "found no SEQ, expected <SEQ=n>");
        if (!at(Field::ACK).empty() && !segment_.has(Flag::ACK))
            return refuse(at(Field::ACK), "found ACK=n without its control bit, expected ACK in CTL");
        if (at(Field::ACK).empty() && segment_.has(Flag::ACK))
            return refuse(at(Field::CTL), "found ACK in CTL without its number, expected <ACK=n>");
        if (!at(Field::UP).empty() && !segment_.has(Flag::URG))
            return refuse(at(Field::UP), "found UP=n without its control bit, expected URG in CTL");
        return true;
    }

    static std::string expected_equals(const FieldName& known)
    {
        const std::string name(known.name);
        const bool has_number = known.field != Field::CTL;
        return "found " + name + " without a value, expected " + name +
               (has_number ? "=n, n from 0 to " + std::to_string(known.most) : "= and bits, as in CTL=FIN,ACK");
    }

    std::string_view& at(Field field) { return seen_[static_cast<std::size_t>(field)]; }

    // `what` is a part of the text, and may be empty: where it begins is the fault's column.
    bool refuse(std::string_view what, std::string sentence)
    {
        fault_.error = std::move(sentence);
        fault_.column = static_cast<std::size_t>(what.data() - text_.data());
        return false;
    }

    std::string_view text_;
    std::string_view rest_;
    std::array<std::string_view, field_names.size()> seen_; // the name as it stands in the text; empty for not yet
    Segment segment_;
    ParsedNotation fault_;
};

} // namespace

std::string to_notation(const Segment& segment)
{
    std::string text;
    text.reserve(56); // <SEQ=4294967295><ACK=4294967295><DATA=65495><CTL=FIN,ACK>
    text += "<SEQ=";
    text += std::to_string(segment.seq.value());
    if (segment.has(Flag::ACK)) {
        text += "><ACK=";
        text += std::to_string(segment.ack.value());
    }
    if (segment.text_len > 0) {
        text += "><DATA=";
        text += std::to_string(segment.text_len);
    }
    const auto pushed = static_cast<std::uint8_t>(Flag::PSH);
    if (const Flags flags(static_cast<std::uint8_t>(segment.flags.bits() & ~pushed)); flags != Flags()) {
        text += "><CTL=";
        text += to_string(flags);
    }
    text += '>';
    return text;
}

std::string to_string(Flags flags)
{
    std::string text;
    for (const FlagName& known : flag_names) {
        if (!flags.has(known.flag)) continue;
        if (!text.empty()) text += ',';
        text += known.name;
    }
    return text;
}

std::optional<Flags> parse_flags(std::string_view text)
{
    if (trim(text).empty()) return Flags(); // as to_string() writes none
    const ReadFlags read = read_flags(text);
    if (read.unknown) return std::nullopt;
    return read.flags;
}

ParsedNotation parse_notation(std::string_view text)
{
    return Reader(text).read();
}

} // namespace tcpsm
