#include "tcpsm/connection/errc_name.hpp"

#include <array>

namespace tcpsm {
namespace {

struct Name {
    std::errc errc;
    std::string_view name;
};
constexpr std::array<Name, 18> names{{
    {std::errc::connection_refused, "connection_refused"},
    {std::errc::connection_reset, "connection_reset"},
    {std::errc::timed_out, "timed_out"},
    {std::errc::broken_pipe, "broken_pipe"},
    {std::errc::not_connected, "not_connected"},
    {std::errc::already_connected, "already_connected"},
    {std::errc::connection_already_in_progress, "connection_already_in_progress"},
    {std::errc::destination_address_required, "destination_address_required"},
    {std::errc::no_buffer_space, "no_buffer_space"},
    {std::errc::operation_would_block, "operation_would_block"},
    {std::errc::address_in_use, "address_in_use"},
    {std::errc::address_not_available, "address_not_available"},
    {std::errc::too_many_files_open, "too_many_files_open"},
    {std::errc::invalid_argument, "invalid_argument"},
    {std::errc::network_down, "network_down"},
    {std::errc::host_unreachable, "host_unreachable"},
    {std::errc::no_such_process, "no_such_process"},
    {std::errc::bad_file_descriptor, "bad_file_descriptor"},
}};

constexpr auto only_names = [] {
    std::array<std::string_view, names.size()> all{};
    for (std::size_t i = 0; i < names.size(); ++i) all[i] = names[i].name;
    return all;
}();

} // namespace

std::string_view errc_name(Error error)
{
    if (error == Error::none) return "ok";
    const std::error_code code = error;
    for (const Name& known : names)
        if (code == known.errc) return known.name;
    return "operation_in_progress"; // advice, which no call answers
}

std::span<const std::string_view> names_of_errors()
{
    return only_names;
}

} // namespace tcpsm
