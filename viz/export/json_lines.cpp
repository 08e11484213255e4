#include "export/json_lines.hpp"

#include "export/json_object.hpp"
#include "export/segment_options.hpp"
#include "tcpsm/host/kernel_log.hpp"
#include "tcpsm/trace/trace.hpp"
#include "tcpsm/wire/notation.hpp"

namespace tcpsm {
namespace {

/// The section as the trace writes it: "3.10.4", or "linux tcp_fin_timeout".
std::string_view section_of(const Why& why)
{
    if (why.row != no_row) return transitions()[static_cast<std::size_t>(why.row)].rfc;
    return why.check == Check::none ? std::string_view{} : section(why.check);
}

class Writer {
public:
    explicit Writer(const History& history) : history_(history), trace_(history) {}

    std::string write(const TraceInfo& info)
    {
        line(header(info));
        for (std::size_t i = 0; i < history_.records().size(); ++i) record(history_.records()[i]);
        return std::move(text_);
    }

private:
    void line(const JsonObject& object) { text_ += object.str() + '\n'; }

    JsonObject header(const TraceInfo& info) const
    {
        JsonObject object;
        object.text("format", "tcpsm-trace").number("version", 1).text_or_null("title", info.title);
        object.number("seed", info.seed);
        object.token("hosts", json_array(history_.hosts(), [](const HostInfo& host) {
                         return JsonObject().text("name", host.name).text("address", to_string(host.address)).str();
                     }));
        return object;
    }

    /// What every record but a segment's begins with.
    JsonObject begin(std::string_view kind, const Record& record) const
    {
        JsonObject object;
        object.text("record", kind).token("time", seconds(record.time)).text("host", host_name(record.host));
        object.number("connection", record.connection);
        return object;
    }

    void record(const Record& record)
    {
        switch (record.kind) {
        case RecordKind::sent: line(segment(record)); break;
        case RecordKind::arrived:
        case RecordKind::lost: break; // told by the segment's line
        case RecordKind::state: line(state(record)); break;
        case RecordKind::timer_set: line(timer(record, "set").token("deadline", seconds(record.deadline))); break;
        case RecordKind::timer_fired: line(timer(record, "fired")); break;
        case RecordKind::timer_cancelled: line(timer(record, "cancelled")); break;
        case RecordKind::call: line(call(record)); break;
        case RecordKind::deliver:
            line(begin("deliver", record).number("offset", record.offset).number("octets", record.count));
            break;
        case RecordKind::initial:
            line(begin("note", record).text("note", "initial").text("state", name(record.to)));
            break;
        case RecordKind::held:
            line(begin("note", record).text("note", "held").text("segment", segment_name(record)));
            break;
        case RecordKind::returned:
            line(begin("note", record)
                     .text("note", "returned")
                     .text("call", name(record.call))
                     .text("state", name(record.to)));
            break;
        case RecordKind::logged:
            line(begin("note", record).text("note", "logged").text("text", kernel_words(record.log, record.port)));
            break;
        case RecordKind::signal:
            line(begin("note", record).text("note", "signal").text("error", sentence(record.error)));
            break;
        }
    }

    JsonObject segment(const Record& record) const
    {
        const SentSegment& sent = history_.segments()[record.segment];
        const Outcome& outcome = trace_.outcome(record.segment);
        const bool arrived = outcome.fate == Fate::delivered || outcome.fate == Fate::refused;
        const Segment& seg = sent.segment;
        JsonObject object;
        object.text("record", "segment").text("name", segment_name(record)).text("from", host_name(sent.from_host));
        object.text_or_null("to", sent.to_host == no_host ? std::string() : host_name(sent.to_host));
        object.token("sent", seconds(sent.sent)).token("arrives", arrived ? seconds(outcome.time) : "null");
        object.text("fate", name(outcome.fate)).token("flags", flags(seg.flags)).number("seq", seg.seq.value());
        object.token("ack", seg.has(Flag::ACK) ? std::to_string(seg.ack.value()) : "null");
        object.number("len", seg.text_len).number("wnd", seg.wnd);
        if (!seg.options.empty()) object.token("options", json_array(option_texts(seg.options), json_string));
        object.number("from_port", sent.from.port).number("to_port", sent.to.port);
        object.number("connection", sent.connection);
        reasons(object, sent, outcome);
        return object;
    }

    /// Why it left, and the check that refused it; members that are there only where they apply.
    static void reasons(JsonObject& object, const SentSegment& sent, const Outcome& outcome)
    {
        if (sent.name.host != no_host) { // else nobody sent it: it was injected
            object.text("state", name(sent.state)).boolean("retransmission", sent.retransmission);
            object.text("because", because(sent.why)).text_or_null("rfc", section_of(sent.why));
        }
        if (outcome.fate == Fate::refused)
            object.text("check", name(outcome.why.check)).text("explanation", explain(outcome.why.check));
    }

    JsonObject state(const Record& record) const
    {
        JsonObject object = begin("state", record);
        object.text("from", name(record.from)).text("to", name(record.to)).text("event", name(record.why.event));
        return object.text_or_null("rfc", section_of(record.why));
    }

    JsonObject timer(const Record& record, std::string_view what) const
    {
        return begin("timer", record).text("timer", name(record.timer)).text("what", what);
    }

    JsonObject call(const Record& record) const
    {
        JsonObject object = begin("call", record);
        const bool sockets = record.call == Call::socket;
        object.text("call", name(record.call)).number("octets", sockets ? 0 : record.count);
        if (sockets) object.number("sockets", record.count);
        if (record.process != 0) object.text("process", history_.process(record));
        if (record.deadline != Time{}) object.token("until", seconds(record.deadline));
        return object.text_or_null("error", record.error == Error::none ? std::string_view{} : sentence(record.error));
    }

    std::string host_name(HostId host) const { return history_.hosts()[host].name; }
    std::string segment_name(const Record& record) const { return history_.name(history_.segments()[record.segment]); }

    static std::string flags(Flags flags)
    {
        const std::string names = to_string(flags); // "FIN,ACK"
        std::string list;
        for (const char c : names) list += c == ',' ? "\",\"" : std::string(1, c);
        return names.empty() ? "[]" : "[\"" + list + "\"]";
    }

    const History& history_;
    Trace trace_;
    std::string text_;
};

} // namespace

std::string json_lines(const History& history, const TraceInfo& info)
{
    return Writer(history).write(info);
}

} // namespace tcpsm
