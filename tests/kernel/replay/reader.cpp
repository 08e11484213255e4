#include "replay/reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "replay/fields.hpp"
#include "replay/option_text.hpp"

namespace tcpsm::kernel {
namespace {

using nlohmann::json;

constexpr std::int64_t far = 1LL << 32; // no distance between two sequence numbers is larger

void note_unsupported(Recording& recording, const std::string& what)
{
    auto& all = recording.unsupported;
    if (std::find(all.begin(), all.end(), what) == all.end()) all.push_back(what);
}

Time time_of(double seconds)
{
    return Time(Duration(std::llround(seconds * 1e9)));
}

Address read_address(Fields& fields, const char* key)
{
    const std::string text = fields.text(key);
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    std::uint32_t value = 0;
    for (int part = 0; part < 4; ++part) {
        std::uint8_t octet = 0;
        const auto [stop, error] = std::from_chars(at, end, octet);
        const bool dotted = part == 3 ? stop == end : stop != end && *stop == '.';
        if (error != std::errc() || !dotted) fields.refuse(key, "an IPv4 address");
        value = value << 8 | octet;
        at = stop + 1;
    }
    return {value};
}

void read_meta(Fields& fields, Recording& recording)
{
    for (const char* key : {"scenario", "refs", "kernel", "date"}) fields.pass(key);
    if (fields.has("desc")) recording.description = fields.text("desc");
    recording.host = read_address(fields, "hut");
    recording.peer = read_address(fields, "peer");
    if (fields.has("mtu")) recording.mtu = static_cast<std::uint16_t>(fields.integer("mtu", 68, 65535));
    if (fields.has("sysctl_set")) recording.sysctl_set = fields.pairs("sysctl_set");
    if (fields.has("sysctl")) recording.sysctl = fields.pairs("sysctl");
}

/// "S.", "FP.", "R": the letters of tcpdump, with "." for ACK.
Flags read_flags(Fields& fields)
{
    constexpr std::string_view letters = "FSRP.UEW"; // in the order of the bits, FIN first
    std::uint8_t bits = 0;
    for (const char letter : fields.text("flags")) {
        const std::size_t bit = letters.find(letter);
        if (bit == std::string_view::npos) fields.refuse("flags", "letters out of " + std::string(letters));
        bits = static_cast<std::uint8_t>(bits | 1U << bit);
    }
    return Flags(bits);
}

Seg read_segment(Fields& fields)
{
    Seg seg;
    const std::string direction = fields.text("dir");
    if (direction != "tx" && direction != "rx") fields.refuse("dir", "tx or rx");
    seg.sent = direction == "tx";
    seg.incarnation = static_cast<int>(fields.integer("conn", -1, 1'000'000));
    seg.flags = read_flags(fields);
    seg.seq = fields.integer("seq", -far, far);
    seg.ack = fields.integer("ack", -far, far);
    seg.seq_literal = fields.truth("seq_abs");
    seg.ack_literal = fields.truth("ack_abs");
    seg.length = static_cast<std::uint32_t>(fields.integer("len", 0, 65535));
    if (fields.has("win")) seg.window = static_cast<std::uint16_t>(fields.integer("win", 0, 65535));
    if (fields.has("opts")) seg.options = fields.texts("opts");
    if (fields.has("note")) seg.note = fields.remark("note");
    return seg;
}

SocketLine read_socket(const json& object, const Place& place)
{
    Fields fields(object, place);
    SocketLine socket{.state = fields.text("state")};
    if (fields.has("lport")) socket.local = static_cast<Port>(fields.integer("lport", 0, 65535));
    if (fields.has("rport")) socket.remote = static_cast<Port>(fields.integer("rport", 0, 65535));
    if (!fields.has("timer")) return socket;
    const json& timer = fields.list("timer");
    if (timer.size() != 3 || !timer[0].is_string() || !timer[2].is_number_integer())
        fields.refuse("timer", "kind, time left and retransmissions");
    socket.timer = timer[0].get<std::string>();
    socket.retransmissions = timer[2].get<int>();
    return socket; // the other columns of `ss` are not compared
}

StateLine read_state(Fields& fields, const Place& place)
{
    StateLine state;
    for (const json& socket : fields.list("sockets")) {
        if (!socket.is_object()) fields.refuse("sockets", "a list of sockets");
        state.sockets.push_back(read_socket(socket, place));
    }
    if (fields.has("label")) state.label = fields.text("label");
    return state;
}

CallLine read_call(Fields& fields, Recording& recording)
{
    CallLine line{.text = fields.text("call"), .call = {}, .result = fields.text_or_number("ret")};
    line.call = parse_call(line.text);
    if (line.call.verb == Verb::unknown) note_unsupported(recording, line.call.unsupported);
    return line;
}

/// A remark may tell of a call that has no line of its own.
std::variant<Seg, CallLine, StateLine, Remark> read_note(Fields& fields)
{
    const std::string text = fields.text("text");
    Call call = parse_call_in_note(text);
    if (call.verb == Verb::unknown) return Remark{text};
    return CallLine{.text = text, .call = std::move(call), .result = "ok"};
}

/// One line behind the first.
void read_line(const json& object, const Place& place, Recording& recording)
{
    Fields fields(object, place);
    const std::string kind = fields.text("ev");
    Line line{.time = time_of(fields.seconds("t")), .number = place.line, .what = Remark{kind}};
    if (kind == "seg")
        line.what = read_segment(fields);
    else if (kind == "call")
        line.what = read_call(fields, recording);
    else if (kind == "state")
        line.what = read_state(fields, place);
    else if (kind == "note")
        line.what = read_note(fields);
    else if (kind == "wait")
        fields.pass("dur");
    else if (kind == "counters")
        fields.pass("values"); // of the whole system; nobody compares them
    else {
        note_unsupported(recording, "a line of kind " + kind);
        return;
    }
    for (const std::string& name : fields.unknown())
        note_unsupported(recording, std::string("the field ").append(name).append(" of a line of kind ").append(kind));
    if (const auto* seg = std::get_if<Seg>(&line.what); seg != nullptr && !seg->sent && seg->options)
        for (const std::string& option : *seg->options)
            if (!understood(option)) note_unsupported(recording, "the option " + option);
    recording.lines.push_back(std::move(line));
}

/// A socket option that the description or a remark names, and no call sets, was set all the same.
void look_for_silent_options(Recording& recording)
{
    std::string said = recording.description;
    std::string called = "SO_ERROR";
    for (const Line& line : recording.lines) {
        if (const auto* remark = std::get_if<Remark>(&line.what)) said += " " + remark->text;
        if (const auto* call = std::get_if<CallLine>(&line.what)) called += " " + call->text;
    }
    for (const std::string& name : socket_options_in(said))
        if (name == "TCP_DEFER_ACCEPT")
            recording.sysctl_set.emplace_back("tcp_defer_accept", "1");
        else if (called.find(name) == std::string::npos)
            note_unsupported(recording, name);
}

json parse_object(const Place& place)
{
    json object;
    try {
        object = json::parse(place.text);
    } catch (const json::parse_error& error) {
        throw ReadError(place.path, place.line, std::max<std::size_t>(error.byte, 1), "found no JSON, expected it");
    }
    if (!object.is_object()) throw ReadError(place.path, place.line, 1, "found a value, expected a JSON object");
    return object;
}

} // namespace

ReadError::ReadError(const std::string& path, std::size_t line, std::size_t column, const std::string& what)
    : std::runtime_error(path + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + what)
{
}

Recording parse_recording(const std::string& path, std::string_view text)
{
    Recording recording;
    recording.name = std::filesystem::path(path).stem().string();
    bool begun = false;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const Place place{.path = path, .line = number, .text = text.substr(0, end)};
        text.remove_prefix(std::min(end + 1, text.size()));
        if (place.text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const json object = parse_object(place);
        if (begun) {
            read_line(object, place, recording);
            continue;
        }
        Fields fields(object, place);
        if (fields.text("ev") != "meta") fields.refuse("ev", "meta on the first line");
        read_meta(fields, recording);
        for (const std::string& name : fields.unknown()) note_unsupported(recording, "the field " + name + " of meta");
        begun = true;
    }
    if (!begun) throw ReadError(path, 1, 1, "found nothing, expected a line of kind meta");
    look_for_silent_options(recording);
    return recording;
}

Recording read_recording(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) throw ReadError(path, 1, 1, "cannot be opened");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return parse_recording(path, text);
}

} // namespace tcpsm::kernel
