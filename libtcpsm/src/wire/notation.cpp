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

enum class Field : std::uint8_t { SEQ, ACK, DATA, CTL, WND, UP, MSS, WS, SACKOK, SACK, TS };

struct FieldName {
    std::string_view name;
    Field field;
    std::uint32_t most;            // of its number, where it is one
    std::string_view example = {}; // of its value, where that is no single number
};
constexpr std::uint32_t most_text = 65535 - 20 - 20; // an IPv4 datagram's room, less the two headers
constexpr std::array<FieldName, 11> field_names{{
    {"SEQ", Field::SEQ, 0xFFFFFFFF},
    {"ACK", Field::ACK, 0xFFFFFFFF},
    {"DATA", Field::DATA, most_text},
    {"CTL", Field::CTL, 0, "bits, as in CTL=FIN,ACK"},
    {"WND", Field::WND, 0xFFFF},
    {"UP", Field::UP, 0xFFFF},
    {"MSS", Field::MSS, 0xFFFF},
    {"WS", Field::WS, 255},
    {"SACKOK", Field::SACKOK, 0},
    {"SACK", Field::SACK, 0xFFFFFFFF, "up to 4 blocks, as in SACK=400-500,600-700"},
    {"TS", Field::TS, 0xFFFFFFFF, "TSval,TSecr, as in TS=10,0"},
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
        parsed.has_window = !at(Field::WND).empty();
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
        if (known->field == Field::SACKOK && equals == std::string_view::npos)
            return add(segment_.options.add_sack_permitted(), field);
        if (equals == std::string_view::npos) return refuse(field.substr(field.size()), expected_equals(*known));
        const std::string_view value = trim(field.substr(equals + 1));
        switch (known->field) {
        case Field::CTL: return read_control_bits(value);
        case Field::TS: return read_timestamps(*known, value);
        case Field::SACK: return read_blocks(*known, value);
        case Field::SACKOK: return refuse(value, found(value, "expected <SACKOK> without a value"));
        default: return read_number(*known, value);
        }
    }

    // An option that no longer fits beside the others is a fault.
    bool add(bool fits, std::string_view what)
    {
        return fits || refuse(what, "found more options than the 40 octets of a header take");
    }

    // "10,0" or "400-500": two numbers with `between` between them.
    bool read_two(const FieldName& known, std::string_view value, char between, std::uint32_t& first,
                  std::uint32_t& second)
    {
        const std::size_t middle = value.find(between);
        const auto is_number = [](std::string_view text, std::uint32_t& number) {
            const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
            return fault == std::errc() && stop == text.data() + text.size();
        };
        if (middle != std::string_view::npos && is_number(trim(value.substr(0, middle)), first) &&
            is_number(trim(value.substr(middle + 1)), second))
            return true;
        return refuse(value,
                      found(value, "expected for " + std::string(known.name) + ' ' + std::string(known.example)));
    }

    bool read_timestamps(const FieldName& known, std::string_view value)
    {
        Timestamps stamps;
        return read_two(known, value, ',', stamps.value, stamps.echo) &&
               add(segment_.options.add_timestamps(stamps), value);
    }

    bool read_blocks(const FieldName& known, std::string_view value)
    {
        std::array<SackBlock, 4> blocks;
        std::size_t count = 0;
        for (std::string_view rest = value; count < blocks.size();) {
            const std::size_t comma = rest.find(',');
            std::uint32_t left = 0;
            std::uint32_t right = 0;
            if (!read_two(known, trim(rest.substr(0, comma)), '-', left, right)) return false;
            blocks[count++] = {Seq(left), Seq(right)};
            if (comma == std::string_view::npos) return add(segment_.options.add_sack({blocks.data(), count}), value);
            rest = rest.substr(comma + 1);
        }
        return refuse(value, found(value, "expected for SACK " + std::string(known.example)));
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
        case Field::WS: segment_.options.add_window_scale(static_cast<std::uint8_t>(number)); break;
        case Field::CTL:
        case Field::SACKOK:
        case Field::SACK:
        case Field::TS: break;
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
        return "found " + name + " without a value, expected " + name +
               (known.example.empty() ? "=n, n from 0 to " + std::to_string(known.most)
                                      : "= and " + std::string(known.example));
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

// What an option says; empty where it is not understood.
std::string one_option(const Options& options, OptionKind kind)
{
    switch (kind) {
    case OptionKind::mss:
        if (const auto mss = options.mss()) return "<MSS=" + std::to_string(*mss) + '>';
        break;
    case OptionKind::window_scale:
        if (const auto shift = options.window_scale()) return "<WS=" + std::to_string(*shift) + '>';
        break;
    case OptionKind::sack_permitted: return "<SACKOK>";
    case OptionKind::timestamps:
        if (const auto stamps = options.timestamps())
            return "<TS=" + std::to_string(stamps->value) + ',' + std::to_string(stamps->echo) + '>';
        break;
    case OptionKind::sack: {
        std::string text;
        const Options::SackBlocks sack = options.sack();
        for (std::size_t i = 0; i < sack.count; ++i)
            text += (i == 0 ? "<SACK=" : ",") + std::to_string(sack.blocks[i].left.value()) + '-' +
                    std::to_string(sack.blocks[i].right.value());
        return text.empty() ? text : text + '>';
    }
    default: break;
    }
    return {};
}

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

std::string to_notation(const Options& options)
{
    std::string text;
    const auto octets = options.octets();
    for (std::size_t at = 0; at < octets.size();) {
        const auto kind = static_cast<OptionKind>(octets[at]);
        if (kind == OptionKind::end) break;
        if (kind == OptionKind::nop || at + 1 == octets.size() || octets[at + 1] < 2) {
            ++at;
            continue;
        }
        text += one_option(options, kind);
        at += octets[at + 1];
    }
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
