#include "replay/errno_name.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace tcpsm::kernel {

std::string errno_name(Error error)
{
    if (error == Error::none) return "ok";
    using enum std::errc;
    constexpr std::array<std::pair<std::errc, std::string_view>, 21> names{{
        {not_connected, "ENOTCONN"},
        {already_connected, "EISCONN"},
        {connection_already_in_progress, "EALREADY"},
        {broken_pipe, "EPIPE"},
        {connection_reset, "ECONNRESET"},
        {connection_refused, "ECONNREFUSED"},
        {connection_aborted, "ECONNABORTED"},
        {destination_address_required, "EDESTADDRREQ"},
        {no_buffer_space, "ENOBUFS"},
        {timed_out, "ETIMEDOUT"},
        {operation_would_block, "EAGAIN"},
        {operation_in_progress, "EINPROGRESS"},
        {address_in_use, "EADDRINUSE"},
        {address_not_available, "EADDRNOTAVAIL"},
        {too_many_files_open, "EMFILE"},
        {invalid_argument, "EINVAL"},
        {network_down, "ENETDOWN"},
        {network_unreachable, "ENETUNREACH"},
        {host_unreachable, "EHOSTUNREACH"},
        {no_such_process, "ESRCH"},
        {bad_file_descriptor, "EBADF"},
    }};
    const std::error_code code = make_error_code(error);
    for (const auto& [condition, name] : names)
        if (code == condition) return std::string(name);
    return code.message();
}

} // namespace tcpsm::kernel
