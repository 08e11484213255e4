#include "scenario/errors.hpp"

#include <array>

namespace tcpsm {
namespace {

struct Name {
    std::errc errc;
    std::string_view name;
};
constexpr std::array<Name, 14> names{{
    {std::errc::connection_refused, "connection_refused"},
    {std::errc::connection_reset, "connection_reset"},
    {std::errc::timed_out, "timed_out"},
    {std::errc::broken_pipe, "broken_pipe"},
    {std::errc::not_connected, "not_connected"},
    {std::errc::already_connected, "already_connected"},
    {std::errc::destination_address_required, "destination_address_required"},
    {std::errc::no_buffer_space, "no_buffer_space"},
    {std::errc::operation_would_block, "operation_would_block"},
    {std::errc::address_in_use, "address_in_use"},
    {std::errc::address_not_available, "address_not_available"},
    {std::errc::invalid_argument, "invalid_argument"},
    {std::errc::network_down, "network_down"},
    {std::errc::host_unreachable, "host_unreachable"},
}};

} // namespace

std::string_view errc_name(Error error)
{
    if (error == Error::none) return "ok";
    const std::error_code code = error;
    for (const Name& known : names)
        if (code == known.errc) return known.name;
    return "bad_file_descriptor"; // a socket that is closed for good
}

const std::vector<std::string>& errc_names()
{
    static const std::vector<std::string> all = [] {
        std::vector<std::string> result{"ok"};
        for (const Name& known : names) result.emplace_back(known.name);
        result.emplace_back("bad_file_descriptor");
        result.emplace_back(in_progress);
        return result;
    }();
    return all;
}

} // namespace tcpsm
