#include "tcpsm/connection/error.hpp"

#include <string>

namespace tcpsm {
namespace {

class Category : public std::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "tcpsm"; }
    [[nodiscard]] std::string message(int value) const override
    {
        return std::string(sentence(static_cast<Error>(value)));
    }
    [[nodiscard]] std::error_condition default_error_condition(int value) const noexcept override
    {
        switch (static_cast<Error>(value)) {
        case Error::none: return {};
        case Error::does_not_exist: return std::errc::not_connected;
        case Error::already_exists: return std::errc::already_connected;
        case Error::already_opening: return std::errc::connection_already_in_progress;
        case Error::closing: return std::errc::broken_pipe;
        case Error::reset: return std::errc::connection_reset;
        case Error::open_reset:
        case Error::refused: return std::errc::connection_refused;
        case Error::remote_unspecified: return std::errc::destination_address_required;
        case Error::insufficient_resources: return std::errc::no_buffer_space;
        case Error::user_timeout:
        case Error::timed_out: return std::errc::timed_out;
        case Error::unreachable: return std::errc::host_unreachable;
        case Error::not_answering:
        case Error::urgent_data: return std::errc::operation_in_progress;
        case Error::would_block: return std::errc::operation_would_block;
        case Error::address_in_use: return std::errc::address_in_use;
        case Error::address_not_available: return std::errc::address_not_available;
        case Error::too_many_open_files: return std::errc::too_many_files_open;
        case Error::invalid_argument:
        case Error::not_listening: return std::errc::invalid_argument;
        case Error::host_is_down: return std::errc::network_down;
        case Error::no_such_process: return std::errc::no_such_process;
        case Error::no_such_socket: return std::errc::bad_file_descriptor;
        }
        return {value, *this};
    }
};

} // namespace

std::string_view sentence(Error error)
{
    switch (error) {
    case Error::none: return "ok";
    case Error::does_not_exist: return "connection does not exist";
    case Error::already_exists: return "connection already exists";
    case Error::already_opening: return "connection is already being opened";
    case Error::closing: return "connection closing";
    case Error::reset:
    case Error::open_reset: return "connection reset";
    case Error::refused: return "connection refused";
    case Error::remote_unspecified: return "remote socket unspecified";
    case Error::insufficient_resources: return "insufficient resources";
    case Error::user_timeout: return "connection aborted due to user timeout";
    case Error::timed_out: return "connection timed out: retransmitted until R2 without an answer";
    case Error::unreachable: return "the peer cannot be reached, says ICMP";
    case Error::not_answering: return "the peer does not answer: retransmitted R1 times";
    case Error::urgent_data: return "urgent data";
    case Error::would_block: return "nothing yet: the call would wait";
    case Error::address_in_use: return "address already in use";
    case Error::address_not_available: return "no ephemeral port is free";
    case Error::too_many_open_files: return "too many open files";
    case Error::invalid_argument: return "invalid argument";
    case Error::not_listening: return "the socket does not listen";
    case Error::host_is_down: return "the host is down";
    case Error::no_such_process: return "no such process";
    case Error::no_such_socket: return "no such socket";
    }
    return "unknown error";
}

const std::error_category& category()
{
    static const Category instance;
    return instance;
}

std::error_code make_error_code(Error error)
{
    return {static_cast<int>(error), category()};
}

} // namespace tcpsm
