#pragma once
// Records in words.

#include <string>

#include "tcpsm/network/history.hpp"

namespace tcpsm::cli {

/// One line for a record, with the reason and its section: "client: SYN-SENT to ESTABLISHED, on rcv SYN,ACK (RFC 9293,
/// 3.10.7.3)".
[[nodiscard]] std::string in_words(const History& history, const Record& record);

} // namespace tcpsm::cli
