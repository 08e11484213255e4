#include "support/transcript.hpp"

#include <sstream>

#include "tcpsm/wire/notation.hpp"

namespace tcpsm::test {
namespace {

class Writer {
public:
    explicit Writer(const History& history) : history_(history) {}

    void add(const Record& record);
    void add(const SentSegment& sent);
    void add(const HostInfo& host) { line_ << "host " << host.name << ' ' << host.address.value << '\n'; }
    [[nodiscard]] std::string text() const { return line_.str(); }

private:
    template <class... Fields>
    void fields(const Fields&... values)
    {
        ((line_ << ' ' << values), ...);
    }
    void add(const Why& why) { fields(static_cast<int>(why.event), static_cast<int>(why.check), why.row); }
    void add(Time time) { fields(time.time_since_epoch().count()); }
    void add_octets(std::uint64_t at, std::uint32_t count)
    {
        line_ << " \"";
        for (const std::uint8_t octet : history_.octets(at, count)) line_ << static_cast<int>(octet) << ',';
        line_ << "\"\n";
    }

    const History& history_;
    std::ostringstream line_;
};

void Writer::add(const Record& record)
{
    line_ << "record";
    add(record.time);
    fields(record.event, record.connection, record.host, static_cast<int>(record.kind), name(record.from),
           name(record.to), static_cast<int>(record.timer), static_cast<int>(record.error),
           static_cast<int>(record.call));
    add(record.why);
    fields(record.segment, record.count, record.port);
    add(record.deadline);
    fields(record.offset, record.octets);
    add_octets(record.octets, record.kind == RecordKind::deliver ? record.count : 0);
}

void Writer::add(const SentSegment& sent)
{
    const Segment& segment = sent.segment;
    line_ << "segment " << history_.name(sent);
    fields(sent.from_host, sent.to_host, to_string(sent.from), to_string(sent.to));
    fields(to_notation(segment), segment.seq.value(), segment.ack.value(), segment.text_len, segment.wnd, segment.up,
           static_cast<int>(segment.flags.bits()));
    for (const std::uint8_t octet : segment.options.octets()) fields(static_cast<int>(octet));
    add(sent.sent);
    add(sent.why);
    fields(name(sent.state), sent.retransmission, sent.connection, sent.octets);
    add_octets(sent.octets, segment.text_len);
}

} // namespace

std::string transcript(const History& history)
{
    Writer writer(history);
    for (const HostInfo& host : history.hosts()) writer.add(host);
    for (std::size_t i = 0; i < history.segments().size(); ++i) writer.add(history.segments()[i]);
    for (std::size_t i = 0; i < history.records().size(); ++i) writer.add(history.records()[i]);
    return writer.text();
}

} // namespace tcpsm::test
