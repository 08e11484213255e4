// `workloads:`, as the reader reads it: what differs from the defaults.

#include "scenario/writing.hpp"

namespace tcpsm::writing {
namespace {

std::string words(const Rate& rate)
{
    return std::to_string(rate.count) + (rate.within == 1min ? "/min" : "/s");
}

std::string_view words(Side side)
{
    return side == Side::client ? "client" : side == Side::server ? "server" : "nobody";
}

std::string target(const std::string& host, Port port)
{
    return host + ':' + std::to_string(port);
}

class WorkloadWriter {
public:
    FlowMap map;
    const ScenarioWorkload& workload;

    void operator()(const Flood& flood)
    {
        map.add("flood", target(workload.to, flood.port)).add("from", workload.from.front()).add("syns", flood.syns);
        when(flood.rate, flood.begins);
    }
    void operator()(const Workload& w)
    {
        const Workload plain;
        map.add("clients", w.clients);
        std::vector<std::string> from;
        for (const std::string& host : workload.from) from.push_back(scalar(host, Where::in_flow));
        map.add_as_it_is("from", from.size() == 1 ? from.front() : flow_list(from));
        map.add("to", target(workload.to, w.port));
        if (!w.client_process.empty()) map.add("client_process", w.client_process);
        if (!w.server_process.empty()) map.add("server_process", w.server_process);
        when(w.rate, w.begins);
        number("requests", w.requests, plain.requests);
        span("pause", w.pause, plain.pause);
        number("request", w.request, plain.request);
        number("response", w.response, plain.response);
        if (w.keep_alive) map.add("keep_alive", "yes");
        if (w.closes != plain.closes) map.add("closes", words(w.closes));
        if (w.forgets != plain.forgets) map.add("forgets_to_close", words(w.forgets));
        number("keepalive_requests", w.keepalive_requests, plain.keepalive_requests);
        span("keepalive_timeout", w.keepalive_timeout, plain.keepalive_timeout);
        number("backlog", w.backlog, plain.backlog);
        span("accept_every", w.accept_every, plain.accept_every);
        span("answers_after", w.answers_after, plain.answers_after);
    }

private:
    void when(const Rate& rate, Time begins)
    {
        if (rate.count != 0) map.add("rate", words(rate));
        if (begins != Time{}) map.add("begins", writing::words(begins));
    }
    void number(std::string_view key, std::uint32_t value, std::uint32_t plain)
    {
        if (value != plain) map.add(key, value);
    }
    void span(std::string_view key, Duration value, Duration plain)
    {
        if (value != plain) map.add(key, writing::words(value));
    }
};

} // namespace

std::string workload_item(const ScenarioWorkload& workload)
{
    WorkloadWriter writer{{}, workload};
    std::visit(writer, workload.what);
    return writer.map.text();
}

} // namespace tcpsm::writing
