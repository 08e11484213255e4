#pragma once
// RFC 9293, 3.9.1 and 3.10.1 to 3.10.6: what a user call answers, and what the user is told later.

#include <cstdint>
#include <string_view>
#include <system_error>
#include <type_traits>

#pragma GCC visibility push(default)
namespace tcpsm {

/// An error response of a user call, or a signal to the user. Each has the RFC's sentence as its message and compares
/// equal to the `std::errc` that a socket would give.
enum class Error : std::uint8_t {
    none = 0,
    does_not_exist,         ///< "connection does not exist"                     not_connected
    already_exists,         ///< "connection already exists"                     already_connected
    already_opening,        ///< "connection is already being opened": linux     connection_already_in_progress
    closing,                ///< "connection closing"                            broken_pipe
    reset,                  ///< "connection reset"                              connection_reset
    open_reset,             ///< "connection reset", in answer to our SYN        connection_refused
    refused,                ///< "connection refused"                            connection_refused
    remote_unspecified,     ///< "remote socket unspecified"                     destination_address_required
    insufficient_resources, ///< "insufficient resources"                        no_buffer_space
    user_timeout,           ///< "connection aborted due to user timeout"        timed_out
    timed_out,              ///< R2 was reached (3.8.3)                          timed_out
    unreachable,            ///< ICMP says that the peer cannot be reached (3.9.2.2) host_unreachable
    not_answering,          ///< R1 was reached (3.8.3): nothing ends yet        operation_in_progress
    urgent_data,            ///< urgent data has come (3.8.5): nothing is wrong  operation_in_progress
    would_block,            ///< nothing to receive or accept yet: the call would wait   operation_would_block
    address_in_use,         ///< the port is taken                               address_in_use
    address_not_available,  ///< no ephemeral port is free for this remote socket address_not_available
    too_many_open_files,    ///< the process has no descriptor left (RLIMIT_NOFILE) too_many_files_open
    invalid_argument,       ///< a port of zero, an address that nobody can have invalid_argument
    not_listening,          ///< ACCEPT on a socket that does not listen         invalid_argument
    host_is_down,           ///< the host crashed and has not rebooted           network_down
    no_such_process,        ///< it has ended already                            no_such_process
    no_such_socket,         ///< the socket is closed for good                   bad_file_descriptor
};

/// The sentence, without the RFC's "error: " before it.
[[nodiscard]] std::string_view sentence(Error error);

/// Whether a signal tells of something that ends no connection: the peer's FIN, R1, urgent data (3.9.1.8).
[[nodiscard]] constexpr bool ends_nothing(Error signal)
{
    return signal == Error::closing || signal == Error::not_answering || signal == Error::urgent_data;
}

/// The category of Error; its name is "tcpsm".
[[nodiscard]] const std::error_category& category();

/// Lets an Error become a `std::error_code`, and be compared with `std::errc`.
[[nodiscard]] std::error_code make_error_code(Error error);

} // namespace tcpsm
#pragma GCC visibility pop

template <>
struct std::is_error_code_enum<tcpsm::Error> : std::true_type {
};
