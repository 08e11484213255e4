#include "host/kernel_log.hpp"

#include <array>
#include <cstdio>

namespace tcpsm {

bool KernelLog::write(const LogEntry& entry)
{
    if (in_period_ == 0 || entry.time - period_began_ >= period) {
        period_began_ = entry.time;
        in_period_ = 0;
    }
    if (in_period_ == most_in_a_period || entries_.size() == most_kept) return false;
    ++in_period_;
    entries_.push_back(entry);
    return true;
}

std::string kernel_words(LogLine line, Port port)
{
    const auto flood = [&](const char* what) {
        return "TCP: request_sock_TCP: Possible SYN flooding on port " + std::to_string(port) + ". " + what;
    };
    switch (line) {
    case LogLine::none: break;
    // Newer kernels only count it (TCPTimeWaitOverflow); the line is what people search for.
    case LogLine::time_wait_overflow: return "TCP: time wait bucket table overflow";
    case LogLine::syn_cookies: return flood("Sending cookies.");
    case LogLine::syn_drops: return flood("Dropping request.");
    }
    return {};
}

std::string to_string(const LogEntry& entry)
{
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(entry.time.time_since_epoch()).count();
    std::array<char, 32> since{};
    std::snprintf(since.data(), since.size(), "[%5lld.%06lld] ", static_cast<long long>(micros / 1'000'000),
                  static_cast<long long>(micros % 1'000'000));
    return since.data() + kernel_words(entry.line, entry.port);
}

} // namespace tcpsm
